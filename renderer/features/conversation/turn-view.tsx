import { Fragment, memo, useMemo } from 'react';
import type { Item, OpenItem, Turn } from '../../store/transcript/view.ts';
import { testIds } from '../../test-ids.ts';
import { GoalMessage } from '../goals/goal-message.tsx';
import { PreparingTool, ToolCard } from '../tools/tool-card.tsx';
import { AssistantText } from './assistant-text.tsx';
import { DigestTold } from './digest-told.tsx';
import { ErrorCard } from './error-card.tsx';
import { LineView } from './line-view.tsx';
import { childrenOf, isNested, type ToolChildren } from './nested-items.ts';
import { PlanView } from './plan-view.tsx';
import { ReasoningView } from './reasoning-view.tsx';
import { ToolRunView } from './tool-run-view.tsx';
import { foldRuns } from './tool-runs.ts';
import { TurnFooter } from './turn-footer.tsx';
import { UserMessage } from './user-message.tsx';
import { WorkingLine } from './working-line.tsx';

export const TurnView = memo(function TurnView({ turn }: { turn: Turn }) {
  const children = useMemo(() => childrenOf(turn.items), [turn.items]);
  const rows = useMemo(() => foldRuns(turn.items, (item) => isNested(item, children)), [turn.items, children]);
  const first = turn.items[0];
  return (
    <article className="turn" data-testid={testIds.turn} data-status={turn.status} data-turn-id={turn.turnId}>
      {rows.map((row) =>
        row.kind === 'run' ? (
          <ToolRunView key={row.key} run={row} nested={children} />
        ) : (
          <Fragment key={row.key}>
            <ItemView item={row} starts={row === first} nested={children} />
            {row === first && <DigestTold turn={turn} />}
          </Fragment>
        ),
      )}
      {turn.open.map((item) => (
        <OpenItemView key={item.key} item={item} />
      ))}
      {turn.status === 'running' && <WorkingLine turn={turn} />}
      {turn.problem && <ErrorCard turn={turn} problem={turn.problem} />}
      {turn.status !== 'running' && <TurnFooter turn={turn} />}
    </article>
  );
});

function ItemView({ item, starts, nested }: { item: Item; starts: boolean; nested: ToolChildren }) {
  switch (item.kind) {
    case 'user':
      return item.by.kind === 'goal' ? <GoalMessage item={item} /> : <UserMessage item={item} starts={starts} />;
    case 'text':
      return <AssistantText text={item.text} partial={item.partial} />;
    case 'reasoning':
      return <ReasoningView id={item.key} text={item.text} durationMs={item.durationMs} />;
    case 'tool':
      return <ToolCard tool={item} nested={nested} />;
    case 'plan':
      return <PlanView entries={item.entries} />;
    case 'line':
      return <LineView item={item} />;
  }
}

function OpenItemView({ item }: { item: OpenItem }) {
  switch (item.kind) {
    case 'text':
      return <AssistantText text={item.text} growing />;
    case 'reasoning':
      return <ReasoningView id={item.key} text={item.text} durationMs={null} growing />;
    case 'tool_input':
      return <PreparingTool />;
  }
}
