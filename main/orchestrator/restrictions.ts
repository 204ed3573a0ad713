import type { Restrictions } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { isInside } from '../sessions/rules.ts';
import type { Folders, Principal } from './ports.ts';

type Narrowed = Pick<Principal, 'restrictions'>;

/** Is the credential narrowed to anything at all? */
export const isNarrowed = ({ restrictions }: Narrowed): boolean =>
  restrictions?.workspaces !== undefined || restrictions?.sessions !== undefined;

/** Does a session exist for whoever asks? Both lists must hold. */
export function isWithin({ restrictions }: Narrowed, session: Pick<SessionSummary, 'session_id' | 'cwd'>): boolean {
  const { workspaces, sessions } = restrictions ?? {};
  if (sessions && !sessions.includes(session.session_id)) return false;
  return !workspaces || workspaces.some((folder) => isInside(session.cwd, folder));
}

/** The sessions that exist for whoever asks, of these. */
export const sessionsWithin = (principal: Narrowed, sessions: readonly SessionSummary[]): ReadonlySet<string> =>
  new Set(sessions.filter((one) => isWithin(principal, one)).map(({ session_id }) => session_id));

/**
 * May whoever asks do something that concerns a folder as a whole: open a session in it, make a rule for it? A session that is yet to be made stands
 * in no list, so whoever is narrowed to single sessions may not.
 * @param folder - its real path, links resolved.
 */
export function isFolderWithin({ restrictions }: Narrowed, folder: string): boolean {
  const { workspaces, sessions } = restrictions ?? {};
  return !sessions && (!workspaces || workspaces.some((one) => isInside(folder, one)));
}

/** Is everything that `inner` reaches also within `outer`? In doubt it is not: each list of `outer` needs a list of `inner` that lies in it. */
export function isNarrowerOrEqual(inner: Restrictions, outer: Restrictions): boolean {
  if (outer.sessions && !inner.sessions?.every((one) => outer.sessions?.includes(one))) return false;
  const { workspaces } = outer;
  if (!workspaces) return true;
  return inner.workspaces?.every((one) => workspaces.some((folder) => isInside(one, folder))) ?? false;
}

/** What is said of every folder outside, whether it is there or not. */
export const noFolder: Problem = {
  code: 'not_found',
  say: say('reach.noFolder'),
  message: 'There is no such folder within what this credential is narrowed to.',
  impact: 'Nothing was opened, made or changed.',
  next: 'Choose a folder within it, or ask the owner to do it in the window.',
};

/**
 * Looks at a folder for whoever asks. To who is narrowed, a folder outside is like one that is not there: also when it cannot be read, and when a
 * link leads there from within.
 */
export async function inspectFor(principal: Narrowed, folders: Folders, path: string): ReturnType<Folders['inspect']> {
  const found = await folders.inspect(path);
  if (!isNarrowed(principal)) return found;
  if (isFolderWithin(principal, found.ok ? found.path : path)) return found;
  return { ok: false, problem: noFolder };
}

/** A provider without what it says of this machine and its accounts. */
export function withoutMachine(provider: ProviderInfo): ProviderInfo {
  const { path: _path, account: _account, passed_over: _passed, problem: _problem, ...shown } = provider;
  return shown;
}
