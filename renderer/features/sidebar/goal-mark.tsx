import { CircleCheckBig, CircleDollarSign, CirclePause, CircleSlash, OctagonAlert, Target } from 'lucide-react';
import type { Saying } from '../../../main/protocol/saying.ts';
import type { GoalStatus } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { reasonOf } from '../../strings/said.ts';

const icons = {
  active: Target,
  paused: CirclePause,
  complete: CircleCheckBig,
  blocked: OctagonAlert,
  cancelled: CircleSlash,
  out_of_budget: CircleDollarSign,
};

interface GoalMarkProps {
  goal: {
    readonly status: GoalStatus;
    readonly objective: string;
    readonly reason?: string | undefined;
    readonly reason_say?: Saying | undefined;
  };
}

/** How the goal of a session stands, as a small sign. */
export function GoalMark({ goal }: GoalMarkProps) {
  const { status, objective } = goal;
  const Icon = icons[status];
  const words = t.goalState[status];
  return (
    <span
      className={`goal-mark is-${status}`}
      role="img"
      aria-label={words}
      title={[words, objective, reasonOf(goal)].filter(Boolean).join('\n')}
    >
      <Icon size={13} aria-hidden />
    </span>
  );
}
