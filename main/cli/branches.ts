import { ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import type { Client } from './client.ts';
import { findSession } from './sessions.ts';

/** Opens a branch of a session. @param before - `seq` of the event it ends before; null: all of it. */
export async function forkSession(
  client: Client,
  options: { id: string; before: number | null; title: string | null },
): Promise<Result<{ session_id: SessionId }, Problem>> {
  const found = await findSession(client, options.id);
  if (!found.ok) return found;
  return client.ask<{ session_id: SessionId }>({
    type: 'fork_session',
    session_id: found.value.session_id,
    before_seq: options.before,
    ...(options.title === null ? {} : { title: options.title }),
  });
}

/** Goes on with another agent. */
export async function switchProvider(
  client: Client,
  options: { id: string; provider: string; model: string | null },
): Promise<Result<{ session_id: SessionId; provider: string }, Problem>> {
  const found = await findSession(client, options.id);
  if (!found.ok) return found;
  const { session_id } = found.value;
  const switched = await client.ask({
    type: 'set_provider',
    session_id,
    provider: options.provider as ProviderId,
    ...(options.model === null ? {} : { model: options.model }),
  });
  return switched.ok ? ok({ session_id, provider: options.provider }) : switched;
}
