import type { ProviderEvent } from '../../orchestrator/ports.ts';
import { limits } from '../../protocol/limits.ts';
import { say } from '../../protocol/saying.ts';
import type { PlanEntry, SlashCommand } from '../../protocol/values.ts';
import type { AcpQuirks } from './agent.ts';
import { MessageRuns } from './message-runs.ts';
import { slashCommands } from './slash-commands.ts';
import { ToolCalls } from './tool-calls.ts';
import { blockText, parentOf } from './tool-content.ts';
import { amount, type Fields, fields, list, string } from './wire.ts';

/** What a `session/update` means beside the events: for the session that holds the agent. */
export type Signal =
  | { type: 'acp_mode'; mode: string }
  | { type: 'acp_settings'; update: Fields }
  | { type: 'acp_context'; used: number; size: number; cost: number | undefined }
  | { type: 'acp_commands'; commands: SlashCommand[] };

export interface UpdatesOptions {
  /** Unique in the session's life: what ids begin with. */
  prefix: string;
  cwd: string;
  now: () => number;
  quirks: AcpQuirks;
  /** For people. */
  name: string;
  terminalOutput?: (terminalId: string) => string | undefined;
}

const maxUnknownKinds = 20;

/**
 * Turns `session/update` notifications of one agent into our events. A state machine without I/O; it never throws, whatever the update holds, and
 * hands on at once what it says.
 */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly runs: MessageRuns;
  readonly tools: ToolCalls;
  readonly #unknown = new Set<string>();
  #lastCompaction = '';
  /** The person asked the agent to make room. */
  #asked = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.runs = new MessageRuns(options.prefix, options.now, options.quirks);
    this.tools = new ToolCalls(options);
  }

  /** A turn begins. */
  begin(prompt = ''): void {
    this.#asked = prompt.trimStart().startsWith('/compact');
    this.runs.begin();
    this.tools.begin();
  }

  /** @param stopping - the turn was told to stop. */
  update(update: Fields, stopping: boolean, out: ProviderEvent[]): Signal | null {
    const kind = update.sessionUpdate;
    switch (kind) {
      case 'agent_message_chunk':
        this.#chunk('text', update, out);
        return null;
      case 'agent_thought_chunk':
        this.#chunk('reasoning', update, out);
        return null;
      case 'tool_call':
      case 'tool_call_update':
        this.runs.tool(out);
        if (kind === 'tool_call' && this.tools.anyHeld) this.tools.flush(out);
        this.tools.update(update, stopping, out);
        return null;
      case 'plan':
        out.push({ type: 'plan', entries: list(update.entries).map(planEntry) });
        return null;
      case 'current_mode_update':
        return { type: 'acp_mode', mode: string(update.currentModeId) ?? '' };
      case 'config_option_update':
        return { type: 'acp_settings', update };
      case 'usage_update':
        return contextOf(update);
      case 'available_commands_update':
        return { type: 'acp_commands', commands: slashCommands(update.availableCommands) };
      case 'notice':
        this.#notice(update, out);
        return null;
      case 'compaction_update':
        if (update.status === 'completed') this.#compacted(string(update.compactionId) ?? '', out);
        return null;
      case 'user_message_chunk':
      case 'session_info_update':
      case 'compaction_summary_chunk':
        return null;
    }
    this.unknown(`session/update ${string(kind) ?? 'without a kind'}`, update, out);
    return null;
  }

  /** Something this version does not know: kept once for each kind, for the person who has to find out why. */
  unknown(kind: string, line: unknown, out: ProviderEvent[]): void {
    if (this.#unknown.has(kind) || this.#unknown.size >= maxUnknownKinds) return;
    this.#unknown.add(kind);
    const text = `${this.#options.name} said something this version of the app does not know (${kind.slice(0, 200)}). It was left out.`;
    const raw = (JSON.stringify(line) ?? '').slice(0, limits.rawLineChars);
    out.push({
      type: 'notice',
      level: 'info',
      code: 'unknown_message',
      text,
      raw,
      say: say('notice.unknownMessage', { name: this.#options.name, kind: kind.slice(0, 200) }),
    });
  }

  /** Agents tell the end of one more than once. */
  #compacted(id: string, out: ProviderEvent[]): void {
    if (id !== '' && id === this.#lastCompaction) return;
    this.#lastCompaction = id;
    out.push({ type: 'compaction', trigger: this.#asked ? 'manual' : 'auto' });
  }

  #chunk(kind: 'text' | 'reasoning', update: Fields, out: ProviderEvent[]): void {
    const content = fields(update.content);
    const text = content.type === 'text' ? (string(content.text) ?? '') : blockText(content);
    if (text === '' || this.#options.quirks.isNoise?.(text) === true) return;
    const parent = parentOf(update);
    // A sub-agent's words are not the answer.
    if (parent !== undefined && (kind === 'reasoning' || this.tools.nestedText(parent, text, out))) return;
    if (this.tools.anyHeld) this.tools.flush(out);
    this.runs.chunk(kind, text, string(update.messageId), out);
  }

  /** `notice`: the agent tells its host something that is not part of the answer. */
  #notice(update: Fields, out: ProviderEvent[]): void {
    const title = [string(update.title), string(update.description)].filter((part) => part).join(': ');
    const text = (title || (string(update.message) ?? string(update.text) ?? textOfContent(update.content))).slice(
      0,
      4000,
    );
    const level = update.severity === 'error' ? 'error' : update.severity === 'warning' ? 'warning' : 'info';
    if (text !== '') out.push({ type: 'notice', level, code: 'agent_notice', text });
  }
}

function textOfContent(content: unknown): string {
  return blockText(fields(content));
}

function planEntry(value: unknown): PlanEntry {
  const { content, status } = fields(value);
  const known = status === 'in_progress' || status === 'completed' ? status : 'pending';
  return { text: string(content) ?? '', status: known };
}

function contextOf(update: Fields): Signal {
  const { amount: cost, currency } = fields(update.cost);
  return {
    type: 'acp_context',
    used: Math.trunc(amount(update.used) ?? 0),
    size: Math.trunc(amount(update.size) ?? 0),
    cost: currency === 'USD' ? amount(cost) : undefined,
  };
}
