import type { Clock } from '../../base/clock.ts';
import type { ApprovalAnswer, ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { TurnId } from '../../protocol/ids.ts';
import type { FileDiff, PlanEntry, Question, RuleMatch, ToolKind } from '../../protocol/values.ts';

/** A person stopped the turn. Thrown through the running script so that it ends wherever it is. */
export class Stopped extends Error {}

/** The script ends the turn with an error. */
export class TurnFailed extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export interface ToolCall {
  tool: string;
  kind: ToolKind;
  title: string;
  input: unknown;
}

export interface ToolOutcome {
  status: 'completed' | 'failed' | 'denied' | 'cancelled';
  output?: string;
  exit_code?: number | null;
}

export interface Permission extends ToolCall {
  command?: string;
  diff?: FileDiff;
  path?: string;
  reason?: string;
  rule: RuleMatch | null;
  questions?: Question[];
}

/** Milliseconds between two pieces of streamed text: about 40 a second. */
const pieceMs = 25;
const pieceChars = 10;
/** A long text is streamed in larger pieces, so that none takes longer than about 4 seconds. */
const maxPieces = 160;
/** Characters of a title that the contract allows. */
const maxTitle = 1_000;

/** Splits text into pieces at word boundaries; together they are the text again. */
export function pieces(text: string): string[] {
  const size = Math.max(pieceChars, Math.ceil(text.length / maxPieces));
  const result: string[] = [];
  let piece = '';
  for (const word of text.match(/\s*\S+|\s+$/g) ?? []) {
    piece += word;
    if (piece.length >= size) {
      result.push(piece);
      piece = '';
    }
  }
  return piece === '' ? result : [...result, piece];
}

/** One turn of the guide: what a script may do while it runs. Every step ends at once, with `Stopped`, when the turn is stopped. */
export class Turn {
  readonly signal: AbortSignal;
  readonly #id: TurnId;
  readonly #clock: Clock;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #waiting = new Map<string, (answer: ApprovalAnswer) => void>();
  #items = 0;

  constructor(id: TurnId, clock: Clock, signal: AbortSignal, emit: (event: ProviderEvent) => void) {
    this.#id = id;
    this.#clock = clock;
    this.signal = signal;
    this.#emit = emit;
  }

  /** Unique within the session, over restarts too: turn ids are. */
  #nextItem(): string {
    this.#items += 1;
    return `${this.#id}.${this.#items}`;
  }

  checkStopped(): void {
    if (this.signal.aborted) throw new Stopped();
  }

  /** Waits for `start` to call back, or for the turn to be stopped. `start` answers how to give up. */
  #until<T>(start: (done: (value: T) => void) => () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.signal.aborted) {
        reject(new Stopped());
        return;
      }
      const stop = () => {
        giveUp();
        reject(new Stopped());
      };
      const giveUp = start((value) => {
        this.signal.removeEventListener('abort', stop);
        resolve(value);
      });
      this.signal.addEventListener('abort', stop, { once: true });
    });
  }

  wait(ms: number): Promise<void> {
    return this.#until<void>((done) => this.#clock.after(ms, done));
  }

  async #stream(kind: 'text' | 'reasoning', text: string, delayMs: number): Promise<string> {
    const item_id = this.#nextItem();
    for (const piece of pieces(text)) {
      this.checkStopped();
      this.#emit({ type: 'item_delta', item_id, kind, text: piece });
      await this.wait(delayMs);
    }
    return item_id;
  }

  /** Says something in Markdown, piece by piece. */
  async say(text: string): Promise<void> {
    const item_id = await this.#stream('text', text, pieceMs);
    this.#emit({ type: 'text', item_id, text });
  }

  /** Says pieces that come with a pause of their own between them, as one text. */
  async sayPaced(parts: Iterable<string>, delayMs: number): Promise<void> {
    const item_id = this.#nextItem();
    let text = '';
    for (const part of parts) {
      this.checkStopped();
      text += part;
      this.#emit({ type: 'item_delta', item_id, kind: 'text', text: part });
      await this.wait(delayMs);
    }
    this.#emit({ type: 'text', item_id, text });
  }

  /** Says what it is about to do, as reasoning. */
  async think(text: string): Promise<void> {
    const began = this.#clock.now();
    const item_id = await this.#stream('reasoning', text, pieceMs);
    this.#emit({ type: 'reasoning', item_id, text, duration_ms: this.#clock.now() - began });
  }

  plan(entries: PlanEntry[]): void {
    this.#emit({ type: 'plan', entries });
  }

  notice(level: 'info' | 'warning', code: string, text: string): void {
    this.#emit({ type: 'notice', level, code, text });
  }

  /** Runs `body` as a tool call, with its card from start to end. `output` adds to what the card shows while it runs. */
  async tool(
    call: ToolCall,
    body: (id: string, output: (text: string) => void) => Promise<ToolOutcome>,
  ): Promise<ToolOutcome> {
    this.checkStopped();
    const tool_call_id = this.#nextItem();
    this.#emit({ type: 'tool_start', tool_call_id, ...call, title: call.title.slice(0, maxTitle) });
    const began = this.#clock.now();
    const end = (outcome: ToolOutcome) =>
      this.#emit({ type: 'tool_end', tool_call_id, duration_ms: this.#clock.now() - began, ...outcome });
    let outcome: ToolOutcome;
    try {
      outcome = await body(tool_call_id, (text) => {
        if (!this.signal.aborted) this.#emit({ type: 'item_delta', item_id: tool_call_id, kind: 'tool_output', text });
      });
    } catch (error) {
      end({ status: this.signal.aborted ? 'cancelled' : 'failed' });
      throw this.signal.aborted ? new Stopped() : error;
    }
    // What was finished before the stop is told as finished.
    end(outcome);
    this.checkStopped();
    return outcome;
  }

  fileEdited(tool_call_id: string, diff: FileDiff): void {
    this.#emit({ type: 'file_edit', tool_call_id, diff });
  }

  /** Asks a person and waits for as long as it takes. */
  async permission(tool_call_id: string, request: Permission): Promise<ApprovalAnswer> {
    const ref = `${tool_call_id}.ask`;
    try {
      return await this.#until<ApprovalAnswer>((done) => {
        this.#waiting.set(ref, done);
        this.#emit({
          type: 'approval_request',
          ref,
          tool_call_id,
          ...request,
          title: request.title.slice(0, maxTitle),
        });
        return () => this.#emit({ type: 'approval_withdrawn', ref });
      });
    } finally {
      this.#waiting.delete(ref);
    }
  }

  /** A person's answer; ignored when nothing waits for it. */
  answer(ref: string, answer: ApprovalAnswer): void {
    this.#waiting.get(ref)?.(answer);
  }
}
