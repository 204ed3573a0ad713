import { ArrowLeft, Columns2, FilePen, Maximize2, Minimize2, Rows2 } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useStore } from 'zustand';
import { type ChangedFile, changedFiles, sumChanges } from '../../store/changes/file-changes.ts';
import { diffLayout, setDiffLayout } from '../../store/diff-layout.ts';
import { setPanelWide, sheetQuery, sidePanel } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useTranscript } from '../conversation/session-context.ts';
import { DiffCounts } from '../tools/diff-counts.tsx';
import { FileDiffs } from './file-diffs.tsx';
import { FileTree } from './file-tree.tsx';

/** Every file the session changed: beside the conversation the tree or one file of it, over the conversation the tree and all of them. */
export function ChangesTab() {
  const changes = useTranscript((view) => view.changes);
  const files = useMemo(() => changedFiles(changes), [changes]);
  const [open, setOpen] = useRemembered<string | null>('panel file', null);
  const isSheet = useMedia(sheetQuery);
  const wide = useStore(sidePanel, (view) => view.wide) && !isSheet;
  if (files.length === 0)
    return (
      <EmptyNote icon={FilePen} title={t.panel.noChanges}>
        {t.panel.noChangesNote}
      </EmptyNote>
    );
  const file = files.find((one) => one.path === open);
  return (
    <>
      <div className="changes-bar">
        {file && !wide ? (
          <Button
            size="small"
            variant="quiet"
            icon={<ArrowLeft size={14} aria-hidden />}
            data-testid={testIds.fileBack}
            onClick={() => setOpen(null)}
          >
            {t.panel.back}
          </Button>
        ) : (
          <Sum files={files} />
        )}
        <span className="changes-space" />
        <LayoutSwitch />
        {!isSheet && (
          <IconButton
            label={wide ? t.panel.narrow : t.panel.wide}
            data-testid={testIds.panelWide}
            onClick={() => setPanelWide(!wide)}
          >
            {wide ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
          </IconButton>
        )}
      </div>
      {wide ? (
        <WideChanges files={files} open={file?.path ?? null} onOpen={setOpen} />
      ) : file ? (
        <div className="changes-scroll">
          <FileDiffs file={file} autoFocus />
        </div>
      ) : (
        <FileTree files={files} chosen={null} onOpen={setOpen} />
      )}
    </>
  );
}

function Sum({ files }: { files: readonly ChangedFile[] }) {
  const { added, removed } = sumChanges(files);
  return (
    <span className="changes-sum" data-testid={testIds.changeSum}>
      {t.panel.files(files.length)}
      <DiffCounts added={added} removed={removed} />
    </span>
  );
}

function LayoutSwitch() {
  const { layout } = useStore(diffLayout);
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons are no fields of a form
    <div className="layout-switch" role="group" aria-label={t.panel.layout}>
      <IconButton
        label={t.panel.unified}
        aria-pressed={layout === 'unified'}
        data-testid={testIds.layoutUnified}
        onClick={() => setDiffLayout('unified')}
      >
        <Rows2 size={15} aria-hidden />
      </IconButton>
      <IconButton
        label={t.panel.split}
        title={t.panel.splitNeedsRoom}
        aria-pressed={layout === 'split'}
        data-testid={testIds.layoutSplit}
        onClick={() => setDiffLayout('split')}
      >
        <Columns2 size={15} aria-hidden />
      </IconButton>
    </div>
  );
}

interface WideChangesProps {
  files: readonly ChangedFile[];
  open: string | null;
  onOpen: (path: string) => void;
}

function WideChanges({ files, open, onOpen }: WideChangesProps) {
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const show = (path: string): void => {
    onOpen(path);
    list.current?.scrollToIndex(files.findIndex((file) => file.path === path));
  };
  return (
    <div className="changes-wide">
      <FileTree files={files} chosen={open} onOpen={show} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="changes-scroll" ref={scroller} tabIndex={0} aria-label={t.panel.tabs.changes}>
        <Virtualizer ref={list} data={files} scrollRef={scroller}>
          {(file) => (
            <div key={file.path} className="changes-file">
              <FileDiffs file={file} />
            </div>
          )}
        </Virtualizer>
      </section>
    </div>
  );
}
