import { randomUUID } from 'node:crypto';
import type {
  ApprovalAnswer,
  Prompt,
  PromptAttachment,
  ProviderEvent,
  ProviderSession,
  ProviderStart,
} from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { PermissionMode } from '../../protocol/values.ts';
import { endProcesses } from '../process/end-processes.ts';
import { Silence } from '../process/silence.ts';
import { list } from '../shared/fields.ts';
import { Approvals } from './approvals.ts';
import { EventGate } from './event-gate.ts';
import type { Link } from './link.ts';
import { ModeKeeper } from './mode-keeper.ts';
import { ModelKeeper } from './model-keeper.ts';
import { backgroundEndedNotice, resumeLostText, silenceNotice } from './notices.ts';
import { notSignedIn, silent } from './problems.ts';
import { promptContent, readableMentions } from './prompt-content.ts';
import { Starter, type StarterDeps } from './starter.ts';
import type { Outcome, Translated, Usage } from './translated.ts';
import { type End, Turn } from './turn.ts';
import { addUsage } from './turn-outcome.ts';
import { answerLine, refuseLine, userLine } from './wire.ts';

export type ClaudeSessionDeps = Omit<StarterDeps, 'mode' | 'models' | 'emit'>;

/** One conversation with Claude Code over one process, which is started ahead of the first prompt. */
export class ClaudeSession implements ProviderSession {
  readonly #emit: (event: ProviderEvent) => void;
  readonly #deps: ClaudeSessionDeps;
  readonly #starter: Starter;
  readonly #gate: EventGate;
  readonly #approvals: Approvals;
  readonly #mode: ModeKeeper;
  readonly #models: ModelKeeper;
  #link: Link | null = null;
  #turn: Turn | null = null;
  /** The conversation to resume is not there (any more). */
  #lost = false;
  /** The CLI is in a turn that nobody asked for. */
  #unasked = false;
  #closing: Promise<void> | null = null;

  /** Starts the process; emits nothing before it returns. */
  constructor(start: ProviderStart, emit: (event: ProviderEvent) => void, deps: ClaudeSessionDeps) {
    const { clock, times, host } = deps;
    this.#emit = emit;
    this.#deps = deps;
    this.#mode = new ModeKeeper(start.mode, emit);
    this.#models = new ModelKeeper(start, emit);
    this.#starter = new Starter(start, { ...deps, mode: this.#mode, models: this.#models, emit });
    this.#approvals = new Approvals({ cwd: start.cwd, home: host.home, emit });
    this.#gate = new EventGate({
      clock,
      outputEveryMs: times.outputEveryMs,
      askOutput: (task_id, onAnswer) => this.#link?.control({ subtype: 'get_task_output', task_id }, onAnswer),
      emit,
    });
    if (this.#starter.canStart) this.#link = this.#open();
    else this.#lost = true;
  }

  prompt({ text, attachments }: Pick<Prompt, 'text' | 'attachments'>): void {
    if (this.#turn !== null || this.#closing !== null)
      throw new Error('A prompt in the middle of a turn, or after close.');
    const turn = new Turn({ text, attachments }, this.#watch());
    this.#turn = turn;
    if (this.#lost) {
      queueMicrotask(() => this.#tellLost(turn));
      return;
    }
    this.#models.tellBadModel();
    if (this.#link === null) this.#link = this.#open();
    else if (this.#gate.ranTools) this.#link.beginTurn();
    this.#send(this.#link, turn);
  }

  #watch(): Silence {
    const { clock, times } = this.#deps;
    return new Silence({
      clock,
      noticeMs: times.silenceNoticeMs,
      failMs: times.silenceFailMs,
      nonsense: () => this.#link?.speaksOnlyNonsense === true,
      excused: () => this.#link?.translator.toolOpen === true || this.#link?.translator.agentsRunning === true,
      onNotice: (silentMs) => this.#emit(silenceNotice(silentMs)),
      onFail: (silentMs) => {
        const nonsense = this.#link?.speaksNonsense ? this.#link.nonsenseProblem() : null;
        this.#giveUp(nonsense ?? silent(Math.round(silentMs / 60_000)));
      },
    });
  }

  steer(text: string, attachments: readonly PromptAttachment[] = []): boolean {
    const turn = this.#turn;
    const link = this.#link;
    if (turn === null || turn.ending !== null || link === null || !turn.delivered) return false;
    // One that did not tell could drop it without a word; then it waits its turn.
    if (!turn.sent.told) return false;
    const uuid = randomUUID();
    turn.sent.add(uuid);
    if (attachments.length === 0) link.write(userLine(readableMentions(text), uuid));
    else {
      void promptContent(text, attachments).then((content) => {
        if (this.#turn === turn && this.#link === link && turn.ending === null) link.write(userLine(content, uuid));
        else turn.sent.cancelled([uuid]);
      });
    }
    return true;
  }

  interrupt(): void {
    if (this.#turn !== null && this.#turn.ending === null) this.#end(this.#turn, { status: 'aborted' });
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    const answered = this.#approvals.answer(ref, answer);
    if (answered === null) return;
    const { line, toolCallId, allowed, form } = answered;
    this.#link?.write(line);
    if (!form) this.#link?.translator.answered(toolCallId, allowed);
    else
      for (const one of this.#link?.translator.formAnswered(toolCallId, allowed) ?? [])
        this.#pass(one as ProviderEvent);
  }

  setModel(model: string | null): void {
    this.#models.setModel(model, this.#link);
  }

  setEffort(effort: string | null): void {
    this.#models.setEffort(effort, this.#link);
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
    this.#unasked = false;
    const link: Link = this.#starter.open({
      onTranslated: (translated, useful) => this.#hear(link, translated, useful),
      onFlood: () => this.#giveUp(link.nonsenseProblem()),
      onGone: () => this.#gone(link),
    });
    return link;
  }

  #send(link: Link, turn: Turn): void {
    const uuid = randomUUID();
    turn.sent.add(uuid);
    const { text, attachments } = turn.prompt;
    if (attachments.length === 0 && this.#starter.ready === null) {
      this.#deliver(link, turn, readableMentions(text), uuid);
      return;
    }
    void Promise.all([promptContent(text, attachments), this.#starter.ready]).then(([content]) =>
      this.#deliver(link, turn, content, uuid),
    );
  }

  #deliver(link: Link, turn: Turn, content: string | readonly object[], uuid: string): void {
    if (this.#turn !== turn || this.#link !== link || turn.ending !== null) return;
    turn.delivered = true;
    this.#mode.assert(link);
    link.write(userLine(content, uuid));
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
        case 'cli_form':
          if (this.#turn === null || this.#unasked) link.write(answerLine(one.ref, { action: 'cancel' }));
          else this.#approvals.form(one);
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
        case 'cli_command_runs':
          this.#gate.commandRuns(one.taskId, one.toolCallId);
          break;
        case 'cli_agents':
          this.#agents(link, one.running);
          break;
        case 'commands':
          this.#starter.commandsAre(one.commands);
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
    const turn = this.#turn;
    // One that follows is ours, whatever became of it.
    this.#unasked = turn === null;
    if (turn !== null) {
      turn.cancelWait();
      turn.held = null;
      return;
    }
    link.control({ subtype: 'interrupt' });
    this.#emit(backgroundEndedNotice());
  }

  /** When the last of its sub-agents has ended, the CLI goes on by itself; if it does not, that was all. */
  #agents(link: Link, running: boolean): void {
    const turn = this.#turn;
    if (turn === null) return;
    turn.cancelWait();
    if (running || turn.held === null || turn.ending !== null || turn.sent.anyWaiting) return;
    const { clock, times } = this.#deps;
    turn.cancelWait = clock.after(times.afterAgentsMs, () => {
      if (turn.held !== null) this.#settle(link, turn, turn.held);
    });
  }

  #pass(event: ProviderEvent): void {
    if (event.type === 'session') this.#starter.goesOnAs(event.provider_session_id);
    this.#gate.pass(event, this.#unasked ? null : this.#turn);
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
    // Not the end of what was asked: the CLI has not begun with it, goes on with words that were put in, or waits for its sub-agents.
    const agentsWork = outcome.status === 'completed' && link.translator.agentsRunning;
    if (turn.ending === null && (turn.sent.anyWaiting || agentsWork)) {
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
    else if (turn.held !== null && !turn.sent.anyWaiting && !link.translator.agentsRunning) {
      this.#settle(link, turn, turn.held);
    }
  }

  #settle(link: Link, turn: Turn, outcome: Outcome): void {
    if (turn.settling) return;
    turn.settling = true;
    this.#approvals.withdrawAll();
    if (outcome.status !== 'completed') this.#abandon(link);
    const end = turn.endWith(outcome);
    // A turn that failed by itself keeps what it began in the background, as one that succeeded does.
    const mayLeave = this.#gate.ranTools && end.status === 'aborted';
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

  /** What is open of a turn that did not succeed will not be finished; sub-agents that it began are stopped. */
  #abandon(link: Link): void {
    if (link.translator.agentsRunning) link.control({ subtype: 'interrupt', cancel_queued: true });
    for (const one of link.translator.abandon()) this.#pass(one as ProviderEvent);
  }

  #finish(turn: Turn, end: End): void {
    if (this.#turn !== turn) return;
    this.#turn = null;
    this.#gate.turnEnded();
    for (const event of turn.close(end)) this.#emit(event);
    if (this.#link !== null) this.#starter.turnEnded(this.#link);
  }

  /** Stops the turn: the CLI's own interrupt, and if that does not help in time, the end of the process and all it started. */
  #end(turn: Turn, ending: NonNullable<Turn['ending']>): void {
    if (turn.ending !== null) return;
    turn.ending = ending;
    const link = this.#link;
    // The CLI has not heard of it yet.
    if (link === null || !turn.delivered) {
      this.#finish(turn, ending);
      return;
    }
    turn.cutShort = link.translator.agentsRunning;
    const { clock, times } = this.#deps;
    link.control({ subtype: 'interrupt', cancel_queued: true }, (_ok, answer) => {
      turn.sent.cancelled(list(answer.cancelled));
      // Between two turns of its own it says nothing more.
      if (turn.held !== null) this.#settle(link, turn, { status: 'aborted', resumeFailed: false });
    });
    turn.cancelGrace = clock.after(times.interruptGraceMs, () => {
      void link.stop({ graceMs: times.killGraceMs });
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
    const turn = this.#turn;
    if (link.resumeFailed && this.#closing === null && !turn?.begun && (turn?.ending ?? null) === null) {
      this.#lost = true;
      if (turn !== null) this.#tellLost(turn);
      return;
    }
    if (turn !== null) {
      for (const one of link.translator.abandon()) this.#pass(one as ProviderEvent);
      if (turn.ending === null) this.#approvals.abandonAll();
      else this.#approvals.withdrawAll();
      this.#finish(turn, turn.ending ?? { status: 'failed', problem: link.endProblem() });
    }
    // The next prompt may have come while the end of this turn was told.
    if (this.#link === null) this.#emit({ type: 'closed' });
  }

  /** Instead of everything else of the turn: nothing was run for it. Who gave the prompt gives it again, to a new conversation. */
  #tellLost(turn: Turn): void {
    if (this.#turn !== turn) return;
    this.#turn = null;
    turn.stopWaiting();
    this.#emit({
      type: 'resume_lost',
      text: resumeLostText,
      say: say('notice.conversationLost', { name: 'Claude Code' }),
    });
    this.#emit({ type: 'closed' });
  }
}
