import { CircleCheck } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { seenStore } from '../../store/seen.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { useProviders, useSessions } from '../../ui/client-context.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { isFocusFree } from '../../ui/keep-focus.ts';
import { ProblemText } from '../../ui/problem-text.tsx';
import { OpenSidebar } from '../sidebar/open-sidebar.tsx';
import { AnsweredList } from './answered-list.tsx';
import { attentionOf } from './attention.ts';
import { AttentionList } from './attention-list.tsx';
import { InboxRequest } from './inbox-request.tsx';
import { useRequests } from './use-requests.ts';

/** Everything that waits for a person, over all sessions, the longest wait first; answered in place. */
export function InboxPage() {
  const { waiting, answered, more, problem, retry } = useRequests();
  const byId = useSessions((view) => view.byId);
  const providers = useProviders((view) => view.list);
  const seen = useStore(seenStore);
  const attention = attentionOf(byId.values(), providers, seen);
  const requests = waiting ?? [];
  // One whose agent is gone does not hold anybody up.
  const held = requests.filter((one) => one.waits);
  const kept = requests.filter((one) => !one.waits);
  const page = useRef<HTMLElement>(null);
  useWalk(page);
  useFocusOfCards(page, requests.map((one) => one.approval_id).join(' '));
  const nothing = waiting !== null && requests.length === 0 && attention.length === 0;
  return (
    <section ref={page} className="page" data-testid={testIds.inboxPage}>
      <header className="pane-header">
        <OpenSidebar />
        <div className="pane-title">
          <h1 tabIndex={-1}>{t.inbox.title}</h1>
        </div>
      </header>
      <div className="page-scroll">
        <div className="inbox" aria-busy={waiting === null && problem === null}>
          {problem && (
            <div className="inbox-problem">
              <ProblemText problem={problem} />
              <Button size="small" onClick={retry}>
                {t.common.tryAgain}
              </Button>
            </div>
          )}
          {nothing && (
            <EmptyNote icon={CircleCheck} title={t.inbox.empty}>
              {t.inbox.emptyNote}
            </EmptyNote>
          )}
          {held.length > 0 && (
            <section className="inbox-part">
              <h2>{t.inbox.waiting(held.length)}</h2>
              <p className="inbox-keys wide-only">{t.inbox.keys}</p>
              <ul className="inbox-requests">
                {held.map((record) => (
                  <InboxRequest key={record.approval_id} record={record} />
                ))}
              </ul>
            </section>
          )}
          <AttentionList list={attention} />
          {kept.length > 0 && (
            <section className="inbox-part">
              <h2>{t.inbox.kept}</h2>
              <ul className="inbox-requests">
                {kept.map((record) => (
                  <InboxRequest key={record.approval_id} record={record} />
                ))}
              </ul>
            </section>
          )}
          {more && <p className="inbox-more">{t.inbox.more(requests.length)}</p>}
          <AnsweredList records={answered} />
        </div>
      </div>
    </section>
  );
}

const cardsIn = (page: HTMLElement | null): HTMLElement[] => [
  ...(page?.querySelectorAll<HTMLElement>('.inbox-entry .approval-card') ?? []),
];

function useWalk(page: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const box = page.current;
    const walk = (event: KeyboardEvent): void => walkCards(event, box);
    box?.addEventListener('keydown', walk);
    return () => box?.removeEventListener('keydown', walk);
  }, [page]);
}

/** Arrows, and J and K, go from one request to the next; inside of what takes letters or scrolls they do what they do there. */
function walkCards(event: KeyboardEvent, page: HTMLElement | null): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const down = event.key === 'j' || event.key === 'ArrowDown';
  if (!down && event.key !== 'k' && event.key !== 'ArrowUp') return;
  const target = event.target as HTMLElement;
  if (target.closest('input, textarea, select, pre, .menu')) return;
  const cards = cardsIn(page);
  const at = cards.findIndex((card) => card.contains(target));
  const next = cards[at < 0 ? (down ? 0 : cards.length - 1) : at + (down ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.closest('.inbox-entry')?.scrollIntoView({ block: 'nearest' });
}

/**
 * Where the focus goes when the request that had it has left: to the one in its place, so that the next can be read and answered; after the last one
 * to the title of the page.
 */
function useFocusOfCards(page: { readonly current: HTMLElement | null }, ids: string): void {
  const place = useRef<number | null>(null);
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      const at = cardsIn(page.current).findIndex((card) => card.contains(event.target as Node));
      place.current = at < 0 ? null : at;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, [page]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the requests are other ones
  useLayoutEffect(() => {
    if (!isFocusFree()) return;
    const cards = cardsIn(page.current);
    const card = cards[Math.min(place.current ?? 0, cards.length - 1)];
    // Nobody has been at a request yet, and there is none: nothing was lost that would have to be put somewhere.
    if (!card && place.current === null) return;
    (card ?? page.current?.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: card === undefined });
  }, [ids]);
}
