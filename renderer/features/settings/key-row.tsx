import { Ellipsis, RefreshCw, ShieldOff, Trash2 } from 'lucide-react';
import type { ApiKey } from '../../../main/protocol/access.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AccessFacts } from '../access/access-facts.tsx';

interface KeyRowProps {
  apiKey: ApiKey;
  /** Name of the key in its place. */
  replacedBy: string | null;
  onAsk: (what: 'rotate' | 'revoke' | 'remove') => void;
}

export function KeyRow({ apiKey, replacedBy, onAsk }: KeyRowProps) {
  const now = useNow('minute');
  const state = stateOf(apiKey, now);
  const over = state === 'revoked' || state === 'expired';
  const words = t.access.keys;
  const items: MenuItem[] = [];
  if (!over && state !== 'replaced')
    items.push({
      id: 'rotate',
      label: words.rotate,
      icon: <RefreshCw size={15} aria-hidden />,
      testId: testIds.keyRotate,
      onSelect: () => onAsk('rotate'),
    });
  if (over)
    items.push({
      id: 'remove',
      label: words.remove,
      icon: <Trash2 size={15} aria-hidden />,
      testId: testIds.keyDelete,
      onSelect: () => onAsk('remove'),
    });
  else
    items.push({
      id: 'revoke',
      label: words.revoke,
      danger: true,
      icon: <ShieldOff size={15} aria-hidden />,
      testId: testIds.keyRevoke,
      onSelect: () => onAsk('revoke'),
    });
  return (
    <li className={`access-row ${over ? 'is-over' : ''}`} data-testid={testIds.keyRow} data-key-id={apiKey.id}>
      <div className="access-text">
        <p className="access-name">
          <span>{apiKey.name}</span> <code>{apiKey.prefix}…</code>
          {state !== 'good' && <span className="badge">{t.access.state[state]}</span>}
        </p>
        <AccessFacts
          begin={t.access.createdAt(formatSince(apiKey.created_at, now))}
          scopes={apiKey.scopes}
          restrictions={apiKey.restrictions}
          expiresAt={apiKey.expires_at}
          lastUsed={apiKey.last_used}
          more={apiKey.replaced_by === null ? null : words.replacedBy(replacedBy ?? apiKey.name)}
        />
      </div>
      <Menu
        label={words.menu(apiKey.name)}
        testId={testIds.keyMenu}
        trigger={<Ellipsis size={17} aria-hidden />}
        items={items}
      />
    </li>
  );
}

function stateOf(key: ApiKey, now: number): 'good' | 'revoked' | 'expired' | 'replaced' {
  if (key.revoked_at !== null) return 'revoked';
  if (key.expires_at !== null && key.expires_at <= now) return 'expired';
  return key.replaced_by === null ? 'good' : 'replaced';
}
