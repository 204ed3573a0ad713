import { History, type LucideIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { go, type Route, routeStore } from '../../store/route.ts';
import { setSheet } from '../../store/sheet.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

interface Place {
  readonly id: string;
  readonly label: () => string;
  readonly icon: LucideIcon;
  readonly route: Route;
  readonly testId: string;
  readonly isOpen: (route: Route) => boolean;
}

/** Places beside the sessions, in the order they are shown. */
const places: readonly Place[] = [
  {
    id: 'history',
    label: () => t.imports.title,
    icon: History,
    route: { name: 'history' },
    testId: testIds.history,
    isOpen: (route) => route.name === 'history' || route.name === 'import',
  },
];

export function SidebarNav() {
  const route = useStore(routeStore);
  if (places.length === 0) return null;
  return (
    <ul className="sidebar-nav" aria-label={t.nav.label}>
      {places.map(({ id, label, icon: Icon, route: to, testId, isOpen }) => (
        <li key={id}>
          <button
            type="button"
            className="sidebar-place-button"
            aria-current={isOpen(route) ? 'page' : undefined}
            data-testid={testId}
            onClick={() => {
              go(to);
              setSheet(false);
            }}
          >
            <Icon size={16} aria-hidden />
            {label()}
          </button>
        </li>
      ))}
    </ul>
  );
}
