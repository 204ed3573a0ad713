import { z } from 'zod';
import { type Language, languages } from './languages.ts';

/** What a page of the app's window tells main about itself, beside the frames. */
export const PageNote = z.discriminatedUnion('type', [
  /** Everything the system shows of the app is in this language too. */
  z.object({ type: z.literal('language'), language: z.enum(Object.keys(languages) as [Language, ...Language[]]) }),
]);
export type PageNote = z.infer<typeof PageNote>;
