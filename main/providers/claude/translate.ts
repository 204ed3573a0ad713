import { isAbsolute, resolve } from 'node:path';
import type { Question } from '../../protocol/values.ts';
import { cutDepth, isTooDeep } from '../cut-depth.ts';
import { MessageBlocks } from './message-blocks.ts';
import { SystemLines } from './system-lines.ts';
import { ToolCalls } from './tool-calls.ts';
import { toolKind, toolPath, toolTitle } from './tools.ts';
import type { PermissionSignal, Translated } from './translated.ts';
import { type FailureHints, outcomeOf, UsageMeter } from './turn-outcome.ts';
import { UnknownLines } from './unknown-lines.ts';
import { amount, type Fields, fields, list, string } from './wire.ts';

export interface TranslatorOptions {
  /** The session's folder, absolute: titles show paths relative to it. */
  cwd: string;
  /** Milliseconds; durations are differences of it. */
  now: () => number;
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
  #hints: FailureHints = {};
  #contextTokens: number | undefined;
  #understood = 0;

  constructor({ cwd, now }: TranslatorOptions) {
    this.#cwd = cwd;
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
        this.#system.translate(line, out);
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
          text: 'The conversation was cleared: the agent does not remember what was said above.',
        });
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
    const parent = string(line.parent_tool_use_id);
    const tools = parent === undefined ? this.#blocks.reconcile(line, out) : toolUses(message);
    for (const tool of tools) this.#tools.start(tool, parent, out);
  }

  #result(line: Fields, out: Translated[]): void {
    const outcome = outcomeOf(line, this.#hints);
    const usage = this.#meter.ofTurn(line, this.#contextTokens);
    if (outcome.status === 'completed') this.#blocks.settle(out);
    else this.#blocks.abandon(out);
    this.#tools.cancelAll(out);
    this.#hints = {};
    out.push({ type: 'cli_result', outcome, usage });
  }

  #request(line: Fields, out: Translated[]): void {
    const requestId = string(line.request_id) ?? '';
    const request = fields(line.request);
    if (request.subtype !== 'can_use_tool') {
      const subtype = string(request.subtype) ?? '';
      this.#unknown.unknown(`control_request/${subtype}`, line, out);
      out.push({ type: 'cli_request', requestId, subtype });
      return;
    }
    const tool = (string(request.tool_name) ?? 'tool').slice(0, 200);
    const id = (string(request.tool_use_id) ?? requestId).slice(0, 200);
    // It can come before the block is finished; a request for a call that nobody has heard of would hang in the air.
    this.#tools.start({ id, name: tool, input: request.input ?? {} }, undefined, out);
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
    if (info.status === 'rejected') this.#hints = { ...this.#hints, resetsAt };
    else if (info.status === 'allowed_warning') {
      out.push({
        type: 'notice',
        level: 'warning',
        code: 'rate_limit_near',
        text: 'The usage limit of your plan is nearly reached.',
      });
    }
  }
}

function toolUses(message: Fields): { id: string; name: string; input: unknown }[] {
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
