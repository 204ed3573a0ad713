import type { Goal } from '../../../main/protocol/values.ts';
import { formatClock, formatCost } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useNow } from '../../ui/use-now.ts';
import { useTranscript } from '../conversation/session-context.ts';

const clock = (ms: number): string => formatClock(Math.floor(ms / 1_000));

/** What the goal has used of what it may: turns, time, money. */
export function GoalMeters({ goal }: { goal: Goal }) {
  const { spent, limits } = goal;
  const cost = formatCost(spent.cost_usd);
  const knowsCost = spent.cost_usd > 0 || limits.cost_usd !== null;
  return (
    <span className="goal-meters">
      <span title={t.goal.turnsTitle} data-testid={testIds.goalTurns}>
        {t.goal.turns(spent.turns, limits.turns)}
      </span>
      <span title={t.goal.timeTitle}>
        <GoalTime goal={goal} />
      </span>
      {knowsCost && (
        <span title={t.goal.costTitle}>
          {t.goal.cost(cost, limits.cost_usd === null ? null : `$${limits.cost_usd.toFixed(2)}`)}
        </span>
      )}
    </span>
  );
}

/** The running turn counts while it runs; the goal itself is told only at its end. */
function GoalTime({ goal }: { goal: Goal }) {
  const startedAt = useTranscript((view) => {
    const turn = view.runningTurn ? view.turns.get(view.runningTurn) : undefined;
    const first = turn?.items.find((item) => item.kind === 'user');
    return first?.kind === 'user' && first.by.kind === 'goal' ? (turn?.startedAt ?? null) : null;
  });
  const limit = goal.limits.minutes === null ? null : clock(goal.limits.minutes * 60_000);
  if (startedAt === null) return t.goal.time(clock(goal.spent.ms), limit);
  return <RunningTime before={goal.spent.ms} since={startedAt} limit={limit} />;
}

function RunningTime({ before, since, limit }: { before: number; since: number; limit: string | null }) {
  const now = useNow('second');
  return <span className="elapsed">{t.goal.time(clock(before + Math.max(0, now - since)), limit)}</span>;
}
