import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { ApprovalId } from '../../../main/protocol/ids.ts';
import { meanRequest, meantRequest } from '../../store/meant-request.ts';
import { t } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { useTranscript } from '../conversation/session-context.ts';
import { RequestCard } from './request-card.tsx';

/** What waits for an answer, above the composer, one at a time. */
export function ApprovalDock() {
  const waiting = useTranscript((view) => view.waiting);
  const approvals = useTranscript((view) => view.approvals);
  const [chosen, setChosen] = useState<ApprovalId | null>(null);
  const meant = useStore(meantRequest, (view) => view.id);
  useEffect(() => {
    if (meant === null || !waiting.includes(meant)) return;
    setChosen(meant);
    meanRequest(null);
    // Whoever came from its notification came for it.
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>('.approval-dock .approval-card')?.focus({ preventScroll: true }),
    );
  }, [meant, waiting]);
  const at = Math.max(0, waiting.indexOf(chosen ?? waiting[0]!));
  const id = waiting[at];
  const approval = id ? approvals.get(id) : undefined;
  const dock = useFocusOfRequests(id);
  if (!approval) return null;
  const pager =
    waiting.length > 1 ? (
      <span className="approval-pager">
        <IconButton
          label={t.approval.previous}
          className="icon-button-small"
          off={at === 0 && t.off.first}
          onClick={() => setChosen(waiting[at - 1] ?? null)}
        >
          <ChevronLeft size={15} aria-hidden />
        </IconButton>
        {t.approval.position(at + 1, waiting.length)}
        <IconButton
          label={t.approval.next}
          className="icon-button-small"
          off={at === waiting.length - 1 && t.off.last}
          onClick={() => setChosen(waiting[at + 1] ?? null)}
        >
          <ChevronRight size={15} aria-hidden />
        </IconButton>
      </span>
    ) : null;
  return (
    <div ref={dock} className="approval-dock">
      <RequestCard key={approval.request.approval_id} approval={approval} pager={pager} />
    </div>
  );
}

/**
 * A request that comes up takes the focus when nobody is doing anything with it, never from somebody who is writing. When the last one is
 * answered, the focus goes to the conversation: not to the composer, where the next answer by key would be typed as a message.
 */
function useFocusOfRequests(id: ApprovalId | undefined) {
  const dock = useRef<HTMLDivElement>(null);
  const before = useRef(id);
  useLayoutEffect(() => {
    const wasThere = before.current !== undefined;
    before.current = id;
    const reading = document.querySelector<HTMLElement>('.transcript-scroller');
    const active = document.activeElement;
    if (active !== document.body && active !== reading) return;
    const next = id ? dock.current?.querySelector<HTMLElement>('.approval-card') : wasThere ? reading : null;
    next?.focus({ preventScroll: true });
  }, [id]);
  return dock;
}
