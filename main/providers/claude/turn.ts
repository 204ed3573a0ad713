import type { ProviderEvent } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Silence } from '../process/silence.ts';
import { SentMessages } from './sent-messages.ts';
import type { Outcome, Usage } from './translated.ts';

export type End = { status: 'completed' | 'aborted' } | { status: 'failed'; problem: Problem };

/** The running turn. */
export class Turn {
  readonly text: string;
  readonly silence: Silence;
  sent = new SentMessages();
  usage: Usage | null = null;
  /** How the CLI's last turn ended, while it may go on with another one for ours. */
  held: Outcome | null = null;
  /** Set when the turn is to end: it was stopped, or must not go on. */
  ending: Exclude<End, { status: 'completed' }> | null = null;
  /** Something of the answer has come; sending the prompt again would do things twice. */
  begun = false;
  cancelGrace: () => void = () => {};

  constructor(text: string, silence: Silence) {
    this.text = text;
    this.silence = silence;
  }

  /** How it ends, given how the CLI says it ended. */
  endWith({ status, problem }: Outcome): End {
    // Stopped in the very moment in which it was done: then it was done.
    if (this.ending?.status === 'aborted' && status === 'completed') return { status };
    if (this.ending !== null) return this.ending;
    return status === 'failed' && problem !== undefined
      ? { status, problem }
      : { status: status === 'failed' ? 'aborted' : status };
  }

  /** The last things said of it, in order. */
  close(end: End): ProviderEvent[] {
    this.silence.stop();
    this.cancelGrace();
    const usage: ProviderEvent[] = this.usage === null ? [] : [{ type: 'usage', ...this.usage }];
    return [...usage, { type: 'turn_end', ...end }];
  }
}
