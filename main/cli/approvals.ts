import type { Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { DurableEvent } from '../protocol/events.ts';
import type { Answer, ApprovalRequest } from './approver.ts';
import { describeProblem, visibleLine } from './output.ts';
import type { SendIo } from './send.ts';

export interface ApprovalDeps {
  io: Pick<SendIo, 'interactive' | 'readLines' | 'ask' | 'note'>;
  /** Address of the app, where somebody else can answer; null: there is nobody else, the parts run in this process. */
  runningAt: () => string | null;
  respond: (approval_id: string, answer: Answer) => Promise<Result<unknown, Problem>>;
  interrupt: () => void;
}

/** What the agent is told when it asked and nobody was there. */
export const unattendedMessage =
  'Nobody was there to approve this, so it was refused automatically. Go on without it if you can, and say what you left out.';

/** Has the agent's requests answered: by the person at the terminal, by the script on stdin, or, with nobody there, in the way that harms least. */
export class Approvals {
  readonly #deps: ApprovalDeps;
  readonly #open = new Map<string, ApprovalRequest>();
  #asking: { id: string; stop: AbortController } | null = null;
  #inputEnded = false;
  #scheduled = false;
  #closed = false;
  readonly #told = new Set<string>();
  /** Something was refused because nobody was there. */
  refusedUnattended = false;

  constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  requested(request: ApprovalRequest): void {
    this.#open.set(request.approval_id, request);
    this.#schedule();
  }

  resolved({ approval_id }: Extract<DurableEvent, { type: 'approval_resolved' }>): void {
    this.#open.delete(approval_id);
    if (this.#asking?.id === approval_id) this.#asking.stop.abort();
  }

  /** The log is read again from its beginning: what was asked before counts no more. */
  startOver(): void {
    this.#open.clear();
    this.#told.clear();
    this.#asking?.stop.abort();
  }

  /** Nothing more comes on stdin. */
  inputEnded(): void {
    this.#inputEnded = true;
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#asking?.stop.abort();
  }

  /** Not at once: a rule or the mode may have answered, and then the answer is on its way already. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#closed) void this.#attend();
    });
  }

  async #attend(): Promise<void> {
    const { io } = this.#deps;
    if (io.interactive) {
      await this.#askPerson();
      return;
    }
    if (io.readLines && !this.#inputEnded) return;
    for (const request of [...this.#open.values()]) await this.#nobodyThere(request);
  }

  async #askPerson(): Promise<void> {
    const { io } = this.#deps;
    if (this.#asking) return;
    for (const request of this.#open.values()) {
      const stop = new AbortController();
      this.#asking = { id: request.approval_id, stop };
      const answer = await io.ask(request, stop.signal, this.#deps.interrupt);
      this.#asking = null;
      if (this.#closed) return;
      if (!answer) {
        if (!this.#open.has(request.approval_id)) io.note('(answered elsewhere)');
        else await this.#nobodyThere(request);
        continue;
      }
      await this.#respond(request, answer);
    }
  }

  async #nobodyThere(request: ApprovalRequest): Promise<void> {
    const { io, runningAt } = this.#deps;
    const what = `${visibleLine(request.tool)} ${visibleLine(request.title)}`;
    const url = runningAt();
    if (url !== null) {
      if (!this.#told.has(request.approval_id)) {
        io.note(
          `Waiting for an answer to: ${what}\nNobody is here to give it. Answer it in the app (${url}; \`open\` prints a link for a browser).`,
        );
      }
      this.#told.add(request.approval_id);
      return;
    }
    const done = await this.#respond(request, { decision: 'deny', message: unattendedMessage });
    if (!done) return;
    this.refusedUnattended = true;
    io.note(
      `Refused, because nobody is here to approve it: ${what}\nAllow such things beforehand with --mode accept-edits or --mode full, or start the app first and answer there.`,
    );
  }

  async #respond(request: ApprovalRequest, answer: Answer): Promise<boolean> {
    this.#open.delete(request.approval_id);
    const answered = await this.#deps.respond(request.approval_id, answer);
    if (!answered.ok && answered.error.code !== 'already_answered') this.#deps.io.note(describeProblem(answered.error));
    return answered.ok;
  }
}
