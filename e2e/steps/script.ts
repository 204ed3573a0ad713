import { formatScenario } from '../model-server/format-scenario.ts';
import type { Directive, JsonObject } from '../model-server/scenario.ts';

/**
 * A prompt that a person could have written, followed by what the model is to make of it.
 * @param words - tell this prompt from the others of its conversation.
 * @param steps - each is one message of the model; tool calls of one step run side by side.
 */
export function script(words: string, ...steps: Directive[][]): string {
  return `${words} ${formatScenario({ steps })}`;
}

export const say = (text: string): Directive => ({ kind: 'text', text });
/** Says it and leaves the text open: what follows happens in the middle of it. */
export const begin = (text: string): Directive => ({ kind: 'part', text });
export const think = (text: string): Directive => ({ kind: 'think', text });
export const call = (name: string, input: JsonObject): Directive => ({ kind: 'tool', name, input });
export const write = (file_path: string, content: string): Directive => call('Write', { file_path, content });
export const run = (command: string): Directive => call('Bash', { command, description: 'As asked' });
/** Holds the turn until the spec opens the gate. */
export const until = (gate: string): Directive => ({ kind: 'wait', gate });
/** Says what the tools of the step before gave the model. */
export const results: Directive = { kind: 'results' };
export const stall: Directive = { kind: 'stall', delayMs: null };
export const slowly = (words: number, delayMs: number): Directive => ({ kind: 'slow', words, delayMs });
