import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '../protocol/errors.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { ServerFrame } from '../protocol/frames.ts';
import type { ApprovalId, CommandId, QueueId, SessionId } from '../protocol/ids.ts';
import type { Attachment } from '../protocol/values.ts';
import { Approvals } from './approvals.ts';
import { newCommandId } from './client.ts';
import type { Line } from './connect.ts';
import { exitCodes } from './exit-codes.ts';
import { describeProblem, reportProblem } from './output.ts';
import type { SendDeps } from './send.ts';
import { readCommands } from './stdin-commands.ts';
import { TranscriptView } from './transcript-view.ts';
import { type Acknowledged, MessageTracker, type Progress } from './turn-of-message.ts';

/** How long a lost app is waited for, milliseconds. */
const reconnectMs = 30_000;
const reconnectPauseMs = 300;
/** Failures of a turn that say that it never really began. */
const neverBegan: readonly string[] = [
  'provider_missing',
  'provider_not_signed_in',
  'provider_unknown',
  'folder_missing',
  'folder_not_readable',
];

/** One message and the turn it causes: shows what comes, has approvals answered, lives through a restart of the app. */
export class Conversation {
  readonly #deps: SendDeps;
  readonly #text: string;
  #attachments: readonly Attachment[] = [];
  readonly #messageId: CommandId = newCommandId();
  #tracker = new MessageTracker();
  #view: TranscriptView;
  readonly #approvals: Approvals;
  #line: Line | null = null;
  #session: SessionId | null = null;
  #seq = 0;
  #acknowledged: Acknowledged | null = null;
  /** Frames that came while the answer to `attach` was on its way: it says how to read them. Null: they are read at once. */
  #held: ServerFrame[] | null = null;
  #stopAsked = false;
  #interrupts = 0;
  #sendingNow = false;
  #done = false;
  #finish: (code: number) => void = () => undefined;
  readonly #finished: Promise<number>;

  constructor(deps: SendDeps, text: string) {
    this.#deps = deps;
    this.#text = text;
    this.#finished = new Promise((resolve) => {
      this.#finish = (code) => {
        this.#done = true;
        resolve(code);
      };
    });
    const { io } = deps;
    this.#view = this.#newView();
    this.#approvals = new Approvals({
      io,
      runningAt: () => this.#line?.running?.url ?? null,
      respond: (approval_id, answer) =>
        this.#ask({ type: 'approval_response', approval_id: approval_id as ApprovalId, ...answer }),
      interrupt: () => this.interrupt(),
    });
  }

  /** Files that go with the message; they were uploaded. */
  attach(attachments: readonly Attachment[]): void {
    this.#attachments = attachments;
  }

  /** The first time it stops the turn, the second time it leaves at once. */
  interrupt(): void {
    this.#interrupts += 1;
    if (this.#interrupts > 1 || !this.#acknowledged) {
      this.#finish(exitCodes.stopped);
      return;
    }
    this.#deps.io.note('Stopping … (Ctrl+C again leaves at once)');
    void this.#abort();
  }

  /** Leaves at once. A turn of an app that runs goes on there; one that runs in this process ends with it. */
  leave(): void {
    this.#finish(exitCodes.stopped);
  }

  async #abort(): Promise<void> {
    this.#stopAsked = true;
    // Not known yet which turn is ours; the one that runs may be somebody else's. It is stopped when it is known.
    if (!this.#acknowledged) return;
    const progress = this.#tracker.progress(this.#acknowledged);
    if (progress.state === 'running') await this.#ask({ type: 'abort', turn_id: progress.turn_id });
    else if ((progress.state === 'waiting' || progress.state === 'stuck') && 'queue_id' in this.#acknowledged) {
      // The turn that runs is somebody else's; only our message is taken back.
      await this.#ask({ type: 'queue_remove', queue_id: this.#acknowledged.queue_id as QueueId });
    }
  }

  /** @returns the exit code. */
  async run(line: Line, session_id: SessionId, seq: number): Promise<number> {
    this.#session = session_id;
    this.#seq = seq;
    void this.#readInput();
    void this.#follow(line);
    return this.#finished;
  }

  /** Ends the line that is open now. */
  async close(first: Line): Promise<void> {
    this.#approvals.close();
    await (this.#line ?? first).close();
  }

  async #follow(first: Line): Promise<void> {
    let line: Line | null = first;
    while (line) {
      this.#line = line;
      line.client.onPush = (frame) => this.#frame(frame);
      const refused = await this.#begin(line);
      if (refused && !line.client.isClosed) {
        reportProblem(this.#deps.io, refused, this.#deps.json);
        this.#finish(exitCodes.refused);
        return;
      }
      await line.client.closed;
      line = this.#done ? null : await this.#again();
    }
  }

  async #begin({ client }: Line): Promise<Problem | null> {
    const session_id = this.#session!;
    this.#held = [];
    const attached = await client.ask<{ seq: number; reset: boolean }>({
      type: 'attach',
      session_id,
      after_seq: this.#seq,
    });
    if (attached.ok && attached.value.reset) this.#startOver();
    const held = this.#held;
    this.#held = null;
    for (const frame of held) this.#frame(frame);
    if (!attached.ok) return attached.error;
    // The same command_id again: after a lost connection it gets the first answer, not a second turn.
    const attachments = this.#attachments.length > 0 ? [...this.#attachments] : undefined;
    const sent = await client.ask<Acknowledged>(
      { type: 'message', session_id, text: this.#text, attachments },
      this.#messageId,
    );
    if (!sent.ok) return sent.error;
    const goal = 'goal_id' in sent.value;
    if (goal && !('turn_id' in sent.value)) {
      // `/goal pause` and its like: done with the answer, no turn follows.
      this.#finish(exitCodes.completed);
      return null;
    }
    if (goal && !this.#line?.running) {
      this.#deps.io.note(
        'Without the app a goal takes one turn and is paused then; `goal ID resume` goes on once it runs.',
      );
    }
    this.#acknowledged = sent.value;
    if (this.#stopAsked) void this.#abort();
    this.#look();
    return null;
  }

  #newView(): TranscriptView {
    const { io } = this.#deps;
    return new TranscriptView({ text: (chunk) => this.#out(chunk), line: (line) => io.note(line) }, false);
  }

  /** The log is shorter than what we have read of it: it was restored from a backup, and what we know of it may not be in it any more. */
  #startOver(): void {
    this.#deps.io.note(
      'The sessions of Quarterdeck were restored from a backup; this one is shown again from its beginning. If the message was lost, it is sent again.',
    );
    this.#seq = 0;
    this.#tracker = new MessageTracker();
    this.#view = this.#newView();
    this.#acknowledged = null;
    this.#approvals.startOver();
  }

  /** The app went away under us: it is looked for again, and the log is read on from where we were. */
  async #again(): Promise<Line | null> {
    this.#deps.io.note('The connection to Quarterdeck was lost; looking for it again …');
    const until = performance.now() + reconnectMs;
    let last: Problem | null = null;
    while (!this.#done && performance.now() < until) {
      await delay(reconnectPauseMs);
      const line = await this.#deps.connect();
      if (line.ok) return line.value;
      last = line.error;
    }
    if (last) this.#deps.io.note(describeProblem(last));
    this.#finish(exitCodes.stopped);
    return null;
  }

  /** Writes, and holds the app back while our own reader is behind. */
  #out(text: string): void {
    const { io } = this.#deps;
    const client = this.#line?.client;
    if (io.out(text) || !client) return;
    client.pause();
    io.onceDrained(() => client.resume());
  }

  #frame(frame: ServerFrame): void {
    if (this.#held) {
      this.#held.push(frame);
      return;
    }
    const { json, io } = this.#deps;
    if (frame.type === 'events') {
      const fresh = frame.events.filter((event) => event.session_id === this.#session && event.seq > this.#seq);
      for (const event of fresh) this.#event(event);
      this.#look();
      return;
    }
    if (json) {
      if (streamed.has(frame.type)) this.#out(`${JSON.stringify(frame)}\n`);
      else if (frame.type === 'problem') io.note(describeProblem(frame.problem));
    } else {
      this.#view.frame(frame);
    }
  }

  #event(event: DurableEvent): void {
    this.#seq = event.seq;
    this.#tracker.add(event);
    if (this.#deps.json) this.#out(`${JSON.stringify(event)}\n`);
    else this.#view.event(event);
    if (event.type === 'approval_request') this.#approvals.requested(event);
    else if (event.type === 'approval_resolved') this.#approvals.resolved(event);
  }

  #look(): void {
    if (!this.#acknowledged) return;
    const progress = this.#tracker.progress(this.#acknowledged);
    if (progress.state === 'ended') this.#finish(this.#exitCode(progress));
    else if (progress.state === 'cancelled') {
      this.#deps.io.note('The message was taken out of the queue before it was sent.');
      this.#finish(exitCodes.stopped);
    } else if (progress.state === 'stuck' && !this.#sendingNow && !this.#stopAsked) {
      this.#sendingNow = true;
      void this.#ask({ type: 'queue_send_now', queue_id: progress.queue_id as QueueId }).then(() => {
        this.#sendingNow = false;
      });
    }
  }

  #exitCode({ end }: Extract<Progress, { state: 'ended' }>): number {
    if (end.status === 'aborted' || end.status === 'interrupted') return exitCodes.stopped;
    if (end.status === 'failed')
      return neverBegan.includes(end.problem?.code ?? '') ? exitCodes.refused : exitCodes.failed;
    return this.#approvals.refusedUnattended ? exitCodes.refusedUnattended : exitCodes.completed;
  }

  /** Commands that a script writes to stdin. */
  async #readInput(): Promise<void> {
    const { readLines, note } = this.#deps.io;
    if (readLines) {
      await readCommands(readLines(), note, {
        abort: (turn_id) => (turn_id === null ? this.#abort() : this.#ask({ type: 'abort', turn_id })),
        keepGoing: () => this.#keepGoing(),
        respond: async (response, command_id) => {
          const answer = await this.#ask(response, command_id);
          return answer.ok ? null : describeProblem(answer.error);
        },
      });
    }
    this.#approvals.inputEnded();
  }

  /** Moves the time limit that is about to end our turn. @returns why it could not, or null. */
  async #keepGoing(): Promise<string | null> {
    const progress = this.#acknowledged && this.#tracker.progress(this.#acknowledged);
    if (progress?.state !== 'running') return 'keep_going: the turn does not run.';
    const answer = await this.#ask({ type: 'keep_going', turn_id: progress.turn_id });
    return answer.ok ? null : describeProblem(answer.error);
  }

  async #ask(command: Record<string, unknown>, command_id?: CommandId) {
    const client = this.#line!.client;
    return client.ask({ ...command, session_id: this.#session } as never, command_id);
  }
}

const streamed = new Set<string>([
  'text_delta',
  'reasoning_delta',
  'tool_input_delta',
  'tool_output_delta',
  'item_snapshot',
]);
