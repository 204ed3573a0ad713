import {
  Archive,
  ArrowLeftRight,
  CircleAlert,
  Cpu,
  FoldVertical,
  Gauge,
  Info,
  ShieldCheck,
  ShieldHalf,
  ShieldOff,
  Target,
  Timer,
  TriangleAlert,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { LineItem } from '../../store/transcript/view.ts';
import { formatCount, formatMoment } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { lineText } from '../../strings/said.ts';
import { testIds } from '../../test-ids.ts';
import { useProviders } from '../../ui/client-context.ts';
import { Fold } from '../../ui/fold.tsx';
import { ruleWords } from '../approvals/rule-words.ts';

/** A quiet line of status, or, for an error, a card nobody overlooks; the CLI's own words on demand. */
export const LineView = memo(function LineView({ item }: { item: LineItem }) {
  const { line } = item;
  const level = line.type === 'notice' ? line.level : 'info';
  const raw = line.type === 'notice' ? line.raw : null;
  return (
    <div
      className={`line is-${level}`}
      data-testid={testIds.notice}
      data-code={line.type === 'notice' ? line.code : line.type}
    >
      <span className="line-icon">{iconOf(line)}</span>
      <div className="line-text">
        {line.type === 'provider' ? <AgentName id={line.provider} /> : textOf(line)}
        {raw && <Fold summary={t.lines.raw}>{() => <pre className="mono-box">{raw}</pre>}</Fold>}
      </div>
    </div>
  );
});

function iconOf(line: LineItem['line']): ReactNode {
  switch (line.type) {
    case 'model':
      return <Cpu size={14} aria-hidden />;
    case 'mode':
      return <ShieldHalf size={14} aria-hidden />;
    case 'effort':
      return <Gauge size={14} aria-hidden />;
    case 'provider':
      return <ArrowLeftRight size={14} aria-hidden />;
    case 'goal':
      return <Target size={14} aria-hidden />;
    case 'compacted':
      return <FoldVertical size={14} aria-hidden />;
    case 'limit_extended':
      return <Timer size={14} aria-hidden />;
    case 'rule_removed':
      return <ShieldOff size={14} aria-hidden />;
    case 'rule':
      return <ShieldCheck size={14} aria-hidden />;
    case 'archived':
      return <Archive size={14} aria-hidden />;
    case 'notice':
      if (line.level === 'error') return <CircleAlert size={16} aria-hidden />;
      return line.level === 'info' ? <Info size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />;
  }
}

function AgentName({ id }: { id: string }) {
  const name = useProviders((view) => view.list.find((one) => one.id === id)?.name ?? id);
  return t.agent.takesOver(name);
}

function textOf(line: Exclude<LineItem['line'], { type: 'provider' }>): string {
  switch (line.type) {
    case 'model':
      return t.lines.model(line.model);
    case 'mode':
      return t.lines.mode(t.mode.name[line.mode]);
    case 'effort':
      return t.lines.effort(line.effort === null ? null : t.effort.name(line.effort));
    case 'compacted':
      return t.lines.compacted(t.meter[line.trigger], sizesOf(line.before, line.after));
    case 'goal':
      return t.goal.line(line.change, line.text);
    case 'limit_extended':
      return line.endsAt === null ? t.limit.extendedForGood : t.limit.extended(formatMoment(line.endsAt, Date.now()));
    case 'rule_removed':
      return t.lines.ruleRemoved(ruleWords(line.rule));
    case 'rule':
      return line.scope === 'session'
        ? t.lines.ruleSession(ruleWords(line.rule))
        : t.lines.ruleFolder(ruleWords(line.rule));
    case 'archived':
      return line.archived ? t.lines.archived : t.lines.unarchived;
    case 'notice':
      return lineText(line);
  }
}

/** "180k → 32k tokens", where the CLI has told both. */
export function sizesOf(before: number | null, after: number | null): string | null {
  return before === null || after === null ? null : t.meter.shrank(formatCount(before), formatCount(after));
}
