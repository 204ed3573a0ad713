import type { Clock } from '../../base/clock.ts';
import type { ApprovalAnswer, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { Leftovers } from '../claude/leftovers.ts';
import { type Fields, fields, string } from '../claude/wire.ts';
import { endProcesses } from '../process/end-processes.ts';
import type { TreeProcess } from '../process/process-table.ts';
import { Silence } from '../process/silence.ts';
import type { Answer, AppServer, ThreadListener } from './app-server.ts';
import { Approvals } from './approvals.ts';
import { refusals, requestTools } from './cli-requests.ts';
import { endCommands, withinTime } from './end-commands.ts';
import { refusedRequestNotice, resumeFailedNotice, retryNotice, silenceNotice, unaskedTurnNotice } from './notices.ts';
import { openingPolicy, turnPolicy } from './permission-mode.ts';
import { folderGone, notSignedIn, requestRefused, silent } from './problems.ts';
import type { ServerUser, SharedServer } from './shared-server.ts';
import { SubAgents } from './sub-agents.ts';
import type { CodexTimes } from './times.ts';
import { Translator } from './translate.ts';
import { type End, Turn } from './turn.ts';
import { isSignInRefused, turnProblem } from './turn-problem.ts';
import { unusableFolder } from './usable-folder.ts';
import { UsageMeter } from './usage-meter.ts';
import type { RequestId } from './wire.ts';

export interface CodexSessionDeps {
  /** The person's home folder. */
  home: string;
  shared: SharedServer;
  clock: Clock;
  times: CodexTimes;
}

/** One conversation with Codex: a thread of the app-server that all conversations share. */
export class CodexSession implements ProviderSession, ServerUser, ThreadListener {
  readonly #start: ProviderStart;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: CodexSessionDeps;
  readonly #translator: Translator;
  readonly #approvals: Approvals;
  #meter = new UsageMeter();
  #leftovers = new Leftovers();
  #server: AppServer | null = null;
  #threadId: string | null = null;
  /** What the commands of the thread are known by. */
  #mark = '';
  #opening = false;
  #resume: string | null;
  #model: string | null;
  /** What the thread answers with when no model is chosen, as far as it is known. */
  #defaultModel: string | null = null;
  #mode: PermissionMode;
  #turn: Turn | null = null;
  readonly #agents = new SubAgents();
  #toldSession = false;
  #ranTools = false;
  #lostSession = false;
  /** The CLI is in a turn that nobody asked for. */
  #unasked = false;
  #closing: Promise<void> | null = null;

  /** Has the app-server started and the thread opened ahead of the first prompt; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: CodexSessionDeps) {
    this.#start = start;
    this.#emit = emit;
    this.#deps = deps;
    this.#resume = start.resume;
    this.#model = start.model;
    this.#mode = start.mode;
    this.#translator = new Translator({ cwd: start.cwd, now: () => deps.clock.now() });
    this.#approvals = new Approvals({
      cwd: start.cwd,
      home: deps.home,
      mode: () => this.#mode,
      tool: (id) => this.#translator.tool(id),
      emit,
      reply: (id, result) => this.#server?.answer(id, result),
    });
    this.#open();
  }

  // ------------------------------------------------------------------------------------------------------------- what is asked of it

  prompt({ text }: { text: string }): void {
    if (this.#turn !== null || this.#closing !== null)
      throw new Error('A prompt in the middle of a turn, or after close.');
    const turn = new Turn(text, this.#watch());
    this.#turn = turn;
    if (this.#server === null) this.#open();
    if (this.#threadId !== null) this.#begin(turn);
    else if (!this.#opening) this.#openThread();
  }

  steer(text: string): boolean {
    const turn = this.#turn;
    if (turn === null || turn.ending !== null || turn.settling || turn.held !== null || turn.cliTurnId === null)
      return false;
    const { cliTurnId } = turn;
    turn.steers++;
    const params = { threadId: this.#threadId, expectedTurnId: cliTurnId, input: textInput(text) };
    this.#server?.request('turn/steer', params, (answer) => {
      turn.steers = Math.max(0, turn.steers - 1);
      if (!answer.ok && !answer.gone) turn.late.push(text);
      if (turn.held !== null && turn.steers === 0) this.#settle(turn, turn.held);
    });
    return true;
  }

  interrupt(): void {
    if (this.#turn !== null) this.#end(this.#turn, { status: 'aborted' });
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    const words = this.#approvals.answer(ref, answer);
    // A refusal has no place for reasons; they are put in as words of the person.
    if (words !== null) this.steer(words);
  }

  setModel(model: string | null): void {
    this.#model = model;
  }

  /** What the running turn may do in its sandbox stays; what it asks for from now on is decided by the new mode. */
  setMode(mode: PermissionMode): void {
    this.#mode = mode;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  // ---------------------------------------------------------------------------------------------------------------- opening a thread

  #open(): void {
    this.#server = this.#deps.shared.acquire(this);
    this.#toldSession = false;
    this.#unasked = false;
    this.#openThread();
  }

  #openThread(): void {
    const server = this.#server;
    if (server === null) return;
    const gone = unusableFolder(this.#start.cwd);
    if (gone !== null) {
      // Found out after the prompt was taken, as every other failure.
      if (this.#turn !== null) queueMicrotask(() => this.#failTurn(folderGone(this.#start.cwd, gone)));
      return;
    }
    this.#opening = true;
    this.#mark = server.newThreadMark();
    // The model comes with each turn; here it would hide which one the person's settings choose.
    const common = { cwd: this.#start.cwd, ...openingPolicy, config: this.#shellEnvironment(server) };
    const onAnswer = (answer: Answer) => this.#opened(server, answer);
    if (this.#resume === null) server.request('thread/start', common, onAnswer);
    else server.request('thread/resume', { ...common, threadId: this.#resume, excludeTurns: true }, onAnswer);
  }

  /**
   * What the shells of this thread get besides the person's own settings (`shell_environment_policy`): the mark by which all they start is found
   * again, and nothing in the variables from which only Codex itself reads a key.
   */
  #shellEnvironment(server: AppServer): object {
    const set = (name: string) => `shell_environment_policy.set.${name}`;
    const emptied = server.secretNames.map((name) => [set(name), ''] as const);
    return Object.fromEntries([[set('QUARTERDECK_RUN_ID'), this.#mark], ...emptied]);
  }

  #opened(server: AppServer, answer: Answer): void {
    if (server !== this.#server) return;
    this.#opening = false;
    if (!answer.ok) {
      if (!answer.gone) this.#notOpened(answer.error);
      return;
    }
    const threadId = string(fields(answer.result.thread).id);
    if (threadId === undefined) {
      this.#failTurn(requestRefused('The answer of Codex has no thread in it.'));
      return;
    }
    this.#threadId = threadId;
    this.#meter = new UsageMeter();
    this.#leftovers = new Leftovers();
    this.#defaultModel ??= string(answer.result.model) ?? null;
    server.listen(threadId, this);
    if (this.#turn !== null) this.#begin(this.#turn);
  }

  /** The conversation to resume may not be there any more: a new one, once, and said aloud. Nothing had been run for the prompt. */
  #notOpened(error: string): void {
    const lost = this.#resume !== null && /no rollout found|not found|invalid thread id/i.test(error);
    if (lost && !this.#lostSession && this.#closing === null) {
      this.#lostSession = true;
      this.#resume = null;
      this.#emit(resumeFailedNotice());
      this.#openThread();
    } else this.#failTurn(requestRefused(error));
  }

  #failTurn(problem: Problem): void {
    const turn = this.#turn;
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'failed', problem });
  }

  // --------------------------------------------------------------------------------------------------------------------------- a turn

  #begin(turn: Turn): void {
    if (turn.ending !== null) {
      this.#finish(turn, turn.ending);
      return;
    }
    // A prompt would become part of the turn that is just being stopped.
    if (this.#unasked) return;
    const server = this.#server as AppServer;
    if (this.#ranTools) this.#leftovers.begin(server.processesOf(this.#mark));
    this.#send(server, turn, turn.text);
  }

  #send(server: AppServer, turn: Turn, text: string): void {
    turn.sent = true;
    turn.active = false;
    turn.cliTurnId = null;
    const model = this.#model ?? this.#defaultModel;
    const params = {
      threadId: this.#threadId,
      input: textInput(text),
      ...(model === null ? {} : { model }),
      ...turnPolicy(this.#mode),
    };
    server.request('turn/start', params, (answer) => {
      if (this.#turn !== turn || turn.settling) return;
      if (answer.ok) this.#began(turn, string(fields(answer.result.turn).id));
      else if (!answer.gone)
        this.#finish(turn, turn.ending ?? { status: 'failed', problem: requestRefused(answer.error) });
    });
  }

  #began(turn: Turn, cliTurnId: string | undefined): void {
    if (cliTurnId === undefined || turn.cliTurnId !== null) return;
    turn.cliTurnId = cliTurnId;
    if (!this.#toldSession && this.#threadId !== null) {
      // Only now there is something on disk to come back to.
      this.#toldSession = true;
      this.#resume = this.#threadId;
      const version = this.#server?.version;
      const model = this.#model ?? this.#defaultModel;
      this.#emit({
        type: 'session',
        provider_session_id: this.#threadId,
        ...(version === undefined ? {} : { version }),
        ...(model === null ? {} : { model }),
      });
    }
  }

  #watch(): Silence {
    const { clock, times } = this.#deps;
    return new Silence({
      clock,
      noticeMs: times.silenceNoticeMs,
      failMs: times.silenceFailMs,
      nonsense: () => this.#server?.nonsenseProblem() != null,
      excused: () => this.#translator.toolOpen,
      onNotice: (silentMs) => this.#emit(silenceNotice(silentMs)),
      onFail: (silentMs) => {
        const turn = this.#turn;
        if (turn === null) return;
        const problem = this.#server?.nonsenseProblem() ?? silent(Math.round(silentMs / 60_000));
        turn.ending ??= { status: 'failed', problem };
        this.#giveUpServer();
      },
    });
  }

  /** Stops the turn: the CLI's own interrupt, and if that does not help in time, without the CLI. */
  #end(turn: Turn, ending: NonNullable<Turn['ending']>): void {
    if (turn.ending !== null || turn.settling) return;
    turn.ending = ending;
    if (turn.held !== null) {
      this.#settle(turn, turn.held);
      return;
    }
    if (!turn.sent && !this.#opening) {
      queueMicrotask(() => this.#finish(turn, ending));
      return;
    }
    const { clock, times } = this.#deps;
    turn.cancelGrace = clock.after(times.interruptGraceMs, () => this.#giveUpServer());
    if (turn.active) this.#requestInterrupt(turn);
  }

  /** Only a turn that has begun can be interrupted; before that, the CLI knows of none. */
  #requestInterrupt(turn: Turn): void {
    const params = { threadId: this.#threadId, turnId: turn.cliTurnId };
    this.#server?.request('turn/interrupt', params, (answer) => {
      // It was over already, and its end was not for us to hear.
      if (!answer.ok && !answer.gone && turn.ending !== null) this.#settle(turn, turn.ending);
    });
  }

  #settle(turn: Turn, how: End): void {
    if (this.#turn !== turn || turn.settling) return;
    if (turn.steers > 0 && turn.ending === null) {
      turn.held = how;
      turn.cancelGrace = this.#deps.clock.after(this.#deps.times.interruptGraceMs, () => {
        turn.steers = 0;
        this.#settle(turn, how);
      });
      return;
    }
    turn.cancelGrace();
    const next = turn.late.shift();
    if (next !== undefined && turn.ending === null && how.status === 'completed' && this.#server !== null) {
      // It came when the CLI had just finished: it is the turn's last part.
      turn.held = null;
      this.#send(this.#server, turn, [next, ...turn.late.splice(0)].join('\n\n'));
      return;
    }
    turn.settling = true;
    this.#approvals.withdrawAll();
    const end = turn.endWith(how);
    // A turn that failed by itself keeps what it began in the background, as one that succeeded does.
    if (this.#ranTools && (end.status === 'aborted' || turn.ending !== null)) void this.#sweep(turn, end);
    else this.#finish(turn, end);
  }

  /** The CLI leaves the commands of a stopped turn running: they are ended before anybody hears that the turn is over. */
  async #sweep(turn: Turn, end: End): Promise<void> {
    turn.cancelGrace();
    const server = this.#server;
    if (server !== null) {
      for (const agent of this.#agents.running()) server.request('turn/interrupt', agent);
      const { toolGraceMs } = this.#deps.times;
      const began = new Set(this.#translator.openCommands());
      await Promise.all([
        withinTime(endCommands(server, this.#threadId, began), toolGraceMs * 2),
        endProcesses((known) => this.#leftOfTurn(server, known), toolGraceMs),
      ]);
    }
    this.#finish(turn, end);
  }

  #leftOfTurn(server: AppServer, known?: readonly TreeProcess[]): TreeProcess[] {
    return this.#leftovers.ofTurn(server.processesOf(this.#mark, known), undefined);
  }

  #finish(turn: Turn, end: End): void {
    if (this.#turn !== turn) return;
    turn.settling = true;
    turn.silence.stop();
    turn.cancelGrace();
    this.#approvals.withdrawAll();
    this.#say(this.#translator.close(end.status));
    const usage = this.#meter.take();
    if (usage !== null) this.#emit(usage);
    this.#turn = null;
    this.#emit({ type: 'turn_end', ...end });
  }

  // -------------------------------------------------------------------------------------------------------------- what the CLI says

  onNotification(method: string, params: Fields, child: string | undefined): void {
    const turn = this.#turn;
    turn?.silence.heard(true);
    if (child === undefined && this.#aboutTurns(method, params, turn)) return;
    if (this.#unasked) return;
    if (method === 'serverRequest/resolved') {
      const id = params.requestId;
      if (typeof id === 'string' || typeof id === 'number') this.#approvals.resolved(id);
      return;
    }
    const turnId = string(params.turnId);
    if (child === undefined && turnId !== undefined && turnId !== turn?.cliTurnId) {
      // Of an earlier turn: it has been closed in the record, whatever comes of it.
      this.#say(this.#translator.late(method, params));
      return;
    }
    for (const agent of this.#agents.learn(fields(params.item))) {
      if (this.#threadId !== null) this.#server?.adopt(agent, this.#threadId);
    }
    if (child !== undefined) this.#hearAgent(child, method, params);
    else if (method === 'thread/tokenUsage/updated') this.#meter.update(fields(params.tokenUsage));
    else this.#say(this.#translator.notification(method, params));
  }

  /** Of a sub-agent its tools are shown, under the call that began it, and its last words as what that call brought. */
  #hearAgent(thread: string, method: string, params: Fields): void {
    const done = this.#agents.heard(thread, method, params);
    if (done !== null) this.#say(this.#translator.endAgent(done.call, done.words, done.failed));
    else if (method.startsWith('item/')) {
      this.#say(this.#translator.notification(method, params, this.#agents.call(thread) ?? thread));
    }
  }

  /** @returns whether there is nothing more in this message. */
  #aboutTurns(method: string, params: Fields, turn: Turn | null): boolean {
    switch (method) {
      case 'turn/started':
        this.#turnStarted(string(fields(params.turn).id), turn);
        return true;
      case 'turn/completed':
        this.#turnCompleted(fields(params.turn), turn);
        return true;
      case 'error':
        if (!this.#unasked && turn !== null) this.#failing(turn, params);
        return true;
    }
    return false;
  }

  /** A goal or something in the background can make the CLI go on by itself. Nobody asked: it is stopped, and the person is told. */
  #turnStarted(cliTurnId: string | undefined, turn: Turn | null): void {
    if (turn?.sent && !turn.settling) {
      this.#began(turn, cliTurnId);
      turn.active = true;
      if (turn.ending !== null) this.#requestInterrupt(turn);
      return;
    }
    this.#unasked = true;
    this.#server?.request('turn/interrupt', { threadId: this.#threadId, turnId: cliTurnId });
    this.#emit(unaskedTurnNotice());
  }

  #turnCompleted(completed: Fields, turn: Turn | null): void {
    if (this.#unasked) {
      this.#unasked = false;
      if (turn !== null && !turn.sent) this.#begin(turn);
      return;
    }
    if (turn === null || (turn.cliTurnId !== null && completed.id !== turn.cliTurnId)) return;
    if (completed.status === 'completed') this.#settle(turn, { status: 'completed' });
    else if (completed.status === 'interrupted') this.#settle(turn, { status: 'aborted' });
    else {
      const problem = turnProblem(fields(completed.error), this.#server?.limitResetsAt);
      this.#settle(turn, { status: 'failed', problem });
    }
  }

  /** `error`: the last one is told with the end of the turn; before that the CLI tries again, and what was streamed is void. */
  #failing(turn: Turn, params: Fields): void {
    if (params.willRetry !== true) return;
    const error = fields(params.error);
    const words = [string(error.message), string(error.additionalDetails)].filter(Boolean).join(' · ');
    if (isSignInRefused(error)) {
      this.#end(turn, { status: 'failed', problem: notSignedIn(words) });
      return;
    }
    this.#say(this.#translator.voidOpen());
    this.#emit(retryNotice(words || 'the answer broke off'));
  }

  onRequest(id: RequestId, method: string, params: Fields, child: string | undefined): void {
    const turn = this.#turn;
    turn?.silence.heard(true);
    const answerable = requestTools[method];
    if (turn === null || turn.ending !== null || turn.settling || this.#unasked) {
      this.#server?.answer(
        id,
        answerable === undefined ? (refusals[method] ?? {}) : { decision: 'decline', answers: {} },
      );
      return;
    }
    if (answerable === undefined) {
      const refusal = refusals[method];
      if (refusal === undefined) this.#server?.refuse(id, method);
      else this.#server?.answer(id, refusal);
      this.#emit(refusedRequestNotice(method));
      return;
    }
    const itemId = (string(params.itemId) ?? `request-${id}`).slice(0, 200);
    const tool = answerable(params, this.#start.cwd);
    this.#ranTools = true;
    if (this.#translator.tool(itemId) === undefined) {
      const parent = child === undefined ? undefined : (this.#agents.call(child) ?? child);
      for (const event of this.#translator.startUnheard(itemId, tool, parent)) this.#emit(event);
    }
    this.#approvals.request({ id, method, params }, itemId);
  }

  #say(events: readonly ProviderEvent[]): void {
    for (const event of events) {
      // Between turns only notices make sense: there is no turn anything else could belong to.
      if (this.#turn === null && event.type !== 'notice') continue;
      if (event.type === 'tool_start') this.#ranTools = true;
      // What ends while a stopped turn is cleared away was ended by us.
      if (event.type === 'tool_end' && event.status === 'failed' && this.#turn?.settling) {
        this.#emit({ ...event, status: 'cancelled' });
      } else this.#emit(event);
    }
  }

  // ---------------------------------------------------------------------------------------------------------- the end of the process

  busy(): boolean {
    return this.#turn !== null;
  }

  onGone(server: AppServer): void {
    if (server !== this.#server) return;
    this.#detach();
    const turn = this.#turn;
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'failed', problem: server.endProblem() });
    // The next prompt may have come while the end of this turn was told.
    if (this.#server === null) this.#emit({ type: 'closed' });
  }

  #detach(): void {
    this.#server = null;
    this.#threadId = null;
    this.#opening = false;
    this.#ranTools = false;
    this.#agents.clear();
  }

  /** Nothing good will come of this process any more. Turns of others that run on it are not touched. */
  #giveUpServer(): void {
    const [server, turn] = [this.#server, this.#turn];
    if (server === null || this.#deps.shared.retire(server, this)) return;
    const [mark, threadId] = [this.#mark, this.#threadId];
    if (threadId !== null) server.forget(threadId);
    void endProcesses((known) => server.processesOf(mark, known), this.#deps.times.toolGraceMs).then(() => {
      this.#detach();
      if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'aborted' });
      if (this.#server === null) this.#emit({ type: 'closed' });
    });
  }

  async #close(): Promise<void> {
    const [server, turn] = [this.#server, this.#turn];
    if (turn !== null) turn.ending ??= { status: 'aborted' };
    if (server === null) return;
    const { shared, times } = this.#deps;
    if (shared.isLast(server, this)) {
      await shared.release(server, this);
      return;
    }
    const [mark, threadId] = [this.#mark, this.#threadId];
    if (threadId !== null) {
      if (turn?.cliTurnId)
        await withinTime(server.ask('turn/interrupt', { threadId, turnId: turn.cliTurnId }), times.toolGraceMs);
      await withinTime(server.ask('thread/backgroundTerminals/clean', { threadId }), times.toolGraceMs);
      await endProcesses((known) => server.processesOf(mark, known), times.toolGraceMs);
      server.forget(threadId);
      server.request('thread/unsubscribe', { threadId });
    }
    if (this.#server !== server) return;
    this.#detach();
    if (this.#turn !== null) this.#finish(this.#turn, this.#turn.ending ?? { status: 'aborted' });
    this.#emit({ type: 'closed' });
    await shared.release(server, this);
  }
}

const textInput = (text: string) => [{ type: 'text', text }];
