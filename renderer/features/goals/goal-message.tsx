import { Target } from 'lucide-react';
import type { UserItem } from '../../store/transcript/view.ts';
import { formatDateTime } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';

/** The words with which the goal began a turn: one line; what exactly the agent was told is under it. */
export function GoalMessage({ item }: { item: UserItem }) {
  const turn = /\(turn (\d+(?: of \d+)?)\)/.exec(item.text)?.[1];
  return (
    <Fold
      className="goal-message"
      testId={testIds.goalMessage}
      summary={
        <>
          <Target size={13} aria-hidden />
          <span>{turn ? t.goal.turnMessageOf(turn) : t.goal.turnMessage}</span>
          <time dateTime={new Date(item.ts).toISOString()}>{formatDateTime(item.ts)}</time>
        </>
      }
    >
      {() => <div className="goal-message-text">{item.text}</div>}
    </Fold>
  );
}
