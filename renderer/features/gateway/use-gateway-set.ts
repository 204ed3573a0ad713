import { useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { GatewaySettings } from '../../../main/protocol/gateway.ts';
import { useClient } from '../../ui/client-context.ts';

/** Changes settings of the gateway. What cannot be done is refused as a whole, and said. */
export function useGatewaySet(onChanged: () => void) {
  const client = useClient();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = async (settings: Partial<GatewaySettings>): Promise<boolean> => {
    setSaving(true);
    const answer = await client.request({ type: 'gateway_set', settings });
    setSaving(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) onChanged();
    return answer.ok;
  };
  return { set, saving, problem };
}
