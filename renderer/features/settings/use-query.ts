import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Query } from '../../../main/protocol/queries.ts';
import type { AccessView } from '../../store/client.ts';
import { useAccess, useClient } from '../../ui/client-context.ts';

export interface QueryState<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  reload(): Promise<void>;
}

type Plain =
  | 'keys_list'
  | 'devices_list'
  | 'gateway_get'
  | 'gateway_identity'
  | 'connections_list'
  | 'logins_list'
  | 'sign_in_ways'
  | 'agents_list'
  | 'rules_list'
  | 'status'
  | 'settings_get'
  | 'doctor'
  | 'data_overview'
  | 'disk_use';

/**
 * Asks a question without fields once the component is there, and again on demand.
 * @param follow - the list it tells of, where the gateway says when that has changed: then it is asked again.
 */
export function useQuery<T>(
  type: Extract<Query['type'], Plain>,
  follow: keyof AccessView['changes'] | null = null,
): QueryState<T> {
  const client = useClient();
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [loading, setLoading] = useState(true);
  const reload = useCallback(async () => {
    setLoading(true);
    const answer = await client.request<T>({ type });
    setLoading(false);
    if (answer.ok) setValue(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  }, [client, type]);
  const changes = useAccess((view) => (follow ? view.changes[follow] : 0));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another count is another question
  useEffect(() => void reload(), [reload, changes]);
  return { value, problem, loading, reload };
}
