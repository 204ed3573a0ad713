import { type Saying, say } from '../../protocol/saying.ts';
import { type Fields, fields, list, string } from '../shared/fields.ts';
import { notice as anyNotice, type Notice } from '../shared/notice.ts';

/** As long as the log takes one. */
export const notice = (level: Notice['level'], code: string, text: string, say?: Saying): Notice =>
  anyNotice(level, code, text.length > 3900 ? `${text.slice(0, 3900)}…` : text, say);

export const silenceNotice = (silentMs: number) =>
  notice(
    'info',
    'silent',
    `Codex has said nothing for ${Math.round(silentMs / 1000)} s. It may be waiting for the model provider; you can wait or stop the turn.`,
    say('notice.silent', { name: 'Codex', seconds: Math.round(silentMs / 1000) }),
  );

export const retryNotice = (words: string) =>
  notice(
    'warning',
    'api_retry',
    `Codex tries again: ${words}`,
    say('notice.retrying', { name: 'Codex', words: words.slice(0, 3900) }),
  );

export const backgroundEndedNotice = (exitCode: number | undefined) =>
  notice(
    'info',
    'background_ended',
    `A command that ran in the background has ended${exitCode === undefined ? '' : ` (exit code ${exitCode})`}. The agent can look at it with your next message.`,
    say('notice.commandEnded', { code: exitCode ?? '' }),
  );

export const unaskedTurnNotice = () =>
  notice(
    'info',
    'unasked_turn',
    'Codex began to work without being asked; that was stopped.',
    say('notice.unaskedTurn', { name: 'Codex' }),
  );

export const refusedRequestNotice = (what: string) =>
  notice(
    'info',
    'request_refused',
    `Codex asked for something this app cannot answer yet (${what}); it was refused.`,
    say('notice.requestRefused', { name: 'Codex', what }),
  );

/** Codex warns of something at its start, e.g. of a setting it does not know. */
export const warningNotice = (words: string) => notice('warning', 'cli_warning', words);

export const toolServerNotice = (name: string | undefined, error: string | undefined) =>
  notice(
    'warning',
    'tool_server_failed',
    `The tool server ${name ?? 'of this session'} could not be started; its tools are missing${error ? `: ${error.slice(0, 500)}` : '.'}`,
    say('notice.toolServer', { name: name ?? '', why: error?.slice(0, 500) ?? '' }),
  );

/** A hook of the person's that failed, or that stopped what the agent wanted: `HookRunSummary`. Of others there is nothing to say. */
export function hookNotice(run: Fields): Notice[] {
  const status = string(run.status) ?? '';
  if (!['failed', 'blocked', 'stopped'].includes(status)) return [];
  const words = [string(run.statusMessage), ...list(run.entries).map((entry) => string(fields(entry).text))];
  const said = words.filter(Boolean).join('\n');
  const name = string(run.eventName) ?? 'hook';
  const told = say('notice.hook', { name, status, words: said.slice(0, 3500) });
  return [notice('warning', 'hook', `A hook (${name}) ${status}${said === '' ? '.' : `: ${said}`}`, told)];
}

export const attachmentsUnusedNotice = (command: string) =>
  notice(
    'warning',
    'attachments_unused',
    `/${command} takes no attachments: they were left out. Send them with a message.`,
    say('notice.attachmentsUnused', { command }),
  );
