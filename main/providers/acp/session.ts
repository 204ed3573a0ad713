import type { Clock } from '../../base/clock.ts';
import type {
  ApprovalAnswer,
  Prompt,
  ProviderEvent,
  ProviderSession,
  ProviderStart,
} from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { Capabilities, PermissionMode } from '../../protocol/values.ts';
import { endProcesses } from '../process/end-processes.ts';
import { Silence } from '../process/silence.ts';
import type { AcpAgent, AcpHost } from './agent.ts';
import type { AgentFacts } from './agent-facts.ts';
import { AgentRequests } from './agent-requests.ts';
import { Approvals } from './approvals.ts';
import type { Ready } from './handshake.ts';
import type { Link, LinkListener } from './link.ts';
import { garbageNotice, refusalWordsNotice, silenceNotice } from './notices.ts';
import { openLink } from './open-link.ts';
import { attachmentGone, silent } from './problems.ts';
import { promptContent } from './prompt-content.ts';
import { SeenAbilities } from './seen-abilities.ts';
import { SessionNews } from './session-news.ts';
import { SessionSettings } from './session-settings.ts';
import type { Settings } from './settings.ts';
import type { AcpTimes } from './times.ts';
import { Turn } from './turn.ts';
import { type Outcome, outcomeOf } from './turn-outcome.ts';
import type { Signal } from './updates.ts';
import { type Context, usageOf } from './usage.ts';
import { type Fields, fields, type RpcAnswer, type RpcId, string } from './wire.ts';

export interface AcpSessionDeps {
  agent: AcpAgent;
  host: AcpHost;
  clock: Clock;
  times: AcpTimes;
  /** What the agent said of itself and what its session offers; told again when that changes. */
  onTold: (facts: AgentFacts, settings: Settings) => void;
  /** Something it was seen to do that it does not announce. */
  onSeen: (found: Partial<Capabilities>) => void;
}

/** One conversation with an agent over one process, which is started, and made ready, ahead of the first prompt. */
export class AcpSession implements ProviderSession {
  readonly #start: ProviderStart;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: AcpSessionDeps;
  readonly #settings: SessionSettings;
  #link: Link | null;
  #approvals: Approvals;
  #requests: AgentRequests;
  #facts: AgentFacts | null = null;
  /** The agent's session on the link; null until it is there. */
  #sessionId: string | null = null;
  readonly #news: SessionNews;
  readonly #seen = new SeenAbilities();
  #resume: string | null;
  /** Only the first session is a branch; after a restart it is gone on with. */
  #fork: boolean;
  /** The conversation to be resumed is not there: why. Told with the first prompt. */
  #lost: string | null = null;
  #turn: Turn | null = null;
  /** `session/load` tells the old conversation again. */
  #replaying = false;
  /** Something ran that could have left processes behind. */
  #ranTools = false;
  #context: Context | null = null;
  /** Of the session up to the running turn, USD. */
  #costBefore = 0;
  #cancelHandshake: () => void = () => {};
  #cancelHold: (() => void) | null = null;
  #closing: Promise<void> | null = null;

  /** Starts the process; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: AcpSessionDeps) {
    this.#start = start;
    this.#emit = emit;
    this.#deps = deps;
    this.#resume = start.resume;
    this.#fork = start.fork;
    this.#news = new SessionNews(emit, (found) => deps.onSeen(found));
    const { mode, model, effort } = start;
    const onChanged = () => this.#settingsChanged();
    this.#settings = new SessionSettings({ agent: deps.agent, mode, model, effort, emit, onChanged });
    this.#approvals = this.#newApprovals(() => {});
    this.#requests = this.#newRequests();
    this.#link = this.#open();
  }

  prompt(prompt: Prompt): void {
    if (this.#turn !== null || this.#closing !== null)
      throw new Error('A prompt in the middle of a turn, or after close.');
    const turn = new Turn(prompt, this.#watch());
    this.#turn = turn;
    this.#settings.promptDue();
    if (this.#lost !== null) {
      setImmediate(() => this.#tellLost());
      return;
    }
    if (this.#link === null) this.#link = this.#open();
    else if (this.#ranTools) this.#link.beginTurn();
    this.#send();
  }

  #watch(): Silence {
    const { clock, times, agent } = this.#deps;
    return new Silence({
      clock,
      noticeMs: times.silenceNoticeMs,
      failMs: times.silenceFailMs,
      nonsense: () => this.#link?.speaksNonsense === true,
      excused: () => this.#approvals.anyOpen || this.#link?.updates.tools.anyOpen === true,
      onNotice: (silentMs) => this.#emit(silenceNotice(agent.name, silentMs, agent.words)),
      onFail: (silentMs) => {
        const nonsense = this.#link?.speaksNonsense ? this.#link.nonsenseProblem() : null;
        this.#giveUp(nonsense ?? silent(agent, Math.round(silentMs / 60_000)));
      },
    });
  }

  /** The protocol has no words for a running turn: a second prompt would cancel the first. */
  steer(): boolean {
    return false;
  }

  interrupt(): void {
    const turn = this.#turn;
    if (turn === null || turn.ending !== null) return;
    turn.ending = { status: 'aborted' };
    const link = this.#link;
    if (!turn.sent || link === null || this.#sessionId === null) {
      // The agent has not heard of it, and will not.
      this.#finish(turn, turn.ending);
      return;
    }
    link.connection.notify('session/cancel', { sessionId: this.#sessionId });
    this.#approvals.withdrawAll();
    const { clock, times } = this.#deps;
    turn.cancelGrace = clock.after(times.cancelGraceMs, () => {
      void link.stop({ graceMs: times.killGraceMs });
    });
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    const answered = this.#approvals.answer(ref, answer);
    if (answered === null) return;
    this.#tell((out) => this.#link?.updates.tools.answered(answered.callId, answered.allowed, out));
    this.#requests.settled();
    // The protocol has no place for words beside a no.
    if (!answered.allowed && answer.message) this.#emit(refusalWordsNotice(this.#deps.agent.name));
  }

  setEffort(effort: string | null): void {
    this.#settings.chooseEffort(effort);
    this.#assertSettings();
  }

  setModel(model: string | null): void {
    this.#settings.chooseModel(model);
    this.#assertSettings();
  }

  setMode(mode: PermissionMode): void {
    this.#settings.chooseMode(mode);
    this.#assertSettings();
  }

  #assertSettings(): void {
    if (this.#link === null || this.#sessionId === null) return;
    this.#settings.assert({ connection: this.#link.connection, sessionId: this.#sessionId }, (problem) => {
      // In the middle of a turn the agent would go on with more freedom than the person wants.
      if (problem !== null && this.#turn?.sent) this.#end(this.#turn, { status: 'failed', problem });
    });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const turn = this.#turn;
    if (turn !== null) turn.ending ??= { status: 'aborted' };
    // An idle agent leaves when its input ends; one in a turn would first finish it.
    await this.#link?.stop({ politeMs: turn === null ? 300 : 0, graceMs: this.#deps.times.killGraceMs });
  }

  #open(): Link {
    const { host, clock, agent, times } = this.#deps;
    this.#sessionId = null;
    this.#replaying = false;
    this.#ranTools = false;
    const { link, settled } = openLink({
      ...{ host, agent, clock, times, cwd: this.#start.cwd, resume: this.#resume, fork: this.#fork },
      mcpServers: this.#start.mcp_servers,
      // Nothing is heard of it before this returns.
      listener: this.#listener(() => link),
      onReady: (ready) => this.#ready(link, ready),
      onLost: (why) => {
        this.#lost = why;
      },
      onReplay: (replaying) => {
        this.#replaying = replaying;
      },
    });
    this.#cancelHandshake = settled;
    this.#approvals = this.#newApprovals((id, result) => link.connection.answer(id, result));
    this.#requests = this.#newRequests();
    return link;
  }

  /** @param of - the link that speaks; one that was replaced is not listened to. */
  #listener(of: () => Link): LinkListener {
    return {
      onNotification: (method, params, line) => this.#notified(of(), method, params, line),
      onRequest: (id, method, params, line) => this.#asked(of(), id, method, params, line),
      onLine: (useful) => {
        if (of() === this.#link) this.#turn?.silence.heard(useful);
      },
      onGarbage: (text) => this.#emit(garbageNotice(this.#deps.agent.name, text)),
      onFlood: () => this.#giveUp(of().nonsenseProblem()),
      onTerminalText: (id, text) => {
        if (of() !== this.#link) return;
        this.#turn?.silence.heard(true);
        if (this.#turn?.sent) this.#tell((out) => of().updates.tools.terminalText(id, text, out));
      },
      onTerminalExit: (id, { exitCode }, output) => {
        if (of() !== this.#link) return;
        of().updates.tools.terminalExit(id, exitCode);
        if (this.#turn?.sent) this.#tell((out) => this.#requests.terminalEnded(id, exitCode, output, out));
        this.#deps.onSeen({ tool_output: 'live', exit_codes: true });
      },
      onGone: () => this.#gone(of()),
    };
  }

  #newApprovals(respond: (id: RpcId, result: object) => void): Approvals {
    return new Approvals({
      name: this.#deps.agent.name,
      cwd: this.#start.cwd,
      home: this.#deps.host.home,
      // Whatever it is called: what runs, writes or fetches is asked for.
      isOwn: (call) =>
        call.command === undefined &&
        (call.kind === 'other' || call.kind === 'think') &&
        this.#start.mcp_servers.some(({ name }) => this.#deps.agent.quirks.isToolOf?.(name, call) === true),
      emit: this.#emit,
      respond,
    });
  }

  #newRequests(): AgentRequests {
    return new AgentRequests({
      approvals: () => this.#approvals,
      emit: (events) => this.#pass(events),
      onSeen: (found) => this.#deps.onSeen(found),
    });
  }

  #ready(link: Link, { sessionId, facts, answer }: Ready): void {
    if (link !== this.#link) return;
    this.#cancelHandshake();
    this.#sessionId = sessionId;
    this.#facts = facts;
    this.#resume = sessionId;
    this.#fork = false;
    this.#settings.opened(answer);
    this.#deps.onTold(facts, this.#settings.told);
    this.#tellSession();
    this.#send();
  }

  #settingsChanged(): void {
    if (this.#facts !== null) this.#deps.onTold(this.#facts, this.#settings.told);
    this.#tellSession();
  }

  #tellSession(): void {
    if (this.#sessionId !== null) this.#news.session(this.#sessionId, this.#facts, this.#settings.told.model?.current);
  }

  /** Instead of the turn's end: nothing ran, and whoever asked may try afresh. */
  #tellLost(): void {
    const turn = this.#turn;
    if (turn === null || this.#lost === null) return;
    this.#turn = null;
    turn.close({ status: 'aborted' });
    this.#emit({ type: 'resume_lost', text: this.#lost, say: say('notice.noResume', { name: this.#deps.agent.name }) });
    this.#emit({ type: 'closed' });
  }

  /** Gives the agent the prompt that waits, once there is a session and it is in the right mode. */
  #send(): void {
    const turn = this.#turn;
    const link = this.#link;
    const sessionId = this.#sessionId;
    if (turn === null || turn.sent || link === null || sessionId === null) return;
    this.#settings.assert({ connection: link.connection, sessionId }, (problem) => {
      if (turn !== this.#turn || turn.sent || link !== this.#link) return;
      if (problem !== null) return this.#finish(turn, { status: 'failed', problem });
      void this.#deliver(link, turn, sessionId);
    });
  }

  async #deliver(link: Link, turn: Turn, sessionId: string): Promise<void> {
    if (turn.delivering) return;
    turn.delivering = true;
    const can = this.#facts ?? { image: false, embedded: false };
    const prompt = await promptContent(turn.prompt, can, this.#start.cwd).catch((error: unknown) => {
      this.#finish(turn, { status: 'failed', problem: attachmentGone(error) });
      return null;
    });
    // Stopped, or the agent died, while the files were read; then that was told.
    if (prompt === null || turn !== this.#turn || link !== this.#link) return;
    turn.sent = true;
    link.updates.begin(turn.prompt.text);
    link.connection.request('session/prompt', { sessionId, prompt }, (answer) => this.#answered(link, turn, answer));
  }

  #notified(link: Link, method: string, params: Fields, line: Fields): void {
    if (link !== this.#link) return;
    if (method !== 'session/update') {
      // Names that begin with an underscore are an agent's own; ours to ignore (ACP, Extensibility).
      if (!method.startsWith('_') && !method.startsWith('$/'))
        this.#tell((out) => link.updates.unknown(method, line, out));
      return;
    }
    const update = fields(params.update);
    const other = this.#sessionId !== null && params.sessionId !== this.#sessionId;
    const turn = this.#turn;
    if (other || this.#replaying) return;
    const out: ProviderEvent[] = [];
    const signal = link.updates.update(update, turn?.ending != null, out);
    if (signal !== null) this.#signal(signal);
    // Between turns nothing of it could be recorded under one.
    if (turn?.sent && !turn.settled) this.#pass(out);
    else for (const event of out) if (event.type === 'notice') this.#emit(event);
  }

  #pass(events: readonly ProviderEvent[]): void {
    for (const event of events) {
      if (event.type === 'tool_start') this.#ranTools = true;
      const found = this.#seen.in(event);
      if (found !== null) this.#deps.onSeen(found);
      this.#emit(event);
    }
    this.#armHold();
  }

  #tell(say: (out: ProviderEvent[]) => void): void {
    const out: ProviderEvent[] = [];
    say(out);
    this.#pass(out);
  }

  /** A tool call whose input is still being written is shown soon, complete or not. */
  #armHold(): void {
    const link = this.#link;
    if (this.#cancelHold !== null || link === null || !link.updates.tools.anyHeld) return;
    this.#cancelHold = this.#deps.clock.after(this.#deps.times.toolHoldMs, () => {
      this.#cancelHold = null;
      if (link === this.#link && this.#turn?.sent) this.#tell((out) => link.updates.tools.flush(out));
    });
  }

  #signal(signal: Signal): void {
    switch (signal.type) {
      case 'acp_mode':
        this.#settings.modeTold(signal.mode);
        return;
      case 'acp_settings':
        this.#settings.settingsTold(signal.update);
        return;
      case 'acp_commands':
        this.#news.commands(signal.commands);
        return;
      case 'acp_context': {
        const { used, size, cost } = signal;
        this.#context = { used, size, cost: cost ?? this.#context?.cost };
        this.#deps.onSeen({ context: true, ...(cost === undefined ? {} : { cost: true }) });
      }
    }
  }

  #asked(link: Link, id: RpcId, method: string, params: Fields, line: Fields): void {
    const turn = this.#turn;
    const ours = link === this.#link && params.sessionId === this.#sessionId;
    const live = ours && turn?.sent === true && !turn.settled && turn.ending === null;
    this.#requests.handle({ link, id, method, params, line, live });
  }

  #answered(link: Link, turn: Turn, answer: RpcAnswer): void {
    if (turn !== this.#turn || link !== this.#link) return;
    const { agent } = this.#deps;
    const { runs, tools } = link.updates;
    if (answer.ok) turn.usage = usageOf(answer.result, this.#context, this.#costBefore);
    if (turn.usage !== null) this.#deps.onSeen({ usage: true });
    const ended = answer.ok && string(answer.result.stopReason) === 'end_turn';
    const said = { text: runs.saidText, afterTools: runs.saidSinceTool, tools: tools.any, usage: turn.usage };
    const empty = ended && agent.quirks.isLost?.({ ...said, prompt: turn.prompt.text }) === true;
    this.#costBefore = this.#context?.cost ?? this.#costBefore;
    const end = turn.endWith(outcomeOf(answer, agent, empty));
    this.#settle(link, end.status === 'completed');
    turn.settled = true;
    // A turn that ended by itself keeps what it began in the background.
    if (this.#ranTools && end.status === 'aborted') void this.#sweep(link, turn, end);
    else this.#finish(turn, end);
  }

  #settle(link: Link, completed: boolean): void {
    this.#approvals.withdrawAll();
    if (!this.#turn?.sent || this.#turn.settled) return;
    this.#tell((out) => {
      if (completed) link.updates.runs.close(out);
      else link.updates.runs.abandon();
      link.updates.tools.cancelAll(out);
    });
  }

  /** What the stopped turn started and the agent left running is ended before anybody hears that the turn is over. */
  async #sweep(link: Link, turn: Turn, end: Outcome): Promise<void> {
    turn.cancelGrace();
    if (link.leftOfTurn().length > 0)
      await endProcesses((known) => link.leftOfTurn(known), this.#deps.times.toolGraceMs);
    this.#finish(turn, end);
  }

  #finish(turn: Turn, end: Outcome): void {
    if (this.#turn !== turn) return;
    this.#turn = null;
    this.#cancelHold?.();
    this.#cancelHold = null;
    for (const event of turn.close(end)) this.#emit(event);
  }

  /** Ends a turn that must not go on. */
  #end(turn: Turn, ending: NonNullable<Turn['ending']>): void {
    if (turn.ending !== null) return;
    this.interrupt();
    turn.ending = ending;
  }

  /** Nothing good will come of this process any more. */
  #giveUp(problem: Problem): void {
    const turn = this.#turn;
    if (turn !== null) turn.ending ??= { status: 'failed', problem };
    void this.#link?.stop({ graceMs: this.#deps.times.killGraceMs });
  }

  #gone(link: Link): void {
    if (link !== this.#link) return;
    this.#cancelHandshake();
    const turn = this.#turn;
    if (turn?.ending === null) this.#approvals.abandonAll();
    this.#settle(link, false);
    this.#link = null;
    this.#sessionId = null;
    if (this.#lost !== null && this.#closing === null) {
      this.#tellLost();
      return;
    }
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'failed', problem: link.endProblem() });
    // The next prompt may have come while the end of this turn was told.
    if (this.#link === null) this.#emit({ type: 'closed' });
  }
}
