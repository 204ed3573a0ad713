import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { PlanEntry } from '../../protocol/values.ts';
import { amount, type Fields, fields, list, string } from '../claude/wire.ts';
import { backgroundEndedNotice, compactedNotice, notice } from './notices.ts';
import { boundedOutput, type ToolItem, toolEnd, toolItem } from './tool-items.ts';
import { UnknownMessages } from './unknown-messages.ts';

export interface TranslatorOptions {
  /** The session's folder, absolute: titles show paths relative to it. */
  cwd: string;
  /** Milliseconds; durations are differences of it. */
  now: () => number;
}

interface OpenText {
  kind: 'text' | 'reasoning';
  text: string;
  since: number;
  /** `reasoning`: the part of the summary that is being written. */
  part: number;
}

export interface OpenTool extends ToolItem {
  output: string;
  since: number;
}

/** Told to others, or said again by messages that are understood. */
const silent = new Set([
  'thread/started',
  'thread/status/changed',
  'thread/readState/changed',
  'thread/settings/updated',
  'thread/name/updated',
  'thread/closed',
  'thread/archived',
  'thread/unarchived',
  'thread/goal/updated',
  'thread/goal/cleared',
  'thread/queue/changed',
  'thread/prediction/updated',
  'thread/environment/connected',
  'thread/environment/disconnected',
  'turn/diff/updated',
  'turn/moderationMetadata',
  'item/plan/delta',
  'item/commandExecution/terminalInteraction',
  'item/fileChange/outputDelta',
  'item/fileChange/patchUpdated',
  'item/mcpToolCall/progress',
  'item/autoApprovalReview/started',
  'item/autoApprovalReview/completed',
  'rawResponseItem/completed',
  'rawResponse/completed',
  'hook/started',
  'hook/completed',
  'model/verification',
  'model/safetyBuffering/updated',
  'modelProvider/authRecoveryStarted',
  'modelProvider/authRecoveryCompleted',
]);

/** Items that are no tool calls and say nothing a person has to see. */
const silentItems = new Set([
  'userMessage',
  'hookPrompt',
  'functionCallOutput',
  'enteredReviewMode',
  'exitedReviewMode',
]);

/** Very long outputs are kept by the CLI itself; here their end is not collected twice. */
const streamedChars = 1_000_000;

/**
 * Turns the notifications about one thread into our events. A state machine without I/O: everything it knows came through `notification`, time
 * comes from `now`. It never throws, whatever a message holds.
 */
export class Translator {
  readonly #cwd: string;
  readonly #now: () => number;
  readonly #texts = new Map<string, OpenText>();
  readonly #tools = new Map<string, OpenTool>();
  /** Items of this turn that are over. */
  readonly #finished = new Set<string>();
  /** Commands of earlier turns that still run. */
  readonly #background = new Set<string>();
  readonly #unknown = new UnknownMessages();

  constructor({ cwd, now }: TranslatorOptions) {
    this.#cwd = cwd;
    this.#now = now;
  }

  /** True while a tool runs or waits for permission: silence means nothing then. */
  get toolOpen(): boolean {
    return this.#tools.size > 0;
  }

  tool(id: string): Readonly<OpenTool> | undefined {
    return this.#tools.get(id);
  }

  /** Commands of this turn that have not ended. */
  openCommands(): string[] {
    return [...this.#tools].filter(([, tool]) => tool.command !== undefined).map(([id]) => id);
  }

  /** @param parent - tool call of the sub-agent that the message is about. */
  notification(method: string, params: Fields, parent?: string): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    switch (method) {
      case 'item/started':
        this.#started(fields(params.item), parent, out);
        break;
      case 'item/completed':
        this.#completed(fields(params.item), parent, out);
        break;
      case 'item/agentMessage/delta':
        if (parent === undefined) this.#delta(idOf(params.itemId), 'text', string(params.delta) ?? '', 0, out);
        break;
      case 'item/reasoning/summaryTextDelta':
      case 'item/reasoning/textDelta': {
        const part = amount(params.summaryIndex) ?? amount(params.contentIndex) ?? 0;
        if (parent === undefined) this.#delta(idOf(params.itemId), 'reasoning', string(params.delta) ?? '', part, out);
        break;
      }
      case 'item/reasoning/summaryPartAdded':
        break;
      case 'item/commandExecution/outputDelta':
        this.#output(idOf(params.itemId), string(params.delta) ?? '', out);
        break;
      case 'turn/plan/updated':
        if (parent === undefined) out.push({ type: 'plan', entries: list(params.plan).map(planEntry) });
        break;
      case 'thread/compacted':
        break;
      case 'warning':
      case 'guardianWarning':
        out.push(notice('warning', 'cli_warning', string(params.message) || 'Codex warns, without saying of what.'));
        break;
      case 'model/rerouted': {
        const to = string(params.toModel) ?? 'another one';
        out.push(notice('warning', 'model_rerouted', `Codex answers with another model than the chosen one: ${to}.`));
        break;
      }
      default:
        if (!silent.has(method)) this.#tellUnknown(method, params, out);
    }
    return out;
  }

  /** A notification about an earlier turn. Only the end of a command that went on in the background is news. */
  late(method: string, params: Fields): ProviderEvent[] {
    const item = fields(params.item);
    const ended = method === 'item/completed' && this.#background.delete(idOf(item.id));
    return ended ? [backgroundEndedNotice(amount(item.exitCode))] : [];
  }

  /** A request about a tool call that nobody has heard of: it would hang in the air. */
  startUnheard(id: string, tool: ToolItem, parent: string | undefined): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    if (!this.#tools.has(id) && !this.#finished.has(id)) this.#startTool(id, tool, parent, out);
    return out;
  }

  /** A sub-agent has done its task: `words` is its report. */
  endAgent(call: string, words: string, failed: boolean): ProviderEvent[] {
    const tool = this.#tools.get(call);
    if (tool === undefined) return [];
    this.#forget(call);
    const duration_ms = Math.max(0, this.#now() - tool.since);
    const end: ProviderEvent = {
      type: 'tool_end',
      tool_call_id: call,
      status: failed ? 'failed' : 'completed',
      duration_ms,
    };
    if (words !== '') end.output = words;
    return [end];
  }

  /** The stream broke and what was streamed of it is void: the same comes again under other ids. */
  voidOpen(): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    for (const [id, open] of this.#texts) {
      if (open.text !== '') out.push({ type: 'item_replace', item_id: id, kind: open.kind, text: '' });
      this.#finished.add(id);
    }
    this.#texts.clear();
    return out;
  }

  /**
   * The turn is over: what was begun is finished with what there is of it. @param status - a command that goes on after a turn which ended well
   * runs in the background; after any other it was ended.
   */
  close(status: 'completed' | 'failed' | 'aborted'): ProviderEvent[] {
    const out: ProviderEvent[] = [];
    for (const [id, open] of this.#texts) {
      if (open.text !== '') this.#finishText(id, open, open.text, out);
    }
    this.#texts.clear();
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
    if (tool !== null) this.#startTool(id, tool, parent, out);
    else if (!isKnownText(item)) this.#unknownItem(item, out);
  }

  #startTool(id: string, tool: ToolItem, parent: string | undefined, out: ProviderEvent[]): void {
    this.#tools.set(id, { ...tool, output: '', since: this.#now() });
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
    switch (item.type) {
      case 'agentMessage':
      case 'plan':
        if (parent === undefined) this.#endText(id, 'text', string(item.text) ?? '', out);
        return;
      case 'reasoning':
        if (parent === undefined) this.#endText(id, 'reasoning', reasoningText(item), out);
        return;
      case 'contextCompaction':
        this.#finished.add(id);
        if (parent === undefined) out.push(compactedNotice());
        return;
    }
    const described = toolItem(item, this.#cwd);
    if (described === null) {
      if (!isKnownText(item)) this.#unknownItem(item, out);
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

  #delta(id: string, kind: OpenText['kind'], text: string, part: number, out: ProviderEvent[]): void {
    if (id === '' || text === '' || this.#finished.has(id)) return;
    const open = this.#texts.get(id) ?? { kind, text: '', since: this.#now(), part };
    this.#texts.set(id, open);
    const said = part > open.part && open.text !== '' ? `${partBreak}${text}` : text;
    open.part = part;
    open.text += said;
    out.push({ type: 'item_delta', item_id: id, kind, text: said });
  }

  #endText(id: string, kind: OpenText['kind'], whole: string, out: ProviderEvent[]): void {
    const open = this.#texts.get(id) ?? { kind, text: '', since: this.#now(), part: 0 };
    this.#texts.delete(id);
    const text = whole === '' ? open.text : whole;
    if (text === '') {
      this.#finished.add(id);
      return;
    }
    // Deltas can be lost at the beginning of an item; the finished text is the true one.
    if (open.text !== '' && open.text !== text) out.push({ type: 'item_replace', item_id: id, kind, text });
    this.#finishText(id, open, text, out);
  }

  #finishText(id: string, { kind, since }: OpenText, text: string, out: ProviderEvent[]): void {
    this.#finished.add(id);
    if (kind === 'text') out.push({ type: 'text', item_id: id, text });
    else out.push({ type: 'reasoning', item_id: id, text, duration_ms: Math.max(0, this.#now() - since) });
  }

  #output(id: string, text: string, out: ProviderEvent[]): void {
    const tool = this.#tools.get(id);
    if (tool === undefined || text === '') return;
    if (tool.output.length < streamedChars) tool.output += text;
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

/** Between two parts of a summary. */
const partBreak = '\n\n';

function isKnownText(item: Fields): boolean {
  const type = string(item.type) ?? '';
  return (
    silentItems.has(type) ||
    ['agentMessage', 'plan', 'reasoning', 'contextCompaction', 'subAgentActivity'].includes(type)
  );
}

/** What is meant for people is the summary; the raw thoughts are only there for models that show them. */
function reasoningText(item: Fields): string {
  const texts = (value: unknown) =>
    list(value).filter((text): text is string => typeof text === 'string' && text !== '');
  const summary = texts(item.summary);
  return (summary.length > 0 ? summary : texts(item.content)).join(partBreak);
}

function planEntry(value: unknown): PlanEntry {
  const step = fields(value);
  const status = step.status === 'completed' ? 'completed' : step.status === 'inProgress' ? 'in_progress' : 'pending';
  return { text: string(step.step) ?? '', status };
}

function idOf(value: unknown): string {
  return (string(value) ?? '').slice(0, 200);
}
