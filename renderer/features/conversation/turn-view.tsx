import { Fragment, memo } from 'react';
import type { Item, OpenItem, Turn } from '../../store/transcript/view.ts';
import { testIds } from '../../test-ids.ts';
import { GoalMessage } from '../goals/goal-message.tsx';
import { PreparingTool, ToolCard } from '../tools/tool-card.tsx';
import { AssistantText } from './assistant-text.tsx';
import { DigestTold } from './digest-told.tsx';
import { ErrorCard } from './error-card.tsx';
import { LineView } from './line-view.tsx';
import type { ToolChildren } from './nested-items.ts';
import { PlanView } from './plan-view.tsx';
import { ReasoningView } from './reasoning-view.tsx';
import { ToolRunView } from './tool-run-view.tsx';
import { TurnFooter } from './turn-footer.tsx';
import { partsOfTurn } from './turn-parts.ts';
import { UserMessage } from './user-message.tsx';
import { WorkingLine } from './working-line.tsx';

interface TurnViewProps {
  turn: Turn;
  /** Which of its rows; a long turn is several rows of the list. Default: all. */
  part?: number;
}

export const TurnView = memo(function TurnView({ turn, part }: TurnViewProps) {
  const { parts, nested } = partsOfTurn(turn);
  const shown = part === undefined ? parts.flat() : (parts[part] ?? []);
  const isLast = part === undefined || part >= parts.length - 1;
  const first = turn.items[0];
  return (
    <article className="turn" data-testid={testIds.turn} data-status={turn.status} data-turn-id={turn.turnId}>
      {/* What grows stands in the same list, so that it stays the element it was when it is finished. */}
      {shown.map(({ row, growing }) =>
        row.kind === 'run' ? (
          <ToolRunView key={row.key} run={row} nested={nested} />
        ) : (
          <Fragment key={row.key}>
            <ItemView item={row} growing={growing} starts={row === first} nested={nested} />
            {row === first && <DigestTold turn={turn} />}
          </Fragment>
        ),
      )}
      {isLast && <TurnEnd turn={turn} />}
    </article>
  );
});

/** That it goes on, or how it ended. */
function TurnEnd({ turn }: { turn: Turn }) {
  return (
    <>
      {turn.status === 'running' && <WorkingLine turn={turn} />}
      {turn.problem && <ErrorCard turn={turn} problem={turn.problem} />}
      {turn.status !== 'running' && <TurnFooter turn={turn} />}
    </>
  );
}

interface ItemViewProps {
  item: Item | OpenItem;
  growing: boolean;
  starts: boolean;
  nested: ToolChildren;
}

function ItemView({ item, growing, starts, nested }: ItemViewProps) {
  switch (item.kind) {
    case 'user':
      return item.by.kind === 'goal' ? <GoalMessage item={item} /> : <UserMessage item={item} starts={starts} />;
    case 'text':
      return (
        <AssistantText id={item.key} text={item.text} growing={growing} partial={'partial' in item && item.partial} />
      );
    case 'reasoning':
      return (
        <ReasoningView
          id={item.key}
          text={item.text}
          durationMs={'durationMs' in item ? item.durationMs : null}
          growing={growing}
        />
      );
    case 'tool_input':
      return <PreparingTool />;
    case 'tool':
      return <ToolCard tool={item} nested={nested} />;
    case 'plan':
      return <PlanView entries={item.entries} />;
    case 'line':
      return <LineView item={item} />;
  }
}
