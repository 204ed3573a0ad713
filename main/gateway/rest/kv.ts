import { z } from 'zod';
import { KvAgent, KvEntry, KvKey } from '../../protocol/kv.ts';
import { limits } from '../../protocol/limits.ts';
import { type Route, route } from '../route.ts';
import { answered, askHall } from './ask.ts';
import type { RestDeps } from './deps.ts';

const tag = 'Key-value store';
const Agent = z.object({ agent: KvAgent });
const Named = z.object({ agent: KvAgent, '*': KvKey });

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** Seconds, or a span such as `90s` or `1h30m`, as other gateways write it. */
export const Ttl = z.union([
  z.number().positive().max(315_360_000),
  z
    .string()
    .max(40)
    .regex(/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/),
]);

/** Milliseconds. */
export function ttlMs(ttl: z.infer<typeof Ttl>): number {
  if (typeof ttl === 'number') return Math.ceil(ttl * 1_000);
  let sum = 0;
  for (const [, number, unit] of ttl.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) sum += Number(number) * units[unit!]!;
  return Math.ceil(sum);
}

export function kvRoutes({ hall }: RestDeps): Route[] {
  return [
    route({
      method: 'GET',
      url: '/api/v1/kv/:agent',
      access: 'kv:read',
      tag,
      summary: 'Entries of one agent, by key, or those whose key begins with a prefix.',
      params: Agent,
      query: z.object({ prefix: z.string().max(512).optional() }),
      answer: () => z.object({ entries: z.array(KvEntry) }),
      handle: async (call) => answered(await askHall(hall, call, { type: 'kv_list', ...call.params, ...call.query })),
    }),
    route({
      method: 'GET',
      url: '/api/v1/kv/:agent/*',
      access: 'kv:read',
      tag,
      summary: 'One entry.',
      params: Named,
      answer: () => KvEntry,
      handle: async (call) =>
        answered(await askHall(hall, call, { type: 'kv_get', agent: call.params.agent, key: call.params['*'] })),
    }),
    route({
      method: 'PUT',
      url: '/api/v1/kv/:agent/*',
      access: 'kv:write',
      tag,
      summary: 'Keeps a value under a key, in place of the one before; `ttl` is in seconds, or a span such as "1h30m".',
      bodyBytes: limits.kvValueBytes * 6 + 1_024,
      params: Named,
      body: z.object({ value: z.string(), ttl: Ttl.optional() }),
      answer: () => KvEntry,
      async handle(call) {
        const { agent, '*': key } = call.params;
        const { value, ttl } = call.body;
        const ttl_ms = ttl === undefined ? undefined : ttlMs(ttl);
        if (Buffer.byteLength(value) > limits.kvValueBytes) {
          const message = `The value is larger than ${limits.kvValueBytes} bytes.`;
          return { refusal: { problem: { code: 'frame_too_large', message, impact: 'Nothing was kept.' } } };
        }
        return answered(await askHall(hall, call, { type: 'kv_put', agent, key, value, ttl_ms }));
      },
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/kv/:agent/*',
      access: 'kv:write',
      tag,
      summary: 'Deletes an entry.',
      params: Named,
      status: 204,
      answer: null,
      async handle(call) {
        const gone = await askHall(hall, call, { type: 'kv_delete', agent: call.params.agent, key: call.params['*'] });
        return gone.ok ? { status: 204 } : answered(gone);
      },
    }),
  ];
}
