import type { IncomingMessage, Server } from 'node:http';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify';
import type { Log } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { answerRoute, sendRefusal } from './answer-route.ts';
import type { Metrics } from './metrics.ts';
import { missingPage } from './missing-page.ts';
import { createServer } from './node-http.ts';
import { defect, noSuchRoute, wrongMethod } from './problems.ts';
import type { Access, Route } from './route.ts';
import type { RouteGuards } from './route-guards.ts';
import { type StaticFiles, takesGzip } from './static-files.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it; a route without one is refused when the app is built. */
    access?: Access;
    link?: 'private' | 'any';
  }
}

/** Most bodies are a few fields. A route that takes more says so. */
const bodyBytes = 16_384;
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export interface HttpAppDeps {
  routes: readonly Route[];
  guards: RouteGuards;
  files: StaticFiles;
  /** Counts every answer. */
  metrics?: Metrics;
  log: Log;
}

/** The HTTP side of the gateway: the routes, and the files of the page. */
export function createHttpApp(deps: HttpAppDeps): FastifyInstance {
  const options: FastifyServerOptions<Server> = {
    bodyLimit: bodyBytes,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1_000 },
    // Bodies are checked by the routes. Without these two, Fastify loads a JSON schema compiler (85 files) before it listens.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (_error, _request, reply) => sendRefusal(reply as FastifyReply, { problem: noSuchRoute }),
    // It never listens: each door has a server of its own, which hands its requests to this one.
    serverFactory: (handler) => createServer(handler),
  };
  const app = Fastify<Server>(options);
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`The route ${url} does not say who may call it.`);
  });
  if (deps.metrics) countAnswers(app, deps.metrics);
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.code === 'internal') deps.log.error('request failed', { route: request.routeOptions.url, error });
    return sendRefusal(reply, { problem }, error.statusCode);
  });
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, { problem: noSuchRoute }));
  for (const route of deps.routes) if (!route.raw) addRoute(app, route, deps.guards);
  app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    // The handler reads the bytes as they come, and counts them.
    raw.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const route of deps.routes) if (route.raw) addRoute(raw, route, deps.guards);
  });
  addOtherMethods(app, deps.routes);
  app.route({
    method: 'GET',
    url: '/*',
    config: { access: 'anyone', link: 'any' },
    handler: (request, reply) => sendFile(deps.files, request.raw, reply),
  });
  return app;
}

/** By route, never by address: addresses hold names of sessions and keys. */
function countAnswers(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    metrics.count('quarterdeck_http_requests_total', 'Answers over HTTP.', labels);
    const took = reply.elapsedTime / 1_000;
    metrics.took('quarterdeck_http_request_duration_seconds', 'Time to the end of an answer.', { route }, took);
    done();
  });
}

function noSchemas(): never {
  throw new Error('A route has a JSON schema, but no compiler for it is loaded.');
}

function addRoute(app: FastifyInstance, route: Route, guards: RouteGuards): void {
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: route.bodyBytes ?? bodyBytes,
    // A stream has no HEAD: it would be opened for nothing.
    exposeHeadRoute: route.method === 'GET' && route.otherAnswers?.['text/event-stream'] === undefined,
    config: { access: route.access, link: route.link ?? 'private' },
    // Before a body is read: who may not call it has no say about how much is read.
    onRequest: (request, reply, done) => {
      const refusal = guards.enter(route, request.raw);
      if (refusal) sendRefusal(reply, refusal);
      else done();
    },
    handler: (request, reply) => answerRoute(route, guards, request, reply),
  });
}

/** Every address knows which methods it has: others get 405, and OPTIONS tells them. No CORS header is sent, so no other page learns it. */
function addOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  const byUrl = new Map<string, Set<string>>();
  for (const { url, method } of routes) {
    const known = byUrl.get(url) ?? new Set();
    known.add(method);
    byUrl.set(url, known);
  }
  for (const [url, known] of byUrl) {
    const allowed = [...known, ...(known.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    app.route({
      method: ['OPTIONS', ...methods.filter((method) => !known.has(method))],
      url,
      exposeHeadRoute: false,
      config: { access: 'anyone', link: 'any' },
      onRequest: (request, reply) => {
        reply.header('allow', allowed);
        if (request.method === 'OPTIONS') reply.code(204).send();
        else sendRefusal(reply, { problem: wrongMethod(request.method, allowed) }, 405);
      },
      handler: (_request, reply) => reply,
    });
  }
}

async function sendFile(files: StaticFiles, request: IncomingMessage, reply: FastifyReply): Promise<FastifyReply> {
  const pathname = (request.url ?? '/').split('?', 1)[0]!;
  if (pathname.startsWith('/api/')) return sendRefusal(reply, { problem: noSuchRoute });
  const file = await files.read(pathname, takesGzip(request.headers['accept-encoding']));
  if (file !== null) {
    if (file.immutable) reply.header('cache-control', 'private, max-age=31536000, immutable');
    return reply.headers(file.headers).type(file.type).send(file.body);
  }
  if (pathname === '/') return reply.code(503).type('text/html; charset=utf-8').send(missingPage);
  return sendRefusal(reply, { problem: noSuchRoute });
}

/** What Fastify refuses by itself, in our words. */
function problemOf(error: FastifyError, request: FastifyRequest): Problem {
  const next = 'Send a JSON object; docs/rest.md has the fields of every route.';
  const impact = 'It was not carried out.';
  if (error.statusCode === 413) {
    const most = request.routeOptions.bodyLimit ?? bodyBytes;
    return { code: 'frame_too_large', message: `The body is larger than ${most} bytes.`, impact, next };
  }
  if (error.statusCode === 415) {
    return { code: 'invalid_frame', message: 'The body is not marked as JSON.', impact, next };
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { code: 'invalid_json', message: 'The body is not JSON.', impact, next };
  }
  return defect;
}
