import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { expect } from './driver/fixtures.ts';
import { browserPath, chromiumFlags } from './host/chromium.ts';
import { test } from './steps/claude.ts';
import { freshLink } from './steps/second-client.ts';

/** A name of somebody else that is made to point at this machine, as in DNS rebinding. */
const stranger = 'rebound.example';

interface Tried {
  what: string;
  /** What the page got to read; null: nothing. */
  read: string | null;
}

/** Runs in the hostile page: every way a page has to reach another server. */
async function attack({ target, text }: { target: string; text: string }): Promise<Tried[]> {
  const tried: Tried[] = [];
  const json = { 'content-type': 'application/json' };
  const note = async (what: string, work: () => Promise<string | null>) => {
    const late = new Promise<null>((resolve) => setTimeout(resolve, 5_000, null));
    tried.push({ what, read: await Promise.race([work().catch(() => null), late]) });
  };
  const body = async (answer: Response) =>
    answer.type === 'opaque' ? null : `${answer.status} ${await answer.text()}`;
  const make = JSON.stringify({ cwd: '/', provider: 'demo', title: text });
  for (const path of [
    '/',
    '/api/v1/health',
    '/api/v1/me',
    '/api/v1/sessions',
    '/api/v1/openapi.json',
    '/metrics',
    '/health',
  ]) {
    for (const credentials of ['include', 'omit'] as const) {
      await note(`GET ${path} ${credentials}`, async () => body(await fetch(target + path, { credentials })));
      await note(`GET ${path} no-cors`, async () => body(await fetch(target + path, { mode: 'no-cors', credentials })));
    }
  }
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    await note(`${method} preflighted`, async () =>
      body(await fetch(`${target}/api/v1/sessions`, { method, headers: json, body: make, credentials: 'include' })),
    );
  }
  for (const path of ['/api/v1/sessions', '/api/v1/keys', '/api/v1/chat', '/api/v1/server/restart', '/api/v1/open']) {
    await note(`POST ${path} simple`, async () =>
      body(await fetch(target + path, { method: 'POST', mode: 'no-cors', body: make, credentials: 'include' })),
    );
    await note(`beacon ${path}`, async () => {
      navigator.sendBeacon(target + path, new Blob([make], { type: 'text/plain' }));
      return null;
    });
    await note(`form ${path}`, async () => {
      const frame = document.createElement('iframe');
      frame.name = `f${Math.random()}`;
      document.body.append(frame);
      const form = document.createElement('form');
      Object.assign(form, { method: 'POST', action: target + path, target: frame.name, enctype: 'text/plain' });
      const field = document.createElement('input');
      // The trick by which a form sends something that looks like JSON.
      Object.assign(field, { name: `${make.slice(0, -1)},"x":"`, value: '"}' });
      form.append(field);
      document.body.append(form);
      form.submit();
      await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      return frame.contentDocument?.body?.textContent || null;
    });
  }
  await note('EventSource', () => {
    const source = new EventSource(`${target}/api/v1/sessions/ses_00000000/events`, { withCredentials: true });
    return new Promise((resolve) => {
      source.onopen = () => resolve('opened');
      source.onerror = () => resolve(null);
    }).finally(() => source.close()) as Promise<string | null>;
  });
  for (const path of ['/', '/api/v1/health', '/api/v1/sessions', '/assets/index.js']) {
    await note(`image ${path}`, () => {
      const image = new Image();
      return new Promise((resolve) => {
        image.onload = () => resolve('loaded');
        image.onerror = () => resolve(null);
        image.src = target + path;
      });
    });
    await note(`script ${path}`, () => {
      const script = document.createElement('script');
      return new Promise((resolve) => {
        script.onload = () => resolve('ran');
        script.onerror = () => resolve(null);
        script.src = target + path;
        document.body.append(script);
      });
    });
  }
  await note('frame of the page', async () => {
    const frame = document.createElement('iframe');
    frame.src = target;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    return frame.contentDocument?.title || null;
  });
  for (const path of ['/api/v1/ws', '/ws']) {
    for (const protocols of [[], ['quarterdeck']]) {
      await note(`WebSocket ${path} ${protocols}`, () => {
        const socket = new WebSocket(target.replace(/^http/, 'ws') + path, protocols);
        return new Promise((resolve) => {
          socket.onopen = () => resolve('opened');
          socket.onerror = () => resolve(null);
        }).finally(() => socket.close()) as Promise<string | null>;
      });
    }
  }
  return tried;
}

/** What there is in the app, as its owner sees it: nothing of it may change. */
async function stateOf(url: string, home: string): Promise<string> {
  const token = readFileSync(join(home, 'owner-token'), 'utf8').trim();
  const ask = async (path: string) =>
    (await fetch(`${url}/api/v1/${path}`, { headers: { authorization: `Bearer ${token}` } })).text();
  const status = JSON.parse(await ask('status')) as { pid: number };
  return JSON.stringify([await ask('sessions'), await ask('keys'), await ask('server/config'), status.pid]);
}

test('a page of another origin can neither call a route nor open a socket, and a rebound name is no name of ours', async ({
  app,
  home,
  marker,
}) => {
  const link = await freshLink(home);
  const url = new URL(link).origin;
  const { port } = new URL(url);
  const evil = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Kittens</title><body>');
  });
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
  const elsewhere = (evil.address() as AddressInfo).port;
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: [...chromiumFlags, `--host-resolver-rules=MAP ${stranger} 127.0.0.1`],
    env: { ...(process.env as Record<string, string>), [marker.name]: marker.value },
  });
  try {
    const context = await browser.newContext();
    // The victim is signed in, in this very browser.
    const own = await context.newPage();
    await own.goto(link, { waitUntil: 'domcontentloaded' });
    const whoami = (page: Page) => page.evaluate(async () => (await fetch('/api/v1/me')).status);
    await expect.poll(() => whoami(own)).toBe(200);
    const before = await stateOf(url, home);

    for (const [from, target] of [
      // Another port of the same host is the same site: cookies of SameSite=Lax would come along.
      [`http://127.0.0.1:${elsewhere}`, url],
      [`http://localhost:${elsewhere}`, url],
      [`http://${stranger}:${elsewhere}`, url],
      // The name of the page now points here, at our port: for the browser it is the same origin.
      [`http://${stranger}:${elsewhere}`, `http://${stranger}:${port}`],
    ] as const) {
      const page = await context.newPage();
      await page.goto(from);
      const tried = await page.evaluate(attack, { target, text: 'made by a stranger' });
      expect(tried.length).toBeGreaterThan(50);
      expect(
        tried.filter(({ read }) => read !== null),
        `${from} -> ${target}`,
      ).toEqual([]);
      await page.close();
    }

    // Rebinding for real: the page itself is asked of our port under the stranger's name, and gets the refusal.
    const rebound = await context.newPage();
    const answer = await rebound.goto(`http://${stranger}:${port}/`);
    expect(answer?.status()).toBe(403);
    const same = await rebound.evaluate(attack, { target: `http://${stranger}:${port}`, text: 'rebound' });
    for (const { what, read } of same)
      expect(read === null || read.includes('origin_refused'), `${what}: ${read}`).toBe(true);
    expect(same.some(({ read }) => read?.startsWith('403 '))).toBe(true);

    expect(await stateOf(url, home)).toBe(before);
    expect(await whoami(own)).toBe(200);
    void app;
  } finally {
    await browser.close();
    evil.close();
  }
});
