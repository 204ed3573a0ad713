import { z } from 'zod';
import { SessionId } from './ids.ts';
import { type Language, languages } from './languages.ts';

/** What a page of the app's window tells main about itself, beside the frames. */
export const PageNote = z.discriminatedUnion('type', [
  /** Everything the system shows of the app is in this language too. */
  z.object({ type: z.literal('language'), language: z.enum(Object.keys(languages) as [Language, ...Language[]]) }),
  /** What it shows: nobody needs to be told of that while the window is in front. */
  z.object({ type: z.literal('shows'), session_id: SessionId.nullable(), inbox: z.boolean() }),
]);
export type PageNote = z.infer<typeof PageNote>;
