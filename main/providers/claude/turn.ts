import type { Prompt, ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Silence } from '../process/silence.ts';
import { SentMessages } from './sent-messages.ts';
import type { Outcome, Usage } from './translated.ts';

export type End = { status: 'completed' | 'aborted' } | { status: 'failed'; problem: Problem };

/** The running turn. */
export class Turn {
  readonly prompt: Pick<Prompt, 'text' | 'attachments'>;
  readonly silence: Silence;
  readonly sent = new SentMessages();
  /** The prompt was written to the CLI. */
  delivered = false;
  usage: Usage | null = null;
  /** How the CLI's last turn ended, while it may go on with another one for ours: with words that were put in, or after its sub-agents. */
  held: Outcome | null = null;
  /** Set when the turn is to end: it was stopped, or must not go on. */
  ending: Exclude<End, { status: 'completed' }> | null = null;
  /** It was stopped while sub-agents worked: whatever the CLI says of its own turn, ours was not done. */
  cutShort = false;
  /** Its end is on the way. */
  settling = false;
  /** Something of the answer has come; sending the prompt again would do things twice. */
  begun = false;
  cancelGrace: () => void = () => {};
  cancelWait: () => void = () => {};

  constructor(prompt: Pick<Prompt, 'text' | 'attachments'>, silence: Silence) {
    this.prompt = prompt;
    this.silence = silence;
  }

  /** How it ends, given how the CLI says it ended. */
  endWith({ status, problem }: Outcome): End {
    // Stopped in the very moment in which it was done: then it was done.
    if (this.ending?.status === 'aborted' && status === 'completed' && !this.cutShort) return { status };
    if (this.ending !== null) return this.ending;
    return status === 'failed' && problem !== undefined
      ? { status, problem }
      : { status: status === 'failed' ? 'aborted' : status };
  }

  /** Nobody waits for anything of it any more. */
  stopWaiting(): void {
    this.silence.stop();
    this.cancelGrace();
    this.cancelWait();
  }

  /** The last things said of it, in order. */
  close(end: End): ProviderEvent[] {
    this.stopWaiting();
    const usage: ProviderEvent[] = this.usage === null ? [] : [{ type: 'usage', ...this.usage }];
    return [...usage, { type: 'turn_end', ...end }];
  }
}
