import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { FileDiff } from '../../protocol/values.ts';
import { resolveLinks } from '../resolve-links.ts';
import { approvalRule, isSensitive } from '../shared/approval-rule.ts';
import { fields } from '../shared/fields.ts';
import { pendingDiff, readForDiff } from './pending-diff.ts';
import type { FormSignal, PermissionSignal } from './translated.ts';
import { allowLine, answerLine, denyLine } from './wire.ts';

export interface ApprovalsDeps {
  cwd: string;
  /** The person's home folder: a rule for all of it would be a rule for everything. */
  home: string;
  emit: (event: ProviderEvent) => void;
}

/** What was found out about the file a request is about; nothing when it could not be. */
interface Seen {
  /** Real paths. */
  place?: { path: string; cwd: string; home: string };
  diff?: FileDiff;
}

export interface Answered {
  /** For the CLI. */
  line: string;
  toolCallId: string;
  allowed: boolean;
  /** It was a form, not a permission. */
  form: boolean;
}

/** The requests for permission, and the forms of tool servers, that the CLI waits on. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  readonly #pending = new Map<string, { signal: PermissionSignal; announced: boolean }>();
  readonly #forms = new Map<string, FormSignal>();

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  /** Announces a request: at once, or, where a file has to be looked at, as soon as that is done. */
  request(signal: PermissionSignal): void {
    this.#pending.set(signal.ref, { signal, announced: false });
    if (signal.path === undefined) this.#announce(signal, {});
    else void this.#lookAt(signal, signal.path);
  }

  /** Announces what a tool server asks. */
  form(signal: FormSignal): void {
    const { type: _type, fillIn: _fillIn, ...shown } = signal;
    this.#forms.set(signal.ref, signal);
    this.#deps.emit({ type: 'approval_request', kind: 'question', ...shown, rule: null });
  }

  /** Whatever goes wrong with the file: the request is announced, with less to show and nothing lasting to offer. */
  async #lookAt(signal: PermissionSignal, given: string): Promise<void> {
    const place = await this.#resolve(given).catch(() => undefined);
    const diff = place === undefined ? undefined : await diffOf(signal, place.path).catch(() => undefined);
    this.#announce(signal, { ...(place === undefined ? {} : { place }), ...(diff === undefined ? {} : { diff }) });
  }

  async #resolve(given: string): Promise<Seen['place']> {
    const { cwd, home } = this.#deps;
    const [path, realCwd, realHome] = await Promise.all([
      resolveLinks(given),
      resolveLinks(cwd),
      resolveLinks(home).catch(() => home),
    ]);
    return { path, cwd: realCwd, home: realHome };
  }

  #announce(signal: PermissionSignal, { place, diff }: Seen): void {
    const pending = this.#pending.get(signal.ref);
    // Taken back while we looked: nobody heard of it, nobody has to.
    if (pending === undefined || pending.signal !== signal) return;
    pending.announced = true;
    const { type: _type, cliInput: _cliInput, suggestions, path: _path, ...shown } = signal;
    const { tool, kind, input } = signal;
    const rule = approvalRule({ tool, kind, input, suggestions, ...(place ?? { cwd: this.#deps.cwd }) });
    // Without a path no folder rule can match: hooks and settings are asked for each time.
    const matched = place !== undefined && !isSensitive(place.cwd, place.path) ? { path: place.path } : {};
    this.#deps.emit({ type: 'approval_request', ...shown, ...matched, ...(diff === undefined ? {} : { diff }), rule });
  }

  /** The CLI took it back, or does not wait any more. */
  withdraw(ref: string): void {
    if (this.#forms.delete(ref)) this.#deps.emit({ type: 'approval_withdrawn', ref });
    const pending = this.#pending.get(ref);
    if (pending === undefined) return;
    this.#pending.delete(ref);
    if (pending.announced) this.#deps.emit({ type: 'approval_withdrawn', ref });
  }

  /** The CLI ended under its questions: nobody took them back, and a person may still answer for when it asks again. */
  abandonAll(): void {
    this.#pending.clear();
    this.#forms.clear();
  }

  withdrawAll(): void {
    for (const ref of [...this.#pending.keys(), ...this.#forms.keys()]) this.withdraw(ref);
  }

  /** @returns the line for the CLI; null when nobody waits for this answer any more. */
  answer(ref: string, answer: ApprovalAnswer): Answered | null {
    const form = this.#forms.get(ref);
    if (form !== undefined) {
      this.#forms.delete(ref);
      const line = answerLine(ref, form.fillIn(answer));
      return { line, toolCallId: form.tool_call_id, allowed: answer.decision !== 'deny', form: true };
    }
    const pending = this.#pending.get(ref);
    if (pending === undefined) return null;
    this.#pending.delete(ref);
    const { signal } = pending;
    const allowed = answer.decision !== 'deny';
    const line = allowed ? allow(signal, answer) : denyLine(ref, answer.message || refusal(signal));
    return { line, toolCallId: signal.tool_call_id, allowed, form: false };
  }
}

function allow(signal: PermissionSignal, answer: ApprovalAnswer): string {
  const { ref, cliInput, kind, tool } = signal;
  if (kind === 'question') return allowLine(ref, { ...fields(cliInput), answers: answer.answers ?? {} });
  // A plan is approved, not the edits it leads to.
  if (tool === 'ExitPlanMode') {
    return allowLine(ref, cliInput, [{ type: 'setMode', mode: 'default', destination: 'session' }]);
  }
  return allowLine(ref, cliInput);
}

async function diffOf({ kind, tool, input }: PermissionSignal, path: string): Promise<FileDiff | undefined> {
  if (kind !== 'edit') return undefined;
  const before = await readForDiff(path);
  return before === undefined ? undefined : (pendingDiff(tool, input, path, before) ?? undefined);
}

function refusal({ kind }: PermissionSignal): string {
  if (kind === 'question') return 'The user chose not to answer.';
  return 'The user did not allow this. Do not try it another way; go on without it, or ask what to do instead.';
}
