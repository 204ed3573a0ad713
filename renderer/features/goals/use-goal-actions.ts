import { useMemo, useState } from 'react';
import type { GoalLimits } from '../../../main/protocol/values.ts';
import type { Request } from '../../store/client.ts';
import { useClient } from '../../ui/client-context.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useSession } from '../conversation/session-context.ts';

/** What can be done to the session's goal; a refusal is shown. Each resolves with whether it was done. */
export function useGoalActions() {
  const client = useClient();
  const { sessionId: session_id } = useSession();
  const [busy, setBusy] = useState(false);
  const whyNot = useWhyNot('chat');
  const actions = useMemo(() => {
    const run = async (request: Request): Promise<boolean> => {
      setBusy(true);
      const answer = await client.act(session_id, request);
      setBusy(false);
      return answer.ok;
    };
    return {
      set: (objective: string, limits?: GoalLimits) => run({ type: 'set_goal', session_id, objective, limits }),
      pause: () => run({ type: 'change_goal', session_id, action: 'pause' }),
      resume: (limits?: GoalLimits) => run({ type: 'change_goal', session_id, action: 'resume', limits }),
      clear: () => run({ type: 'change_goal', session_id, action: 'clear' }),
      limit: (limits: GoalLimits) => run({ type: 'change_goal', session_id, action: 'limits', limits }),
    };
  }, [client, session_id]);
  return { ...actions, busy, whyNot };
}
