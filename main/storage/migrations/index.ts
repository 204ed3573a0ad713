import { migration as sessions } from './0010-sessions.ts';
import { migration as rules } from './0020-rules.ts';
import { migration as keys } from './0030-keys.ts';

/** Every change of the schema, in order. Numbered by tens: room between for a repair. A migration that has shipped is never edited. */
export const migrations = [sessions, rules, keys] as const;
