import type { Problem } from '../protocol/errors.ts';
import type { ImportedItem, ImportedSession, ImportStatus, SearchHit } from '../protocol/views.ts';
import type { OtherWriter } from './other-writer.ts';

/** What the reader in its own thread is started with. */
export interface ReaderOptions {
  /** The vault. */
  vault: string;
  /** The app's own database; read only. */
  log: string;
  home: string;
  /** What of the environment says where the CLIs keep their things. */
  env: Record<string, string | undefined>;
  /** Look at the CLIs' files after this long, milliseconds; null: only when told to. */
  scanAfterMs: number | null;
  /** Look again at files that changed not long ago, and at everything, this often, milliseconds. */
  hotMs: number;
  allMs: number;
  maxLineBytes: number;
  /** What is never kept, longest first: keys the app knows, which an agent's tools may have printed. */
  secrets?: readonly string[];
}

/** Questions to the reader, and what it answers. */
export interface Questions {
  status: { ask: Record<string, never>; answer: ImportStatus };
  /** Looks at everything now; the answer comes at once, or when all is done (`wait`). */
  scan: { ask: { wait: boolean }; answer: ImportStatus };
  list: {
    ask: { provider?: string; cursor?: string; limit: number };
    answer: { imports: ImportedSession[]; next: string | null };
  };
  find: { ask: { import_id: string }; answer: ImportedSession | null };
  read: {
    ask: { import_id: string; after: number; limit: number };
    answer: { session: ImportedSession; items: ImportedItem[] } | null;
  };
  said: {
    ask: { import_id: string; max_chars: number };
    answer: { kind: 'user' | 'text'; text: string }[];
  };
  search: { ask: { text: string; limit: number }; answer: { hits: SearchHit[]; more: boolean } };
  /** The app knows these from now on; see `ReaderOptions.secrets`. */
  secrets: { ask: { values: readonly string[] }; answer: null };
  /** The log of this app has grown. */
  log_changed: { ask: Record<string, never>; answer: null };
  enable: { ask: { enabled: boolean }; answer: null };
  close: { ask: Record<string, never>; answer: null };
}
export type Question = keyof Questions;

export type ToReader = { [Q in Question]: { id: number; question: Q; ask: Questions[Q]['ask'] } }[Question];

export type FromReader =
  | { id: number; ok: true; answer: unknown }
  | { id: number; ok: false; error: string }
  | { tell: 'status'; status: ImportStatus }
  | { tell: 'grown'; grown: { import_id: string; items: number }[] }
  | { tell: 'other_writer'; writers: OtherWriter[] }
  | { tell: 'notice'; notice: Problem }
  | { tell: 'error'; error: string };
