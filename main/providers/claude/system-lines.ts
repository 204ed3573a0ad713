import { say } from '../../protocol/saying.ts';
import { amount, type Fields, fields, string } from '../shared/fields.ts';
import { slashCommands } from './commands.ts';
import { bounded } from './problems.ts';
import { isSilent, spoken } from './system-subtypes.ts';
import type { Translated } from './translated.ts';
import type { UnknownLines } from './unknown-lines.ts';

const maxSpoken = 200;

/** `system` lines: what the CLI tells about itself. */
export class SystemLines {
  readonly #unknown: UnknownLines;
  #session = '';
  #mode = '';
  readonly #spoken = new Set<string>();
  #count = 0;

  constructor(unknown: UnknownLines) {
    this.#unknown = unknown;
  }

  translate(line: Fields, out: Translated[]): void {
    const subtype = string(line.subtype) ?? '';
    switch (subtype) {
      case 'init':
        out.push({ type: 'cli_turn' });
        this.#init(line, out);
        return;
      case 'status':
        this.#changeMode(string(line.permissionMode), out);
        if (line.compact_result === 'failed') {
          const why = string(line.compact_error);
          out.push({
            type: 'notice',
            level: 'warning',
            code: 'compaction_failed',
            say: say('notice.compactionFailed', { why: bounded(why ?? '') }),
            text: bounded(`Claude Code could not summarise the conversation${why === undefined ? '.' : `: ${why}`}`),
          });
        }
        if (line.status === 'compacting') {
          out.push({
            type: 'notice',
            level: 'info',
            code: 'compacting',
            say: say('notice.compacting'),
            text: 'Claude Code is summarising the conversation to make room.',
          });
        }
        return;
      case 'compact_boundary':
        out.push(compaction(fields(line.compact_metadata)));
        return;
      case 'commands_changed':
        out.push({ type: 'commands', commands: slashCommands(line.commands) });
        return;
      case 'local_command_output': {
        // What a slash command answers by itself.
        const text = string(line.content) ?? '';
        if (text !== '') out.push({ type: 'text', item_id: `local:${string(line.uuid) ?? ++this.#count}`, text });
        return;
      }
      case 'session_writes_lost':
        out.push({
          type: 'notice',
          level: 'error',
          code: 'cli_disk_full',
          say: say('notice.cliDiskFull', { code: string(line.error_code) ?? '' }),
          text: `Claude Code could not save its own copy of the conversation (${string(line.error_code) ?? 'disk full'}): after a restart the agent may not remember all of it. Make room on the disk; what is shown here is kept.`,
        });
        return;
      case 'api_retry':
        out.push(...retry(line));
        return;
    }
    if (Object.hasOwn(spoken, subtype)) this.#speak(subtype, line, out);
    else if (!isSilent(subtype)) this.#unknown.unknown(`system/${subtype}`, line, out);
  }

  /** Each sentence once for a process. */
  #speak(subtype: string, line: Fields, out: Translated[]): void {
    const text = bounded((string(line.content) ?? string(line.text) ?? '').trim());
    if (text === '' || this.#spoken.has(text) || this.#spoken.size >= maxSpoken) return;
    this.#spoken.add(text);
    const loud = line.level === 'warning' || line.priority === 'high' || line.priority === 'immediate';
    out.push({ type: 'notice', level: loud ? 'warning' : (spoken[subtype] ?? 'info'), code: 'cli_notice', text });
  }

  /** The CLI goes on in a conversation of its own with this id. */
  moveTo(id: string, out: Translated[]): void {
    this.#session = '';
    out.push({ type: 'session', provider_session_id: id.slice(0, 200) });
  }

  /** Comes again at every turn; told on only when something changed. */
  #init(line: Fields, out: Translated[]): void {
    const id = string(line.session_id);
    const version = string(line.claude_code_version)?.slice(0, 100);
    const model = string(line.model)?.slice(0, 200);
    const session = JSON.stringify([id, version, model]);
    if (id !== undefined && id !== '' && session !== this.#session) {
      this.#session = session;
      out.push({
        type: 'session',
        provider_session_id: id.slice(0, 200),
        ...(version === undefined ? {} : { version }),
        ...(model === undefined ? {} : { model }),
      });
    }
    this.#changeMode(string(line.permissionMode), out);
  }

  #changeMode(mode: string | undefined, out: Translated[]): void {
    if (mode === undefined || mode === this.#mode) return;
    this.#mode = mode;
    out.push({ type: 'cli_mode', mode });
  }
}

function compaction(metadata: Fields): Translated {
  const tokens = (name: string) => {
    const count = amount(metadata[name]);
    return count === undefined ? undefined : Math.trunc(count);
  };
  const [before, after] = [tokens('pre_tokens'), tokens('post_tokens')];
  return {
    type: 'compaction',
    trigger: metadata.trigger === 'manual' ? 'manual' : 'auto',
    ...(before === undefined ? {} : { tokens_before: before }),
    ...(after === undefined ? {} : { tokens_after: after }),
  };
}

const causes: { readonly [error: string]: string } = {
  rate_limit: 'limits the rate of requests',
  overloaded: 'is overloaded',
  server_error: 'has an internal error',
};

function retry(line: Fields): Translated[] {
  const error = string(line.error) ?? 'unknown';
  const status = amount(line.error_status);
  if (error === 'authentication_failed' || status === 401) {
    return [{ type: 'cli_sign_in_refused', words: `The model provider refused the credential (${status ?? error}).` }];
  }
  const cause = causes[error] ?? (status === undefined ? 'could not be reached' : `answered with an error`);
  const seconds = Math.max(1, Math.round((amount(line.retry_delay_ms) ?? 0) / 1000));
  const [attempt, most] = [amount(line.attempt) ?? 1, amount(line.max_retries)];
  const text =
    `The model provider ${cause}${status === undefined ? '' : ` (${status})`}. ` +
    `Trying again in ${seconds} s (${attempt}${most === undefined ? '' : ` of ${most}`}).`;
  const known = Object.hasOwn(causes, error) ? error : 'other';
  const told = say('notice.apiRetry', { cause: known, status: status ?? 0, seconds, attempt, most: most ?? 0 });
  return [{ type: 'notice', level: 'warning', code: 'api_retry', text, say: told }];
}
