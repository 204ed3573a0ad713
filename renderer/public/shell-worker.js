/*
 * Keeps the files of the page, so that it opens while the gateway is away. The page is fetched anew whenever the gateway answers; files whose name
 * changes with their content are taken from what is kept. Nothing else is touched: no answer of the gateway is ever kept here.
 */
const cacheName = 'shell-1';
const answerMs = 4_000;
const mostFiles = 300;

const isAsset = (url) => url.origin === location.origin && /^\/assets\/[\w.-]+$/.test(url.pathname);
const isPage = (url) => url.origin === location.origin && url.pathname === '/';

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.add('/')).then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data?.type !== 'keep' || !Array.isArray(event.data.addresses)) return;
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      for (const address of event.data.addresses) {
        const url = new URL(String(address), location.href);
        if (isAsset(url) && !(await cache.match(url))) await cache.add(url).catch(() => {});
      }
    })(),
  );
});

/** A notification leads to its session in a page that is open; else to a new one. */
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const target = event.notification.data;
  event.waitUntil(
    (async () => {
      const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const page = pages.find((one) => one.focused) ?? pages[0];
      if (page) {
        if (target) page.postMessage({ type: 'lead', session_id: target.session_id, approval_id: target.approval_id });
        await page.focus();
      } else await self.clients.openWindow(target ? `/#/session/${target.session_id}` : '/');
    })(),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate' && isPage(url)) event.respondWith(page(request));
  else if (isAsset(url)) event.respondWith(asset(request));
});

async function page(request) {
  const cache = await caches.open(cacheName);
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(answerMs) });
    if (response.ok) await cache.put('/', response.clone());
    return response;
  } catch {
    return (await cache.match('/')) ?? Response.error();
  }
}

async function asset(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    const keys = await cache.keys();
    // The oldest belong to builds of long ago.
    for (const old of keys.slice(0, Math.max(0, keys.length - mostFiles))) if (!isPage(new URL(old.url))) await cache.delete(old);
  }
  return response;
}
