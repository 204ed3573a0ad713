import type { Prompt, PromptAttachment } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { Silence } from '../process/silence.ts';
import type { Call } from './slash-commands.ts';

export type End = { status: 'completed' | 'aborted' } | { status: 'failed'; problem: Problem };

/** The running turn. */
export class Turn {
  readonly prompt: Prompt;
  readonly silence: Silence;
  /** What it asks for, once that is known. */
  call: Call | null = null;
  /** Asked for; the CLI has not told its id yet. */
  sent = false;
  /** The CLI works on it. */
  active = false;
  /** The CLI's own id of it. */
  cliTurnId: string | null = null;
  /** By which it can be interrupted: a review runs under another id than that of its items. */
  activeId: string | null = null;
  /** How the CLI's turn ended, while it is not known what became of words that were put in. */
  held: End | null = null;
  /** Words on their way into the turn. */
  steers = 0;
  /** Words that came too late for the CLI's turn. */
  late: { text: string; attachments: readonly PromptAttachment[] }[] = [];
  /** Set when the turn is to end: it was stopped, or must not go on. */
  ending: Exclude<End, { status: 'completed' }> | null = null;
  /** What it left behind is being ended; nothing else decides about it any more. */
  settling = false;
  cancelGrace: () => void = () => {};

  constructor(prompt: Prompt, silence: Silence) {
    this.prompt = prompt;
    this.silence = silence;
  }

  /** How it ends, given how the CLI says it ended. */
  endWith(end: End): End {
    // Stopped in the very moment in which it was done: then it was done.
    if (this.ending?.status === 'aborted' && end.status === 'completed') return end;
    return this.ending ?? end;
  }
}
