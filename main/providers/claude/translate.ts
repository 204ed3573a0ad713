import { isAbsolute, resolve } from 'node:path';
import { say } from '../../protocol/saying.ts';
import type { Question } from '../../protocol/values.ts';
import { cutDepth, isTooDeep } from '../cut-depth.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import { clockTime } from '../shared/problems.ts';
import { formRequest } from './forms.ts';
import { MessageBlocks, type ToolUse } from './message-blocks.ts';
import { PlanLimits } from './plan-limits.ts';
import { RunningTasks } from './running-tasks.ts';
import { SystemLines } from './system-lines.ts';
import { ToolCalls } from './tool-calls.ts';
import { toolKind, toolPath, toolTitle } from './tools.ts';
import type { PermissionSignal, Translated } from './translated.ts';
import { type FailureHints, outcomeOf, UsageMeter } from './turn-outcome.ts';
import { UnknownLines } from './unknown-lines.ts';

export interface TranslatorOptions {
  /** The session's folder, absolute: titles show paths relative to it. */
  cwd: string;
  /** Milliseconds; durations are differences of it. */
  now: () => number;
  /** What is known of the account's plan; it outlives a process. */
  plan?: PlanLimits;
}

/** Lines that repeat what others say, or are for other hosts. */
const silent = new Set(['keep_alive', 'tool_progress', 'tool_use_summary', 'prompt_suggestion', 'auth_status']);

/**
 * Turns the lines of one Claude Code process into our events. A state machine without I/O: everything it knows came through `line`, time
 * comes from `now`. It never throws, whatever the line holds, and hands on at once what the line says.
 */
export class Translator {
  readonly #cwd: string;
  readonly #blocks: MessageBlocks;
  readonly #tools: ToolCalls;
  readonly #unknown = new UnknownLines();
  readonly #system = new SystemLines(this.#unknown);
  readonly #meter = new UsageMeter();
  readonly #tasks = new RunningTasks();
  readonly #plan: PlanLimits;
  #warnedOfPlan = '';
  #count = 0;
  #hints: FailureHints = {};
  #contextTokens: number | undefined;
  #understood = 0;

  constructor({ cwd, now, plan = new PlanLimits() }: TranslatorOptions) {
    this.#cwd = cwd;
    this.#plan = plan;
    this.#blocks = new MessageBlocks(now);
    this.#tools = new ToolCalls(cwd, now);
  }

  /** Lines so far that were of the protocol as we know it; answers to our own requests do not count. */
  get understood(): number {
    return this.#understood;
  }

  /** True while a tool runs or waits for permission: silence means nothing then. */
  get toolOpen(): boolean {
    return this.#tools.anyOpen;
  }

  /** True while sub-agents work in the background: the CLI goes on by itself when they have ended. */
  get agentsRunning(): boolean {
    return this.#tasks.agentsRunning;
  }

  /** One line of stdout. */
  line(text: string): Translated[] {
    const out: Translated[] = [];
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#unknown.garbage(text, out);
      return out;
    }
    const line = fields(value);
    // Before anything that walks it with the call stack sees it.
    if (isTooDeep(text, value)) {
      this.#unknown.tooDeep(text, out);
      cutDepth(value);
      // What runs would not be what was shown: this is nothing that a person could allow.
      if (line.type === 'control_request') {
        out.push({ type: 'cli_request', requestId: string(line.request_id) ?? '', subtype: 'nested too deep' });
        return out;
      }
    }
    if (this.#translate(line, out)) this.#understood++;
    return out;
  }

  /** A permission request was answered: from then on the tool runs (or never will). */
  answered(toolCallId: string, allowed: boolean): void {
    this.#tools.answered(toolCallId, allowed);
  }

  /** A person answered a form: the call it was shown as is over. */
  formAnswered(toolCallId: string, filled: boolean): Translated[] {
    const out: Translated[] = [];
    this.#tools.asked(toolCallId, filled, out);
    return out;
  }

  /** The turn is over without a `result` (the process is gone, or has to go): closes what is open. */
  abandon(): Translated[] {
    const out: Translated[] = [];
    this.#blocks.abandon(out);
    this.#tools.cancelAll(out);
    this.#hints = {};
    return out;
  }

  /** @returns whether the line shows that the CLI works as we know it. */
  #translate(line: Fields, out: Translated[]): boolean {
    const type = line.type;
    switch (type) {
      case 'stream_event':
        this.#stream(line, out);
        return true;
      case 'assistant':
        this.#assistant(line, out);
        return true;
      case 'user':
        this.#tools.results(line, out);
        return true;
      case 'system':
        if (!this.#task(line, out)) this.#system.translate(line, out);
        if (line.subtype === 'compact_boundary') {
          this.#contextTokens = amount(fields(line.compact_metadata).post_tokens) ?? this.#contextTokens;
        }
        return true;
      case 'result':
        this.#result(line, out);
        return true;
      case 'control_request':
        this.#request(line, out);
        return true;
      case 'control_cancel_request':
        out.push({ type: 'approval_withdrawn', ref: string(line.request_id) ?? '' });
        return true;
      case 'control_response':
        out.push(answerOf(fields(line.response)));
        return false;
      case 'command_lifecycle':
        out.push({
          type: 'cli_lifecycle',
          uuid: string(line.command_uuid) ?? '',
          state: string(line.state) ?? '',
        });
        return true;
      case 'conversation_reset':
        out.push({
          type: 'notice',
          level: 'info',
          code: 'conversation_cleared',
          say: say('notice.conversationCleared'),
          text: 'The conversation was cleared: the agent does not remember what was said above.',
        });
        this.#reset(string(line.new_conversation_id), out);
        return true;
      case 'rate_limit_event':
        this.#rateLimit(fields(line.rate_limit_info), out);
        return true;
    }
    if (typeof type === 'string' && silent.has(type)) return true;
    this.#unknown.unknown(typeof type === 'string' ? type : 'without a type', line, out);
    return false;
  }

  /** Deltas of sub-agents are not shown: their report comes as the result of their tool call. */
  #stream(line: Fields, out: Translated[]): void {
    if (typeof line.parent_tool_use_id === 'string') return;
    this.#blocks.stream(line, out);
    const event = fields(line.event);
    if (event.type === 'message_start') this.#measure(fields(fields(event.message).usage));
    else if (event.type === 'message_delta') this.#measure(fields(event.usage));
  }

  /** What the model read and wrote in its last request is what its context holds. */
  #measure(usage: Fields): void {
    const read = ['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'].reduce(
      (sum, name) => sum + (amount(usage[name]) ?? 0),
      0,
    );
    if (read > 0) this.#contextTokens = read + (amount(usage.output_tokens) ?? 0);
  }

  #assistant(line: Fields, out: Translated[]): void {
    const error = string(line.error);
    const message = fields(line.message);
    if (error !== undefined && message.model === '<synthetic>') {
      // The CLI's own words about a failure, dressed as an answer. They belong to the turn's problem.
      const words = string(fields(list(message.content)[0]).text);
      this.#hints = { ...this.#hints, error, ...(words === undefined ? {} : { words }) };
      return;
    }
    // A slash command that had nothing to say (older versions).
    if (message.model === '<synthetic>' && string(fields(list(message.content)[0]).text) === '(no content)') return;
    const parent = string(line.parent_tool_use_id);
    const tools = parent === undefined ? this.#blocks.reconcile(line, out) : this.#subAgent(parent, message, out);
    for (const tool of tools) this.#tools.start(tool, parent, out);
  }

  /** A finished block of a sub-agent; they come whole. @returns its tool calls. */
  #subAgent(parent: string, message: Fields, out: Translated[]): ToolUse[] {
    const shown = { parent_tool_call_id: parent.slice(0, 200) };
    for (const block of list(message.content).map(fields)) {
      const text = string(block.type === 'thinking' ? block.thinking : block.text) ?? '';
      if (text === '' || (block.type !== 'text' && block.type !== 'thinking')) continue;
      const item_id = `${(string(message.id) ?? 'message').slice(0, 150)}:sub${++this.#count}`;
      if (block.type === 'thinking') out.push({ type: 'reasoning', item_id, text, ...shown });
      else {
        out.push({ type: 'text', item_id, text, ...shown });
        this.#tools.said(parent, text);
      }
    }
    return toolUses(message);
  }

  /** Lines about what runs beside the answer. @returns whether it was one. */
  #task(line: Fields, out: Translated[]): boolean {
    switch (line.subtype) {
      case 'task_started': {
        const task = this.#tasks.started(line);
        if (task?.kind === 'command' && this.#tools.get(task.toolCallId) !== undefined) {
          out.push({ type: 'cli_command_runs', taskId: task.taskId, toolCallId: task.toolCallId });
        }
        return true;
      }
      case 'task_notification': {
        const toolCallId = this.#tasks.ended(line);
        if (toolCallId !== undefined) this.#tools.agentEnded(toolCallId, line, out);
        return true;
      }
      case 'background_tasks_changed': {
        const before = this.#tasks.agentsRunning;
        this.#tasks.background(line);
        const running = this.#tasks.agentsRunning;
        if (running !== before) out.push({ type: 'cli_agents', running });
        return true;
      }
      case 'task_progress':
      case 'task_updated':
        return true;
    }
    return false;
  }

  #reset(id: string | undefined, out: Translated[]): void {
    if (this.#tasks.agentsRunning) out.push({ type: 'cli_agents', running: false });
    this.#tasks.clear();
    this.#contextTokens = undefined;
    if (id !== undefined && id !== '') this.#system.moveTo(id, out);
  }

  #result(line: Fields, out: Translated[]): void {
    const outcome = outcomeOf(line, this.#hints);
    const usage = this.#meter.ofTurn(line, this.#contextTokens);
    if (outcome.status === 'completed') this.#blocks.settle(out);
    else this.#blocks.abandon(out);
    this.#tools.cancelAll(out, outcome.status === 'completed' && this.agentsRunning);
    this.#hints = {};
    out.push({ type: 'cli_result', outcome, usage });
  }

  #request(line: Fields, out: Translated[]): void {
    const requestId = string(line.request_id) ?? '';
    const request = fields(line.request);
    const form = request.subtype === 'elicitation' ? formRequest(requestId, request) : null;
    if (form !== null) {
      this.#tools.ask(form, out);
      out.push(form);
      return;
    }
    if (request.subtype !== 'can_use_tool') {
      const subtype = string(request.subtype) ?? '';
      this.#unknown.unknown(`control_request/${subtype}`, line, out);
      out.push({ type: 'cli_request', requestId, subtype });
      return;
    }
    const tool = (string(request.tool_name) ?? 'tool').slice(0, 200);
    const id = (string(request.tool_use_id) ?? requestId).slice(0, 200);
    // It can come before the block is finished; a request for a call that nobody has heard of would hang in the air.
    const parent = this.#tasks.callOfAgent(string(request.agent_id));
    this.#tools.start({ id, name: tool, input: request.input ?? {} }, parent, out);
    out.push(this.#permission(requestId, id, tool, request));
  }

  #permission(ref: string, id: string, tool: string, request: Fields): PermissionSignal {
    const cliInput = request.input ?? {};
    // The plan is in the tool call, the request for it comes empty.
    const input = Object.keys(fields(cliInput)).length === 0 ? (this.#tools.get(id)?.input ?? cliInput) : cliInput;
    const kind = toolKind(tool);
    const path = toolPath(input) ?? (kind === 'execute' ? undefined : string(request.blocked_path));
    const command = kind === 'execute' ? string(fields(input).command) : undefined;
    const reason = string(request.decision_reason);
    return {
      type: 'cli_permission',
      ref,
      tool_call_id: id,
      tool,
      kind,
      title: toolTitle(tool, input, this.#cwd),
      input,
      cliInput,
      suggestions: request.permission_suggestions,
      ...(command === undefined ? {} : { command }),
      ...(path === undefined ? {} : { path: isAbsolute(path) ? resolve(path) : resolve(this.#cwd, path) }),
      ...(reason === undefined ? {} : { reason: reason.slice(0, 4000) }),
      ...(kind === 'question' ? { questions: questionsOf(input) } : {}),
    };
  }

  #rateLimit(info: Fields, out: Translated[]): void {
    const resetsAt = amount(info.resetsAt);
    const windows = this.#plan.event(info);
    if (windows !== null) out.push({ type: 'plan_limits', limits: windows });
    if (info.status === 'rejected') this.#hints = { ...this.#hints, resetsAt };
    else if (info.status === 'allowed_warning') {
      // Comes with every answer from then on; once for each window is enough.
      const window = `${String(info.rateLimitType)} ${resetsAt}`;
      if (window === this.#warnedOfPlan) return;
      this.#warnedOfPlan = window;
      out.push({
        type: 'notice',
        level: 'warning',
        code: 'rate_limit_near',
        say: say('notice.rateLimitNear', { at: resetsAt ?? 0 }),
        text: `The usage limit of your plan is nearly reached.${resetsAt === undefined ? '' : ` It resets at ${clockTime(resetsAt)}.`}`,
      });
    }
  }
}

function toolUses(message: Fields): ToolUse[] {
  return list(message.content)
    .map(fields)
    .flatMap((block) => {
      const id = block.type === 'tool_use' ? string(block.id) : undefined;
      return id === undefined ? [] : [{ id, name: string(block.name) ?? 'tool', input: block.input ?? {} }];
    });
}

function answerOf(response: Fields): Translated {
  return {
    type: 'cli_answer',
    requestId: string(response.request_id) ?? '',
    ok: response.subtype === 'success',
    answer: fields(response.response),
    error: string(response.error) ?? '',
  };
}

function questionsOf(input: unknown): Question[] {
  return list(fields(input).questions)
    .map(fields)
    .map((question) => {
      const header = string(question.header);
      return {
        question: string(question.question) ?? '',
        ...(header === undefined ? {} : { header }),
        multiple: question.multiSelect === true,
        options: list(question.options)
          .map(fields)
          .map((option) => {
            const description = string(option.description);
            return { label: string(option.label) ?? '', ...(description === undefined ? {} : { description }) };
          }),
      };
    });
}
