import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';
import type { DiffHunk, FileDiff, ToolKind } from '../../protocol/values.ts';
import { boundedDiff, diffTexts } from '../file-diff.ts';
import { amount, type Fields, fields, list, string } from '../shared/fields.ts';
import type { ToolUse } from './message-blocks.ts';
import { createTaskList } from './task-list.ts';
import { toolKind, toolTitle } from './tools.ts';
import type { FormSignal, Translated } from './translated.ts';

interface OpenCall {
  tool: string;
  kind: ToolKind;
  title: string;
  input: unknown;
  /** When it began, or was allowed to begin. */
  since: number;
  refused: boolean;
  /** The call of the sub-agent that made it. */
  parent?: string | undefined;
  /** A sub-agent that works on although its call has a result. */
  background: boolean;
  /** What a sub-agent said last. */
  said: string;
}

/** Far above what is kept; the record cuts and counts, this only keeps a monster out of memory. */
const outputChars = 4 * limits.toolOutputChars;

/** The tool calls of a process: from the finished `tool_use` block to the `tool_result`. */
export class ToolCalls {
  readonly #cwd: string;
  readonly #now: () => number;
  readonly #open = new Map<string, OpenCall>();
  readonly #tasks = createTaskList();

  constructor(cwd: string, now: () => number) {
    this.#cwd = cwd;
    this.#now = now;
  }

  get anyOpen(): boolean {
    return this.#open.size > 0;
  }

  get(id: string): Readonly<OpenCall> | undefined {
    return this.#open.get(id);
  }

  start({ id, name, input }: ToolUse, parent: string | undefined, out: Translated[]): void {
    if (this.#open.has(id)) return;
    const tool = name.slice(0, 200);
    const call = {
      tool,
      kind: toolKind(tool),
      title: toolTitle(tool, input, this.#cwd),
      input,
      since: this.#now(),
      refused: false,
      parent,
      background: false,
      said: '',
    };
    this.#open.set(id, call);
    const { kind, title } = call;
    out.push({
      type: 'tool_start',
      tool_call_id: id,
      tool,
      kind,
      title,
      input,
      ...(parent === undefined ? {} : { parent_tool_call_id: parent }),
    });
    const entries = this.#tasks.started(tool, input);
    if (entries !== null) out.push({ type: 'plan', entries });
  }

  /** A tool server asks the person: shown as a call of its own, which lasts until the answer. */
  ask({ tool_call_id: id, tool, title, input }: FormSignal, out: Translated[]): void {
    if (this.#open.has(id)) return;
    const kind = 'question';
    this.#open.set(id, {
      tool,
      kind,
      title,
      input,
      since: this.#now(),
      refused: false,
      parent: undefined,
      background: false,
      said: '',
    });
    out.push({ type: 'tool_start', tool_call_id: id, tool, kind, title, input });
  }

  /** It was answered. */
  asked(id: string, filled: boolean, out: Translated[]): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    this.#open.delete(id);
    const status = filled ? 'completed' : 'denied';
    out.push({ type: 'tool_end', tool_call_id: id, status, duration_ms: this.#since(call) });
  }

  /** A person answered: from now on it runs, or it never will. */
  answered(id: string, allowed: boolean): void {
    const call = this.#open.get(id);
    if (call === undefined) return;
    call.since = this.#now();
    call.refused = !allowed;
  }

  /** The `user` line that carries the results of tools. */
  results(line: Fields, out: Translated[]): void {
    const metas = list(line.tool_result_meta).map(fields);
    for (const value of list(fields(line.message).content)) {
      const result = fields(value);
      const id = string(result.tool_use_id);
      if (result.type !== 'tool_result' || id === undefined) continue;
      const call = this.#open.get(id);
      if (call === undefined) continue;
      // Its result only says that it was started; what it has to say comes when it has ended.
      call.background = call.kind === 'agent' && fields(line.tool_use_result).status === 'async_launched';
      if (call.background) continue;
      this.#open.delete(id);
      const meta = metas.find((candidate) => candidate.id === id) ?? {};
      this.#end(id, call, result, meta, fields(line.tool_use_result), out);
    }
  }

  /** A sub-agent said something. */
  said(id: string, text: string): void {
    const call = this.#open.get(id);
    if (call !== undefined) call.said = text;
  }

  /** `task_notification`: the sub-agent of this call has ended. */
  agentEnded(id: string, line: Fields, out: Translated[]): void {
    const call = this.#open.get(id);
    if (call === undefined || !call.background) return;
    this.#cancel((_id, other) => other.parent === id, out);
    this.#open.delete(id);
    const status = line.status === 'completed' ? 'completed' : line.status === 'failed' ? 'failed' : 'cancelled';
    const report = line.summary_is_report === true || call.said === '' ? string(line.summary) : call.said;
    const event: ProviderEvent = { type: 'tool_end', tool_call_id: id, status, duration_ms: this.#since(call) };
    if (report !== undefined && report !== '' && status !== 'cancelled') event.output = bounded(report);
    out.push(event);
  }

  /** The turn is over: what has not ended will not. @param agentsGoOn - except sub-agents in the background, and what they do. */
  cancelAll(out: Translated[], agentsGoOn = false): void {
    this.#cancel((id, call) => !(agentsGoOn && this.#isOfAgent(id, call)), out);
  }

  #isOfAgent(id: string, call: OpenCall): boolean {
    const seen = new Set([id]);
    let at: OpenCall | undefined = call;
    while (at !== undefined && !at.background) {
      const parent: string | undefined = at.parent;
      if (parent === undefined || seen.has(parent)) return false;
      seen.add(parent);
      at = this.#open.get(parent);
    }
    return at !== undefined;
  }

  #cancel(which: (id: string, call: OpenCall) => boolean, out: Translated[]): void {
    for (const [id, call] of [...this.#open]) {
      if (!which(id, call)) continue;
      this.#open.delete(id);
      out.push({ type: 'tool_end', tool_call_id: id, status: 'cancelled', duration_ms: this.#since(call) });
    }
  }

  #end(id: string, call: OpenCall, result: Fields, meta: Fields, detail: Fields, out: Translated[]): void {
    const failed = result.is_error === true;
    const text = resultText(result.content);
    const status = failed ? failure(call, meta, text) : 'completed';
    if (!failed) {
      const diff = editOf(detail);
      if (diff !== null) out.push({ type: 'file_edit', tool_call_id: id, diff });
      const entries = this.#tasks.ended(call.tool, call.input, detail);
      if (entries !== null) out.push({ type: 'plan', entries });
    }
    const said = shellOutput(detail) ?? plainResult(call.kind, text);
    const output = status === 'denied' || status === 'cancelled' ? '' : bounded(said);
    const event: ProviderEvent = { type: 'tool_end', tool_call_id: id, status, duration_ms: this.#since(call) };
    if (output !== '') event.output = output;
    if (call.kind === 'execute' && (status === 'completed' || status === 'failed')) {
      event.exit_code = exitCode(failed, text, detail);
    }
    out.push(event);
  }

  #since(call: OpenCall): number {
    return Math.max(0, this.#now() - call.since);
  }
}

/** How the CLI tells the model that an interrupt stopped a tool; older versions say it in these words only. */
const stoppedWords = /^The user doesn't want to (?:proceed|take this action)/;
/** What older versions write for the model behind the report of a sub-agent. */
const agentTail = /\nagentId: \S+ \(use SendMessage[\s\S]*$/;

/** Why a call has an error for a result: refused by a person or a rule, stopped by an interrupt, or failed by itself. */
function failure(call: OpenCall, meta: Fields, text: string): 'denied' | 'cancelled' | 'failed' {
  if (call.refused || fields(meta.permission_decision).decision === 'reject') return 'denied';
  if (meta.non_execution_kind === 'user-rejected' || stoppedWords.test(text)) return 'cancelled';
  return meta.non_execution_kind === 'permission-rule' ? 'denied' : 'failed';
}

/** Content of a tool result: text, or blocks of which the text counts. */
function resultText(content: unknown): string {
  if (typeof content === 'string') return content;
  return list(content)
    .map((block) => string(fields(block).text) ?? (fields(block).type === 'image' ? '[image]' : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function plainResult(kind: ToolKind, text: string): string {
  if (kind === 'execute') return text.replace(exitLine, '');
  return kind === 'agent' ? text.replace(agentTail, '') : text;
}

/** Bash tells both streams apart; undefined when this is not its result or it wrote nothing. */
function shellOutput(detail: Fields): string | undefined {
  const [stdout, stderr] = [string(detail.stdout), string(detail.stderr)];
  if (stdout === undefined || stderr === undefined || detail.backgroundTaskId !== undefined) return undefined;
  const both = [stdout, stderr].filter((text) => text !== '').join('\n');
  return both === '' ? undefined : both;
}

/** How the result of a failed command begins. */
const exitLine = /^(?:Error: )?Exit code (\d+)\s*/;

/** A command that succeeded ended with 0. Null: not known. */
function exitCode(failed: boolean, text: string, detail: Fields): number | null {
  const code = exitLine.exec(text)?.[1];
  if (code !== undefined) return Number(code);
  const plain =
    typeof detail.stdout === 'string' &&
    detail.interrupted !== true &&
    detail.backgroundTaskId === undefined &&
    detail.returnCodeInterpretation === undefined;
  return !failed && plain ? 0 : null;
}

/** The change that was made to a file: `structuredPatch` for an update; a new file has only its content. */
function editOf(detail: Fields): FileDiff | null {
  const path = string(detail.filePath);
  if (path === undefined || path.length > limits.pathChars) return null;
  const content = string(detail.content);
  if (detail.type === 'create' && content !== undefined) return diffTexts(path, null, content);
  const hunks = list(detail.structuredPatch).map(hunkOf);
  return hunks.length === 0 ? null : boundedDiff(path, 'update', hunks);
}

function hunkOf(value: unknown): DiffHunk {
  const hunk = fields(value);
  const number = (name: string) => Math.trunc(amount(hunk[name]) ?? 0);
  return {
    old_start: number('oldStart'),
    old_lines: number('oldLines'),
    new_start: number('newStart'),
    new_lines: number('newLines'),
    lines: list(hunk.lines).filter((line): line is string => typeof line === 'string' && !line.startsWith('\\')),
  };
}

function bounded(text: string): string {
  if (text.length <= outputChars) return text;
  const half = outputChars / 2;
  return `${text.slice(0, half)}\n… ${text.length - outputChars} characters left out …\n${text.slice(-half)}`;
}
