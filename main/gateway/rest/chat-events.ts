import type { DurableEvent, EventOf, EventPlace } from '../../protocol/events.ts';
import type { ServerFrame, ServerFrameOf } from '../../protocol/frames.ts';
import { oneLine } from '../../sessions/one-line.ts';
import type { StreamEvent } from './event-stream.ts';

type Of<T extends DurableEvent['type']> = EventOf<T> & EventPlace;

/** The turn a chat is about: known by its id, by the place of its message in the queue, or as the one a client was following at `after`. */
export type ChatTarget = { turn_id: string } | { queue_id: string } | { after: number };

/** How the turn ended. `queued`: it has not begun, because the one before it did not end well and the queue waits for a person. */
export interface ChatEnd {
  status: Of<'turn_end'>['status'] | 'queued' | 'cancelled';
  problem?: Of<'turn_end'>['problem'];
  seq: number;
}

/** Tokens of the turn, as far as its agent tells them. */
export interface ChatUsage {
  input_tokens: number;
  output_tokens: number;
  cached_tokens: number;
  cost_usd: number | null;
}

/**
 * One turn in the words chat clients of other gateways know (thinking, content_delta, tool_start ...), made of the frames of the session. What has
 * no such word comes under its own name with its own fields. Pure: frames in, events out.
 */
export class ChatEvents {
  readonly #target: ChatTarget;
  /** Nothing up to this event is told again. */
  readonly #after: number;
  #turn: string | null = null;
  /** Of a message that waits: it was seen to be put into the queue, and to leave it for its turn. */
  #queued = false;
  #sent = false;
  #sendNext = false;
  #begun = false;
  #round = 0;
  #openTools = 0;
  readonly #texts: string[] = [];
  readonly #rounds = new Map<string, number>();
  end: ChatEnd | null = null;
  usage: ChatUsage | null = null;
  /** Last durable event that was looked at. */
  seq = 0;

  constructor(target: ChatTarget, after = 0) {
    this.#target = target;
    this.#after = 'after' in target ? target.after : after;
    if ('turn_id' in target) this.#turn = target.turn_id;
  }

  /** The beginning of the turn, or the message that waits, was among the frames. Without it the log has to be read from further back. */
  get complete(): boolean {
    return this.#begun || this.#queued;
  }

  get turn_id(): string | null {
    return this.#turn;
  }

  /** Everything the agent said in the turn; the blocks stand apart. */
  get text(): string {
    return this.#texts.join('\n\n');
  }

  take(frame: ServerFrame): StreamEvent[] {
    switch (frame.type) {
      case 'events':
        return (frame as ServerFrameOf<'events'>).events.flatMap((event) => this.#event(event));
      case 'text_delta':
      case 'reasoning_delta':
      case 'tool_output_delta':
      case 'tool_input_delta':
      case 'item_snapshot':
        return this.#open(frame as ServerFrameOf<'text_delta'> | ServerFrameOf<'item_snapshot'>);
      default:
        return [];
    }
  }

  #open(frame: ServerFrameOf<'text_delta'> | ServerFrameOf<'item_snapshot'>): StreamEvent[] {
    if (!this.#begun || frame.turn_id !== this.#turn || this.end) return [];
    const type = deltaNames[frame.type as string] ?? frame.type;
    return [{ event: type, data: { ...frame, type } }];
  }

  #event(event: DurableEvent): StreamEvent[] {
    this.seq = event.seq;
    this.#find(event);
    if (this.end) return [];
    if (event.turn_id === null || event.turn_id !== this.#turn) {
      if (event.type === 'turn_end' && this.#turn === null) this.#otherEnded(event);
      return [];
    }
    if (event.type === 'turn_started') this.#begun = true;
    if (!this.#begun) return [];
    const told = this.#told(event);
    return event.seq > this.#after ? told : [];
  }

  /** Looks for the turn that is meant. */
  #find(event: DurableEvent): void {
    if ('after' in this.#target && event.type === 'turn_started' && (this.#turn === null || event.seq <= this.#after)) {
      this.#turn = event.turn_id;
      this.end = null;
      this.#texts.length = 0;
      this.usage = null;
    }
    if (!('queue_id' in this.#target) || this.#turn !== null) return;
    const { queue_id } = this.#target;
    if (event.type === 'message_queued' && event.queue_id === queue_id) this.#queued = true;
    if (event.type === 'abort_requested') this.#sendNext = event.send_next === queue_id;
    if (event.type === 'queue_removed' && event.queue_id === queue_id) {
      if (event.reason === 'cancelled') this.end = { status: 'cancelled', seq: event.seq };
      else this.#sent = true;
    } else if (this.#sent && event.type === 'user_message') {
      this.#turn = event.turn_id;
      // Steered into a turn that runs: its beginning is behind us.
      this.#begun = true;
    }
  }

  /** Another turn ended while our message waits: after a good end it is sent by itself, after a bad one a person decides. */
  #otherEnded({ status, seq }: Of<'turn_end'>): void {
    if ('queue_id' in this.#target && status !== 'completed' && !this.#sendNext) this.end = { status: 'queued', seq };
  }

  #told(event: DurableEvent): StreamEvent[] {
    const { session_id, turn_id, seq, ts } = event;
    const place = { session_id, turn_id, seq, ts };
    const told = (type: string, fields: object): StreamEvent => ({
      event: type,
      id: seq,
      data: { type, ...place, ...fields },
    });
    switch (event.type) {
      case 'turn_started':
        return [told('thinking', { provider: event.provider, model: event.model })];
      case 'text':
        if (event.parent_tool_call_id === undefined) this.#texts.push(event.text);
        return [told('text', event)];
      case 'tool_activity':
        return [this.#tool(event, told)];
      case 'approval_request':
        return [told('tool_approval', approvalAsked(event))];
      case 'approval_resolved':
        return [told('tool_approval', approvalAnswered(event))];
      case 'usage':
        this.#count(event);
        return [
          told('usage', {
            ...event,
            tokens: event.input_tokens + event.output_tokens,
            tokens_cached: event.cached_tokens ?? 0,
          }),
        ];
      case 'turn_end':
        return this.#ended(event, told);
      default:
        return [told(event.type, event)];
    }
  }

  #tool(event: Of<'tool_activity'>, told: (type: string, fields: object) => StreamEvent): StreamEvent {
    const { tool_call_id, status, output, exit_code } = event;
    const common = { tool: event.tool, tool_id: tool_call_id, kind: event.kind, title: event.title };
    if (event.phase === 'start') {
      if (this.#openTools === 0) this.#round += 1;
      this.#openTools += 1;
      this.#rounds.set(tool_call_id, this.#round);
      return told('tool_start', { ...common, round: this.#round, input: event.input });
    }
    this.#openTools = Math.max(0, this.#openTools - 1);
    const failed = status !== undefined && status !== 'completed';
    return told('tool_end', {
      ...common,
      round: this.#rounds.get(tool_call_id) ?? this.#round,
      duration_ms: event.duration_ms ?? 0,
      status,
      output,
      exit_code,
      ...(failed ? { error: oneLine(output || status, 500) } : {}),
    });
  }

  #count({ input_tokens, output_tokens, cached_tokens, cost_usd }: Of<'usage'>): void {
    const so = this.usage ?? { input_tokens: 0, output_tokens: 0, cached_tokens: 0, cost_usd: null };
    this.usage = {
      input_tokens: so.input_tokens + input_tokens,
      output_tokens: so.output_tokens + output_tokens,
      cached_tokens: so.cached_tokens + (cached_tokens ?? 0),
      cost_usd: cost_usd === undefined ? so.cost_usd : (so.cost_usd ?? 0) + cost_usd,
    };
  }

  #ended(event: Of<'turn_end'>, told: (type: string, fields: object) => StreamEvent): StreamEvent[] {
    const { status, problem, seq, session_id, turn_id } = event;
    this.end = { status, problem, seq };
    // Only the last of them has the number: a client that lost the line before it gets all of them again.
    const content = { event: 'content', data: { type: 'content', session_id, turn_id, text: this.text } };
    const failed = { event: 'error', data: { type: 'error', session_id, turn_id, ...problem } };
    return [content, ...(problem ? [failed] : []), told('done', { status, duration_ms: event.duration_ms })];
  }
}

const deltaNames: Readonly<Record<string, string>> = {
  text_delta: 'content_delta',
  reasoning_delta: 'thinking_delta',
  tool_output_delta: 'tool_output_delta',
  tool_input_delta: 'tool_input_delta',
};

function approvalAsked(event: Of<'approval_request'>): object {
  const { approval_id, tool, kind, title, command, input, digest, rule, questions, options, diff } = event;
  return {
    ...{ tool, tool_id: event.tool_call_id, kind, title, command, input, digest, rule, questions, options, diff },
    approval_id,
    approval_callback: `appr:${approval_id}`,
    approval_status: '',
    text: `Execute tool "${tool}" with args: ${JSON.stringify(input ?? null)}`,
  };
}

function approvalAnswered({ approval_id, decision, by, digest }: Of<'approval_resolved'>): object {
  const auto = by.kind === 'rule' || by.kind === 'mode';
  const approval_status =
    decision === 'withdrawn'
      ? 'expired'
      : decision === 'deny'
        ? auto
          ? 'auto_denied'
          : 'denied'
        : auto
          ? 'auto_approved'
          : 'approved';
  const scope = { allow_session: 'session', allow_always: 'permanent' }[decision as string];
  return { approval_id, approval_callback: `appr:${approval_id}`, approval_status, approval_scope: scope, by, digest };
}
