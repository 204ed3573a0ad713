/**
 * What a scripted answer consists of. A prompt carries its script as markers (`[[name: argument]]`, grammar in README.md);
 * `parse-scenario.ts` reads them, `format-scenario.ts` writes them, `play.ts` performs them.
 */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

/** How often a fault strikes: the first `n` requests for its place in the conversation, or every one (`null`). */
export type FaultCount = number | null;

export type Directive =
  | { kind: 'think'; text: string }
  | { kind: 'text'; text: string }
  /** Like `text`, but its block stays open: what follows happens in the middle of it. */
  | { kind: 'part'; text: string }
  | { kind: 'slow'; words: number; delayMs: number }
  | { kind: 'big'; bytes: number }
  | { kind: 'results' }
  | { kind: 'tool'; name: string; input: JsonObject }
  | { kind: 'wait'; gate: string }
  /** `delayMs: null` stalls until the client gives up. */
  | { kind: 'stall'; delayMs: number | null }
  | { kind: 'cut'; times: FaultCount }
  | { kind: 'truncate'; times: FaultCount }
  | { kind: 'error'; status: number; times: FaultCount; details: ErrorDetails }
  | { kind: 'stop'; reason: string }
  | { kind: 'usage'; usage: { [field: string]: number } };

/** Optional JSON of an `error` marker: overrides of what the door would say by itself. */
export interface ErrorDetails {
  type?: string;
  message?: string;
  headers?: { [name: string]: string };
}

/** One step is one message of the model; tool calls inside one step run side by side. */
export interface Scenario {
  steps: Directive[][];
}
