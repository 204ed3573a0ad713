import { Archive, CircleAlert, Cpu, Info, ShieldCheck, ShieldHalf, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { LineItem } from '../../store/transcript/view.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Fold } from '../../ui/fold.tsx';

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
        {textOf(line)}
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
    case 'rule':
      return <ShieldCheck size={14} aria-hidden />;
    case 'archived':
      return <Archive size={14} aria-hidden />;
    case 'notice':
      if (line.level === 'error') return <CircleAlert size={16} aria-hidden />;
      return line.level === 'info' ? <Info size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />;
  }
}

function textOf(line: LineItem['line']): string {
  switch (line.type) {
    case 'model':
      return t.lines.model(line.model);
    case 'mode':
      return t.lines.mode(t.mode.name[line.mode]);
    case 'rule':
      return line.scope === 'session'
        ? t.lines.ruleSession(line.label.replaceAll('`', ''))
        : t.lines.ruleFolder(line.label.replaceAll('`', ''));
    case 'archived':
      return line.archived ? t.lines.archived : t.lines.unarchived;
    case 'notice':
      return line.text;
  }
}
