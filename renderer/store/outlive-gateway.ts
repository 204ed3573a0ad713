import type { Client } from './client.ts';
import { routeStore } from './route.ts';
import { forgetShell, keepShell, recallShell } from './saved-shell.ts';

/** Shows what was known last until the gateway answers, and keeps what is known for the next time. */
export function outliveGateway(client: Client): void {
  void recallShell().then((shell) => shell && client.restore(shell));
  keepShell(client, () => {
    const route = routeStore.getState();
    return route.name === 'session' ? route.sessionId : null;
  });
  client.connection.subscribe(({ link }, before) => {
    if (link === before.link) return;
    // Without access, what was read by it does not stay in the browser; what was typed does.
    const ended = link.status === 'signed_out' && link.reason !== 'untrusted' && link.reason !== 'pairing_broken';
    if (ended || link.status === 'by_hand') void forgetShell();
  });
}
