import type { LastUsed, Restrictions } from '../../../main/protocol/access.ts';
import type { Scope } from '../../../main/protocol/queries.ts';
import { formatDateTime, formatSince, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { Fold } from '../../ui/fold.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { useNow } from '../../ui/use-now.ts';
import { presetOf } from './scope-groups.ts';

interface AccessFactsProps {
  /** "created 3d ago" and the like. */
  begin: string;
  scopes: readonly Scope[];
  restrictions: Restrictions;
  expiresAt: number | null;
  lastUsed: LastUsed | null;
  /** Said at the end of the first line. */
  more?: string | null;
}

/** What a credential is, in three quiet lines: since when and until when, used by whom, and what it may do. */
export function AccessFacts({ begin, scopes, restrictions, expiresAt, lastUsed, more }: AccessFactsProps) {
  const now = useNow('minute');
  const home = useHomeFolder();
  const where = [
    restrictions.workspaces &&
      t.access.onlyFolders(restrictions.workspaces.map((one) => shortPath(one, home)).join(', ')),
    restrictions.sessions && t.access.onlySessions(restrictions.sessions.length),
  ].filter((part) => part !== undefined);
  return (
    <>
      <p className="access-facts">{[begin, endsWords(expiresAt, now), more].filter(Boolean).join(' · ')}</p>
      <p className="access-facts">
        {lastUsed
          ? `${t.access.lastUsed(formatSince(lastUsed.at, now))} ${t.access.lastUsedBy(lastUsed.address, lastUsed.client)}`
          : t.access.neverUsed}
      </p>
      <Fold className="access-rights" summary={[summaryOfScopes(scopes), ...where].join(' · ')}>
        {() => (
          <ul className="rights-list">
            {scopes.map((scope) => (
              <li key={scope}>{t.access.scope[scope]}</li>
            ))}
          </ul>
        )}
      </Fold>
    </>
  );
}

/** "Everything", the name of a preset, or how many rights. */
export function summaryOfScopes(scopes: readonly Scope[]): string {
  if (scopes.includes('admin')) return t.access.everything;
  const preset = presetOf(scopes);
  return preset === 'custom' ? t.access.rightsCount(scopes.length) : t.access.preset[preset].name;
}

function endsWords(expiresAt: number | null, now: number): string {
  if (expiresAt === null) return t.access.endsNever;
  return expiresAt > now ? t.access.endsAt(formatDateTime(expiresAt)) : t.access.endedAt(formatSince(expiresAt, now));
}
