import { ChevronRight, FileMinus, FilePen, FilePlus } from 'lucide-react';
import { type KeyboardEvent, useId, useMemo, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { ChangedFile } from '../../store/changes/file-changes.ts';
import { type TreeRow, treeRows } from '../../store/changes/file-tree.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { PlainText } from '../../ui/plain-text.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useFolder } from '../conversation/session-context.ts';
import { DiffCounts } from '../tools/diff-counts.tsx';

/** Height of one row, pixels, as `.tree-row` has it. */
const rowHeight = 28;
const none: ReadonlySet<string> = new Set();
const icons = { create: FilePlus, update: FilePen, delete: FileMinus, gone: FileMinus };

interface FileTreeProps {
  files: readonly ChangedFile[];
  /** Path of the file that is open beside it. */
  chosen: string | null;
  onOpen: (path: string) => void;
}

/** The changed files by their folders. Arrow keys move in it, Enter opens a file or folds a folder. Only what is seen is mounted. */
export function FileTree({ files, chosen, onOpen }: FileTreeProps) {
  const cwd = useFolder();
  const [closed, setClosed] = useRemembered<ReadonlySet<string>>('panel folders', none);
  const [activeId, setActive] = useRemembered<string | null>('panel row', null);
  const rows = useMemo(() => treeRows(files, cwd, closed), [files, cwd, closed]);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const id = useId();
  const known = rows.findIndex((row) => row.id === activeId);
  const active = known >= 0 ? known : 0;

  const move = (to: number): void => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (!row) return;
    setActive(row.id);
    list.current?.scrollToIndex(rows.indexOf(row), { align: 'nearest' });
  };
  const fold = (row: TreeRow, open: boolean): void => {
    const next = new Set(closed);
    if (open) next.delete(row.id);
    else next.add(row.id);
    setClosed(next);
  };
  const choose = (row: TreeRow): void => {
    setActive(row.id);
    if (row.kind === 'folder') fold(row, !row.open);
    else onOpen(row.file.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[active];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const does: Record<string, () => void> = {
      ArrowDown: () => move(active + 1),
      ArrowUp: () => move(active - 1),
      Home: () => move(0),
      End: () => move(rows.length - 1),
      PageDown: () => move(active + page),
      PageUp: () => move(active - page),
      Enter: () => choose(row),
      ' ': () => choose(row),
      ArrowRight: () => (row.kind === 'folder' && !row.open ? fold(row, true) : move(active + 1)),
      ArrowLeft: () => (row.kind === 'folder' && row.open ? fold(row, false) : move(parentOf(rows, active))),
    };
    const act = does[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={scroller}
      className="file-tree"
      role="tree"
      aria-label={t.panel.tree}
      tabIndex={0}
      aria-activedescendant={`${id}-${active}`}
      onKeyDown={onKeyDown}
    >
      <Virtualizer ref={list} data={rows} scrollRef={scroller} itemSize={rowHeight} keepMounted={[active]}>
        {(row, at) => (
          <Row
            key={`${row.kind} ${row.id}`}
            row={row}
            id={`${id}-${at}`}
            active={at === active}
            chosen={row.kind === 'file' && row.file.path === chosen}
            onChoose={() => choose(row)}
          />
        )}
      </Virtualizer>
    </div>
  );
}

/** The row of the folder that a row lies in; itself at the root. */
function parentOf(rows: readonly TreeRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let n = at - 1; n >= 0; n -= 1) if ((rows[n]?.depth ?? 0) < depth) return n;
  return at;
}

interface RowProps {
  row: TreeRow;
  id: string;
  active: boolean;
  chosen: boolean;
  onChoose: () => void;
}

function Row({ row, id, active, chosen, onChoose }: RowProps) {
  const folder = row.kind === 'folder';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the tree has the focus and the keys
    <div
      id={id}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-expanded={folder ? row.open : undefined}
      aria-selected={chosen}
      className={`tree-row is-${row.kind} ${active ? 'is-active' : ''}`}
      style={{ ['--depth' as string]: row.depth }}
      title={row.kind === 'file' ? row.file.path : row.id}
      data-testid={testIds.treeRow}
      data-path={row.kind === 'file' ? row.file.path : undefined}
      onClick={onChoose}
    >
      {folder ? <ChevronRight size={14} aria-hidden className="fold-chevron" /> : <FileIcon file={row.file} />}
      <span className="tree-name">
        <PlainText text={row.name} />
      </span>
      {row.kind === 'file' && row.file.change !== 'update' && (
        <span className="visually-hidden">{t.panel.outcome[row.file.change]}</span>
      )}
      {row.kind === 'file' && row.file.changes.length > 1 && (
        <span className="tree-times" aria-hidden="true">
          ×{row.file.changes.length}
        </span>
      )}
      {folder ? (
        <span className="tree-times">
          <span aria-hidden="true">{row.files}</span>
          <span className="visually-hidden">{t.panel.filesIn(row.files)}</span>
        </span>
      ) : (
        <DiffCounts added={row.file.added} removed={row.file.removed} />
      )}
    </div>
  );
}

function FileIcon({ file }: { file: ChangedFile }) {
  const Icon = icons[file.change];
  return <Icon size={14} aria-hidden className={`tree-icon is-${file.change}`} />;
}
