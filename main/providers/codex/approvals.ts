import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { PermissionMode, Question } from '../../protocol/values.ts';
import { resolvePath } from '../claude/pending-diff.ts';
import { type Fields, fields, list, string } from '../claude/wire.ts';
import { areOrdinary, commandRule, editRule } from './approval-rule.ts';
import { commonPath, touchedPaths } from './changes.ts';
import { unwrapCommand } from './shell-command.ts';
import type { ToolItem } from './tool-items.ts';
import type { RequestId } from './wire.ts';

type ApprovalRequest = Extract<ProviderEvent, { type: 'approval_request' }>;

/** A request of the CLI that a person can answer. */
export interface CliRequest {
  id: RequestId;
  method: string;
  params: Fields;
}

interface Pending {
  request: CliRequest;
  toolCallId: string;
  announced: boolean;
}

export interface ApprovalsDeps {
  cwd: string;
  home: string;
  mode: () => PermissionMode;
  /** The tool call a request is about. */
  tool: (id: string) => Readonly<ToolItem> | undefined;
  emit: (event: ProviderEvent) => void;
  /** Writes the CLI's answer. */
  reply: (id: RequestId, result: object) => void;
}

/** What runs without the sandbox is another thing than what runs inside it: a rule for one does not cover the other. */
const outsideSandbox = 'shell (outside the sandbox)';

/** The requests for permission, and the questions, that the CLI waits on. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  /** Announces a request about a tool call that has been told, or answers it when the mode says how. */
  request(request: CliRequest, toolCallId: string): void {
    // The CLI counts its requests anew in every process.
    const ref = `${++this.#count}:${request.id}`;
    const pending = { request, toolCallId, announced: false };
    this.#pending.set(ref, pending);
    if (request.method === 'item/fileChange/requestApproval') void this.#lookAtFiles(ref, pending);
    else if (request.method === 'item/tool/requestUserInput') this.#ask(ref, pending);
    else this.#command(ref, pending);
  }

  /** The CLI does not wait for this any more. */
  resolved(id: RequestId): void {
    for (const [ref, { request }] of this.#pending) if (request.id === id) this.#withdraw(ref);
  }

  withdrawAll(): void {
    for (const ref of [...this.#pending.keys()]) this.#withdraw(ref);
  }

  /** @returns the words for the agent that its own answer has no place for; null when there are none or nobody waits any more. */
  answer(ref: string, { decision, message, answers }: ApprovalAnswer): string | null {
    const pending = this.#pending.get(ref);
    if (pending === undefined) return null;
    this.#pending.delete(ref);
    const { request } = pending;
    const allowed = decision !== 'deny';
    if (request.method === 'item/tool/requestUserInput') {
      this.#deps.reply(request.id, { answers: allowed ? answersFor(request.params, answers ?? {}) : {} });
    } else this.#deps.reply(request.id, { decision: allowed ? 'accept' : 'decline' });
    return !allowed && message !== undefined && message.trim() !== '' ? message : null;
  }

  #withdraw(ref: string): void {
    const pending = this.#pending.get(ref);
    this.#pending.delete(ref);
    if (pending?.announced) this.#deps.emit({ type: 'approval_withdrawn', ref });
  }

  #command(ref: string, pending: Pending): void {
    const { params } = pending.request;
    const item = this.#deps.tool(pending.toolCallId);
    const given = string(params.command);
    const command = given === undefined ? item?.command : unwrapCommand(given);
    const reason = string(params.reason);
    // A command asks for more than to be run: for the network, for further folders, to be typed into.
    const special =
      (params.kind !== undefined && params.kind !== 'command') ||
      Object.keys(fields(params.networkApprovalContext)).length > 0 ||
      Object.keys(fields(params.additionalPermissions)).length > 0;
    const tool = reason === undefined || reason === '' ? 'shell' : outsideSandbox;
    const host = string(fields(params.networkApprovalContext).host);
    const why = host === undefined ? reason : `Network access to ${host}. ${reason ?? ''}`.trim();
    const cwd = this.#deps.cwd;
    const rule =
      command === undefined || special ? null : commandRule(tool, command, params.proposedExecpolicyAmendment, cwd);
    // A folder of its own makes it another command than the one a rule names.
    const folder = string(params.cwd);
    const input = { command: command ?? '', ...(folder === undefined || folder === cwd ? {} : { cwd: folder }) };
    this.#announce(ref, pending, {
      tool,
      kind: 'execute',
      title: item?.title ?? (command || 'Command').slice(0, 300),
      input,
      rule,
      ...(command === undefined ? {} : { command }),
      ...(why === undefined || why === '' ? {} : { reason: why.slice(0, 4000) }),
    });
  }

  async #lookAtFiles(ref: string, pending: Pending): Promise<void> {
    const item = this.#deps.tool(pending.toolCallId);
    const changes = item?.changes ?? [];
    const [cwd = this.#deps.cwd, home = this.#deps.home, ...paths] = await Promise.all(
      [this.#deps.cwd, this.#deps.home, ...touchedPaths(changes)].map((path) => resolvePath(path)),
    );
    if (this.#pending.get(ref) !== pending) return;
    const { params } = pending.request;
    const root = string(params.grantRoot);
    const ordinary = root === undefined && areOrdinary(paths, cwd);
    const tool = item?.tool ?? 'apply_patch';
    const path = ordinary ? commonPath(paths) : undefined;
    const diff = changes[0]?.diff;
    const reasons = [string(params.reason), root === undefined ? undefined : `Asks to write anywhere in ${root}.`];
    const reason = reasons.filter(Boolean).join(' ');
    this.#announce(
      ref,
      pending,
      {
        tool,
        kind: item?.kind ?? 'edit',
        title: item?.title ?? 'Change files',
        input: item?.input ?? {},
        rule: ordinary ? editRule(tool, paths, cwd, home) : null,
        ...(diff === undefined ? {} : { diff }),
        ...(path === undefined ? {} : { path }),
        ...(reason === '' ? {} : { reason: reason.slice(0, 4000) }),
      },
      ordinary,
    );
  }

  #ask(ref: string, pending: Pending): void {
    const questions = questionsOf(pending.request.params);
    if (questions.length === 0) {
      this.#pending.delete(ref);
      this.#deps.reply(pending.request.id, { answers: {} });
      return;
    }
    const title = questions[0]?.question.slice(0, 300) || 'Question';
    const input = { questions: list(pending.request.params.questions) };
    this.#announce(ref, pending, { tool: 'request_user_input', kind: 'question', title, input, rule: null, questions });
  }

  /** @param ordinary - a change inside the folder that touches nothing others obey. */
  #announce(
    ref: string,
    pending: Pending,
    shown: Omit<ApprovalRequest, 'type' | 'ref' | 'tool_call_id'>,
    ordinary = false,
  ): void {
    const mode = this.#deps.mode();
    const decided = shown.kind !== 'question' && (mode === 'full' || (mode === 'accept-edits' && ordinary));
    if (decided || (mode === 'plan' && shown.kind !== 'question')) {
      this.#pending.delete(ref);
      this.#deps.reply(pending.request.id, { decision: decided ? 'accept' : 'decline' });
      return;
    }
    pending.announced = true;
    this.#deps.emit({ type: 'approval_request', ref, tool_call_id: pending.toolCallId, ...shown });
  }
}

/** `questions[]`: `{ id, header, question, options: [{ label, description }] | null }`. */
function questionsOf(params: Fields): Question[] {
  return list(params.questions)
    .map(fields)
    .map((question) => {
      const header = string(question.header);
      return {
        question: string(question.question) ?? '',
        ...(header === undefined ? {} : { header }),
        multiple: false,
        options: list(question.options)
          .map(fields)
          .map((option) => {
            const description = string(option.description);
            return { label: string(option.label) ?? '', ...(description === undefined ? {} : { description }) };
          }),
      };
    });
}

/** The CLI wants them by the id of the question; a person answers by its words. */
function answersFor(params: Fields, answers: { readonly [question: string]: string }): object {
  const named = list(params.questions)
    .map(fields)
    .flatMap((question) => {
      const [id, words] = [string(question.id), string(question.question) ?? ''];
      const answer = answers[words];
      return id === undefined || answer === undefined ? [] : [[id, { answers: [answer] }] as const];
    });
  return Object.fromEntries(named);
}
