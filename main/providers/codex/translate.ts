import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { say } from '../../protocol/saying.ts';
import type { PlanEntry } from '../../protocol/values.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import { isKnownItem, silentMethods } from './known.ts';
import { backgroundEndedNotice, hookNotice, notice, toolServerNotice, warningNotice } from './notices.ts';
import { OpenTexts, partBreak } from './open-texts.ts';
import { boundedOutput, type ToolItem, toolEnd, toolItem } from './tool-items.ts';
import { UnknownMessages } from './unknown-messages.ts';

export interface TranslatorOptions {
  /** The session's folder, absolute: titles show paths relative to it. */
  cwd: string;
  /** Milliseconds; durations are differences of it. */
  now: () => number;
}

export interface OpenTool extends ToolItem {
  output: string;
  since: number;
  /** It was told by us, for a request; nothing will be heard of its end. */
  unheard: boolean;
}

/** Very long outputs are kept by the CLI itself and come whole with the end; here no more is collected, or told, while they run. */
const streamedChars = 1_000_000;

/**
 * Turns the notifications about one thread into our events. A state machine without I/O: everything it knows came through `notification`, time
 * comes from `now`. It never throws, whatever a message holds.
 */
export class Translator {
  readonly #cwd: string;
  readonly #now: () => number;
  readonly #tools = new Map<string, OpenTool>();
  /** Items of this turn that are over. */
  readonly #finished = new Set<string>();
  readonly #texts: OpenTexts;
  /** Commands of earlier turns that still run. */
  readonly #background = new Set<string>();
  readonly #unknown = new UnknownMessages();

  constructor({ cwd, now }: TranslatorOptions) {
    this.#cwd = cwd;
    this.#now = now;
    this.#texts = new OpenTexts(now, this.#finished);
  }

  /** True while a tool runs or waits for permission: silence means nothing then. */
  get toolOpen(): boolean {
    return this.#tools.size > 0;
  }

  tool(id: string): Readonly<OpenTool> | undefined {
    return this.#tools.get(id);
  }

  /** The latest call of this tool that has not ended: some requests name no call. */
  openTool(name: string): string | undefined {
    return [...this.#tools].findLast(([, { tool, unheard }]) => tool === name && !unheard)?.[0];
  }

  /** Commands of this turn that have not ended. */
  openCommands(): string[] {
    return [...this.#tools].filter(([, tool]) => tool.command !== undefined).map(([id]) => id);
  }

  /** @param parent - tool call of the sub-agent that the message is about. */
  notification(method: string, params: Fields, parent?: string): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    const delta = (kind: 'text' | 'reasoning', part = 0) => {
      // Of a sub-agent, what is finished is told.
      if (parent === undefined && !this.#tools.has(idOf(params.itemId)))
        this.#texts.delta(idOf(params.itemId), kind, string(params.delta) ?? '', part, out);
    };
    switch (method) {
      case 'item/started':
        this.#started(fields(params.item), parent, out);
        break;
      case 'item/completed':
        this.#completed(fields(params.item), parent, out);
        break;
      case 'item/agentMessage/delta':
      case 'item/plan/delta':
        delta('text');
        break;
      case 'item/reasoning/summaryTextDelta':
      case 'item/reasoning/textDelta':
        delta('reasoning', amount(params.summaryIndex) ?? amount(params.contentIndex));
        break;
      case 'item/commandExecution/outputDelta':
        this.#output(idOf(params.itemId), string(params.delta) ?? '', out);
        break;
      case 'item/mcpToolCall/progress':
        this.#output(idOf(params.itemId), `${string(params.message) ?? ''}\n`, out);
        break;
      case 'turn/plan/updated':
        if (parent === undefined) out.push({ type: 'plan', entries: list(params.plan).map(planEntry) });
        break;
      case 'warning':
      case 'guardianWarning':
        out.push(
          string(params.message)
            ? warningNotice(string(params.message) ?? '')
            : notice(
                'warning',
                'cli_warning',
                'Codex warns, without saying of what.',
                say('notice.emptyWarning', { name: 'Codex' }),
              ),
        );
        break;
      case 'mcpServer/startupStatus/updated':
        if (params.status === 'failed') out.push(toolServerNotice(string(params.name), string(params.error)));
        break;
      case 'hook/completed':
        out.push(...hookNotice(fields(params.run)));
        break;
      case 'model/rerouted': {
        const to = string(params.toModel) ?? 'another one';
        out.push(
          notice(
            'warning',
            'model_rerouted',
            `Codex answers with another model than the chosen one: ${to}.`,
            say('notice.modelRerouted', { model: to }),
          ),
        );
        break;
      }
      default:
        if (!silentMethods.has(method)) this.#tellUnknown(method, params, out);
    }
    return out;
  }

  /** A notification about an earlier turn. Only the end of a command that went on in the background is news. */
  late(method: string, params: Fields): ProviderEvent[] {
    const item = fields(params.item);
    const ended = method === 'item/completed' && this.#background.delete(idOf(item.id));
    return ended ? [backgroundEndedNotice(amount(item.exitCode))] : [];
  }

  /**
   * A request about a tool call that nobody has heard of: it would hang in the air.
   * @param ends - its end will be told, by an item of the same id.
   */
  startUnheard(id: string, tool: ToolItem, parent: string | undefined, ends: boolean): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    const isTaken = this.#tools.has(id) || this.#texts.has(id) || this.#finished.has(id);
    if (!isTaken) this.#startTool(id, tool, parent, out, !ends);
    return out;
  }

  /** The end of a tool call that was begun for a request; of any other, nothing. */
  endUnheard(id: string, status: 'completed' | 'denied' | 'cancelled', output = ''): ProviderEvent[] {
    const tool = this.#tools.get(id);
    if (tool === undefined || !tool.unheard) return [];
    this.#forget(id);
    const duration_ms = Math.max(0, this.#now() - tool.since);
    return [{ type: 'tool_end', tool_call_id: id, status, duration_ms, ...(output === '' ? {} : { output }) }];
  }

  /** A sub-agent has done its task: `words` is its report. */
  endAgent(call: string, words: string, failed: boolean): ProviderEvent[] {
    const tool = this.#tools.get(call);
    if (tool === undefined) return [];
    this.#forget(call);
    const duration_ms = Math.max(0, this.#now() - tool.since);
    const status = failed ? 'failed' : 'completed';
    return [{ type: 'tool_end', tool_call_id: call, status, duration_ms, ...(words === '' ? {} : { output: words }) }];
  }

  /** The stream broke and what was streamed of it is void: the same comes again under other ids. */
  voidOpen(): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    this.#texts.void(out);
    return out;
  }

  /**
   * The turn is over: what was begun is finished with what there is of it. @param status - a command that goes on after a turn which ended well
   * runs in the background; after any other it was ended.
   */
  close(status: 'completed' | 'failed' | 'aborted'): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    this.#texts.close(out);
    for (const [id, tool] of this.#tools) {
      const background = status === 'completed' && (tool.command !== undefined || tool.kind === 'agent');
      const duration_ms = Math.max(0, this.#now() - tool.since);
      const end: ProviderEvent = { type: 'tool_end', tool_call_id: id, status: 'cancelled', duration_ms };
      if (background) end.status = 'completed';
      if (background && tool.command !== undefined) end.exit_code = null;
      const output = background ? `${tool.output}\n(It goes on in the background.)`.trimStart() : tool.output;
      if (output !== '') end.output = boundedOutput(output);
      if (background) this.#background.add(id);
      out.push(end);
    }
    this.#tools.clear();
    this.#finished.clear();
    return out;
  }

  #started(item: Fields, parent: string | undefined, out: ProviderEvent[]): void {
    const id = idOf(item.id);
    if (id === '' || this.#finished.has(id) || this.#tools.has(id)) return;
    const tool = toolItem(item, this.#cwd);
    // An id stays what it was first: a text that becomes a tool is no item we know.
    if (tool !== null && !this.#texts.has(id)) this.#startTool(id, tool, parent, out);
    else if (tool !== null || !isKnownItem(item)) this.#unknownItem(item, out);
  }

  #startTool(id: string, tool: ToolItem, parent: string | undefined, out: ProviderEvent[], unheard = false): void {
    this.#tools.set(id, { ...tool, output: '', since: this.#now(), unheard });
    out.push({
      type: 'tool_start',
      tool_call_id: id,
      tool: tool.tool,
      kind: tool.kind,
      title: tool.title,
      input: tool.input,
      ...(parent === undefined ? {} : { parent_tool_call_id: parent }),
    });
  }

  #completed(item: Fields, parent: string | undefined, out: ProviderEvent[]): void {
    const id = idOf(item.id);
    if (id === '' || this.#finished.has(id)) return;
    const isText = item.type === 'agentMessage' || item.type === 'plan' || item.type === 'reasoning';
    if (isText ? this.#tools.has(id) : this.#texts.has(id)) {
      this.#unknownItem(item, out);
      return;
    }
    switch (item.type) {
      case 'agentMessage':
      case 'plan':
        this.#texts.end(id, 'text', string(item.text) ?? '', parent, out);
        return;
      case 'reasoning':
        this.#texts.end(id, 'reasoning', reasoningText(item), parent, out);
        return;
    }
    const described = toolItem(item, this.#cwd);
    if (described === null) {
      if (!isKnownItem(item)) this.#unknownItem(item, out);
      return;
    }
    if (!this.#tools.has(id)) this.#startTool(id, described, parent, out);
    // Told as done when it has begun; its end is that of its own turn.
    if (item.type === 'subAgentActivity') return;
    const tool = this.#tools.get(id) as OpenTool;
    const end = toolEnd(id, item, tool.output, Math.max(0, this.#now() - tool.since));
    if (end.status === 'completed') {
      for (const { diff } of described.changes ?? []) out.push({ type: 'file_edit', tool_call_id: id, diff });
    }
    this.#forget(id);
    out.push(end);
  }

  #forget(id: string): void {
    this.#tools.delete(id);
    this.#finished.add(id);
  }

  #output(id: string, text: string, out: ProviderEvent[]): void {
    const tool = this.#tools.get(id);
    if (tool === undefined || text === '' || tool.output.length >= streamedChars) return;
    tool.output += text;
    out.push({ type: 'item_delta', item_id: id, kind: 'tool_output', text });
  }

  #unknownItem(item: Fields, out: ProviderEvent[]): void {
    this.#tellUnknown(`item of type ${string(item.type) ?? 'none'}`, item, out);
  }

  #tellUnknown(kind: string, message: unknown, out: ProviderEvent[]): void {
    const told = this.#unknown.told(kind, message);
    if (told !== null) out.push(told);
  }
}

/** The summary, and the raw thoughts of models that show them. */
function reasoningText(item: Fields): string {
  return [...list(item.summary), ...list(item.content)]
    .filter((text): text is string => typeof text === 'string' && text !== '')
    .join(partBreak);
}

function planEntry(value: unknown): PlanEntry {
  const step = fields(value);
  const status = step.status === 'completed' ? 'completed' : step.status === 'inProgress' ? 'in_progress' : 'pending';
  return { text: string(step.step) ?? '', status };
}

function idOf(value: unknown): string {
  return (string(value) ?? '').slice(0, 200);
}
