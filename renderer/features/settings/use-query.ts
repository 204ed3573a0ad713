import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Query } from '../../../main/protocol/queries.ts';
import { useClient } from '../../ui/client-context.ts';

export interface QueryState<T> {
  readonly value: T | null;
  readonly problem: Problem | null;
  reload(): Promise<void>;
}

/** Asks a question without fields once the component is there, and again on demand. */
export function useQuery<T>(type: Extract<Query['type'], 'keys_list' | 'rules_list' | 'status'>): QueryState<T> {
  const client = useClient();
  const [value, setValue] = useState<T | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const reload = useCallback(async () => {
    const answer = await client.request<T>({ type });
    if (answer.ok) setValue(answer.value);
    setProblem(answer.ok ? null : answer.problem);
  }, [client, type]);
  useEffect(() => void reload(), [reload]);
  return { value, problem, reload };
}
