import { z } from 'zod';
import { limits } from './limits.ts';
import { query } from './query.ts';

/** Whose entries they are, e.g. a provider or the name of a script. */
export const KvAgent = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/);
/** Any text without control characters; a `/` is only a character. */
export const KvKey = z
  .string()
  .min(1)
  .max(512)
  .regex(/^\P{Cc}+$/u);

/** Something kept under a name. */
export const KvEntry = z.object({
  key: z.string(),
  value: z.string(),
  created_at: z.number().int(),
  updated_at: z.number().int(),
  /** Milliseconds since 1970; null: it stays. */
  expires_at: z.number().int().nullable(),
});
export type KvEntry = z.infer<typeof KvEntry>;

/** Entries of one agent, by key. Answer: `{entries: KvEntry[]}`. */
export const KvList = query('kv_list', { agent: KvAgent, prefix: z.string().max(512).optional() });
/** Answer: `KvEntry`. */
export const KvGet = query('kv_get', { agent: KvAgent, key: KvKey });
/** Keeps a value, in place of the one before. Answer: `KvEntry`. */
export const KvPut = query('kv_put', {
  agent: KvAgent,
  key: KvKey,
  value: z.string().max(limits.kvValueBytes),
  /** Gone after so long; absent: it stays. */
  ttl_ms: z
    .number()
    .int()
    .min(1)
    .max(3_650 * 86_400_000)
    .optional(),
});
export const KvDelete = query('kv_delete', { agent: KvAgent, key: KvKey });

export const kvQueries = [KvList, KvGet, KvPut, KvDelete] as const;
