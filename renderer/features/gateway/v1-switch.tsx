import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { useGatewaySet } from './use-gateway-set.ts';

/** Accepts clients that send their key in clear, and says what that means. */
export function V1Switch({ status, onChanged }: { status: GatewayStatus; onChanged: () => void }) {
  const [asking, setAsking] = useState(false);
  const { set, saving, problem } = useGatewaySet(onChanged);
  const on = status.settings.allow_v1_on_lan;
  return (
    <section className="card">
      <h2>{t.gateway.v1.title}</h2>
      <SwitchRow
        label={t.gateway.v1.label}
        note={t.gateway.v1.warning}
        checked={on}
        disabled={saving}
        testId={testIds.gatewayV1}
        onChange={(next) => (next ? setAsking(true) : void set({ allow_v1_on_lan: false }))}
      />
      {on && (
        <p className="field-note is-warning with-icon">
          <TriangleAlert size={15} aria-hidden /> {t.gateway.v1.ask}
        </p>
      )}
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={t.gateway.v1.ask}
          note={t.gateway.v1.warning}
          action={t.gateway.v1.action}
          onConfirm={() => void set({ allow_v1_on_lan: true })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
