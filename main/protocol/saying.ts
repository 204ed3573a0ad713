import { z } from 'zod';
import type { Sentences } from './sentences/index.ts';

/** The stable name of something the app says to a person. */
export type SentenceId = keyof Sentences;

/**
 * Which of the app's sentences stands beside this, and what fills it. English words always stand there too, for scripts, logs and every client that
 * does not know the name; a page that has a sentence of this name in its reader's language shows that instead.
 */
export const Saying = z.object({
  id: z.string().max(100),
  with: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** The sentence that says what to do next, where it is not the usual one of `id`. */
  next: z
    .object({ id: z.string().max(100), with: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
    .optional(),
});
export type Saying = z.infer<typeof Saying>;

type Filling<Id extends SentenceId> = keyof Sentences[Id] extends never ? [] : [Sentences[Id]];

/** Names a sentence and fills it. The English words are written next to the call, the others in `renderer/strings/<language>/said/`. */
export function say<Id extends SentenceId>(id: Id, ...[filling]: Filling<Id>): Saying {
  return filling === undefined ? { id } : { id, with: { ...(filling as Record<string, string | number>) } };
}

/** The same, with another advice at its end. */
export const sayWith = (saying: Saying | undefined, next: Saying): Pick<Saying, 'id' | 'with' | 'next'> | undefined =>
  saying === undefined ? undefined : { ...saying, next: { id: next.id, ...(next.with ? { with: next.with } : {}) } };
