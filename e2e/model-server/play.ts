import { createHash, randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { FaultCounters } from './fault-counters.ts';
import type { Gates } from './gates.ts';
import type { Directive, ErrorDetails } from './scenario.ts';
import type { SelectedStep } from './transcript.ts';
import { bigText, jsonPieces, slowText, wordPieces } from './words.ts';

/** What a model does, before a door puts it into its vendor's words. Deltas belong to the block opened last. */
export type ModelEvent =
  | { type: 'thinking_start' }
  | { type: 'text_start' }
  | { type: 'tool_call_start'; callId: string; name: string }
  | { type: 'delta'; text: string }
  | { type: 'block_end' }
  | { type: 'error'; status: number; details: ErrorDetails }
  | { type: 'cut' }
  | { type: 'truncate' }
  | { type: 'end'; stopReason: string; outputTokens: number; usage: { [field: string]: number } };

export interface PlayContext {
  sessionId: string;
  counters: FaultCounters;
  gates: Gates;
  /** Pause between two deltas in milliseconds. */
  deltaMs: number;
  /** Aborted when the client is gone. */
  signal: AbortSignal;
}

const bigPieceCharacters = 4096;

/** Performs one step. Ends after `error`, `cut`, `truncate` or `end`. @throws AbortError when `signal` fires. */
export async function* play(step: SelectedStep, context: PlayContext): AsyncGenerator<ModelEvent, void, undefined> {
  let stopReason: string | null = null;
  let calledTools = false;
  let isTextOpen = false;
  let usage: { [field: string]: number } = {};
  let outputTokens = 0;
  for (const [index, directive] of step.directives.entries()) {
    if (isFault(directive)) {
      if (!context.counters.strikes(faultKey(step, index, context.sessionId), directive.times)) continue;
      yield directive.kind === 'error'
        ? { type: 'error', status: directive.status, details: directive.details }
        : { type: directive.kind };
      return;
    }
    switch (directive.kind) {
      case 'stop':
        stopReason = directive.reason;
        break;
      case 'usage':
        usage = { ...usage, ...directive.usage };
        break;
      case 'wait':
        await context.gates.opened(directive.gate, context.signal);
        break;
      case 'stall':
        await (directive.delayMs === null ? gone(context.signal) : pause(directive.delayMs, context.signal));
        break;
      default: {
        const block = blockOf(directive, step, context.deltaMs);
        const goesOn = isTextOpen && block.start.type === 'text_start';
        if (isTextOpen && !goesOn) yield { type: 'block_end' };
        if (!goesOn) yield block.start;
        calledTools ||= directive.kind === 'tool';
        outputTokens += block.pieces.length;
        for (const text of block.pieces) {
          yield { type: 'delta', text };
          await pause(block.delayMs, context.signal);
        }
        isTextOpen = directive.kind === 'part';
        if (!isTextOpen) yield { type: 'block_end' };
      }
    }
  }
  if (isTextOpen) yield { type: 'block_end' };
  yield { type: 'end', stopReason: stopReason ?? (calledTools ? 'tool_use' : 'end_turn'), outputTokens, usage };
}

type Fault = Extract<Directive, { kind: 'error' | 'cut' | 'truncate' }>;
type BlockDirective = Extract<Directive, { kind: 'think' | 'text' | 'part' | 'slow' | 'big' | 'results' | 'tool' }>;

function isFault(directive: Directive): directive is Fault {
  return directive.kind === 'error' || directive.kind === 'cut' || directive.kind === 'truncate';
}

function blockOf(
  directive: BlockDirective,
  step: SelectedStep,
  deltaMs: number,
): { start: ModelEvent; pieces: string[]; delayMs: number } {
  const text = (pieces: string[], delayMs = deltaMs) => ({ start: { type: 'text_start' } as const, pieces, delayMs });
  switch (directive.kind) {
    case 'think':
      return { start: { type: 'thinking_start' }, pieces: wordPieces(directive.text), delayMs: deltaMs };
    case 'text':
    case 'part':
      return text(wordPieces(directive.text));
    case 'results':
      return text(wordPieces(step.results.map((result) => result.text).join('\n')));
    case 'slow':
      return text(wordPieces(slowText(directive.words)), directive.delayMs);
    case 'big':
      return text(bigText(directive.bytes, bigPieceCharacters), 0);
    case 'tool': {
      const callId = randomUUID().replaceAll('-', '').slice(0, 20);
      const start = { type: 'tool_call_start', callId, name: directive.name } as const;
      return { start, pieces: jsonPieces(directive.input), delayMs: deltaMs };
    }
  }
}

/** Retries and the restart of a CLI repeat a request; its place in the conversation is what makes it the same request. */
function faultKey(step: SelectedStep, directiveIndex: number, sessionId: string): string {
  const promptHash = createHash('sha256').update(step.prompt).digest('hex').slice(0, 16);
  return [sessionId, step.promptIndex, step.stepIndex, directiveIndex, promptHash].join('/');
}

/** Without a delay the pieces still go out as separate writes: one turn of the event loop lies between them. */
async function pause(delayMs: number, signal: AbortSignal): Promise<void> {
  if (delayMs > 0) await setTimeout(delayMs, undefined, { signal });
  else await setImmediate(undefined, { signal });
}

function gone(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
