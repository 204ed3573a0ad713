import type { Clock } from '../../base/clock.ts';
import type { Prompt, PromptAttachment, ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import { Silence } from '../process/silence.ts';
import { type Fields, fields, string } from '../shared/fields.ts';
import type { Approvals } from './approvals.ts';
import type { NativeGoal } from './goal.ts';
import type { Hearing } from './hearing.ts';
import { attachmentsUnusedNotice, retryNotice, silenceNotice, unaskedTurnNotice, warningNotice } from './notices.ts';
import { notSignedIn, requestRefused, silent } from './problems.ts';
import { promptInput } from './prompt-input.ts';
import type { Thread, TurnSettings } from './thread.ts';
import type { CodexTimes } from './times.ts';
import { type End, Turn } from './turn.ts';
import { isSignInRefused, turnProblem } from './turn-problem.ts';

export interface TurnsDeps {
  /** Folder of the session. */
  cwd: string;
  clock: Clock;
  times: CodexTimes;
  approvals: Approvals;
  hearing: Hearing;
  goal: NativeGoal;
  settings: Readonly<TurnSettings>;
  emit: (event: ProviderEvent) => void;
  thread: () => Thread | null;
  /** The record is to know which thread it is. */
  onTold: (thread: Thread) => void;
  /** The CLI does not obey any more. */
  giveUp: () => void;
}

/** The turns of one conversation, one after the other: each from the prompt to its end, whatever the CLI does. */
export class Turns {
  readonly #deps: TurnsDeps;
  #turn: Turn | null = null;

  constructor(deps: TurnsDeps) {
    this.#deps = deps;
  }

  /** The running one. */
  get current(): Turn | null {
    return this.#turn;
  }

  /** A prompt was taken; `begin` follows when its thread is open. */
  take(prompt: Prompt): void {
    this.#turn = new Turn(prompt, this.#watch());
  }

  steer(text: string, attachments: readonly PromptAttachment[] = []): boolean {
    const [turn, thread] = [this.#turn, this.#deps.thread()];
    if (turn === null || turn.ending !== null || turn.settling || turn.held !== null) return false;
    // A compaction and a review take no words.
    if (thread === null || turn.cliTurnId === null || turn.call?.kind !== 'prompt') return false;
    turn.steers++;
    thread.steer(turn.cliTurnId, promptInput(text, this.#deps.cwd, attachments), (answer) => {
      turn.steers = Math.max(0, turn.steers - 1);
      if (!answer.ok && !answer.gone) turn.late.push({ text, attachments });
      if (turn.held !== null && turn.steers === 0) this.#settle(turn, turn.held);
    });
    return true;
  }

  interrupt(): void {
    if (this.#turn !== null) this.#end(this.#turn, { status: 'aborted' });
  }

  /** It cannot go on. How it was to end already stands. */
  fail(problem: Problem): void {
    const turn = this.#turn;
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'failed', problem });
  }

  /** Its process or thread is gone, because it was ended. */
  abort(): void {
    const turn = this.#turn;
    if (turn !== null) this.#finish(turn, turn.ending ?? { status: 'aborted' });
  }

  /** Takes the turn back, without an end: nothing of it was run. @returns false when it was to end anyway, and has. */
  takeBack(): boolean {
    const turn = this.#turn;
    if (turn === null) return false;
    if (turn.ending !== null) {
      this.#finish(turn, turn.ending);
      return false;
    }
    turn.silence.stop();
    turn.cancelGrace();
    this.#turn = null;
    return true;
  }

  /** The thread is open. */
  begin(): void {
    const [turn, thread] = [this.#turn, this.#deps.thread()];
    if (turn === null) return;
    if (turn.ending !== null) {
      this.#finish(turn, turn.ending);
      return;
    }
    // A prompt would become part of the turn that is just being stopped.
    if (thread === null || thread.unasked) return;
    for (const words of thread.server.takeWarnings()) this.#deps.emit(warningNotice(words));
    this.#deps.goal.assert(thread, () => {
      if (this.#turn !== turn || thread !== this.#deps.thread()) return;
      if (turn.ending !== null) this.#finish(turn, turn.ending);
      else this.#send(thread, turn, turn.prompt.text, turn.prompt.attachments);
    });
  }

  #send(thread: Thread, turn: Turn, text: string, attachments: readonly PromptAttachment[]): void {
    const call = this.#deps.hearing.commands.read(text);
    turn.call = call;
    turn.sent = true;
    turn.active = false;
    turn.cliTurnId = null;
    turn.activeId = null;
    if (call.kind !== 'prompt' && attachments.length > 0) this.#deps.emit(attachmentsUnusedNotice(call.kind));
    const input = call.kind === 'prompt' ? promptInput(call.text, this.#deps.cwd, attachments, call.skill) : [];
    this.#deps.hearing.begin(thread, call);
    thread.begin(call, input, this.#deps.settings, (answer) => {
      if (this.#turn !== turn || turn.settling) return;
      if (answer.ok) this.#began(turn, string(fields(answer.result.turn).id));
      else if (!answer.gone)
        this.#finish(turn, turn.ending ?? { status: 'failed', problem: requestRefused(answer.error) });
    });
  }

  #began(turn: Turn, cliTurnId: string | undefined): void {
    if (cliTurnId === undefined || turn.cliTurnId !== null) return;
    turn.cliTurnId = cliTurnId;
    const thread = this.#deps.thread();
    if (thread === null || thread.id === null || thread.told) return;
    thread.told = true;
    this.#deps.onTold(thread);
  }

  #watch(): Silence {
    const { clock, times } = this.#deps;
    const nonsense = () => this.#deps.thread()?.server.nonsenseProblem() ?? null;
    return new Silence({
      clock,
      noticeMs: times.silenceNoticeMs,
      failMs: times.silenceFailMs,
      nonsense: () => nonsense() !== null,
      excused: () => this.#deps.hearing.translator.toolOpen,
      onNotice: (silentMs) => this.#deps.emit(silenceNotice(silentMs)),
      onFail: (silentMs) => {
        const turn = this.#turn;
        if (turn === null) return;
        turn.ending ??= { status: 'failed', problem: nonsense() ?? silent(Math.round(silentMs / 60_000)) };
        this.#deps.giveUp();
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
    if (!turn.sent && !this.#deps.thread()?.opening) {
      queueMicrotask(() => this.#finish(turn, ending));
      return;
    }
    const { clock, times } = this.#deps;
    turn.cancelGrace = clock.after(times.interruptGraceMs, () => this.#deps.giveUp());
    if (turn.active) this.#requestInterrupt(turn);
  }

  /** Only a turn that has begun can be interrupted; before that, the CLI knows of none. */
  #requestInterrupt(turn: Turn): void {
    this.#deps.thread()?.interrupt(turn.activeId ?? turn.cliTurnId, (answer) => {
      // It was over already, and its end was not for us to hear.
      if (!answer.ok && !answer.gone && turn.ending !== null) this.#settle(turn, turn.ending);
    });
  }

  #settle(turn: Turn, how: End): void {
    if (this.#turn !== turn || turn.settling) return;
    const { clock, times } = this.#deps;
    if (turn.steers > 0 && turn.ending === null) {
      turn.held = how;
      turn.cancelGrace = clock.after(times.interruptGraceMs, () => {
        turn.steers = 0;
        this.#settle(turn, how);
      });
      return;
    }
    turn.cancelGrace();
    const late = turn.late.splice(0);
    const thread = this.#deps.thread();
    if (late.length > 0 && turn.ending === null && how.status === 'completed' && thread !== null) {
      // It came when the CLI had just finished: it is the turn's last part.
      turn.held = null;
      const text = late.map((one) => one.text).join('\n\n');
      const attachments = late.flatMap((one) => one.attachments);
      this.#send(thread, turn, text, attachments);
      return;
    }
    turn.settling = true;
    this.#deps.approvals.withdrawAll();
    const end = turn.endWith(how);
    // A turn that failed by itself keeps what it began in the background, as one that succeeded does.
    if (thread?.ranTools && (end.status === 'aborted' || turn.ending !== null)) {
      const commands = new Set(this.#deps.hearing.translator.openCommands());
      void thread.sweep(commands, times.toolGraceMs).then(() => this.#finish(turn, end));
    } else this.#finish(turn, end);
  }

  #finish(turn: Turn, end: End): void {
    if (this.#turn !== turn) return;
    turn.settling = true;
    turn.silence.stop();
    turn.cancelGrace();
    if (end.status === 'failed' && turn.ending === null) this.#deps.approvals.abandonAll();
    else this.#deps.approvals.withdrawAll();
    this.#deps.hearing.end(end.status);
    this.#turn = null;
    this.#deps.emit({ type: 'turn_end', ...end });
  }

  /** @returns whether there is nothing more in this message. */
  notification(method: string, params: Fields, thread: Thread): boolean {
    const turn = this.#turn;
    switch (method) {
      case 'turn/started':
        this.#turnStarted(fields(params.turn), turn, thread);
        return true;
      case 'turn/completed':
        this.#turnCompleted(fields(params.turn), turn, thread);
        return true;
      case 'error':
        if (!thread.unasked && turn !== null) this.#failing(turn, params);
        return true;
    }
    return false;
  }

  /** A goal or something in the background can make the CLI go on by itself. Nobody asked: it is stopped, and the person is told. */
  #turnStarted(started: Fields, turn: Turn | null, thread: Thread): void {
    const id = string(started.id);
    if (turn?.sent && !turn.settling) {
      // A review tells its beginning under another id than its items and its end.
      this.#began(turn, turn.call?.kind === 'review' ? (string(started.rootTurnId) ?? id) : id);
      turn.active = true;
      turn.activeId = id ?? null;
      if (turn.ending !== null) this.#requestInterrupt(turn);
      return;
    }
    thread.unasked = true;
    thread.interrupt(id ?? null);
    this.#deps.emit(unaskedTurnNotice());
  }

  #turnCompleted(completed: Fields, turn: Turn | null, thread: Thread): void {
    if (thread.unasked) {
      thread.unasked = false;
      if (turn !== null && !turn.sent) this.begin();
      return;
    }
    if (turn === null || (turn.cliTurnId !== null && completed.id !== turn.cliTurnId && completed.id !== turn.activeId))
      return;
    if (completed.status === 'completed') this.#settle(turn, { status: 'completed' });
    else if (completed.status === 'interrupted') this.#settle(turn, { status: 'aborted' });
    else {
      const problem = turnProblem(fields(completed.error), thread.server.limits.resetsAt());
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
    this.#deps.hearing.voidOpen();
    this.#deps.emit(retryNotice(words || 'the answer broke off'));
  }
}
