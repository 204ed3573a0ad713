import type { GatewayStatus } from '../../../main/protocol/gateway.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { QueryProblem } from '../settings/query-problem.tsx';
import { useQuery } from '../settings/use-query.ts';
import { Connections } from './connections.tsx';
import { GatewayForm } from './gateway-form.tsx';
import { LanSwitch } from './lan-switch.tsx';
import { Listeners } from './listeners.tsx';
import { V1Switch } from './v1-switch.tsx';

/** Where the gateway can be reached, and who is connected. */
export function GatewayPane() {
  const { value, problem, reload } = useQuery<GatewayStatus>('gateway_get', 'gateway');
  const changed = (): void => void reload();
  return (
    <div className="gateway-pane" data-testid={testIds.gatewayPane}>
      <p className="lead">{t.gateway.lead}</p>
      {problem && <QueryProblem problem={problem} onRetry={changed} />}
      {value && (
        <>
          <Listeners status={value} />
          <LanSwitch status={value} onChanged={changed} />
          {/* What was saved elsewhere is another form: what was typed here on top of older settings is void. */}
          <GatewayForm key={JSON.stringify(value.settings)} status={value} onChanged={changed} />
          <V1Switch status={value} onChanged={changed} />
        </>
      )}
      {!value && !problem && <p className="field-note">{t.common.loading}</p>}
      <Connections />
    </div>
  );
}
