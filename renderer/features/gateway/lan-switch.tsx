import { Globe, Lock, Radio } from 'lucide-react';
import { useState } from 'react';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { addressesAfter } from './addresses-after.ts';
import { useGatewaySet } from './use-gateway-set.ts';

interface SectionProps {
  status: GatewayStatus;
  onChanged: () => void;
}

/** Lets other devices on the network in; what becomes reachable is shown before it is. */
export function LanSwitch({ status, onChanged }: SectionProps) {
  const [asking, setAsking] = useState(false);
  const { set, saving, problem } = useGatewaySet(onChanged);
  const { lan } = status.settings;
  return (
    <section className="card">
      <h2>{t.gateway.lan.title}</h2>
      <SwitchRow
        label={t.gateway.lan.label}
        note={lan ? t.gateway.lan.on : t.gateway.lan.off}
        checked={lan}
        disabled={saving}
        testId={testIds.gatewayLan}
        onChange={(on) => (on ? setAsking(true) : void set({ lan: false }))}
      />
      {problem && !asking && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      {asking && (
        <Dialog title={t.gateway.lan.ask} testId={testIds.gatewayLanDialog} onClose={() => setAsking(false)}>
          {(close) => (
            <>
              <Becomes status={status} />
              {problem && (
                <div className="field-error" role="alert">
                  <ProblemText problem={problem} />
                </div>
              )}
              <div className="dialog-actions">
                <Button onClick={close}>{t.common.cancel}</Button>
                <Button
                  variant="primary"
                  disabled={saving}
                  off={addressesAfter(status).length === 0 && t.gateway.interfaces.none}
                  data-testid={testIds.confirm}
                  onClick={async () => {
                    if (await set({ lan: true })) close();
                  }}
                >
                  {t.gateway.lan.action}
                </Button>
              </div>
            </>
          )}
        </Dialog>
      )}
    </section>
  );
}

function Becomes({ status }: { status: GatewayStatus }) {
  const addresses = addressesAfter(status);
  return (
    <>
      <p>{t.gateway.lan.becomes}</p>
      <ul className="reach-list">
        <li>
          <Globe size={16} aria-hidden /> {t.gateway.lan.reach.page}
        </li>
        <li>
          <Lock size={16} aria-hidden /> {t.gateway.lan.reach.sealed}
        </li>
        <li>
          <Radio size={16} aria-hidden /> {t.gateway.lan.reach.health}
        </li>
      </ul>
      <p>{addresses.length > 0 ? t.gateway.lan.addresses : t.gateway.lan.noAddresses}</p>
      <ul className="mono-list">
        {addresses.map((address) => (
          <li key={address}>
            <code>{address}</code>
          </li>
        ))}
      </ul>
      {status.settings.tls === 'off' && <p className="field-note">{t.gateway.lan.stays}</p>}
    </>
  );
}
