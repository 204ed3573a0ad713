import { ArrowDown, ArrowLeft, FolderClosed } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { go } from '../../store/route.ts';
import { baseName, shortPath } from '../../strings/format.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useProviders } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { useHomeFolder } from '../../ui/home-folder.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { useStickyScroll } from '../conversation/use-sticky-scroll.ts';
import { ContinueDock } from './continue-dock.tsx';
import { LiveMark } from './import-row.tsx';
import { ImportedItems } from './imported-items.tsx';
import { type ImportView, useImport } from './use-import.ts';

/** A conversation the CLI has on disk, to be read; it grows while another program goes on with it. */
export function ImportPage({ importId, n }: { importId: string; n: number | null }) {
  const view = useImport(importId, n);
  const { session, loaded, problem } = view;
  return (
    <section className="conversation" data-testid={testIds.importPage} data-import-id={importId}>
      <header className="pane-header">
        <IconButton label={t.imports.back} onClick={() => go({ name: 'history' })}>
          <ArrowLeft size={18} aria-hidden />
        </IconButton>
        {session && <Title view={view} />}
      </header>
      {loaded && session ? (
        <Body view={view} n={n} />
      ) : (
        loaded && (problem && problem.code !== 'not_found' ? <ProblemText problem={problem} /> : <Missing />)
      )}
    </section>
  );
}

const Missing = () => <EmptyNote title={t.imports.missing}>{t.imports.missingNote}</EmptyNote>;

function Title({ view }: { view: ImportView }) {
  const session = view.session!;
  const home = useHomeFolder();
  const name = useProviders((all) => all.list.find((one) => one.id === session.provider)?.name ?? session.provider);
  return (
    <div className="pane-title">
      <h1 dir="auto" title={session.title}>
        {session.title || t.imports.untitled}
      </h1>
      <p className="import-facts">
        <span>{name}</span>
        {session.cwd && (
          <span title={shortPath(session.cwd, home)}>
            <FolderClosed size={12} aria-hidden /> {baseName(session.cwd)}
          </span>
        )}
        <span className="wide-only">{t.imports.entries(session.messages)}</span>
        {session.gone && <span title={t.imports.goneNote}>{t.imports.gone}</span>}
        {session.live ? <LiveMark /> : <span>{t.imports.readOnly}</span>}
      </p>
    </div>
  );
}

function Body({ view, n }: { view: ImportView; n: number | null }) {
  const { scroller, content, atEnd, jump } = useStickyScroll();
  const { session, items, hasEarlier, hasLater } = view;
  useShown(n, items.length > 0, scroller);
  return (
    <>
      <div
        className="transcript-scroller"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t.imports.transcript}
      >
        <div className="transcript" ref={content}>
          {hasEarlier && (
            <Button
              className="earlier"
              variant="quiet"
              onClick={async () => {
                const box = scroller.current;
                const before = box ? box.scrollHeight - box.scrollTop : 0;
                await view.earlier();
                // What is read stays where it is while older entries come in above it.
                requestAnimationFrame(() => {
                  if (box) box.scrollTop = box.scrollHeight - before;
                });
              }}
            >
              {t.imports.earlier}
            </Button>
          )}
          <article className="turn import-items">
            <ImportedItems items={items} folder={session!.cwd} marked={n} />
          </article>
          {hasLater && (
            <Button className="earlier" variant="quiet" onClick={() => void view.later()}>
              {t.imports.later}
            </Button>
          )}
        </div>
      </div>
      <div className="dock">
        {!atEnd && (
          <button type="button" className="jump-to-latest" onClick={jump}>
            <ArrowDown size={15} aria-hidden /> {t.conversation.jump}
          </button>
        )}
        <div className="dock-column">
          <ContinueDock imported={session!} />
        </div>
      </div>
    </>
  );
}

/** Brings the entry that was looked for into view, once. */
function useShown(n: number | null, ready: boolean, scroller: React.RefObject<HTMLDivElement | null>): void {
  const done = useRef(false);
  useEffect(() => {
    if (n === null || !ready || done.current) return;
    done.current = true;
    const frame = requestAnimationFrame(() =>
      scroller.current?.querySelector(`[data-n="${n}"]`)?.scrollIntoView({ block: 'center' }),
    );
    return () => cancelAnimationFrame(frame);
  }, [n, ready, scroller]);
}
