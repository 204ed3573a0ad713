import { Archive, ArchiveRestore, Mail, MailOpen } from 'lucide-react';
import { swipeLength } from '../../ui/use-swipe.ts';

/** What a finger that goes across a row will do, seen behind it. Who does not swipe has the same in the row's menu. */
export function SwipeHint({ unread, archived }: { unread: boolean; archived: boolean }) {
  return (
    <span className="swipe-hint" aria-hidden>
      {unread ? <MailOpen size={18} /> : <Mail size={18} />}
      {archived ? <ArchiveRestore size={18} /> : <Archive size={18} />}
    </span>
  );
}

/** Lets the row go with the finger. It is moved by its style alone: nothing is rendered on the way. @param by - null: back to its place. */
export function slideRow(row: HTMLElement, by: number | null): void {
  if (by === null) {
    row.style.removeProperty('--swipe');
    delete row.dataset.swipe;
    return;
  }
  const rtl = getComputedStyle(row).direction === 'rtl';
  row.style.setProperty('--swipe', `${rtl ? -by : by}px`);
  row.dataset.swipe = `${by > 0 ? 'end' : 'start'}${Math.abs(by) >= swipeLength ? ' far' : ''}`;
}
