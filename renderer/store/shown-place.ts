import type { SessionId } from '../../main/protocol/ids.ts';
import type { Bridge } from '../bridge.ts';
import { type Route, routeStore } from './route.ts';

/** What a person has before their eyes here, as notifications look at it. */
export function shownPlace(route: Route): { session_id: SessionId | null; inbox: boolean } {
  return { session_id: route.name === 'session' ? route.sessionId : null, inbox: route.name === 'inbox' };
}

/** Tells the app around the page, which shows no notification of what is seen here. */
export function tellWhatIsShown(bridge: Pick<Bridge, 'note'>): void {
  if (!bridge.note) return;
  const tell = () => bridge.note?.({ type: 'shows', ...shownPlace(routeStore.getState()) });
  routeStore.subscribe(tell);
  tell();
}
