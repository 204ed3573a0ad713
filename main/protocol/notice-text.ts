import { redactionMark } from './export.ts';
import { invisible } from './invisible.ts';
import type { NoticeWords } from './notice-words.ts';
import type { Notice } from './notices.ts';
import type { ApprovalRecord, SessionSummary } from './views.ts';

/** What of a request a notification looks at. */
export type AskedRecord = Pick<
  ApprovalRecord,
  'approval_id' | 'session_id' | 'kind' | 'command' | 'rule' | 'questions' | 'status' | 'waits'
>;

export interface NoticeText {
  readonly title: string;
  readonly body: string;
}

export interface NoticeSource {
  readonly notice: Notice;
  /** The request itself; null: it is not known here. */
  readonly record: AskedRecord | null;
  readonly words: NoticeWords;
  /** Takes secrets out. */
  readonly redact: (text: string) => string;
  /** The system reads tags in the text, as notifications of Linux desktops do. */
  readonly markup: boolean;
}

/** Longest title of a session, and longest command, characters: more is not read in a notification, and not all of it is shown. */
const titleChars = 80;
const commandChars = 120;
const folderChars = 40;

/**
 * The words of a notification. Its title is always ours alone; what a person, a model or a folder wrote stands below, on one line, within
 * quotation marks that cannot be closed from inside, without secrets and without characters that show nothing.
 */
export function noticeText(source: NoticeSource): NoticeText {
  const { notice, record, words, redact, markup } = source;
  const lines = [sessionLine(notice.session, words, redact, markup)];
  if (notice.kind === 'waiting' && record !== null && !record.questions?.length) {
    const command = exactCommand(record, redact, markup);
    lines.push(command === null ? words.openToRead : words.quoted(command));
  }
  const minutes = Math.floor((notice.worked_ms ?? 0) / 60_000);
  if (notice.kind === 'ended' && minutes > 0) lines.push(words.worked(minutes));
  return { title: titleOf(notice, record, words), body: lines.join('\n') };
}

/** A session by its title, in quotation marks, and the name of its folder. */
export function sessionLine(
  { title, cwd }: Pick<SessionSummary, 'title' | 'cwd'>,
  words: NoticeWords,
  redact: (text: string) => string,
  markup: boolean,
): string {
  const said = words.quoted(oneLine(redact(title), titleChars, markup) || words.untitled);
  const folder = oneLine(redact(cwd.split(/[\\/]/).findLast((part) => part !== '') ?? ''), folderChars, markup);
  return folder === '' ? said : `${said} · ${folder}`;
}

function titleOf({ kind }: Notice, record: AskedRecord | null, words: NoticeWords): string {
  if (kind !== 'waiting') return words[kind];
  if (record?.kind === 'question' || record?.questions?.length) return words.waiting.question;
  if (record?.kind === 'plan') return words.waiting.plan;
  if (record?.kind === 'execute') return words.waiting.command;
  if (record?.kind === 'edit' || record?.kind === 'delete' || record?.kind === 'move') return words.waiting.change;
  return words.waiting.any;
}

/**
 * The command of a request, when the notification can show all of it exactly as it is: short, of visible ASCII, without a secret and without gaps
 * that push its end away.
 */
function exactCommand(
  { kind, command }: AskedRecord,
  redact: (text: string) => string,
  markup: boolean,
): string | null {
  if (kind !== 'execute' || command === undefined || command.length > commandChars) return null;
  // Something was taken out before it came here.
  if (command.includes(redactionMark)) return null;
  if (!/^[!-~]+( [!-~]+)*$/.test(command) || (markup && /[<>&]/.test(command))) return null;
  return redact(command) === command ? command : null;
}

/** With one of these a shell does more than the one thing the eye falls on. */
const shellControl = /[;&|<>`$(){}\\!*?[\]#~=]/;

/** Programs that run others, take away or reach out: to be allowed where everything about the request is before one's eyes. */
const weighty = new Set(
  (
    'sudo doas su env command exec eval source time nice nohup timeout xargs parallel watch find ssh scp sftp rsync docker podman kubectl helm ' +
    'terraform ansible awk gawk sed perl python python2 python3 ruby node deno bun npx bunx pnpx uvx lua php osascript powershell pwsh cmd sh ' +
    'bash dash zsh fish ksh csh tcsh rm rmdir mv dd shred truncate mkfs fdisk chmod chown chgrp ln kill pkill killall shutdown reboot halt ' +
    'systemctl launchctl crontab curl wget nc ncat telnet ftp dropdb psql mysql sqlite3 redis-cli mongo aws gcloud az gh git del erase rd ' +
    'format reg diskpart'
  ).split(' '),
);

/** Of git, what only looks. */
const looks = /^git (status|diff|log|show|blame|rev-parse|ls-files)( |$)/;

/** Words after a program that make it take away, write over or send something. */
const weightyWords =
  /(^| )(publish|deploy|push|delete|remove|rm|del|uninstall|reset|clean|prune|drop|destroy|purge|-f|--force|-D|--delete|-o|--output|-exec)( |$)/i;

/**
 * Whether a request may be allowed from its notification: the agent waits for exactly this, what it would do is one plain command that the
 * notification shows whole, and that neither runs others, nor takes something away, nor reaches out. Everything else is answered where it can be
 * read; refusing is possible for all but questions.
 */
export function mayAllowHere(record: AskedRecord, redact: (text: string) => string, markup: boolean): boolean {
  const command = exactCommand(record, redact, markup);
  // Without a rule the command is not all that its input says.
  if (command === null || !record.rule || !isApproval(record) || shellControl.test(command)) return false;
  if (weightyWords.test(command)) return false;
  const program = command
    .split(' ')[0]!
    .split('/')
    .at(-1)!
    .toLowerCase()
    .replace(/\.exe$/, '');
  return !weighty.has(program) || looks.test(command);
}

/** Something to be allowed or refused, for which an agent waits. */
export const isApproval = ({ status, waits, kind, questions }: AskedRecord): boolean =>
  status === 'pending' && waits && kind !== 'question' && !questions?.length;

/** Quotation marks of every language of the app. */
const quotes = /["“”„‟«»「」『』〝〞〟＂]/g;
const tags: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '&': '＆' };

/** Somebody's words as one line that can stand within quotation marks. */
function oneLine(text: string, most: number, markup: boolean): string {
  const plain = text
    .slice(0, most * 8)
    .replace(invisible, ' ')
    .replace(quotes, "'")
    .replace(/\s+/g, ' ')
    .trim();
  const shown = markup ? plain.replace(/[<>&]/g, (sign) => tags[sign]!) : plain;
  const letters = [...shown];
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : shown;
}
