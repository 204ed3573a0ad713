import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { scopeNames } from '../protocol/scope-names.ts';
import { type AllRouteDeps, createAllRoutes } from './all-routes.ts';
import { createHttpApp } from './http-app.ts';
import { linkOf } from './link.ts';
import { noteAdmission } from './request-link.ts';
import { type Route, route, scopesOf } from './route.ts';
import { createRouteGuards, type RouteGuards } from './route-guards.ts';

const routes: readonly Route[] = createAllRoutes({ files: {} } as AllRouteDeps);
const guards: RouteGuards = { enter: () => null, who: () => null };
const build = (table: readonly Route[]) =>
  createHttpApp({ routes: table, guards, files: {} as never, log: {} as never });

/** Every method and address of the running app, as Fastify itself prints them. */
async function running(): Promise<string[]> {
  const app = build(routes);
  await app.ready();
  const lines = app.printRoutes({ commonPrefix: false }).split('\n').filter(Boolean);
  const found: string[] = [];
  const path: string[] = [];
  for (const line of lines) {
    const [, indent, part, methods] = /^([│├└─\s]*)(\S+)(?: \(([^)]*)\))?$/.exec(line) ?? [];
    const depth = (indent?.length ?? 0) / 4 - 1;
    path.length = Math.max(0, depth);
    path[depth] = part!;
    for (const method of methods?.split(', ') ?? []) found.push(`${method} ${path.join('')}`);
  }
  await app.close();
  return found;
}

describe('the table of routes', () => {
  it('holds every route of the running app, and the app every route of the table', async () => {
    const app = build(routes);
    await app.ready();
    for (const { method, url } of routes) expect(app.hasRoute({ method, url }), `${method} ${url}`).toBe(true);
    const urls = new Set(routes.map(({ url }) => url));
    const found = await running();
    expect(found.length).toBeGreaterThan(routes.length);
    for (const one of found) {
      const [method, url] = one.split(' ') as [string, Route['url']];
      // The page, and what answers 405 or OPTIONS at an address of the table.
      const plain = url.replace(/([^/])\*$/, '$1/*');
      if (['*', '/*'].includes(url)) expect(['GET', 'HEAD']).toContain(method);
      else expect(urls.has(plain as Route['url']), one).toBe(true);
    }
  });

  it('says of every route who may call it, over what, and what it is for', () => {
    for (const one of routes) {
      const name = `${one.method} ${one.url}`;
      expect(one.access === 'anyone' || one.access === 'signed_in' || scopesOf(one).length > 0, name).toBe(true);
      for (const scope of scopesOf(one)) expect(scopeNames, name).toContain(scope);
      expect(one.summary, name).toMatch(/^\S.*\S$/);
      expect(one.tag, name).toMatch(/^\S/);
    }
    expect(new Set(routes.map(({ method, url }) => `${method} ${url}`)).size).toBe(routes.length);
  });

  it('lets nobody in without a credential but where that is meant', () => {
    const open = routes.filter(({ access }) => access === 'anyone').map(({ method, url }) => `${method} ${url}`);
    expect(open.sort()).toEqual(openRoutes);
  });

  it('answers over a network in clear only what tells nothing and takes no secret', () => {
    const any = routes.filter(({ link }) => link === 'any').map(({ method, url }) => `${method} ${url}`);
    expect(any.sort()).toEqual(clearRoutes);
    const nobody = { check: () => ({ ok: false, refusal: { problem: { code: 'unauthorized' } } }) } as never;
    const real = createRouteGuards(nobody, { take: () => 0 });
    for (const [link, refused] of [
      [linkOf('lan', false, '192.168.1.9'), true],
      [linkOf('lan', true, '192.168.1.9'), false],
      [linkOf('loopback', false, '127.0.0.1'), false],
      [linkOf('unix', false, 'local socket'), false],
    ] as const) {
      const request = {} as IncomingMessage;
      noteAdmission(request, { ok: true, link, origin: '', sameOrigin: false });
      for (const one of routes) {
        const is = real.enter(one, request)?.problem.code === 'link_not_private';
        expect(is, `${one.method} ${one.url} ${link.kind}`).toBe(refused && one.link !== 'any');
      }
    }
  });

  it('cannot be gone round: an app with a route that does not say who may call it is not built', () => {
    const app = build([]);
    expect(() => app.get('/api/v1/forgotten', () => 'x')).toThrow('/api/v1/forgotten');
    const silent = route({ method: 'GET', url: '/x', tag: 't', summary: 's', answer: null } as never);
    expect(() => build([silent])).toThrow('/x');
  });
});

/** Whoever adds a route here has thought about a stranger who calls it. */
const openRoutes = [
  'GET /api/v1/health',
  'GET /api/v1/openapi.json',
  'GET /api/v1/setup',
  'GET /auth/callback',
  'GET /auth/config',
  'GET /auth/oidc/login',
  'GET /auth/session',
  'GET /health',
  'POST /api/v1/open',
  'POST /api/v1/prove',
  'POST /api/v1/setup',
  'POST /api/v1/setup/account',
  'POST /auth/login',
  'POST /auth/logout',
];
/** And here about one who listens. */
const clearRoutes = ['GET /api/v1/health', 'GET /health'];
