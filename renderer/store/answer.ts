import type { Problem } from '../../main/protocol/errors.ts';

/** What came back for a command or a question: a result, or what a person should read. */
export type Answer<T = unknown> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };
