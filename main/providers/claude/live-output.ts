import type { Clock } from '../../base/clock.ts';
import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { amount, type Fields, string } from '../shared/fields.ts';

export interface LiveOutputDeps {
  clock: Clock;
  /** Between two looks, milliseconds. */
  everyMs: number;
  /** Asks the CLI (`get_task_output`). */
  ask: (taskId: string, onAnswer: (ok: boolean, answer: Fields) => void) => void;
  emit: (event: ProviderEvent) => void;
}

interface Watched {
  taskId: string;
  /** What was seen of its output, bytes. */
  seen: number;
  cancel: () => void;
}

/**
 * The output of commands while they run. The CLI does not stream it; it tells after about three seconds that a command runs on
 * (`task_started`), and from then on the end of its output can be asked for: the last 8 KiB, and how much there is in all.
 */
export class LiveOutput {
  readonly #deps: LiveOutputDeps;
  readonly #watched = new Map<string, Watched>();
  /** Older versions do not know the question. */
  #unsupported = false;

  constructor(deps: LiveOutputDeps) {
    this.#deps = deps;
  }

  /** A command runs on. */
  started(taskId: string, toolCallId: string): void {
    if (this.#unsupported || this.#watched.has(toolCallId)) return;
    const watched: Watched = { taskId, seen: 0, cancel: () => {} };
    this.#watched.set(toolCallId, watched);
    this.#look(toolCallId, watched);
  }

  /** Nothing more is told of it. */
  ended(toolCallId: string): void {
    this.#watched.get(toolCallId)?.cancel();
    this.#watched.delete(toolCallId);
  }

  endAll(): void {
    for (const id of [...this.#watched.keys()]) this.ended(id);
  }

  #look(toolCallId: string, watched: Watched): void {
    this.#deps.ask(watched.taskId, (ok, answer) => {
      if (this.#watched.get(toolCallId) !== watched) return;
      if (!ok) {
        this.#unsupported = true;
        this.endAll();
        return;
      }
      const text = newOutput(watched, answer);
      if (text !== '') this.#deps.emit({ type: 'item_delta', item_id: toolCallId, kind: 'tool_output', text });
      watched.cancel = this.#deps.clock.after(this.#deps.everyMs, () => this.#look(toolCallId, watched));
    });
  }
}

/** What came since the last look; where more came than the CLI hands out, that is said. */
function newOutput(watched: { seen: number }, answer: Fields): string {
  const output = string(answer.output) ?? '';
  const bytes = Buffer.from(output, 'utf8');
  const total = amount(answer.total_bytes) ?? bytes.length;
  const fresh = total - watched.seen;
  if (fresh <= 0) return '';
  const first = watched.seen === 0;
  watched.seen = total;
  if (fresh < bytes.length) {
    let from = bytes.length - fresh;
    // Not in the middle of a character.
    while (from < bytes.length && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
    return bytes.toString('utf8', from);
  }
  const missed = fresh - bytes.length;
  return missed > 0 && answer.truncated === true
    ? `${first ? '' : '\n'}… ${missed} bytes left out …\n${output}`
    : output;
}
