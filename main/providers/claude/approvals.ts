import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { FileDiff } from '../../protocol/values.ts';
import { approvalRule, isSensitive } from './approval-rule.ts';
import { pendingDiff, readForDiff, resolvePath } from './pending-diff.ts';
import type { PermissionSignal } from './translated.ts';
import { allowLine, denyLine, fields } from './wire.ts';

export interface ApprovalsDeps {
  cwd: string;
  emit: (event: ProviderEvent) => void;
}

/** The requests for permission that the CLI waits on. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  readonly #pending = new Map<string, { signal: PermissionSignal; announced: boolean }>();

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  /** Announces a request: at once, or, where a file has to be looked at, as soon as that is done. */
  request(signal: PermissionSignal): void {
    this.#pending.set(signal.ref, { signal, announced: false });
    if (signal.path === undefined) this.#announce(signal, this.#deps.cwd, undefined, undefined);
    else void this.#lookAt(signal, signal.path);
  }

  async #lookAt(signal: PermissionSignal, given: string): Promise<void> {
    const [path, cwd] = await Promise.all([resolvePath(given), resolvePath(this.#deps.cwd)]);
    let diff: FileDiff | null = null;
    if (signal.kind === 'edit') {
      const before = await readForDiff(path);
      if (before !== undefined) diff = pendingDiff(signal.tool, signal.input, path, before);
    }
    this.#announce(signal, cwd, path, diff ?? undefined);
  }

  #announce(signal: PermissionSignal, cwd: string, path: string | undefined, diff: FileDiff | undefined): void {
    const pending = this.#pending.get(signal.ref);
    // Taken back while we looked: nobody heard of it, nobody has to.
    if (pending === undefined || pending.signal !== signal) return;
    pending.announced = true;
    const { type: _type, cliInput: _cliInput, suggestions, path: _path, ...shown } = signal;
    const rule = approvalRule({ tool: signal.tool, kind: signal.kind, input: signal.input, suggestions, path, cwd });
    // Without a path no folder rule can match: hooks and settings are asked for each time.
    const matched = path !== undefined && !isSensitive(cwd, path) ? { path } : {};
    this.#deps.emit({ type: 'approval_request', ...shown, ...matched, ...(diff === undefined ? {} : { diff }), rule });
  }

  /** The CLI took it back, or does not wait any more. */
  withdraw(ref: string): void {
    const pending = this.#pending.get(ref);
    if (pending === undefined) return;
    this.#pending.delete(ref);
    if (pending.announced) this.#deps.emit({ type: 'approval_withdrawn', ref });
  }

  withdrawAll(): void {
    for (const ref of [...this.#pending.keys()]) this.withdraw(ref);
  }

  /** @returns the line for the CLI; null when nobody waits for this answer any more. */
  answer(ref: string, answer: ApprovalAnswer): { line: string; toolCallId: string; allowed: boolean } | null {
    const pending = this.#pending.get(ref);
    if (pending === undefined) return null;
    this.#pending.delete(ref);
    const { signal } = pending;
    const allowed = answer.decision !== 'deny';
    const line = allowed ? allow(signal, answer) : denyLine(ref, answer.message || refusal(signal));
    return { line, toolCallId: signal.tool_call_id, allowed };
  }
}

function allow(signal: PermissionSignal, answer: ApprovalAnswer): string {
  const { ref, cliInput, kind, tool } = signal;
  if (kind === 'question') return allowLine(ref, { ...fields(cliInput), answers: answer.answers ?? {} });
  if (tool === 'ExitPlanMode') {
    // A plan is approved, not the edits it leads to, unless the person said more than "once".
    const mode = answer.decision === 'allow_once' ? 'default' : 'acceptEdits';
    return allowLine(ref, cliInput, [{ type: 'setMode', mode, destination: 'session' }]);
  }
  return allowLine(ref, cliInput);
}

function refusal({ kind }: PermissionSignal): string {
  if (kind === 'question') return 'The user chose not to answer.';
  return 'The user did not allow this. Do not try it another way; go on without it, or ask what to do instead.';
}
