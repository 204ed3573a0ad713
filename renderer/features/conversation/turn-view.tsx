import { memo, useMemo } from 'react';
import type { Item, OpenItem, ToolItem, Turn } from '../../store/transcript/view.ts';
import { testIds } from '../../test-ids.ts';
import { PreparingTool, ToolCard } from '../tools/tool-card.tsx';
import { AssistantText } from './assistant-text.tsx';
import { ErrorCard } from './error-card.tsx';
import { LineView } from './line-view.tsx';
import { PlanView } from './plan-view.tsx';
import { ReasoningView } from './reasoning-view.tsx';
import { TurnFooter } from './turn-footer.tsx';
import { UserMessage } from './user-message.tsx';
import { WorkingLine } from './working-line.tsx';

/** Calls of sub-agents by the call they belong to. */
export type ToolChildren = ReadonlyMap<string, readonly ToolItem[]>;

export const TurnView = memo(function TurnView({ turn }: { turn: Turn }) {
  const children = useMemo(() => childrenOf(turn.items), [turn.items]);
  const isNested = (item: Item): boolean =>
    item.kind === 'tool' && item.parentId !== null && children.has(item.parentId);
  return (
    <article className="turn" data-testid={testIds.turn} data-status={turn.status} data-turn-id={turn.turnId}>
      {turn.items.map((item) => (isNested(item) ? null : <ItemView key={item.key} item={item} nested={children} />))}
      {turn.open.map((item) => (
        <OpenItemView key={item.key} item={item} />
      ))}
      {turn.status === 'running' && <WorkingLine turn={turn} />}
      {turn.problem && <ErrorCard turn={turn} problem={turn.problem} />}
      {turn.status !== 'running' && <TurnFooter turn={turn} />}
    </article>
  );
});

function childrenOf(items: readonly Item[]): ToolChildren {
  const tools = items.filter((item) => item.kind === 'tool');
  const ids = new Set(tools.map((tool) => tool.toolCallId));
  const children = new Map<string, ToolItem[]>();
  for (const tool of tools) {
    if (tool.parentId === null || !ids.has(tool.parentId) || tool.parentId === tool.toolCallId) continue;
    const siblings = children.get(tool.parentId);
    if (siblings) siblings.push(tool);
    else children.set(tool.parentId, [tool]);
  }
  return children;
}

function ItemView({ item, nested }: { item: Item; nested: ToolChildren }) {
  switch (item.kind) {
    case 'user':
      return <UserMessage item={item} />;
    case 'text':
      return <AssistantText text={item.text} partial={item.partial} />;
    case 'reasoning':
      return <ReasoningView text={item.text} durationMs={item.durationMs} />;
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
      return <ReasoningView text={item.text} durationMs={null} growing />;
    case 'tool_input':
      return <PreparingTool />;
  }
}
