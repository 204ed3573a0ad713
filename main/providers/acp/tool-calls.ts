import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';
import type { FileDiff, ToolKind } from '../../protocol/values.ts';
import type { AcpQuirks } from './agent.ts';
import { diffsOf, exitCodeOf, pathsOf, rawText, textOf, toolKind } from './tool-content.ts';
import { type Fields, fields, list, string } from './wire.ts';

export interface Call {
  /** Ours, unique in the session's life. */
  id: string;
  tool: string;
  kind: ToolKind;
  title: string;
  /** The tool's input as the agent tells it; what we know of it where it does not. */
  input: unknown;
  /** The input is the agent's own word, not put together by us. */
  inputTold: boolean;
  command: string | undefined;
  diffs: FileDiff[];
  paths: string[];
  /** What the agent says about the call, beside its title. */
  description: string;
}

interface Open extends Call {
  started: boolean;
  refused: boolean;
  since: number;
  /** What it has printed so far. */
  output: string;
  named: string | undefined;
  raw: unknown;
  locations: unknown;
  /** It stands for a request that came without a call: the agent will not say how it ended. */
  ownRequest: boolean;
}

export interface ToolCallsOptions {
  prefix: string;
  cwd: string;
  now: () => number;
  quirks: AcpQuirks;
}

const titleChars = 1000;
/** Far above what is kept; the record cuts and counts, this only keeps a monster out of memory. */
const outputChars = 4 * limits.toolOutputChars;

/** The tool calls of one agent: `tool_call`, `tool_call_update` and the call inside `session/request_permission`, put together by their id. */
export class ToolCalls {
  readonly #options: ToolCallsOptions;
  readonly #open = new Map<string, Open>();
  readonly #ended = new Set<string>();
  #count = 0;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  /** A turn begins: ids of earlier ones may come again. */
  begin(): void {
    this.#open.clear();
    this.#ended.clear();
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Calls were begun in this turn. */
  get any(): boolean {
    return this.#open.size + this.#ended.size > 0;
  }

  /** A call is held back because its input is still being written. */
  get anyHeld(): boolean {
    return [...this.#open.values()].some((call) => !call.started);
  }

  /** `tool_call` and `tool_call_update`. @param stopping - the turn was told to stop. */
  update(update: Fields, stopping: boolean, out: ProviderEvent[]): void {
    const call = this.#take(update);
    if (call === null) return;
    const { status } = update;
    // Before it runs its text describes it; while it runs it is output.
    this.#merge(call, update, !call.started);
    if (status === 'completed' || status === 'failed') {
      this.#finish(update, call, status, stopping, out);
      return;
    }
    if (status === 'in_progress') this.#start(call, out);
    if (call.started) this.#stream(call, update, out);
  }

  /**
   * The call that a request of the agent is about: it is shown now, complete. A request without a call, or about one that is over, gets one of its
   * own, which ends with the answer. @param ownId - unique in the turn.
   */
  forPermission(toolCall: Fields, ownId: string, out: ProviderEvent[]): Call {
    const call = this.#take(toolCall) ?? { ...this.#create(ownId), ownRequest: true };
    if (call.ownRequest) this.#open.set(ownId, call);
    this.#merge(call, toolCall, true);
    this.#start(call, out);
    return call;
  }

  /** Shows what is held back, as it is. */
  flush(out: ProviderEvent[]): void {
    for (const call of this.#open.values()) this.#start(call, out);
  }

  /** A permission was answered: from now on it runs; a refused one is over, and not every agent says so. */
  answered(id: string, allowed: boolean, out: ProviderEvent[]): void {
    for (const [key, call] of this.#open) {
      if (call.id !== id) continue;
      call.since = this.#options.now();
      if (!allowed) this.#end(key, call, 'denied', undefined, undefined, out);
      else if (call.ownRequest) this.#end(key, call, 'completed', undefined, undefined, out);
      return;
    }
  }

  /** The turn is over: what has not ended will not. */
  cancelAll(out: ProviderEvent[]): void {
    for (const [key, call] of [...this.#open]) {
      if (call.started) this.#end(key, call, 'cancelled', undefined, undefined, out);
    }
    this.#open.clear();
  }

  #take(update: Fields): Open | null {
    const key = string(update.toolCallId);
    if (key === undefined || this.#ended.has(key)) return null;
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const call = this.#create(key);
    this.#open.set(key, call);
    return call;
  }

  #create(key: string): Open {
    const id = `${this.#options.prefix}:${key}`;
    return {
      id: id.length > 200 ? `${this.#options.prefix}:tool-${++this.#count}` : id,
      tool: 'other',
      kind: 'other',
      title: '',
      input: {},
      inputTold: false,
      command: undefined,
      diffs: [],
      paths: [],
      description: '',
      started: false,
      refused: false,
      since: this.#options.now(),
      output: '',
      named: this.#options.quirks.toolName?.(key),
      raw: undefined,
      locations: undefined,
      ownRequest: false,
    };
  }

  #merge(call: Open, update: Fields, describes: boolean): void {
    const { quirks, cwd } = this.#options;
    call.named = string(update.name) || call.named;
    call.kind = toolKind(update.kind) ?? call.kind;
    call.tool = (call.named ?? call.kind).slice(0, 200);
    const title = string(update.title);
    if (title !== undefined && title !== '') call.title = title;
    if (update.rawInput !== undefined && update.rawInput !== null) call.raw = update.rawInput;
    if (update.locations !== undefined && update.locations !== null) call.locations = update.locations;
    const diffs = diffsOf(update.content, cwd);
    if (diffs.length > 0) call.diffs = diffs;
    if (describes) call.description = textOf(update.content) || call.description;
    call.paths = pathsOf(call.diffs, call.locations, cwd);
    call.inputTold = hasFields(call.raw);
    call.command = call.kind === 'execute' ? commandOf(call, quirks) : undefined;
    call.input = call.inputTold ? call.raw : knownInput(call);
  }

  #start(call: Open, out: ProviderEvent[]): void {
    if (call.started) return;
    call.started = true;
    call.since = this.#options.now();
    const { id: tool_call_id, tool, kind, input } = call;
    out.push({ type: 'tool_start', tool_call_id, tool, kind, title: titleOf(call), input });
  }

  /** Output while it runs: the protocol replaces the content as a whole; codex-acp tells pieces in `_meta`. */
  #stream(call: Open, update: Fields, out: ProviderEvent[]): void {
    const piece = string(fields(fields(update._meta).terminal_output_delta).data);
    if (piece !== undefined && piece !== '') {
      this.#grow(call, piece, out);
      return;
    }
    const text = textOf(update.content);
    if (text === '' || text === call.output || text === call.description) return;
    if (text.startsWith(call.output)) this.#grow(call, text.slice(call.output.length), out);
    else if (text.length <= outputChars) {
      call.output = text;
      out.push({ type: 'item_replace', item_id: call.id, kind: 'tool_output', text });
    }
  }

  #grow(call: Open, text: string, out: ProviderEvent[]): void {
    if (call.output.length > outputChars) return;
    call.output += text;
    out.push({ type: 'item_delta', item_id: call.id, kind: 'tool_output', text });
  }

  #finish(update: Fields, call: Open, status: 'completed' | 'failed', stopping: boolean, out: ProviderEvent[]): void {
    this.#start(call, out);
    const text = textOf(update.content);
    const output = rawText(update.rawOutput) ?? (text === '' || text === call.description ? call.output : text);
    const exit = exitCodeOf(update);
    // Agents say "completed" of a command that was stopped, in words.
    const stopped = stopping && (status === 'failed' || /\bcancell?ed\b/i.test(text));
    const failed = status === 'failed' || (exit !== undefined && exit !== 0);
    this.#end(
      string(update.toolCallId) ?? '',
      call,
      stopped ? 'cancelled' : failed ? 'failed' : 'completed',
      output,
      exit,
      out,
    );
  }

  #end(
    key: string,
    call: Open,
    status: 'completed' | 'failed' | 'denied' | 'cancelled',
    output: string | undefined,
    exit: number | undefined,
    out: ProviderEvent[],
  ): void {
    this.#open.delete(key);
    this.#ended.add(key);
    const { id: tool_call_id } = call;
    if (status === 'completed') for (const diff of call.diffs) out.push({ type: 'file_edit', tool_call_id, diff });
    const duration_ms = Math.max(0, this.#options.now() - call.since);
    out.push({
      type: 'tool_end',
      tool_call_id,
      status,
      ...(output === undefined || output === '' ? {} : { output: bounded(output) }),
      ...(exit === undefined ? {} : { exit_code: exit }),
      duration_ms,
    });
  }
}

function hasFields(value: unknown): boolean {
  return Object.keys(fields(value)).length > 0;
}

/** The exact command, where the agent tells it; a title is only a title unless the agent is known for more. */
function commandOf(call: Open, quirks: AcpQuirks): string | undefined {
  const { command } = fields(call.raw);
  if (typeof command === 'string' && command !== '') return command;
  const words = list(command);
  if (words.length > 0 && words.every((word) => typeof word === 'string')) return JSON.stringify(words);
  return quirks.titleIsCommand?.(call.tool) === true && call.title !== '' ? call.title : undefined;
}

function knownInput({ command, paths, description }: Call): object {
  if (command !== undefined) return { command };
  return {
    ...(paths.length === 0 ? {} : { path: paths.length === 1 ? paths[0] : paths }),
    ...(description === '' ? {} : { description }),
  };
}

/** One line for people. */
export function titleOf({ title, tool }: Pick<Call, 'title' | 'tool'>): string {
  const trimmed = title.trim();
  const end = trimmed.search(/[\r\n]/);
  const line = (end === -1 ? trimmed : `${trimmed.slice(0, end)} …`) || tool || 'Tool';
  return line.length > titleChars ? `${line.slice(0, titleChars - 1)}…` : line;
}

function bounded(text: string): string {
  if (text.length <= outputChars) return text;
  const half = outputChars / 2;
  return `${text.slice(0, half)}\n… ${text.length - outputChars} characters left out …\n${text.slice(-half)}`;
}
