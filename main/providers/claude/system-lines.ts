import { bounded } from './problems.ts';
import type { Translated } from './translated.ts';
import type { UnknownLines } from './unknown-lines.ts';
import { amount, type Fields, string } from './wire.ts';

/** Told by other lines as well, or of no use to a person. */
const silent = new Set([
  'thinking_tokens',
  'task_started',
  'task_progress',
  'task_updated',
  'task_notification',
  'background_tasks_changed',
  'hook_started',
  'hook_progress',
  'hook_response',
  'local_command_output',
  'files_persisted',
  'session_state_changed',
  'vcs_state_changed',
  'permission_denied',
  'post_turn_summary',
]);

/** `system` lines: what the CLI tells about itself. */
export class SystemLines {
  readonly #unknown: UnknownLines;
  #session = '';
  #mode = '';

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
        if (line.status === 'compacting') {
          out.push({
            type: 'notice',
            level: 'info',
            code: 'compacting',
            text: 'Claude Code is summarising the conversation to make room.',
          });
        }
        return;
      case 'compact_boundary':
        out.push({
          type: 'notice',
          level: 'info',
          code: 'compacted',
          text: 'Claude Code summarised the conversation so far; it goes on from the summary.',
        });
        return;
      case 'api_retry':
        out.push(...retry(line));
        return;
      case 'informational':
        out.push({ type: 'notice', level: 'info', code: 'cli_notice', text: bounded(string(line.content) ?? '') });
        return;
    }
    if (!silent.has(subtype)) this.#unknown.unknown(`system/${subtype}`, line, out);
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
  return [{ type: 'notice', level: 'warning', code: 'api_retry', text }];
}
