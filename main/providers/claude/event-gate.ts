import type { Clock } from '../../base/clock.ts';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Fields } from '../shared/fields.ts';
import { LiveOutput } from './live-output.ts';
import type { Turn } from './turn.ts';

/** What is told whether or not a turn runs. */
const standing: ReadonlySet<ProviderEvent['type']> = new Set(['session', 'notice', 'commands', 'plan_limits']);

export interface EventGateDeps {
  clock: Clock;
  outputEveryMs: number;
  /** Asks the CLI for the output of a running command. */
  askOutput: (taskId: string, onAnswer: (ok: boolean, answer: Fields) => void) => void;
  emit: (event: ProviderEvent) => void;
}

/** What a process says goes on only where it belongs to a turn, and of a tool call only when its beginning did. */
export class EventGate {
  readonly #emit: (event: ProviderEvent) => void;
  readonly #output: LiveOutput;
  /** Tool calls that were announced and have not ended. */
  readonly #tools = new Set<string>();
  #ranTools = false;

  constructor({ clock, outputEveryMs, askOutput, emit }: EventGateDeps) {
    this.#emit = emit;
    this.#output = new LiveOutput({ clock, everyMs: outputEveryMs, ask: askOutput, emit });
  }

  /** Something ran, ever, that could have left processes behind. */
  get ranTools(): boolean {
    return this.#ranTools;
  }

  /** @param turn - the one it belongs to; null when there is none. */
  pass(event: ProviderEvent, turn: Turn | null): void {
    if (standing.has(event.type)) {
      this.#emit(event);
      return;
    }
    if (turn === null) return;
    if (event.type === 'tool_start') {
      this.#ranTools = true;
      this.#tools.add(event.tool_call_id);
    } else if (event.type === 'tool_end' || event.type === 'file_edit') {
      if (!this.#tools.has(event.tool_call_id)) return;
      if (event.type === 'tool_end') {
        this.#tools.delete(event.tool_call_id);
        this.#output.ended(event.tool_call_id);
      }
    }
    turn.begun = true;
    this.#emit(event);
  }

  /** A command runs on: its output is shown as it grows. */
  commandRuns(taskId: string, toolCallId: string): void {
    if (this.#tools.has(toolCallId)) this.#output.started(taskId, toolCallId);
  }

  turnEnded(): void {
    this.#output.endAll();
    this.#tools.clear();
  }
}
