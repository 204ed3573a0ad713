import type { DurableEvent, SessionEvent, SessionOrigin } from '../../main/protocol/events.ts';
import type { ApprovalId, MessageId, ProviderId, QueueId, SessionId, TurnId } from '../../main/protocol/ids.ts';
import type {
  Actor,
  ApprovalOption,
  Attachment,
  FileDiff,
  PermissionMode,
  PlanEntry,
  Question,
  RuleMatch,
  ToolKind,
} from '../../main/protocol/values.ts';

const owner: Actor = { kind: 'owner', via: 'window' };
let counter = 0;
const fresh = (prefix: string): string => {
  counter += 1;
  return `${prefix}_${String(counter).padStart(8, '0')}`;
};

export interface ToolScript {
  kind: ToolKind;
  tool: string;
  title: string;
  input?: unknown;
  output?: string;
  status?: 'completed' | 'failed' | 'denied' | 'cancelled' | 'running';
  exit?: number;
  ms?: number;
  diffs?: FileDiff[];
  parent?: string;
}

/** Writes the log of one session as a story. */
export class EventWriter {
  readonly events: DurableEvent[] = [];
  readonly sessionId: SessionId;
  #turn: TurnId | null = null;
  #ts: number;
  #provider: ProviderId;
  #digest: string | null = null;
  readonly #known = new Set<ProviderId>();

  constructor(options: {
    title: string;
    cwd: string;
    ago: number;
    provider?: ProviderId;
    mode?: PermissionMode;
    model?: string;
    origin?: SessionOrigin;
  }) {
    this.sessionId = fresh('ses') as SessionId;
    this.#ts = Date.now() - options.ago;
    this.#provider = options.provider ?? 'claude';
    this.add({
      type: 'session_created',
      cwd: options.cwd,
      provider: this.#provider,
      model: options.model ?? null,
      mode: options.mode ?? 'ask',
      title: options.title,
      origin: options.origin,
      by: owner,
    });
  }

  get turnId(): TurnId | null {
    return this.#turn;
  }

  add(event: SessionEvent, afterMs = 400): this {
    this.#ts += afterMs;
    if (event.type === 'session_changed') this.#provider = event.provider ?? this.#provider;
    if (event.type === 'digest') this.#digest = event.text;
    this.events.push({
      ...event,
      session_id: this.sessionId,
      seq: this.events.length + 1,
      ts: this.#ts,
      turn_id: this.#turn,
    });
    return this;
  }

  user(text: string, by: Actor = owner, attachments?: Attachment[]): this {
    const message_id = fresh('msg') as MessageId;
    const starts = this.#turn === null;
    if (starts) this.#turn = fresh('turn') as TurnId;
    this.add({ type: 'user_message', message_id, text, attachments, by });
    if (!starts) return this;
    const provider = this.#provider;
    this.add(
      { type: 'turn_started', message_id, provider, model: null, mode: 'ask', digest: this.#digest ?? undefined },
      5,
    );
    this.#digest = null;
    if (!this.#known.has(provider)) {
      this.#known.add(provider);
      this.add({ type: 'provider_session', provider, provider_session_id: fresh('cli') }, 5);
    }
    return this;
  }

  text(text: string): this {
    return this.add({ type: 'text', item_id: fresh('item'), text });
  }

  reasoning(text: string, duration_ms: number): this {
    return this.add({ type: 'reasoning', item_id: fresh('item'), text, duration_ms });
  }

  tool(script: ToolScript, id = fresh('call')): string {
    const { kind, tool, title, input } = script;
    const common = { tool_call_id: id, tool, kind, title, parent_tool_call_id: script.parent };
    if (!this.events.some((event) => event.type === 'tool_activity' && event.tool_call_id === id)) {
      this.add({ type: 'tool_activity', phase: 'start', input: input ?? {}, ...common });
    }
    for (const diff of script.diffs ?? []) this.add({ type: 'file_edit', tool_call_id: id, diff }, 3);
    if (script.status === 'running') return id;
    this.add({
      type: 'tool_activity',
      phase: 'end',
      ...common,
      status: script.status ?? 'completed',
      output: script.output,
      exit_code: script.exit,
      duration_ms: script.ms,
    });
    return id;
  }

  ask(
    tool_call_id: string,
    request: {
      kind: ToolKind;
      tool: string;
      title: string;
      command?: string;
      diff?: FileDiff;
      diffs?: FileDiff[];
      options?: ApprovalOption[];
      reason?: string;
      rule?: RuleMatch | null;
      questions?: Question[];
      input?: unknown;
    },
  ): ApprovalId {
    const approval_id = fresh('apr') as ApprovalId;
    const { rule = null, input = request.command ? { command: request.command } : {}, ...rest } = request;
    this.add({ type: 'approval_request', approval_id, tool_call_id, rule, input, digest: 'd', ...rest });
    return approval_id;
  }

  answer(
    approval_id: ApprovalId,
    decision: 'allow_once' | 'allow_session' | 'allow_always' | 'deny',
    by: Actor = owner,
    message?: string,
    answers?: Record<string, string>,
  ): this {
    return this.add({ type: 'approval_resolved', approval_id, decision, digest: 'd', by, message, answers }, 2_000);
  }

  plan(entries: PlanEntry[]): this {
    return this.add({ type: 'plan', entries });
  }

  queue(text: string, attachments?: Attachment[]): this {
    return this.add({ type: 'message_queued', queue_id: fresh('q') as QueueId, text, attachments, by: owner });
  }

  end(
    status: 'completed' | 'failed' | 'aborted' | 'interrupted' = 'completed',
    more: { problem?: Extract<SessionEvent, { type: 'turn_end' }>['problem']; ms?: number; cost?: number } = {},
  ): this {
    this.add({
      type: 'usage',
      input_tokens: 48_213,
      output_tokens: 1_904,
      cached_tokens: 44_000,
      context_tokens: 61_400,
      context_window: 200_000,
      cost_usd: more.cost,
    });
    this.add({ type: 'turn_end', status, problem: more.problem, duration_ms: more.ms ?? 42_300 });
    this.#turn = null;
    return this;
  }
}
