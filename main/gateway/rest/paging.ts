import { z } from 'zod';
import type { Answer } from '../route.ts';

export const PageQuery = {
  /** `X-Next-Cursor` of the page before. */
  cursor: z.string().min(1).max(300).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/**
 * A list as other gateways have it, a bare array, and where it goes on in two headers: `X-Next-Cursor`, and `Link` with `rel="next"` (RFC 8288).
 * @param next - of the hall's answer; null: this is the end.
 */
export function pageOf(url: string | undefined, rows: readonly unknown[], next: string | number | null): Answer {
  if (next === null) return { body: rows };
  const [path, query] = (url ?? '').split('?', 2);
  const at = new URLSearchParams(query);
  at.set('cursor', String(next));
  return { body: rows, headers: { 'x-next-cursor': String(next), link: `<${path}?${at}>; rel="next"` } };
}
