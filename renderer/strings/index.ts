import { en, type Strings } from './en.ts';

/** The catalogue in use. */
export const t: Strings = en;
