import { History, Inbox, type LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { go, type Route, routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { type ShortcutId, withKeys } from '../../store/shortcuts.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useInboxCount } from '../inbox/use-inbox-count.ts';

interface Place {
  readonly id: string;
  readonly label: () => string;
  readonly icon: LucideIcon;
  readonly route: Route;
  readonly shortcut?: ShortcutId;
  readonly testId: string;
  readonly isOpen: (route: Route) => boolean;
  /** How many things are in it that a person should know of. */
  readonly useCount?: () => number;
}

/** Places beside the sessions, in the order they are shown. */
const places: readonly Place[] = [
  {
    id: 'inbox',
    label: () => t.inbox.title,
    icon: Inbox,
    route: { name: 'inbox' },
    shortcut: 'inbox',
    testId: testIds.inbox,
    isOpen: (route) => route.name === 'inbox',
    useCount: useInboxCount,
  },
  {
    id: 'history',
    label: () => t.imports.title,
    icon: History,
    route: { name: 'history' },
    testId: testIds.history,
    isOpen: (route) => route.name === 'history' || route.name === 'import',
  },
];

const none = (): number => 0;

export function SidebarNav() {
  const route = useStore(routeStore);
  return (
    <ul className="sidebar-nav" aria-label={t.nav.label}>
      {places.map((place) => (
        <li key={place.id}>
          <PlaceButton place={place} open={place.isOpen(route)} />
        </li>
      ))}
    </ul>
  );
}

function PlaceButton({
  place: { label, icon: Icon, route, shortcut, testId, useCount = none },
  open,
}: {
  place: Place;
  open: boolean;
}) {
  const count = useCount();
  return (
    <button
      type="button"
      className="sidebar-place-button"
      title={shortcut && withKeys(label(), shortcut)}
      aria-current={open ? 'page' : undefined}
      data-testid={testId}
      onClick={() => {
        go(route);
        setSheet(false);
      }}
    >
      <Icon size={16} aria-hidden />
      {label()}
      {count > 0 && (
        <span className="place-count">
          <span aria-hidden>{count}</span>
          <span className="visually-hidden">{t.inbox.count(count)}</span>
        </span>
      )}
    </button>
  );
}
