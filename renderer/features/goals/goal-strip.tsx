import { Pause, Play, SlidersHorizontal, Target, X } from 'lucide-react';
import { useState } from 'react';
import type { Goal, GoalLimits } from '../../../main/protocol/values.ts';
import { t } from '../../strings/index.ts';
import { reasonOf } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { GoalMeters } from './goal-meters.tsx';
import { GoalProgress } from './goal-progress.tsx';
import { LimitFields } from './limit-fields.tsx';
import { limitTexts, readLimits } from './limit-values.ts';
import { useGoalActions } from './use-goal-actions.ts';
import { useGoalAsked } from './use-goal-asked.ts';

/** The goal of the session: what it is, how it stands and why, what it has used, and how to stop it or go on. */
export function GoalStrip() {
  const goal = useTranscript((view) => view.goal);
  if (!goal || goal.status === 'cancelled') return null;
  return <Strip key={goal.goal_id} goal={goal} />;
}

function Strip({ goal }: { goal: Goal }) {
  const { pause, resume, clear, limit, busy, whyNot } = useGoalActions();
  const [asking, setAsking] = useState(false);
  const [whole, setWhole] = useState(false);
  const asked = useGoalAsked();
  const [shownFor, setShownFor] = useState(asked);
  if (shownFor !== asked) {
    setShownFor(asked);
    setWhole(true);
  }
  const { status, fraction } = goal;
  const open = status === 'active' || status === 'paused';
  const more = furtherLimits(goal);
  return (
    <section className="goal-strip" aria-label={t.goal.strip} data-testid={testIds.goalStrip} data-status={status}>
      <div className="goal-line">
        <Target size={15} aria-hidden className="goal-icon" />
        <span className="goal-status" role="status">
          {t.goal.status[status]}
        </span>
        <GoalMeters goal={goal} />
        <span className={whyNot === null ? 'goal-actions' : 'is-away'}>
          {status === 'active' && (
            <Button
              size="small"
              title={t.goal.pauseTitle}
              disabled={busy}
              icon={<Pause size={13} aria-hidden />}
              data-testid={testIds.goalPause}
              onClick={() => void pause()}
            >
              {t.goal.pause}
            </Button>
          )}
          {(status === 'paused' || status === 'blocked' || status === 'out_of_budget') && (
            <Button
              size="small"
              variant="primary"
              disabled={busy}
              icon={<Play size={13} aria-hidden />}
              data-testid={testIds.goalResume}
              onClick={() => void resume(more ?? undefined)}
            >
              {more?.turns != null ? t.goal.resumeNext(more.turns) : t.goal.resume}
            </Button>
          )}
          {status !== 'complete' && (
            <Popover
              label={t.goal.limits}
              title={t.goal.limitsTitle}
              trigger={<SlidersHorizontal size={15} aria-hidden />}
              testId={testIds.goalLimits}
            >
              {(close) => <LimitsForm goal={goal} onSave={limit} onDone={close} />}
            </Popover>
          )}
          <IconButton
            label={open ? t.goal.clear : t.goal.dismiss}
            disabled={busy}
            data-testid={testIds.goalClear}
            onClick={() => (open ? setAsking(true) : void clear())}
          >
            <X size={15} aria-hidden />
          </IconButton>
        </span>
      </div>
      <button
        type="button"
        className={`goal-objective ${whole ? 'is-whole' : ''}`}
        dir="auto"
        aria-expanded={whole}
        title={whole ? undefined : t.goal.showObjective}
        data-testid={testIds.goalObjectiveText}
        onClick={() => setWhole(!whole)}
      >
        {goal.objective}
      </button>
      {fraction !== undefined && status !== 'complete' && <Fraction value={fraction} />}
      {status !== 'active' && goal.reason && (
        <p className="goal-reason" data-testid={testIds.goalReason}>
          {reasonOf(goal)}
        </p>
      )}
      <GoalProgress progress={goal.progress} said={goal.reason} />
      {asking && (
        <ConfirmDialog
          title={t.goal.clearTitle}
          note={t.goal.clearNote}
          action={t.goal.clearAction}
          onConfirm={() => void clear()}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

function Fraction({ value }: { value: number }) {
  const percent = Math.round(value * 100);
  return (
    <div
      className="goal-fraction"
      role="progressbar"
      aria-label={t.goal.done(percent)}
      aria-valuenow={percent}
      title={t.goal.done(percent)}
    >
      <span style={{ inlineSize: `${percent}%` }} />
    </div>
  );
}

/** A goal that has used up a limit goes on with as much again; null: it may go on as it is. */
function furtherLimits({ status, spent, limits }: Goal): GoalLimits | null {
  if (status !== 'out_of_budget') return null;
  const again = (limit: number | null, used: number): number | null =>
    limit === null || used < limit ? limit : Math.ceil((used + limit) * 100) / 100;
  return {
    turns: again(limits.turns, spent.turns),
    minutes: again(limits.minutes, spent.ms / 60_000),
    cost_usd: again(limits.cost_usd, spent.cost_usd),
  };
}

interface LimitsFormProps {
  goal: Goal;
  onSave: (limits: GoalLimits) => Promise<boolean>;
  onDone: () => void;
}

function LimitsForm({ goal, onSave, onDone }: LimitsFormProps) {
  const [texts, setTexts] = useState(limitTexts(goal.limits));
  const limits = readLimits(texts);
  return (
    <form
      className="goal-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (limits) void onSave(limits).then((done) => done && onDone());
      }}
    >
      <h2>{t.goal.limitsTitle}</h2>
      <LimitFields texts={texts} onChange={setTexts} />
      <div className="goal-form-actions">
        <Button
          variant="primary"
          type="submit"
          off={limits === null && t.off.incomplete}
          data-testid={testIds.goalLimitsSave}
        >
          {t.common.save}
        </Button>
      </div>
    </form>
  );
}
