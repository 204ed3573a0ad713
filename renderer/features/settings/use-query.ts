import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Query } from '../../../main/protocol/queries.ts';
import { useClient } from '../../ui/client-context.ts';

export interface QueryState<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  reload(): Promise<void>;
}

/** Asks a question without fields once the component is there, and again on demand. */
export function useQuery<T>(
  type: Extract<Query['type'], 'keys_list' | 'agents_list' | 'rules_list' | 'status' | 'settings_get' | 'doctor'>,
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
  useEffect(() => void reload(), [reload]);
  return { value, problem, loading, reload };
}
