import type { McpServer } from '../../orchestrator/ports.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { endProcesses } from '../process/end-processes.ts';
import type { TreeProcess } from '../process/process-table.ts';
import { fields, string } from '../shared/fields.ts';
import { Leftovers } from '../shared/leftovers.ts';
import type { Answer, AppServer } from './app-server.ts';
import { endCommands, withinTime } from './end-commands.ts';
import { openingPolicy, turnPolicy } from './permission-mode.ts';
import type { Call } from './slash-commands.ts';
import { SubAgents } from './sub-agents.ts';
import { threadConfig } from './thread-config.ts';

export interface ThreadStart {
  cwd: string;
  /** The thread to go on with, or to branch from; null: a fresh one. */
  resume: string | null;
  fork: boolean;
  mcpServers: readonly McpServer[];
}

/** What holds for a turn. Codex keeps it for the turns that follow, so all of it is sent with each. */
export interface TurnSettings {
  model: string | null;
  effort: string | null;
  mode: PermissionMode;
}

/** With which effort a model works when none is chosen, as far as it is known. */
export type UsualEffort = (version: string | undefined, model: string | null) => string | undefined;

type OnAnswer = (answer: Answer) => void;

/** One thread of an app-server, from its opening to the end of the process: what is asked of it, and what it has running. */
export class Thread {
  readonly server: AppServer;
  /** What the commands of the thread are known by. */
  readonly mark: string;
  readonly agents = new SubAgents();
  id: string | null = null;
  opening = false;
  /** What the thread answers with when nothing is chosen, as far as it is known. */
  defaultModel: string | null = null;
  #defaultEffort: string | null = null;
  /** The record knows which thread it is. */
  told = false;
  ranTools = false;
  /** It is in a turn that nobody asked for. */
  unasked = false;
  /** The goal it was given; null: none. */
  goal: string | null = null;
  /** An effort was sent: without another one, it would stay. */
  #effortSent = false;
  /** It may be in Codex's plan mode: without another one, it would stay there. */
  #planned = false;
  readonly #leftovers = new Leftovers();
  readonly #usualEffort: UsualEffort;

  constructor(server: AppServer, usualEffort: UsualEffort) {
    this.server = server;
    this.mark = server.newThreadMark();
    this.#usualEffort = usualEffort;
  }

  /** Opens it; what was opened is in `id`. */
  open({ cwd, resume, fork, mcpServers }: ThreadStart, onAnswer: OnAnswer): void {
    this.opening = true;
    // The model comes with each turn; here it would hide which one the person's settings choose.
    const common = { cwd, ...openingPolicy, config: threadConfig(this.server, this.mark, mcpServers) };
    const opened: OnAnswer = (answer) => {
      this.opening = false;
      if (answer.ok) this.#learn(answer.result);
      onAnswer(answer);
    };
    if (resume === null) this.server.request('thread/start', common, opened);
    else {
      this.#planned = true;
      const method = fork ? 'thread/fork' : 'thread/resume';
      this.server.request(method, { ...common, threadId: resume, excludeTurns: true }, opened);
    }
  }

  #learn(result: { readonly [name: string]: unknown }): void {
    this.id = string(fields(result.thread).id) ?? null;
    this.defaultModel = string(result.model) ?? null;
    this.#defaultEffort = string(result.reasoningEffort) ?? null;
  }

  /** Begins a turn. The answer has its id, except for a compaction: that is told when it starts. */
  begin(call: Call, input: object[], settings: TurnSettings, onAnswer: OnAnswer): void {
    // What the last turn left in the background is not this one's.
    if (this.ranTools) this.#leftovers.begin(this.processes());
    const threadId = this.id;
    const overrides = this.#overrides(settings);
    if (call.kind === 'prompt') {
      this.server.request('turn/start', { threadId, input, ...overrides }, onAnswer);
      return;
    }
    // These take no settings of their own; those of the last turn would hold.
    this.server.request('thread/settings/update', { threadId, ...overrides });
    if (call.kind === 'compact') this.server.request('thread/compact/start', { threadId }, onAnswer);
    else {
      const { instructions } = call;
      const target = instructions === '' ? { type: 'uncommittedChanges' } : { type: 'custom', instructions };
      this.server.request('review/start', { threadId, target, delivery: 'inline' }, onAnswer);
    }
  }

  #overrides({ model: chosen, effort: wanted, mode }: TurnSettings): object {
    const model = chosen ?? this.defaultModel;
    this.#effortSent ||= wanted !== null;
    const usual = this.#defaultEffort ?? this.#usualEffort(this.server.version, model);
    const effort = wanted ?? (this.#effortSent ? usual : undefined);
    this.#planned ||= mode === 'plan';
    // Codex asks its questions and writes plans in its own plan mode only; its instructions for that come with it.
    const settings = { model, reasoning_effort: effort ?? null, developer_instructions: null };
    const collaborationMode = { mode: mode === 'plan' ? 'plan' : 'default', settings };
    return {
      ...(model === null ? {} : { model }),
      ...(effort === undefined ? {} : { effort }),
      ...turnPolicy(mode),
      ...(this.#planned && model !== null ? { collaborationMode } : {}),
    };
  }

  steer(turnId: string, input: object[], onAnswer: OnAnswer): void {
    this.server.request('turn/steer', { threadId: this.id, expectedTurnId: turnId, input }, onAnswer);
  }

  interrupt(turnId: string | null | undefined, onAnswer?: OnAnswer): void {
    this.server.request('turn/interrupt', { threadId: this.id, turnId }, onAnswer);
  }

  /** What runs under its mark. @param known - found before; see `processesOfRuns`. */
  processes(known?: readonly TreeProcess[]): TreeProcess[] {
    return this.server.processesOf(this.mark, known);
  }

  /**
   * Ends what a stopped turn left running: the CLI does not.
   * @param commands - ids of its tool calls.
   * @param graceMs - between SIGTERM and SIGKILL.
   */
  async sweep(commands: ReadonlySet<string>, graceMs: number): Promise<void> {
    for (const agent of this.agents.running()) this.server.request('turn/interrupt', agent);
    await Promise.all([
      withinTime(endCommands(this.server, this.id, commands), graceMs * 2),
      endProcesses((known) => this.#leftovers.ofTurn(this.processes(known), undefined), graceMs),
    ]);
  }

  /** Ends all that runs in it while others go on in the same process, and stops following it. */
  async leave(turnId: string | null, graceMs: number): Promise<void> {
    const threadId = this.id;
    if (threadId === null) return;
    if (turnId !== null) await withinTime(this.server.ask('turn/interrupt', { threadId, turnId }), graceMs);
    await withinTime(this.server.ask('thread/backgroundTerminals/clean', { threadId }), graceMs);
    await endProcesses((known) => this.processes(known), graceMs);
    this.server.forget(threadId);
    this.server.request('thread/unsubscribe', { threadId });
  }
}
