import type { BrowserContext } from 'playwright';
import type { SessionId } from '../../main/protocol/ids.ts';
import { type Server, startApp } from './server-process.ts';
import { SocketClient } from './socket-client.ts';
import { type Opened, openPage } from './watched-page.ts';

/** The app's own page, signed in, and a client of its own that asks for what the page shows. */
export interface AppPage extends Opened {
  readonly server: Server;
  readonly client: SocketClient;
  /** Opens a session in the page, and does not wait for it. */
  show(sessionId: string): Promise<void>;
  /** Shows no session, and waits until none is there. */
  leave(): Promise<void>;
}

/** @param home - its data folder, filled before. @param hears - see `openPage`. */
export async function openAppPage(
  context: BrowserContext,
  home: string,
  env: Record<string, string> = {},
  hears = false,
): Promise<AppPage> {
  const server = await startApp(home, env);
  const client = await SocketClient.connect(server);
  const opened = await openPage(context, hears);
  await opened.page.goto(server.said.open_url!);
  // The address is without the code again when the page has used it.
  await opened.page.waitForFunction(() => !location.hash.startsWith('#open='));
  const go = (hash: string) =>
    opened.page.evaluate((to) => {
      location.hash = to;
    }, hash);
  const show = (sessionId: string) => go(`#/session/${sessionId}`);
  const leave = async () => {
    await go('#/inbox');
    await opened.page.locator('.transcript-scroller').waitFor({ state: 'detached' });
  };
  return { ...opened, server, client, show, leave };
}

/** Names of sessions that are filled before the app starts. @param from - number of the first. */
export const sessionNames = (count: number, from = 1): SessionId[] =>
  Array.from({ length: count }, (_, at) => `ses_${String(from + at).padStart(20, '0')}` as SessionId);
