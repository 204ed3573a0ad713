import { useCallback, useState } from 'react';
import type { CommandOf } from '../../../main/protocol/commands.ts';
import type { Problem } from '../../../main/protocol/errors.ts';
import type { Approval } from '../../store/transcript/view.ts';
import { useClient } from '../../ui/client-context.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { useSession, useTranscript } from '../conversation/session-context.ts';

export type AnswerChoice = Pick<CommandOf<'approval_response'>, 'decision' | 'message' | 'answers' | 'option_id'>;

/** Answers a request once; while the answer is on its way, and when it was refused, that can be shown. */
export function useAnswer(approval: Approval) {
  const client = useClient();
  const { sessionId } = useSession();
  const [sending, setSending] = useState<AnswerChoice['decision'] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { approval_id } = approval.request;
  const whyNot = useWhyNot('approvals:write');
  const running = useTranscript((view) => view.runningTurn);
  /** The app or the agent ended while this waited: nobody hears the answer before a turn in which the agent asks again. */
  const left = running === null || running !== approval.turnId;
  const answer = useCallback(
    async (choice: AnswerChoice): Promise<void> => {
      if (whyNot !== null) return;
      setSending(choice.decision);
      setProblem(null);
      const result = await client.request({
        type: 'approval_response',
        session_id: sessionId,
        approval_id,
        ...choice,
        ...(left && running === null && choice.decision !== 'deny' ? { go_on: true } : {}),
      });
      if (result.ok) return;
      setSending(null);
      setProblem(result.problem);
    },
    [client, sessionId, approval_id, left, running, whyNot],
  );
  const withdraw = useCallback(async (): Promise<void> => {
    const result = await client.request({ type: 'approval_withdraw', session_id: sessionId, approval_id });
    if (!result.ok) setProblem(result.problem);
  }, [client, sessionId, approval_id]);
  return { answer, sending, problem, left, withdraw, whyNot };
}
