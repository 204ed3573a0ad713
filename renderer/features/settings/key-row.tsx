import type { ApiKey } from '../../../main/protocol/access.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/use-now.ts';

export function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const now = useNow('minute');
  const ago = (ts: number): string => formatSince(ts, now);
  const revoked = apiKey.revoked_at !== null;
  const used =
    apiKey.last_used_at === null ? t.settings.keys.neverUsed : t.settings.keys.lastUsed(ago(apiKey.last_used_at));
  return (
    <li className={`key-row ${revoked ? 'is-revoked' : ''}`} data-testid={testIds.keyRow} data-key-id={apiKey.id}>
      <div className="key-text">
        <p className="key-name">
          {apiKey.name} <code>{apiKey.prefix}…</code>
        </p>
        <p className="key-facts">
          {t.settings.keys.createdAt(ago(apiKey.created_at))} · {used}
        </p>
        <p className="key-scopes">{apiKey.scopes.map((scope) => t.settings.scope[scope]).join(' · ')}</p>
      </div>
      {revoked ? (
        <span className="badge is-quiet">{t.settings.keys.revoked}</span>
      ) : (
        <Button size="small" variant="danger" data-testid={testIds.keyRevoke} onClick={onRevoke}>
          {t.settings.keys.revoke}
        </Button>
      )}
    </li>
  );
}
