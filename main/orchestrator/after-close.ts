import type { ApprovalAnswer, Prompt, PromptAttachment, ProviderEvent, ProviderSession } from './ports.ts';

/**
 * A conversation that is taken up again only when the process that held it has ended: two at once would write over one another's transcript, and
 * the end of the first would end what the second has begun. Until then what is asked of it waits, in order; a stop does not.
 */
export class AfterClose implements ProviderSession {
  readonly #emit: (event: ProviderEvent) => void;
  #session: ProviderSession | null = null;
  #waiting: ((session: ProviderSession) => void)[] = [];
  #prompt: Prompt | null = null;
  #closed = false;
  readonly #ready: Promise<void>;

  /** @param failed - it could not be begun, with a defect; nothing will come of what was asked of it. */
  constructor(
    before: Promise<void>,
    start: (emit: (event: ProviderEvent) => void) => ProviderSession,
    emit: (event: ProviderEvent) => void,
    failed: (error: unknown) => void,
  ) {
    this.#emit = emit;
    this.#ready = before
      .catch(() => {})
      .then(() => {
        if (this.#closed) return;
        this.#session = start(emit);
        for (const ask of this.#waiting.splice(0)) ask(this.#session);
        if (this.#prompt) this.#session.prompt(this.#prompt);
      })
      .catch(failed);
  }

  #when(ask: (session: ProviderSession) => void): void {
    if (this.#session) ask(this.#session);
    else this.#waiting.push(ask);
  }

  prompt(turn: Prompt): void {
    if (this.#session) this.#session.prompt(turn);
    else this.#prompt = turn;
  }

  steer(text: string, attachments?: readonly PromptAttachment[]): boolean {
    return this.#session?.steer(text, attachments) ?? false;
  }

  interrupt(): void {
    if (this.#session) {
      this.#session.interrupt();
      return;
    }
    if (!this.#prompt) return;
    // Nobody has heard of the turn yet.
    this.#prompt = null;
    void Promise.resolve().then(() => this.#emit({ type: 'turn_end', status: 'aborted' }));
  }

  answer(ref: string, answer: ApprovalAnswer): void {
    this.#session?.answer(ref, answer);
  }

  setModel(model: string | null): void {
    this.#when((session) => session.setModel(model));
  }

  setEffort(effort: string | null): void {
    this.#when((session) => session.setEffort(effort));
  }

  setMode(mode: Parameters<ProviderSession['setMode']>[0]): void {
    this.#when((session) => session.setMode(mode));
  }

  setGoal(objective: string | null): void {
    this.#when((session) => session.setGoal?.(objective));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#ready;
    await this.#session?.close();
  }
}
