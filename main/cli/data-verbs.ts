import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { byteSize } from '../base/byte-size.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type ExportFormat, exportFormats } from '../export/events.ts';
import type {
  BackupContents,
  BackupFile,
  DatabaseContents,
  DataOverview,
  DataTask,
  TaskKind,
  TaskResult,
} from '../protocol/data.ts';
import type { Problem } from '../protocol/errors.ts';
import { isBackupName } from '../storage/backups.ts';
import type { Client } from './client.ts';
import { exitCodes } from './exit-codes.ts';
import { moment, type Output, plainLine, table } from './output.ts';

export type DataCall =
  | { verb: 'backup' }
  | { verb: 'backup list' }
  | { verb: 'backup delete'; name: string }
  /** `source`: a name of the list, or an absolute path. `look`: only shows what is in it. */
  | { verb: 'restore'; source: string; look: boolean; yes: boolean }
  /** Absolute; null: the folder for archives in the data folder. */
  | { verb: 'export all'; format: ExportFormat; out: string | null };

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

export const restoreOptions = { look: { type: 'boolean' }, yes: { type: 'boolean' } } as const;

export function readBackupCall(words: string[]): Result<DataCall, string> {
  const [what, name] = words;
  if (words.length > 2) return err(`"${words[2]}" is too much after backup.`);
  if (what === undefined) return ok({ verb: 'backup' });
  if (what === 'list' && name === undefined) return ok({ verb: 'backup list' });
  if (what === 'delete' && name) return ok({ verb: 'backup delete', name });
  return err('It is backup, backup list, or backup delete NAME.');
}

export function readRestoreCall(words: string[], values: Values, cwd: string): Result<DataCall, string> {
  const [named] = words;
  if (!named) return err('restore needs the name of a backup (`backup list` has them), or a file.');
  if (words.length > 1) return err(`"${words[1]}" is too much after restore.`);
  const source = isBackupName(named) ? named : resolve(cwd, named);
  return ok({ verb: 'restore', source, look: values.look === true, yes: values.yes === true });
}

export function readExportAllCall(words: string[], values: Values, cwd: string): Result<DataCall, string> {
  const out = typeof values.out === 'string' ? values.out : null;
  const format = exportFormats.find((one) => one === (values.format ?? 'json'));
  if (!format) return err(`--format is one of ${exportFormats.join(', ')}.`);
  if (out === '') return err('--out needs the name of a file or a folder.');
  if (words.length > 0) return err('export takes the ID of a session or --all, not both.');
  return ok({ verb: 'export all', format, out: out === null ? null : resolve(cwd, out) });
}

interface Shown {
  value: unknown;
  words: string;
  code?: number;
}

const pollMs = 100;

/** Begins a task and waits for its end; a long one says now and then how far it is. */
async function finish<K extends TaskKind>(
  client: Client,
  asked: Parameters<Client['ask']>[0],
  output: Output,
): Promise<Result<TaskResult<K>, Problem>> {
  const begun = await client.ask<DataTask>(asked);
  if (!begun.ok) return begun;
  let told = performance.now();
  for (;;) {
    const task = await client.ask<DataTask>({ type: 'data_task', task_id: begun.value.task_id });
    if (!task.ok) return task;
    const { state, problem, result, step, done, total } = task.value;
    if (state === 'failed') return err(problem!);
    if (state === 'done') return ok(result as TaskResult<K>);
    if (performance.now() - told > 2000) {
      told = performance.now();
      output.note(`${step} …${total > 0 ? ` ${Math.floor((100 * done) / total)} %` : ''}`);
    }
    await delay(pollMs);
  }
}

/** @param running - the app runs; else this process opens the data folder, and again when it ends. */
export async function dataVerb(
  call: DataCall,
  client: Client,
  running: boolean,
  output: Output,
): Promise<Result<Shown, Problem>> {
  switch (call.verb) {
    case 'backup': {
      const made = await finish<'backup'>(client, { type: 'backup_make' }, output);
      if (!made.ok) return made;
      const { backup, contents, warning } = made.value;
      const held = contents ? `${holds(contents)}, checked.` : '';
      const words = `Written to ${backup.path} (${byteSize(backup.bytes)}). ${warning ? `NOT SOUND: ${warning}` : held}`;
      return ok({ value: made.value, words, code: warning ? exitCodes.failed : exitCodes.completed });
    }
    case 'backup list': {
      const overview = await client.ask<DataOverview>({ type: 'data_overview' });
      if (!overview.ok) return overview;
      return ok({ value: overview.value.backups, words: backupsTable(overview.value.backups) });
    }
    case 'backup delete': {
      const gone = await client.ask({ type: 'backup_delete', name: call.name });
      return gone.ok ? ok({ value: { name: call.name, deleted: true }, words: `${call.name} is deleted.` }) : gone;
    }
    case 'restore':
      return restore(call, client, running, output);
    case 'export all': {
      const { format, out } = call;
      const done = await finish<'export'>(
        client,
        { type: 'export_everything', format, path: out ?? undefined },
        output,
      );
      if (!done.ok) return done;
      const { path, bytes, sessions, attachments, missing } = done.value;
      const lost = missing > 0 ? ` ${missing} files of messages are not on this disk any more.` : '';
      return ok({
        value: done.value,
        words: `${sessions} sessions and ${attachments} files are in ${path} (${byteSize(bytes)}).${lost}`,
      });
    }
  }
}

async function restore(
  { source, look, yes }: Extract<DataCall, { verb: 'restore' }>,
  client: Client,
  running: boolean,
  output: Output,
): Promise<Result<Shown, Problem>> {
  const found = await finish<'look'>(client, { type: 'backup_look', source }, output);
  if (!found.ok) return found;
  if (look) return ok({ value: found.value, words: contentsWords(found.value) });
  if (!yes) {
    output.note(contentsWords(found.value));
    if (!(await asked('Restore it? What is here now is kept as a backup. Type "yes" > '))) return err(notAgreed);
  }
  const planned = await finish<'restore'>(client, { type: 'restore_plan', source }, output);
  if (!planned.ok) return planned;
  const value = { contents: planned.value.contents, restarting: running && planned.value.restart };
  // This process opens the data folder once more when it ends.
  if (!running) return ok({ value, words: 'The backup is opened now.' });
  if (!planned.value.restart) {
    return ok({
      value,
      words: 'The backup is opened at the next start: stop Quarterdeck (`stop`) and start it again.',
    });
  }
  const restarted = await client.ask({ type: 'restart' });
  return restarted.ok ? ok({ value, words: 'Quarterdeck starts again now and opens the backup.' }) : restarted;
}

const notAgreed: Problem = {
  code: 'conflict',
  message: 'Nobody agreed to it.',
  impact: 'Nothing was changed.',
  next: 'Run it in a terminal and type "yes", or with --yes.',
};

/** False without a terminal: nobody is there to agree. */
async function asked(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question)).trim().toLowerCase() === 'yes';
  } finally {
    terminal.close();
  }
}

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
const holds = ({ sessions, events, attachments }: DatabaseContents): string => {
  const files = attachments && attachments.files > 0 ? ` and ${plural(attachments.files, 'file')} of messages` : '';
  const lost = attachments && attachments.missing > 0 ? ` (${attachments.missing} of these are missing)` : '';
  return `It holds ${plural(sessions, 'session')} with ${plural(events, 'event')}${files}${lost}`;
};

function contentsWords(contents: BackupContents): string {
  const { made_at, loses, brings } = contents;
  const lines = [`${holds(contents)}${made_at === null ? '' : `, as of ${moment(made_at)}`}. Every hash fits.`];
  if (brings > 0)
    lines.push(`${plural(brings, 'session')} would come back that ${brings === 1 ? 'is' : 'are'} not here now.`);
  if (loses.missing > 0) lines.push(`${plural(loses.missing, 'session')} of now would be gone.`);
  if (loses.older > 0) lines.push(`${plural(loses.older, 'session')} would lose what came after.`);
  if (loses.missing + loses.older === 0) lines.push('Nothing of the sessions here would be lost.');
  return [...lines, ...loses.titles.map((title) => `  - ${plainLine(title, 100)}`)].join('\n');
}

function backupsTable(backups: readonly BackupFile[]): string {
  if (backups.length === 0) return 'There is no backup yet.';
  const rows = backups.map(({ made_at, bytes, reason, name }) => [moment(made_at), byteSize(bytes), reason, name]);
  return table(['MADE', 'SIZE', 'WHY', 'NAME'], rows);
}
