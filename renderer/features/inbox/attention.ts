import type { ApprovalId } from '../../../main/protocol/ids.ts';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { isUnread } from '../../store/seen.ts';

interface OfSession {
  readonly kind: 'failed' | 'interrupted' | 'goal_blocked';
  readonly session: SessionSummary;
}

/** Something besides a request that goes no further without a person. */
export type Attention =
  | OfSession
  | { readonly kind: 'provider'; readonly provider: ProviderInfo; readonly sessions: number };

/** Agents of sessions that are still worked on; a CLI nobody uses needs nobody. */
const needsPerson: ReadonlySet<ProviderInfo['state']> = new Set(['not_signed_in', 'too_old', 'broken', 'not_found']);

/**
 * What needs a person, besides requests: turns that ended badly since one last looked, goals that say they are stuck, and agents that cannot be used
 * any more. Latest first.
 */
export function attentionOf(
  sessions: Iterable<SessionSummary>,
  providers: readonly ProviderInfo[],
  seen: Parameters<typeof isUnread>[0],
): readonly Attention[] {
  const open = [...sessions].filter((one) => !one.archived);
  const ofSessions = open
    .flatMap((session): OfSession[] => {
      if (session.goal?.status === 'blocked') return [{ kind: 'goal_blocked', session }];
      if ((session.status === 'failed' || session.status === 'interrupted') && isUnread(seen, session))
        return [{ kind: session.status, session }];
      return [];
    })
    .sort((a, b) => b.session.updated_at - a.session.updated_at);
  const ofProviders = providers.flatMap((provider): Attention[] => {
    if (!needsPerson.has(provider.state)) return [];
    const used = open.filter((one) => one.provider === provider.id).length;
    return used > 0 ? [{ kind: 'provider', provider, sessions: used }] : [];
  });
  return [...ofSessions, ...ofProviders];
}

/** Requests that wait for a person, in sessions that were not put away. */
export const pendingOf = (sessions: Iterable<SessionSummary>): readonly ApprovalId[] =>
  [...sessions].flatMap((one) => (one.archived ? [] : one.pending_approvals));
