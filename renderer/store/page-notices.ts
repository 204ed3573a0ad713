import type { Client } from './client.ts';
import { pageNoticeState } from './notice-settings.ts';

let begun = false;

/**
 * Lets the page of a browser tell what needs its person, from when they have allowed it. Everything for that is fetched then, once. In the app's own
 * window this is the app's matter, which also tells when no window is open.
 */
export function startPageNotices(client: Client): void {
  if (begun || client.bridge.kind !== 'browser' || pageNoticeState() !== 'granted') return;
  begun = true;
  void import('./tell-from-page.ts').then(
    ({ tellFromPage }) => tellFromPage(client),
    () => {
      // The gateway went away; the next visit fetches it.
      begun = false;
    },
  );
}
