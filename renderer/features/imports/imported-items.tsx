import { ChevronRight, CircleX } from 'lucide-react';
import { memo, useState } from 'react';
import type { ImportedItem } from '../../../main/protocol/views.ts';
import { stripAnsi } from '../../markdown/ansi.ts';
import { formatDateTime, relativePath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { AssistantText } from '../conversation/assistant-text.tsx';
import { ReasoningView } from '../conversation/reasoning-view.tsx';
import { ToolIcon } from '../tools/tool-icon.tsx';
import { kindOfTool } from './tool-kind.ts';

interface ImportedItemsProps {
  items: readonly ImportedItem[];
  folder: string | null;
  /** The entry that was looked for. */
  marked?: number | null;
}

/** Entries of a conversation that was not led here: the same look, nothing to answer. */
export function ImportedItems({ items, folder, marked = null }: ImportedItemsProps) {
  return items.map((item) => (
    <div
      key={item.n}
      className={`import-item ${item.n === marked ? 'is-marked' : ''}`}
      data-testid={testIds.importItem}
      data-kind={item.kind}
      data-n={item.n}
    >
      <ItemView item={item} folder={folder} />
    </div>
  ));
}

function ItemView({ item, folder }: { item: ImportedItem; folder: string | null }) {
  switch (item.kind) {
    case 'user':
      return <UserWords item={item} />;
    case 'text':
      return <AssistantText text={item.text} />;
    case 'reasoning':
      return <ReasoningView text={item.text} durationMs={null} />;
    case 'tool':
      return <ImportedTool item={item} folder={folder} />;
  }
}

/** Longer messages are shown from their beginning, characters and lines. */
const foldChars = 1_600;
const foldLines = 20;

const UserWords = memo(function UserWords({ item }: { item: ImportedItem }) {
  const long = item.text.length > foldChars || item.text.split('\n').length > foldLines;
  const [open, setOpen] = useState(!long);
  const text = open ? item.text : item.text.split('\n').slice(0, foldLines).join('\n').slice(0, foldChars);
  return (
    <div className="user-message">
      <div className="user-bubble">
        <div className="user-text">{text}</div>
        {long && (
          <button type="button" className="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t.common.showLess : t.common.showMore}
          </button>
        )}
      </div>
      <div className="message-meta">
        <Moment ts={item.ts} />
        <CopyButton text={item.text} />
      </div>
    </div>
  );
});

/** Nothing for what is no time: one such entry must not take the whole conversation with it. */
function Moment({ ts }: { ts: number | null }) {
  const date = new Date(ts ?? Number.NaN);
  if (ts === null || Number.isNaN(date.getTime())) return null;
  return <time dateTime={date.toISOString()}>{formatDateTime(ts)}</time>;
}

const ImportedTool = memo(function ImportedTool({ item, folder }: { item: ImportedItem; folder: string | null }) {
  const [open, setOpen] = useState(false);
  const tool = item.tool ?? '';
  const kind = kindOfTool(tool);
  const verb = kind === 'other' ? tool || t.tool.kind.other : t.tool.kind[kind];
  const hasBody = item.text !== '';
  return (
    <section
      className={`tool-card is-${item.failed ? 'failed' : 'completed'} ${open ? '' : 'is-folded'}`}
      aria-label={`${verb}: ${item.title ?? ''}`}
    >
      <button
        type="button"
        className="tool-head"
        aria-expanded={open}
        disabled={!hasBody}
        title={hasBody ? undefined : t.off.nothingMore}
        onClick={() => setOpen(!open)}
      >
        <ToolIcon kind={kind} />
        <span className="tool-verb">{verb}</span>
        <span className={`tool-title ${kind === 'execute' ? 'is-mono' : ''}`}>
          {relativePath(item.title ?? '', folder) || tool}
        </span>
        {item.failed && (
          <span className="tool-meta">
            <span className="badge is-bad">
              <CircleX size={12} aria-hidden /> {t.tool.failed}
            </span>
          </span>
        )}
        {hasBody && <ChevronRight size={14} aria-hidden className="fold-chevron" />}
      </button>
      {open && (
        <div className="tool-body">
          <div className="tool-output">
            <div className="tool-output-box">
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
              <pre tabIndex={0}>{stripAnsi(item.text)}</pre>
              <CopyButton text={() => stripAnsi(item.text)} label={t.tool.copyOutput} />
            </div>
          </div>
        </div>
      )}
    </section>
  );
});
