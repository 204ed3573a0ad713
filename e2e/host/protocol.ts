import type { Route } from 'playwright';
import { addScheme, fromChromium } from './addresses.ts';
import { appState } from './app-state.ts';
import { loud } from './loud.ts';

type Handler = (request: Request) => Response | Promise<Response>;
interface CustomScheme {
  scheme: string;
  privileges?: {
    standard?: boolean;
    secure?: boolean;
    supportFetchAPI?: boolean;
    corsEnabled?: boolean;
    stream?: boolean;
  };
}

const handlers = new Map<string, Handler>();

export const protocol = loud('protocol', {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (appState.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      // What the stand-in's http addresses have anyway; a scheme without them would behave differently there.
      if (!privileges?.standard || !privileges.secure)
        throw new Error(`The Chromium host only has standard, secure schemes, not "${scheme}".`);
      addScheme(scheme);
    }
  },
  handle(scheme: string, handler: Handler): void {
    if (!appState.ready) throw new Error('protocol.handle needs a ready app');
    if (handlers.has(scheme)) throw new Error(`The scheme "${scheme}" is already registered`);
    handlers.set(scheme, handler);
  },
});

/** Answers a request of a page when it is for one of the app's schemes; false when it is not. */
export async function answerOwnScheme(route: Route): Promise<boolean> {
  const request = route.request();
  const url = fromChromium(request.url());
  const scheme = URL.parse(url)?.protocol.slice(0, -1) ?? '';
  if (url === request.url()) return false;
  const handler = handlers.get(scheme);
  if (handler === undefined) {
    await route.abort('failed');
    return true;
  }
  const body = request.postDataBuffer();
  const response = await handler(
    new Request(url, {
      method: request.method(),
      headers: await request
        .allHeaders()
        .then((headers) => Object.entries(headers).filter(([name]) => !name.startsWith(':'))),
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    }),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
  return true;
}
