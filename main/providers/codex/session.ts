import type { Clock } from '../../base/clock.ts';
import type {
  ApprovalAnswer,
  Prompt,
  PromptAttachment,
  ProviderEvent,
  ProviderSession,
  ProviderStart,
} from '../../orchestrator/ports.ts';
import { say } from '../../protocol/saying.ts';
import { endProcesses } from '../process/end-processes.ts';
import type { Fields } from '../shared/fields.ts';
import type { Answer, AppServer, ThreadListener } from './app-server.ts';
import { Approvals } from './approvals.ts';
import { NativeGoal } from './goal.ts';
import { Hearing } from './hearing.ts';
import { folderGone, openElsewhere, requestRefused } from './problems.ts';
import type { ServerUser, SharedServer } from './shared-server.ts';
import { Thread, type TurnSettings, type UsualEffort } from './thread.ts';
import type { CodexTimes } from './times.ts';
import { Turns } from './turns.ts';
import { unusableFolder } from './usable-folder.ts';
import type { RequestId } from './wire.ts';

export interface CodexSessionDeps {
  /** The person's home folder. */
  home: string;
  shared: SharedServer;
  clock: Clock;
  times: CodexTimes;
  usualEffort: UsualEffort;
}

/**
 * One conversation with Codex: a thread of the app-server that all conversations share, opened, left and opened again. What is said in it is read
 * in `Hearing`, how a turn begins and ends stands in `Turns`.
 */
export class CodexSession implements ProviderSession, ServerUser, ThreadListener {
  readonly #start: ProviderStart;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: CodexSessionDeps;
  readonly #approvals: Approvals;
  readonly #hearing: Hearing;
  readonly #goal: NativeGoal;
  readonly #turns: Turns;
  readonly #settings: TurnSettings;
  #thread: Thread | null = null;
  /** The thread to open; a branch only until it is known which one it became. */
  #origin: Pick<ProviderStart, 'resume' | 'fork'>;
  /** The CLI does not know that thread; it is told with the next prompt. */
  #lost = false;
  #closing: Promise<void> | null = null;

  /** Has the app-server started and the thread opened ahead of the first prompt; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: CodexSessionDeps) {
    const { cwd, model, effort, mode, resume, fork } = start;
    const { clock, times, home } = deps;
    this.#start = start;
    this.#emit = emit;
    this.#deps = deps;
    this.#settings = { model, effort, mode };
    this.#origin = { resume, fork };
    this.#goal = new NativeGoal(emit);
    this.#approvals = new Approvals({
      cwd,
      home,
      mode: () => this.#settings.mode,
      tool: (id) => this.#hearing.translator.tool(id),
      emit,
      reply: (id, result) => this.#thread?.server.answer(id, result),
    });
    const [approvals, goal] = [this.#approvals, this.#goal];
    const own = new Set(start.mcp_servers.map(({ name }) => name));
    this.#hearing = new Hearing({ cwd, own, now: () => clock.now(), emit, approvals, goal });
    this.#turns = new Turns({
      cwd,
      clock,
      times,
      approvals,
      hearing: this.#hearing,
      goal,
      settings: this.#settings,
      emit,
      thread: () => this.#thread,
      onTold: (thread) => this.#tellThread(thread),
      giveUp: () => this.#giveUpServer(),
    });
    this.#open();
  }

  // ------------------------------------------------------------------------------------------------------------- what is asked of it

  prompt(prompt: Prompt): void {
    if (this.busy() || this.#closing !== null) throw new Error('A prompt in the middle of a turn, or after close.');
    this.#turns.take(prompt);
    const stale = this.#thread;
    if (stale !== null && this.#deps.shared.isStale(stale.server)) this.#leaveStale(stale);
    if (this.#thread === null) this.#open();
    else if (this.#lost) queueMicrotask(() => this.#loseResume());
    else if (this.#thread.id !== null) this.#turns.begin();
    else if (!this.#thread.opening) this.#openThread(this.#thread);
  }

  steer(text: string, attachments?: readonly PromptAttachment[]): boolean {
    return this.#turns.steer(text, attachments);
  }

  interrupt(): void {
    this.#turns.interrupt();
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    const answered = this.#approvals.answer(ref, answer);
    if (answered === null) return;
    this.#hearing.answered(answered, answer.decision !== 'deny');
    // A refusal has no place for reasons; they are put in as words of the person.
    if (answered.words !== null) this.steer(answered.words);
  }

  setModel(model: string | null): void {
    this.#settings.model = model;
  }

  setEffort(effort: string | null): void {
    this.#settings.effort = effort;
  }

  /** What the running turn may do in its sandbox stays; what it asks for from now on is decided by the new mode. */
  setMode(mode: TurnSettings['mode']): void {
    this.#settings.mode = mode;
  }

  setGoal(objective: string | null): void {
    this.#goal.set(objective, this.#thread);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  // ---------------------------------------------------------------------------------------------------------------- opening a thread

  #open(): void {
    const thread = new Thread(this.#deps.shared.acquire(this), this.#deps.usualEffort);
    this.#thread = thread;
    this.#openThread(thread);
  }

  #openThread(thread: Thread): void {
    const { cwd, mcp_servers } = this.#start;
    const gone = unusableFolder(cwd);
    if (gone === null) {
      thread.open({ cwd, ...this.#origin, mcpServers: mcp_servers }, (answer) => this.#opened(thread, answer));
    } else if (this.busy()) {
      // Found out after the prompt was taken, as every other failure.
      queueMicrotask(() => this.#turns.fail(folderGone(cwd, gone)));
    }
  }

  #opened(thread: Thread, answer: Answer): void {
    if (thread !== this.#thread) return;
    if (!answer.ok) {
      if (!answer.gone) this.#notOpened(answer.error);
      return;
    }
    if (thread.id === null) {
      this.#turns.fail(requestRefused('The answer of Codex has no thread in it.'));
      return;
    }
    thread.server.listen(thread.id, this);
    this.#hearing.opened(thread);
    this.#turns.begin();
  }

  /** The conversation to resume may not be there any more. Nothing had been run for the prompt. */
  #notOpened(error: string): void {
    this.#lost =
      this.#origin.resume !== null && /no rollout found|not found|invalid (?:thread|session) id/i.test(error);
    if (this.#lost) this.#loseResume();
    else this.#turns.fail(/active writer/i.test(error) ? openElsewhere(error) : requestRefused(error));
  }

  #loseResume(): void {
    if (this.#closing !== null || !this.#turns.takeBack()) return;
    this.#emit({
      type: 'resume_lost',
      text: 'Codex does not have this conversation any more.',
      say: say('notice.conversationGone', { name: 'Codex' }),
    });
    void this.close();
  }

  /** The first turn has begun: only now there is something on disk to come back to. */
  #tellThread(thread: Thread): void {
    if (thread.id === null) return;
    this.#origin = { resume: thread.id, fork: false };
    const { version } = thread.server;
    const model = this.#settings.model ?? thread.defaultModel;
    this.#emit({
      type: 'session',
      provider_session_id: thread.id,
      ...(version === undefined ? {} : { version }),
      ...(model === null ? {} : { model }),
    });
  }

  // -------------------------------------------------------------------------------------------------------------- what the CLI says

  onNotification(method: string, params: Fields, child: string | undefined): void {
    const thread = this.#thread;
    this.#turns.current?.silence.heard(true);
    if (thread === null || (child === undefined && this.#turns.notification(method, params, thread))) return;
    const turn = this.#turns.current;
    if (!thread.unasked) this.#hearing.notification(method, params, { thread, turn, child });
  }

  onShared(method: string): void {
    if (this.#thread !== null) this.#hearing.shared(method, this.#thread, this.busy());
  }

  onRequest(id: RequestId, method: string, params: Fields, child: string | undefined): void {
    const [turn, thread] = [this.#turns.current, this.#thread];
    turn?.silence.heard(true);
    if (thread === null) return;
    const ready = turn !== null && turn.ending === null && !turn.settling && !thread.unasked;
    this.#hearing.request({ id, method, params }, { thread, child }, ready);
  }

  // ---------------------------------------------------------------------------------------------------------- the end of the process

  busy(): boolean {
    return this.#turns.current !== null;
  }

  onGone(server: AppServer): void {
    if (server !== this.#thread?.server) return;
    this.#drop();
    this.#turns.fail(server.endProblem());
    // The next prompt may have come while the end of this turn was told.
    if (this.#thread === null) this.#emit({ type: 'closed' });
  }

  #drop(): void {
    this.#thread = null;
    this.#hearing.left();
  }

  /** The key of the app has changed: the conversation goes on in another process. */
  #leaveStale(thread: Thread): void {
    this.#drop();
    void thread.leave(null, this.#deps.times.toolGraceMs);
    void this.#deps.shared.release(thread.server, this);
  }

  /** Nothing good will come of this process any more. Turns of others that run on it are not touched. */
  #giveUpServer(): void {
    const thread = this.#thread;
    if (thread === null || this.#deps.shared.retire(thread.server, this)) return;
    if (thread.id !== null) thread.server.forget(thread.id);
    void endProcesses((known) => thread.processes(known), this.#deps.times.toolGraceMs).then(() => {
      this.#drop();
      this.#turns.abort();
      if (this.#thread === null) this.#emit({ type: 'closed' });
    });
  }

  async #close(): Promise<void> {
    const [thread, turn] = [this.#thread, this.#turns.current];
    if (turn !== null) turn.ending ??= { status: 'aborted' };
    if (thread === null) return;
    const { shared, times } = this.#deps;
    if (!shared.isLast(thread.server, this)) {
      await thread.leave(turn?.activeId ?? turn?.cliTurnId ?? null, times.toolGraceMs);
      if (this.#thread !== thread) return;
      this.#drop();
      this.#turns.abort();
      this.#emit({ type: 'closed' });
    }
    await shared.release(thread.server, this);
  }
}
