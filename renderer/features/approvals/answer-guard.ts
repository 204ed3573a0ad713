/** A request is answerable only after it could have been seen for so long, milliseconds. */
export const unseenMs = 500;

export interface AnswerAttempt {
  /** When the card appeared; null: not yet. Same clock as `now`, milliseconds. */
  readonly shownAt: number | null;
  readonly now: number;
  /** The key is held down: meant, if at all, for what was there before. */
  readonly repeat: boolean;
}

/**
 * Whether a key or click can be meant for the request that is shown. The next request takes the place of an answered one at once: the rest of a
 * double click, or a key still held, would answer what nobody has read.
 */
export function isMeant({ shownAt, now, repeat }: AnswerAttempt): boolean {
  return !repeat && shownAt !== null && now - shownAt >= unseenMs;
}
