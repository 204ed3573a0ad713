import { Ellipsis, Pencil, ShieldOff, Trash2 } from 'lucide-react';
import type { Device } from '../../../main/protocol/access.ts';
import { formatSince } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { useNow } from '../../ui/use-now.ts';
import { AccessFacts } from '../access/access-facts.tsx';

interface DeviceRowProps {
  device: Device;
  onAsk: (what: 'change' | 'revoke' | 'remove') => void;
}

export function DeviceRow({ device, onAsk }: DeviceRowProps) {
  const now = useNow('minute');
  const words = t.access.devices;
  const ended =
    device.revoked_at !== null ? 'revoked' : device.expires_at !== null && device.expires_at <= now ? 'expired' : null;
  const change: MenuItem = {
    id: 'change',
    label: words.change,
    icon: <Pencil size={15} aria-hidden />,
    testId: testIds.deviceChange,
    onSelect: () => onAsk('change'),
  };
  const revoke: MenuItem = {
    id: 'revoke',
    label: words.revoke,
    danger: true,
    icon: <ShieldOff size={15} aria-hidden />,
    testId: testIds.deviceRevoke,
    onSelect: () => onAsk('revoke'),
  };
  const remove: MenuItem = {
    id: 'remove',
    label: words.remove,
    icon: <Trash2 size={15} aria-hidden />,
    testId: testIds.deviceDelete,
    onSelect: () => onAsk('remove'),
  };
  return (
    <li
      className={`access-row ${ended ? 'is-over' : ''}`}
      data-testid={testIds.deviceRow}
      data-device-id={device.id}
      data-online={device.online}
    >
      <div className="access-text">
        <p className="access-name">
          <span>{device.name}</span>
          {ended ? (
            <span className="badge">{t.access.state[ended]}</span>
          ) : (
            device.online && <span className="badge is-good">{t.access.state.online}</span>
          )}
        </p>
        <AccessFacts
          begin={t.access.pairedAt(formatSince(device.created_at, now))}
          scopes={device.scopes}
          restrictions={device.restrictions}
          expiresAt={device.expires_at}
          lastUsed={device.last_used}
        />
      </div>
      <Menu
        label={words.menu(device.name)}
        testId={testIds.deviceMenu}
        trigger={<Ellipsis size={17} aria-hidden />}
        // A device that has run out can be given more time; one that was revoked has to be paired again.
        items={ended === 'revoked' ? [remove] : [change, revoke]}
      />
    </li>
  );
}
