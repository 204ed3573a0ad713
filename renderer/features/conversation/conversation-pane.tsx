import { ArrowDown } from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { SessionId } from '../../../main/protocol/ids.ts';
import { PicturePlace } from '../../markdown/picture-place.ts';
import { findStore } from '../../store/find.ts';
import { sheetQuery, sidePanel } from '../../store/side-panel.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useClient, useSessions } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Remembered } from '../../ui/remembered.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useWhyNot } from '../../ui/use-why-not.ts';
import { DigestCard, FindBar, GoalStrip, SidePanel } from '../app/panes.tsx';
import { ApprovalDock } from '../approvals/approval-dock.tsx';
import { DropNote } from '../attachments/drop-note.tsx';
import { useAttaching } from '../attachments/use-attaching.ts';
import { Composer } from '../composer/composer.tsx';
import { QueueList } from '../composer/queue-list.tsx';
import { OtherWriterBanner } from '../imports/other-writer-banner.tsx';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { ConversationHeader } from './conversation-header.tsx';
import { ConversationSkeleton } from './conversation-skeleton.tsx';
import { copyPlainly } from './copy-plainly.ts';
import { LimitBanner } from './limit-banner.tsx';
import { LoadFailureCard, useLoadFailure } from './load-failure.tsx';
import { SessionContext, useSession, useTranscript } from './session-context.ts';
import { TranscriptList } from './transcript-list.tsx';
import { useMarkSeen } from './use-mark-seen.ts';
import { useStickyScroll } from './use-sticky-scroll.ts';
import { useStopKey } from './use-stop-key.ts';

/** What is open and closed in a session, as long as its transcript is known here. */
const memories = new WeakMap<object, Map<string, unknown>>();

function memoryOf(store: object): Map<string, unknown> {
  const known = memories.get(store);
  if (known) return known;
  const fresh = new Map<string, unknown>();
  memories.set(store, fresh);
  return fresh;
}

/** One session: what was said and done, and where the next words are written. */
export function ConversationPane({ sessionId }: { sessionId: SessionId }) {
  const client = useClient();
  const scope = useMemo(() => {
    const { store, failure } = client.transcript(sessionId);
    return { sessionId, store, failure };
  }, [client, sessionId]);
  return (
    <SessionContext value={scope}>
      <Remembered value={memoryOf(scope.store)}>
        <PicturePlace value={sessionId}>
          <SessionFrame />
        </PicturePlace>
      </Remembered>
    </SessionContext>
  );
}

/** The conversation, and the panel at its side where that is shown. */
function SessionFrame() {
  const isSheet = useMedia(sheetQuery);
  const shown = useStore(sidePanel, (view) => (isSheet ? view.sheet : view.shown));
  const wide = useStore(sidePanel, (view) => view.shown && view.wide && view.tab === 'changes') && !isSheet;
  return (
    <div className="session-frame" data-panel={wide ? 'wide' : shown ? 'shown' : 'hidden'}>
      <Conversation covered={wide} />
      {shown && (
        <Suspense fallback={null}>
          <SidePanel />
        </Suspense>
      )}
    </div>
  );
}

function Conversation({ covered }: { covered: boolean }) {
  const { sessionId } = useSession();
  const phase = useTranscript((view) => view.phase);
  const known = useTranscript((view) => view.meta !== null);
  const archived = useTranscript((view) => view.meta?.archived === true);
  const attaching = useAttaching(sessionId);
  const whyNot = useWhyNot('chat');
  const missing = useSessions((view) => view.loaded && !view.byId.has(sessionId)) && !known;
  if (missing) {
    return (
      <section className="conversation">
        <header className="pane-header">
          <OpenSidebar />
        </header>
        <EmptyNote title={t.conversation.missing}>{t.conversation.missingNote}</EmptyNote>
      </section>
    );
  }
  return (
    <section
      className="conversation"
      inert={covered}
      data-testid={testIds.conversation}
      data-phase={phase}
      {...(archived || whyNot !== null ? {} : attaching.drop)}
    >
      <DropNote over={attaching.over} />
      <ConversationHeader />
      {known || phase === 'live' ? <ConversationBody /> : <Loading />}
    </section>
  );
}

/** Nothing is known yet, or never will be. */
function Loading() {
  return useLoadFailure() ? (
    <div className="load-failure">
      <LoadFailureCard />
    </div>
  ) : (
    <ConversationSkeleton />
  );
}

function ConversationBody() {
  const scroll = useStickyScroll();
  const { scroller, content, atEnd, jump } = scroll;
  useMarkSeen(atEnd);
  const waiting = useTranscript((view) => view.waiting.length);
  useStopKey();
  const { sessionId } = useSession();
  const finding = useStore(findStore, ({ question }) => question?.sessionId === sessionId);
  const hasGoal = useTranscript((view) => view.goal !== null);
  const hasDigest = useTranscript((view) => view.digest !== null);
  // A request that comes in while reading the end must not push the end out of sight.
  const seen = useRef(waiting);
  useEffect(() => {
    if (seen.current !== waiting && atEnd) jump();
    seen.current = waiting;
  }, [waiting, atEnd, jump]);
  return (
    <>
      {finding && (
        <Suspense fallback={<Coming />}>
          <FindBar />
        </Suspense>
      )}
      <div
        className="transcript-scroller"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="log"
        aria-live="off"
        aria-label={t.conversation.label}
        onCopy={copyPlainly}
      >
        <div className="transcript" ref={content}>
          <TranscriptList scroll={scroll} />
        </div>
      </div>
      <div className="dock">
        {!atEnd && (
          <button type="button" className="jump-to-latest" data-testid={testIds.jumpToLatest} onClick={jump}>
            <ArrowDown size={15} aria-hidden /> {t.conversation.jump}
          </button>
        )}
        <div className="dock-column">
          <LoadFailureCard />
          <OtherWriterBanner />
          <LimitBanner />
          {hasGoal && (
            <Suspense fallback={<Coming />}>
              <GoalStrip />
            </Suspense>
          )}
          <ApprovalDock />
          <QueueList />
          {hasDigest && (
            <Suspense fallback={<Coming />}>
              <DigestCard />
            </Suspense>
          )}
          <Composer onSent={jump} />
        </div>
      </div>
    </>
  );
}

/** Holds no room for what is still being fetched; who looks at the page from outside knows that it is not all there yet. */
function Coming() {
  return <span className="coming" hidden />;
}
