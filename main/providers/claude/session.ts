import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { ApprovalAnswer, ProviderEvent, ProviderSession, ProviderStart } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { endProcesses } from '../process/end-processes.ts';
import { Silence } from '../process/silence.ts';
import { Approvals } from './approvals.ts';
import { claudeArguments, isModelName } from './arguments.ts';
import type { ClaudeHost } from './launch.ts';
import { Link } from './link.ts';
import { ModeKeeper } from './mode-keeper.ts';
import { backgroundEndedNotice, modelRefusedNotice, resumeFailedNotice, silenceNotice } from './notices.ts';
import { notSignedIn, silent } from './problems.ts';
import { SentMessages } from './sent-messages.ts';
import type { ClaudeTimes } from './times.ts';
import type { Outcome, Translated, Usage } from './translated.ts';
import { type End, Turn } from './turn.ts';
import { addUsage } from './turn-outcome.ts';
import { type Fields, list, refuseLine, userLine } from './wire.ts';

export interface ClaudeSessionDeps {
  host: ClaudeHost;
  clock: Clock;
  times: ClaudeTimes;
  /** The answer to `initialize`: models, account, version. */
  onInitialized: (answer: Fields) => void;
}

/** One conversation with Claude Code over one process, which is started ahead of the first prompt. */
export class ClaudeSession implements ProviderSession {
  readonly #start: ProviderStart;
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: ClaudeSessionDeps;
  readonly #approvals: Approvals;
  #link: Link | null;
  #turn: Turn | null = null;
  #resume: string | null;
  #model: string | null;
  readonly #mode: ModeKeeper;
  /** Something ran that could have left processes behind. */
  #ranTools = false;
  #lostSession = false;
  /** The CLI is in a turn that nobody asked for. */
  #unasked = false;
  #closing: Promise<void> | null = null;

  /** Starts the process; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: ClaudeSessionDeps) {
    this.#start = start;
    this.#emit = emit;
    this.#deps = deps;
    this.#resume = start.resume;
    this.#model = start.model;
    this.#mode = new ModeKeeper(start.mode, emit);
    this.#approvals = new Approvals({ cwd: start.cwd, home: deps.host.home, emit });
    this.#link = this.#open();
  }

  prompt({ text }: { text: string }): void {
    if (this.#turn !== null || this.#closing !== null)
      throw new Error('A prompt in the middle of a turn, or after close.');
    const turn = new Turn(text, this.#watch());
    this.#turn = turn;
    this.#tellBadModel();
    if (this.#link === null) this.#link = this.#open();
    else if (this.#ranTools) this.#link.beginTurn();
    this.#send(this.#link, turn);
  }

  /** A name that cannot be one was never given to the CLI, which uses its own default; that is said once. */
  #tellBadModel(): void {
    const model = this.#model;
    if (model === null || isModelName(model)) return;
    this.#model = null;
    queueMicrotask(() => this.#emit(modelRefusedNotice(model, 'not the name of a model')));
  }

  #watch(): Silence {
    const { clock, times } = this.#deps;
    return new Silence({
      clock,
      noticeMs: times.silenceNoticeMs,
      failMs: times.silenceFailMs,
      nonsense: () => this.#link?.speaksOnlyNonsense === true,
      excused: () => this.#link?.translator.toolOpen === true,
      onNotice: (silentMs) => this.#emit(silenceNotice(silentMs)),
      onFail: (silentMs) => {
        const nonsense = this.#link?.speaksNonsense ? this.#link.nonsenseProblem() : null;
        this.#giveUp(nonsense ?? silent(Math.round(silentMs / 60_000)));
      },
    });
  }

  steer(text: string): boolean {
    const turn = this.#turn;
    if (turn === null || turn.ending !== null || this.#link === null) return false;
    const uuid = randomUUID();
    turn.sent.add(uuid);
    this.#link.write(userLine(text, uuid));
    return true;
  }

  interrupt(): void {
    if (this.#turn !== null && this.#turn.ending === null) this.#end(this.#turn, { status: 'aborted' });
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    const answered = this.#approvals.answer(ref, answer);
    if (answered === null) return;
    this.#link?.translator.answered(answered.toolCallId, answered.allowed);
    this.#link?.write(answered.line);
  }

  setModel(model: string | null): void {
    this.#model = model;
    const name = model ?? 'default';
    if (!isModelName(name)) this.#emit(modelRefusedNotice(name, 'not the name of a model'));
    else {
      this.#link?.control({ subtype: 'set_model', model: name }, (ok, _answer, error) => {
        if (!ok) this.#emit(modelRefusedNotice(name, error));
      });
    }
  }

  setMode(mode: PermissionMode): void {
    this.#mode.choose(mode);
    if (this.#link !== null) this.#mode.assert(this.#link);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const link = this.#link;
    const turn = this.#turn;
    if (turn !== null) turn.ending ??= { status: 'aborted' };
    // Told to leave, it would first finish what it is doing; an idle one goes at once.
    await link?.stop({ politeMs: turn === null ? 500 : 0, graceMs: this.#deps.times.killGraceMs });
  }

  #open(): Link {
    const { host, clock } = this.#deps;
    this.#mode.started();
    this.#unasked = false;
    const args = claudeArguments({
      mode: this.#mode.mode,
      model: this.#model,
      resume: this.#resume,
      newSession: randomUUID(),
    });
    const link: Link = new Link(
      { host, cwd: this.#start.cwd, args, now: () => clock.now() },
      {
        onTranslated: (translated, useful) => this.#hear(link, translated, useful),
        onFlood: () => this.#giveUp(link.nonsenseProblem()),
        onGone: () => this.#gone(link),
      },
    );
    link.control({ subtype: 'initialize' }, (ok, answer) => {
      if (ok) this.#deps.onInitialized(answer);
    });
    return link;
  }

  #send(link: Link, turn: Turn): void {
    this.#mode.assert(link);
    const uuid = randomUUID();
    turn.sent = new SentMessages();
    turn.sent.add(uuid);
    link.write(userLine(turn.text, uuid));
  }

  #hear(link: Link, translated: readonly Translated[], useful: boolean): void {
    if (link !== this.#link) return;
    this.#turn?.silence.heard(useful);
    for (const one of translated) {
      switch (one.type) {
        case 'cli_permission':
          if (this.#turn === null || this.#unasked) link.write(refuseLine(one.ref, 'No turn is running.'));
          else this.#approvals.request(one);
          break;
        case 'approval_withdrawn':
          this.#approvals.withdraw(one.ref);
          break;
        case 'cli_request':
          link.write(refuseLine(one.requestId, `Not supported by this host: ${one.subtype}`));
          break;
        case 'cli_sign_in_refused':
          if (this.#turn !== null) this.#end(this.#turn, { status: 'failed', problem: notSignedIn(one.words) });
          break;
        case 'cli_lifecycle':
          this.#moved(link, one.uuid, one.state);
          break;
        case 'cli_turn':
          this.#turnBegins(link);
          break;
        case 'cli_mode':
          this.#mode.told(one.mode);
          break;
        case 'cli_result':
          this.#result(link, one.outcome, one.usage);
          break;
        case 'cli_answer':
          break;
        default:
          this.#pass(one);
      }
    }
  }

  /**
   * After a background command ended, the CLI goes on by itself. Nobody asked, nothing of it could be recorded under a turn: it is stopped. The
   * agent reads how the command ended with the next message.
   */
  #turnBegins(link: Link): void {
    // One that follows is ours, whatever became of it.
    this.#unasked = this.#turn === null;
    if (!this.#unasked) return;
    link.control({ subtype: 'interrupt' });
    this.#emit(backgroundEndedNotice());
  }

  #pass(event: ProviderEvent): void {
    if (this.#unasked && event.type !== 'session' && event.type !== 'notice') return;
    if (event.type === 'session') this.#resume = event.provider_session_id;
    else if (event.type === 'tool_start') this.#ranTools = true;
    if (this.#turn !== null && event.type !== 'session' && event.type !== 'notice') this.#turn.begun = true;
    this.#emit(event);
  }

  #result(link: Link, outcome: Outcome, usage: Usage | null): void {
    const turn = this.#turn;
    if (this.#unasked) {
      this.#unasked = false;
      return;
    }
    if (outcome.resumeFailed && !turn?.begun) {
      // It exits now; what follows is decided when it is gone.
      link.resumeFailed = true;
      void link.stop({ politeMs: 1000 });
      return;
    }
    if (turn === null) return;
    turn.usage = addUsage(turn.usage, usage);
    // Not the end of what was asked: the CLI has not begun with it, or goes on with words that were put in.
    if (turn.ending === null && turn.sent.anyWaiting) {
      turn.held = outcome;
      return;
    }
    this.#settle(link, turn, outcome);
  }

  #moved(link: Link, uuid: string, state: string): void {
    const turn = this.#turn;
    if (turn === null) return;
    turn.sent.moved(uuid, state);
    if (state === 'started') turn.held = null;
    // Dropped or done without a turn of its own: then the result that came was the last.
    else if (turn.held !== null && !turn.sent.anyWaiting) this.#settle(link, turn, turn.held);
  }

  #settle(link: Link, turn: Turn, outcome: Outcome): void {
    this.#approvals.withdrawAll();
    const end = turn.endWith(outcome);
    // A turn that failed by itself keeps what it began in the background, as one that succeeded does.
    const mayLeave = this.#ranTools && end.status === 'aborted';
    if (mayLeave || turn.sent.anyWaiting) void this.#sweep(link, turn, end);
    else this.#finish(turn, end);
  }

  /** What the stopped turn started and the CLI left running is ended before anybody hears that the turn is over. */
  async #sweep(link: Link, turn: Turn, end: End): Promise<void> {
    turn.cancelGrace();
    // The CLI would go on with a message that was put in and not taken out again.
    if (turn.sent.anyWaiting) await link.stop({ graceMs: this.#deps.times.killGraceMs });
    else if (link.leftOfTurn().length > 0)
      await endProcesses((known) => link.leftOfTurn(known), this.#deps.times.toolGraceMs);
    this.#finish(turn, end);
  }

  #finish(turn: Turn, end: End): void {
    if (this.#turn !== turn) return;
    this.#turn = null;
    for (const event of turn.close(end)) this.#emit(event);
  }

  /** Stops the turn: the CLI's own interrupt, and if that does not help in time, the end of the process and all it started. */
  #end(turn: Turn, ending: NonNullable<Turn['ending']>): void {
    if (turn.ending !== null) return;
    turn.ending = ending;
    const link = this.#link;
    const { clock, times } = this.#deps;
    link?.control({ subtype: 'interrupt', cancel_queued: true }, (_ok, answer) =>
      turn.sent.cancelled(list(answer.cancelled)),
    );
    turn.cancelGrace = clock.after(times.interruptGraceMs, () => {
      void link?.stop({ graceMs: times.killGraceMs });
    });
  }

  /** Nothing good will come of this process any more. */
  #giveUp(problem: Problem): void {
    const turn = this.#turn;
    if (turn !== null) turn.ending ??= { status: 'failed', problem };
    void this.#link?.stop({ graceMs: this.#deps.times.killGraceMs });
  }

  #gone(link: Link): void {
    if (link !== this.#link) return;
    this.#link = null;
    if (this.#beginAfresh(link)) return;
    const turn = this.#turn;
    if (turn !== null) {
      for (const one of link.translator.abandon()) this.#emit(one as ProviderEvent);
      this.#approvals.withdrawAll();
      this.#finish(turn, turn.ending ?? { status: 'failed', problem: link.endProblem() });
    }
    // The next prompt may have come while the end of this turn was told.
    if (this.#link === null) this.#emit({ type: 'closed' });
  }

  /** The session to resume is not there any more: a new one, once, and said aloud. Nothing had been run for the prompt, so it is sent again. */
  #beginAfresh(link: Link): boolean {
    if (!link.resumeFailed || this.#lostSession || this.#closing !== null) return false;
    if (this.#turn !== null && (this.#turn.begun || this.#turn.ending !== null)) return false;
    this.#lostSession = true;
    this.#resume = null;
    this.#emit(resumeFailedNotice());
    this.#link = this.#open();
    if (this.#turn !== null) this.#send(this.#link, this.#turn);
    return true;
  }
}
