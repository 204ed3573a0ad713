import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import type { Fields } from '../shared/fields.ts';
import { type Offer, optionsOf } from './approval-options.ts';
import {
  type Described,
  describeChange,
  describeCommand,
  describePermissions,
  describeQuestion,
  describeToolCall,
  isToolCall,
  type Place,
} from './approval-requests.ts';
import type { ToolItem } from './tool-items.ts';
import type { RequestId } from './wire.ts';

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
  described: Described | null;
}

/** What became of a request. */
export interface Answered {
  toolCallId: string;
  /** A question: what was answered, for the record; null when it was declined. */
  question?: { output: string } | null;
  /** Words for the agent that the CLI's own answer has no place for. */
  words: string | null;
}

export interface ApprovalsDeps extends Place {
  mode: () => PermissionMode;
  /** The tool call a request is about. */
  tool: (id: string) => Readonly<ToolItem> | undefined;
  emit: (event: ProviderEvent) => void;
  /** Writes the CLI's answer. */
  reply: (id: RequestId, result: object) => void;
}

/** The requests for permission, and the questions, that the CLI waits on. */
export class Approvals {
  readonly #deps: ApprovalsDeps;
  readonly #pending = new Map<string, Pending>();
  #count = 0;

  constructor(deps: ApprovalsDeps) {
    this.#deps = deps;
  }

  /** Announces a request that can be shown, about a tool call that has been told, or answers it when the mode says how. */
  request(request: CliRequest, toolCallId: string): void {
    // The CLI counts its requests anew in every process.
    const ref = `${++this.#count}:${request.id}`;
    const pending: Pending = { request, toolCallId, announced: false, described: null };
    this.#pending.set(ref, pending);
    const { method, params } = request;
    const item = this.#deps.tool(toolCallId);
    switch (method) {
      case 'item/fileChange/requestApproval':
        void describeChange(params, item, this.#deps).then((described) => this.#announce(ref, pending, described));
        return;
      case 'item/permissions/requestApproval':
        this.#announce(ref, pending, describePermissions(params));
        return;
      case 'item/commandExecution/requestApproval':
        this.#announce(ref, pending, describeCommand(params, item, this.#deps));
        return;
    }
    const described =
      method === 'mcpServer/elicitation/request' && isToolCall(params)
        ? describeToolCall(params)
        : describeQuestion(method, params);
    if (described === null) this.#pending.delete(ref);
    else this.#announce(ref, pending, described);
  }

  /** The CLI does not wait for this any more. @returns the tool call it was about, when nobody had answered. */
  resolved(id: RequestId): string | null {
    for (const [ref, { request, toolCallId }] of this.#pending) {
      if (request.id !== id) continue;
      this.#withdraw(ref);
      return toolCallId;
    }
    return null;
  }

  /** The CLI ended under its questions: nobody took them back, and a person may still answer for when it asks again. */
  abandonAll(): void {
    this.#pending.clear();
  }

  withdrawAll(): void {
    for (const ref of [...this.#pending.keys()]) this.#withdraw(ref);
  }

  /** @returns null when nobody waits for it any more. */
  answer(ref: string, { decision, message, answers, option_id }: ApprovalAnswer): Answered | null {
    const pending = this.#pending.get(ref);
    if (pending?.described == null) return null;
    this.#pending.delete(ref);
    const { request, toolCallId, described } = pending;
    const { offers, asked } = described;
    const allowed = decision !== 'deny';
    if (asked !== undefined) {
      const result = allowed ? asked.result(answers ?? {}) : null;
      this.#deps.reply(request.id, result ?? asked.declined);
      const output = Object.entries(answers ?? {})
        .map(([question, answer]) => `${question}\n${answer}`)
        .join('\n\n');
      return { toolCallId, question: result === null ? null : { output }, words: wordsOf(allowed, message) };
    }
    // A lasting answer of the app is kept by the app: to the CLI it is the same as once.
    const chosen = offers.find((one) => one.option_id === option_id && one.allows === allowed);
    const offer = chosen ?? offers.find(allowed ? (one) => one.allows : isDecline);
    if (offer !== undefined) this.#deps.reply(request.id, offer.result);
    return { toolCallId, words: wordsOf(allowed, message) };
  }

  #withdraw(ref: string): void {
    const pending = this.#pending.get(ref);
    this.#pending.delete(ref);
    if (pending?.announced) this.#deps.emit({ type: 'approval_withdrawn', ref });
  }

  #announce(ref: string, pending: Pending, described: Described): void {
    if (this.#pending.get(ref) !== pending) return;
    const { shown, offers, ordinary = false } = described;
    const mode = this.#deps.mode();
    if (shown.kind !== 'question') {
      const allowed = mode === 'full' || (mode === 'accept-edits' && ordinary);
      const decided = allowed ? offers.find((one) => one.allows) : mode === 'plan' ? offers.find(isDecline) : undefined;
      if (decided !== undefined) {
        this.#pending.delete(ref);
        this.#deps.reply(pending.request.id, decided.result);
        return;
      }
    }
    pending.announced = true;
    pending.described = described;
    const options = offers.length === 0 ? {} : { options: optionsOf(offers) };
    this.#deps.emit({ type: 'approval_request', ref, tool_call_id: pending.toolCallId, ...shown, ...options });
  }
}

const isDecline = (one: Offer) => one.option_id === 'decline';

function wordsOf(allowed: boolean, message: string | undefined): string | null {
  return !allowed && message !== undefined && message.trim() !== '' ? message : null;
}
