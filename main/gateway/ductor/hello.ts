import type { FirstFrame } from './door.ts';

/** What the first frame of a ductor client says. */
export interface Hello {
  token: string;
  /** Base64 as it came; looked at after the token. */
  e2e_pk: unknown;
  chat_id: number;
  /** Null: the client named none, or none that can be used. */
  channel_id: number | null;
}

/** The chat of a client that names none. */
export const defaultChat = 1;

/** No token of ours is longer; what is longer is not hashed. */
const maxTokenChars = 200;

/** Positive whole numbers count. JSON `true` is not one, whatever Python thinks. */
const idIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;

/** @returns null when it is not a hello at all (`auth_required`). */
export function readHello({ data, isBinary }: FirstFrame): Hello | null {
  if (isBinary) return null;
  let value: unknown;
  try {
    value = JSON.parse(data.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { type, token, e2e_pk, chat_id, channel_id } = value as Record<string, unknown>;
  if (type !== 'auth') return null;
  return {
    token: typeof token === 'string' && token.length <= maxTokenChars ? token : '',
    e2e_pk,
    chat_id: idIn(chat_id) ?? defaultChat,
    channel_id: idIn(channel_id),
  };
}
