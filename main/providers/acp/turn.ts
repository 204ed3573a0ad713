import type { Prompt, ProviderEvent } from '../../orchestrator/ports.ts';
import type { Silence } from '../process/silence.ts';
import type { Outcome } from './turn-outcome.ts';
import type { Usage } from './usage.ts';

/** The running turn. */
export class Turn {
  readonly prompt: Prompt;
  readonly silence: Silence;
  /** It is on its way to the agent. */
  delivering = false;
  /** The agent was given the prompt. */
  sent = false;
  /** The agent has said how it ended; what comes now is late. */
  settled = false;
  /** Set when the turn is to end: it was stopped, or must not go on. */
  ending: Exclude<Outcome, { status: 'completed' }> | null = null;
  usage: Usage | null = null;
  cancelGrace: () => void = () => {};

  constructor(prompt: Prompt, silence: Silence) {
    this.prompt = prompt;
    this.silence = silence;
  }

  /** How it ends, given how the agent says it ended. */
  endWith(outcome: Outcome): Outcome {
    // Stopped in the very moment in which it was done: then it was done.
    if (this.ending?.status === 'aborted' && outcome.status === 'completed') return outcome;
    return this.ending ?? outcome;
  }

  /** The last things said of it, in order. */
  close(end: Outcome): ProviderEvent[] {
    this.silence.stop();
    this.cancelGrace();
    const usage: ProviderEvent[] = this.usage === null ? [] : [{ type: 'usage', ...this.usage }];
    return [...usage, { type: 'turn_end', ...end }];
  }
}
