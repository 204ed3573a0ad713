import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { ApprovalRecord } from '../../../main/protocol/views.ts';
import { useClient, useConnection, useSessions } from '../../ui/client-context.ts';
import { pendingOf } from './attention.ts';

/** Requests that are fetched; more than that nobody answers one by one. */
const most = 200;
const pageLength = 50;
/** Answered ones that stay to be seen. */
const mostAnswered = 20;

export interface Requests {
  /** Null: not told yet. Those that wait longest come first. */
  readonly waiting: readonly ApprovalRecord[] | null;
  /** What was answered while one looked, here or elsewhere, latest first. */
  readonly answered: readonly ApprovalRecord[];
  /** There are more than were fetched. */
  readonly more: boolean;
  readonly problem: Problem | null;
  readonly retry: () => void;
}

interface Page {
  readonly approvals: ApprovalRecord[];
  readonly next: string | null;
}

/** The requests of all sessions, asked for anew whenever the list of sessions tells of another one, or one less. */
export function useRequests(): Requests {
  const client = useClient();
  const pending = useSessions((view) => pendingOf(view.byId.values()).join(' '));
  const loaded = useSessions((view) => view.loaded);
  const linked = useConnection((view) => view.link.status === 'open');
  const [state, setState] = useState<Omit<Requests, 'retry'>>({
    ...{ waiting: null, answered: [], more: false, problem: null },
  });
  const [attempt, setAttempt] = useState(0);
  const before = useRef<readonly ApprovalRecord[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pending` and `attempt` say when to ask
  useEffect(() => {
    if (!loaded || !linked) return;
    let gone = false;
    const ask = async (): Promise<void> => {
      const found: ApprovalRecord[] = [];
      let cursor: string | undefined;
      let more = false;
      do {
        const answer = await client.request<Page>({
          ...{ type: 'approvals_list', status: 'pending', limit: pageLength, cursor },
        });
        if (gone) return;
        if (!answer.ok) return setState((now) => ({ ...now, problem: answer.problem }));
        found.push(...answer.value.approvals);
        cursor = answer.value.next ?? undefined;
        more = cursor !== undefined && found.length >= most;
      } while (cursor !== undefined && !more);
      const archived = client.sessions.getState().byId;
      const waiting = found
        .filter((one) => archived.get(one.session_id)?.archived !== true)
        .sort((a, b) => a.ts - b.ts);
      const ids = new Set(waiting.map((one) => one.approval_id));
      const left = before.current.filter((one) => !ids.has(one.approval_id));
      before.current = waiting;
      setState((now) => ({ ...now, waiting, more, problem: null }));
      for (const { approval_id } of left) {
        const answer = await client.request<Page>({ type: 'approvals_list', approval_id, limit: 1 });
        if (gone) return;
        const record = answer.ok ? answer.value.approvals[0] : undefined;
        if (record?.answer) setState((now) => ({ ...now, answered: [record, ...now.answered].slice(0, mostAnswered) }));
      }
    };
    void ask();
    return () => {
      gone = true;
    };
  }, [client, pending, loaded, linked, attempt]);
  const retry = useCallback(() => setAttempt((now) => now + 1), []);
  return { ...state, retry };
}
