import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ProblemText } from '../../ui/problem-text.tsx';
import { SwitchRow } from '../../ui/switch-row.tsx';
import { useGatewaySet } from './use-gateway-set.ts';

const words = t.gateway.v1;

/** Accepts clients that send their key in clear, and says what that means. */
export function V1Switch({ status, onChanged }: { status: GatewayStatus; onChanged: () => void }) {
  const [asking, setAsking] = useState(false);
  const { set, saving, problem } = useGatewaySet(onChanged);
  const on = status.settings.allow_v1_on_lan;
  return (
    <section className="card">
      <h2>{words.title}</h2>
      <SwitchRow
        label={words.label}
        note={words.warning}
        checked={on}
        disabled={saving}
        testId={testIds.gatewayV1}
        onChange={(next) => (next ? setAsking(true) : void set({ allow_v1_on_lan: false }))}
      />
      {on && (
        <p className="field-note is-warning with-icon">
          <TriangleAlert size={15} aria-hidden /> {words.ask}
        </p>
      )}
      {problem && (
        <div className="field-error" role="alert">
          <ProblemText problem={problem} />
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={words.ask}
          note={words.warning}
          action={words.action}
          onConfirm={() => void set({ allow_v1_on_lan: true })}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}
