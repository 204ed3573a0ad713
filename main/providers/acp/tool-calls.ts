import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { FileDiff, ToolKind } from '../../protocol/values.ts';
import type { AcpQuirks } from './agent.ts';
import { diffsOf, exitCodeOf, parentOf, pathsOf, rawText, terminalOf, textOf, toolKind } from './tool-content.ts';
import { bounded, commandOf, hasFields, knownInput, outputChars, titleOf } from './tool-words.ts';
import { type Fields, fields, string } from './wire.ts';

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
  /** The agent's id of the call it belongs to: that of a sub-agent. */
  parent: string | undefined;
  /** The terminal whose output is this call's. */
  terminal: string | undefined;
  exit: number | undefined;
}

export interface ToolCallsOptions {
  prefix: string;
  cwd: string;
  now: () => number;
  quirks: AcpQuirks;
  /** What a terminal of ours printed so far. */
  terminalOutput?: (terminalId: string) => string | undefined;
}

/** The tool calls of one agent: `tool_call`, `tool_call_update` and the call inside `session/request_permission`, put together by their id. */
export class ToolCalls {
  readonly #options: ToolCallsOptions;
  readonly #open = new Map<string, Open>();
  /** Agent's id -> ours, of the calls of this turn that are over. */
  readonly #ended = new Map<string, string>();
  /** Commands that were allowed in this turn and did not run yet. */
  readonly #allowed: string[] = [];
  #count = 0;

  constructor(options: ToolCallsOptions) {
    this.#options = options;
  }

  /** A turn begins: ids of earlier ones may come again. */
  begin(): void {
    this.#open.clear();
    this.#ended.clear();
    this.#allowed.length = 0;
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  /** Calls were begun in this turn. */
  get any(): boolean {
    return this.#open.size + this.#ended.size > 0;
  }

  /** Was this very command allowed in this turn? One answer speaks for one run. */
  takeAllowed(commands: readonly string[]): boolean {
    const at = this.#allowed.findIndex((allowed) => commands.includes(allowed));
    if (at === -1) return false;
    this.#allowed.splice(at, 1);
    return true;
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
    const plans = call.kind === 'plan';
    this.#merge(call, update, !call.started || plans);
    if (call.started) this.#attach(call, update, out);
    if (status === 'completed' || status === 'failed') {
      this.#finish(update, call, status, stopping, out);
      return;
    }
    if (status === 'in_progress') this.#start(call, out);
    if (call.started && !plans) this.#stream(call, update, out);
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
      if (allowed && call.command !== undefined) this.#allowed.push(call.command);
      if (!allowed) this.#end(key, call, 'denied', undefined, undefined, out);
      else if (call.ownRequest) this.#end(key, call, 'completed', undefined, undefined, out);
      return;
    }
  }

  /** A terminal printed something. */
  terminalText(terminalId: string, text: string, out: ProviderEvent[]): void {
    for (const call of this.#open.values())
      if (call.terminal === terminalId && call.started) this.#grow(call, text, out);
  }

  /** A terminal ended; the agent says itself when the call does. */
  terminalExit(terminalId: string, exitCode: number | null): void {
    for (const call of this.#open.values()) if (call.terminal === terminalId && exitCode !== null) call.exit = exitCode;
  }

  /** The agent's words inside a call of a sub-agent: they are that call's output, not the answer. */
  nestedText(parent: string, text: string, out: ProviderEvent[]): boolean {
    const call = this.#open.get(parent);
    if (call === undefined) return false;
    this.#start(call, out);
    this.#grow(call, text, out);
    return true;
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
      parent: undefined,
      terminal: undefined,
      exit: undefined,
    };
  }

  #merge(call: Open, update: Fields, describes: boolean): void {
    const { quirks, cwd } = this.#options;
    call.named = string(update.name) || call.named;
    call.parent ??= parentOf(update);
    call.kind = toolKind(update.kind) ?? call.kind;
    call.tool = (call.named ?? call.kind).slice(0, 200);
    const title = string(update.title);
    if (title !== undefined && title !== '') call.title = title;
    // An empty one says nothing; some agents leave the request for permission without what they told before.
    if (hasFields(update.rawInput) || call.raw === undefined) call.raw = update.rawInput ?? undefined;
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
    const parent = this.#parentOf(call, out);
    const nested = parent === undefined ? {} : { parent_tool_call_id: parent };
    out.push({ type: 'tool_start', tool_call_id, tool, kind, title: titleOf(call), input, ...nested });
  }

  /** The call of the sub-agent that made this one; it may be over already where sub-agents work in the background. */
  #parentOf({ parent: key, id }: Open, out: ProviderEvent[]): string | undefined {
    if (key === undefined) return undefined;
    const open = this.#open.get(key);
    if (open !== undefined && open.id !== id) this.#start(open, out);
    const parent = open?.id ?? this.#ended.get(key);
    return parent === id ? undefined : parent;
  }

  /** A terminal is named as the call's content: what it printed is the call's output. */
  #attach(call: Open, update: Fields, out: ProviderEvent[]): void {
    const terminal = terminalOf(update.content);
    if (terminal === undefined || terminal === call.terminal) return;
    call.terminal = terminal;
    const printed = this.#options.terminalOutput?.(terminal) ?? '';
    if (printed !== '') this.#grow(call, printed, out);
  }

  /** Output while it runs: the protocol replaces the content as a whole; codex-acp and claude-agent-acp tell pieces in `_meta`. */
  #stream(call: Open, update: Fields, out: ProviderEvent[]): void {
    const meta = fields(update._meta);
    const piece = string(fields(meta.terminal_output_delta).data) ?? string(fields(meta.terminal_output).data);
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
    this.#attach(call, update, out);
    const piece = string(fields(fields(update._meta).terminal_output_delta).data);
    if (piece !== undefined && piece !== '') this.#grow(call, piece, out);
    const text = textOf(update.content);
    // What was printed is nearer to the truth than what the agent makes of it for its model.
    const printed = call.terminal === undefined && piece === undefined ? '' : call.output;
    const output =
      printed || (rawText(update.rawOutput) ?? (text === '' || text === call.description ? call.output : text));
    const exit = exitCodeOf(update) ?? call.exit;
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
    this.#ended.set(key, call.id);
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
