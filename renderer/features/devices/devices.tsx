import { Smartphone } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Device, PairingOffer } from '../../../main/protocol/access.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useClient } from '../../ui/client-context.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { EmptyCard } from '../access/empty-card.tsx';
import { QueryProblem } from '../settings/query-problem.tsx';
import { useQuery } from '../settings/use-query.ts';
import { DeviceDialog } from './device-dialog.tsx';
import { DeviceRow } from './device-row.tsx';
import { PairForm, type PairingRequest } from './pair-form.tsx';

// The QR code's tables are needed by whoever pairs a device, and by nobody else.
const PairingDialog = lazy(() => import('./pairing-dialog.tsx').then((module) => ({ default: module.PairingDialog })));

type Asked = { readonly what: 'change' | 'revoke' | 'remove'; readonly device: Device };

export function Devices() {
  const client = useClient();
  const { value, problem, reload } = useQuery<{ devices: Device[] }>('devices_list', 'devices');
  const identity = useQuery<{ fingerprint: string }>('gateway_identity');
  const [adding, setAdding] = useState(false);
  const [pairing, setPairing] = useState<{ request: PairingRequest; offer: PairingOffer } | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const words = t.access.devices;
  const end = async (type: 'devices_revoke' | 'devices_delete', { id }: Device): Promise<void> => {
    const answer = await client.request({ type, id });
    if (!answer.ok) client.report(answer.problem);
    await reload();
  };
  const devices = [...(value?.devices ?? [])].sort((a, b) => b.created_at - a.created_at);
  return (
    <>
      <div className="pane-lead">
        <p className="lead">{words.lead}</p>
        {!adding && (
          <Button
            variant="primary"
            icon={<Smartphone size={15} aria-hidden />}
            data-testid={testIds.devicePair}
            onClick={() => setAdding(true)}
          >
            {words.pair}
          </Button>
        )}
      </div>
      {adding && (
        <PairForm
          onOffer={(request, offer) => {
            setAdding(false);
            setPairing({ request, offer });
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {problem && <QueryProblem problem={problem} onRetry={() => void reload()} />}
      {value && devices.length === 0 && !adding && (
        <EmptyCard icon={<Smartphone size={22} aria-hidden />} title={words.none} note={words.noneNote} />
      )}
      <ul className="card-list">
        {devices.map((device) => (
          <DeviceRow key={device.id} device={device} onAsk={(what) => setAsked({ what, device })} />
        ))}
      </ul>
      {identity.value && (
        <section className="card">
          <h2>{words.fingerprint}</h2>
          <Fingerprint value={identity.value.fingerprint} testId={testIds.gatewayFingerprint} />
          <p className="field-note">{words.fingerprintNote}</p>
        </section>
      )}
      {pairing && (
        <Suspense>
          <PairingDialog
            request={pairing.request}
            first={pairing.offer}
            onClose={() => {
              setPairing(null);
              void reload();
            }}
          />
        </Suspense>
      )}
      {asked?.what === 'change' && (
        <DeviceDialog
          device={asked.device}
          onClose={() => {
            setAsked(null);
            void reload();
          }}
        />
      )}
      {asked?.what === 'revoke' && (
        <ConfirmDialog
          title={words.revokeTitle(asked.device.name)}
          note={words.revokeNote}
          action={words.revokeAction}
          onConfirm={() => void end('devices_revoke', asked.device)}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.what === 'remove' && (
        <ConfirmDialog
          title={words.removeTitle(asked.device.name)}
          note={words.removeNote}
          action={words.removeAction}
          onConfirm={() => void end('devices_delete', asked.device)}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}
