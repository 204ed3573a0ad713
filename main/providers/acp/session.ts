import type { Clock } from '../../base/clock.ts';
import type { ApprovalAnswer, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { ModelInfo, PermissionMode } from '../../protocol/values.ts';
import { endProcesses } from '../process/end-processes.ts';
import { Silence } from '../process/silence.ts';
import type { AcpAgent, AcpHost } from './agent.ts';
import { Approvals } from './approvals.ts';
import { formOf } from './elicitation.ts';
import { handshake, type Ready } from './handshake.ts';
import { Link } from './link.ts';
import { garbageNotice, resumeFailedNotice, silenceNotice } from './notices.ts';
import { optionsOf } from './permission-options.ts';
import { noHandshake, silent } from './problems.ts';
import { SessionSettings } from './session-settings.ts';
import type { AcpTimes } from './times.ts';
import { Turn } from './turn.ts';
import { type Outcome, outcomeOf } from './turn-outcome.ts';
import type { Signal } from './updates.ts';
import { type Context, usageOf } from './usage.ts';
import { type Fields, fields, methodNotFound, type RpcAnswer, type RpcId, string } from './wire.ts';

export interface AcpSessionDeps {
  agent: AcpAgent;
  host: AcpHost;
  clock: Clock;
  times: AcpTimes;
  /** What the agent offers, once a session told it. */
  onModels: (models: readonly ModelInfo[]) => void;
}

/** One conversation with an agent over one process, which is started, and made ready, ahead of the first prompt. */
export class AcpSession implements ProviderSession {
  readonly #start: ProviderStart;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: AcpSessionDeps;
  readonly #settings: SessionSettings;
  #link: Link | null;
  #approvals: Approvals;
  /** The agent's session on the link; null until it is there. */
  #sessionId: string | null = null;
  #resume: string | null;
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
  /** What the agent offers as slash commands. */
  commands: readonly { name: string; description: string }[] = [];

  /** Starts the process; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: AcpSessionDeps) {
    this.#start = start;
    this.#emit = emit;
    this.#deps = deps;
    this.#resume = start.resume;
    this.#settings = new SessionSettings({ agent: deps.agent, mode: start.mode, model: start.model, emit });
    this.#approvals = this.#newApprovals(() => {});
    this.#link = this.#open();
  }

  prompt({ text }: { text: string }): void {
    if (this.#turn !== null || this.#closing !== null)
      throw new Error('A prompt in the middle of a turn, or after close.');
    this.#turn = new Turn(text, this.#watch());
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
      onNotice: (silentMs) => this.#emit(silenceNotice(agent.name, silentMs, agent.words.silence)),
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
    const link: Link = new Link(
      { host, agent, cwd: this.#start.cwd, now: () => clock.now() },
      {
        onNotification: (method, params, line) => this.#notified(link, method, params, line),
        onRequest: (id, method, params, line) => this.#asked(link, id, method, params, line),
        onLine: (useful) => {
          if (link === this.#link) this.#turn?.silence.heard(useful);
        },
        onGarbage: (text) => this.#emit(garbageNotice(agent.name, text)),
        onFlood: () => this.#giveUp(link.nonsenseProblem()),
        onGone: () => this.#gone(link),
      },
    );
    this.#approvals = this.#newApprovals((id, result) => link.connection.answer(id, result));
    const fail = (problem: Problem) => {
      this.#cancelHandshake();
      link.failure = problem;
      void link.stop({ graceMs: times.killGraceMs });
    };
    this.#cancelHandshake = clock.after(times.handshakeMs, () =>
      fail(link.speaksNonsense ? link.nonsenseProblem() : noHandshake(agent, Math.round(times.handshakeMs / 1000))),
    );
    handshake({
      connection: link.connection,
      agent,
      cwd: this.#start.cwd,
      resume: this.#resume,
      onReady: (ready) => this.#ready(link, ready),
      onFailed: fail,
      onReplay: (replaying) => {
        this.#replaying = replaying;
      },
    });
    return link;
  }

  #newApprovals(respond: (id: RpcId, result: object) => void): Approvals {
    return new Approvals({
      name: this.#deps.agent.name,
      cwd: this.#start.cwd,
      home: this.#deps.host.home,
      emit: this.#emit,
      respond,
    });
  }

  #ready(link: Link, { sessionId, version, answer, lost }: Ready): void {
    if (link !== this.#link) return;
    this.#cancelHandshake();
    if (lost !== null) this.#emit(resumeFailedNotice(this.#deps.agent.name, lost));
    this.#sessionId = sessionId;
    this.#resume = sessionId;
    this.#settings.opened(answer);
    const { model } = this.#settings;
    if (model !== null) this.#deps.onModels(model.values);
    this.#emit({
      type: 'session',
      provider_session_id: sessionId,
      ...(version === undefined ? {} : { version }),
      ...(model === null ? {} : { model: model.current }),
    });
    this.#send();
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
      turn.sent = true;
      link.updates.begin();
      link.connection.request('session/prompt', { sessionId, prompt: [{ type: 'text', text: turn.text }] }, (answer) =>
        this.#answered(link, turn, answer),
      );
    });
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
        this.commands = signal.commands;
        return;
      case 'acp_context': {
        const { used, size, cost } = signal;
        this.#context = { used, size, cost: cost ?? this.#context?.cost };
      }
    }
  }

  #asked(link: Link, id: RpcId, method: string, params: Fields, line: Fields): void {
    const turn = this.#turn;
    const form = method === 'elicitation/create' ? formOf(params) : null;
    if (method !== 'session/request_permission' && form === null) {
      const message = `Not supported by this host: ${method.slice(0, 200)}`;
      link.connection.refuse(id, { code: methodNotFound, message });
      this.#tell((out) => link.updates.unknown(method, line, out));
      return;
    }
    const ours = link === this.#link && params.sessionId === this.#sessionId;
    if (!ours || !turn?.sent || turn.settled || turn.ending !== null) {
      link.connection.answer(id, form === null ? { outcome: { outcome: 'cancelled' } } : { action: 'cancel' });
      return;
    }
    const { runs, tools } = link.updates;
    const ref = `${link.prefix}:${id}`;
    const out: ProviderEvent[] = [];
    runs.close(out);
    const told = form === null ? fields(params.toolCall) : { toolCallId: params.toolCallId, title: form.message };
    const call = tools.forPermission(told, `request-${id}`, out);
    // The call has to be known before the request for it.
    this.#pass(out);
    if (form !== null) this.#approvals.form(ref, id, call, form);
    else this.#approvals.permission(ref, id, call, optionsOf(params));
  }

  #answered(link: Link, turn: Turn, answer: RpcAnswer): void {
    if (turn !== this.#turn || link !== this.#link) return;
    const { agent } = this.#deps;
    const { runs, tools } = link.updates;
    const stopReason = answer.ok ? string(answer.result.stopReason) : undefined;
    const empty = agent.quirks.emptyIsFailure && stopReason === 'end_turn' && !runs.saidText && !tools.any;
    if (answer.ok) turn.usage = usageOf(answer.result, this.#context, this.#costBefore);
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
    this.#settle(link, false);
    this.#link = null;
    this.#sessionId = null;
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'failed', problem: link.endProblem() });
    // The next prompt may have come while the end of this turn was told.
    if (this.#link === null) this.#emit({ type: 'closed' });
  }
}
