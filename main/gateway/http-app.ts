import type { IncomingMessage, Server } from 'node:http';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyServerOptions,
} from 'fastify';
import type { Log } from '../orchestrator/ports.ts';
import { errors, type Problem } from '../protocol/errors.ts';
import { missingScopes } from '../security/authorize.ts';
import { admit } from './admission.ts';
import { type Refusal, refuseRequest } from './http-answer.ts';
import { missingPage } from './missing-page.ts';
import { createServer } from './node-http.ts';
import { defect, noSuchRoute } from './problems.ts';
import { responseHeaders } from './response-headers.ts';
import type { Answer, Route } from './routes.ts';
import type { SignIn } from './sign-in.ts';
import type { StaticFiles } from './static-files.ts';

/** The only body anybody sends is a code. */
const bodyBytes = 16_384;

export interface HttpAppDeps {
  routes: readonly Route[];
  signIn: SignIn;
  files: StaticFiles;
  port: () => number;
  log: Log;
}

/** The HTTP side of the gateway: the routes, and the files of the page. */
export function createHttpApp(deps: HttpAppDeps): FastifyInstance {
  const options: FastifyServerOptions<Server> = {
    bodyLimit: bodyBytes,
    return503OnClosing: false,
    // Bodies are checked by the routes. Without these two, Fastify loads a JSON schema compiler (85 files) before it listens.
    schemaController: { compilersFactory: { buildValidator: noSchemas, buildSerializer: noSchemas } },
    frameworkErrors: (_error, _request, reply) => sendRefusal(reply as FastifyReply, { problem: noSuchRoute }),
    serverFactory: (handler) => createAdmittingServer(handler, deps.port),
  };
  const app = Fastify<Server>(options);
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.code === 'internal') deps.log.error('request failed', { route: request.routeOptions.url, error });
    return sendRefusal(reply, { problem }, error.statusCode);
  });
  app.setNotFoundHandler((_request, reply) => sendRefusal(reply, { problem: noSuchRoute }));
  for (const route of deps.routes) addRoute(app, route, deps.signIn);
  app.get('/*', (request, reply) => sendFile(deps.files, request.raw, reply));
  return app;
}

function noSchemas(): never {
  throw new Error('A route has a JSON schema, but no compiler for it is loaded.');
}

/** Asks for name and origin before anything else looks at a request, so that no route, error or unknown address can forget it. */
function createAdmittingServer(handler: Parameters<typeof createServer>[1] & {}, port: () => number): Server {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 30_000,
      // Only WebSocket is an upgrade; whoever offers another protocol (curl --http2) gets an ordinary answer.
      shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    (request, response) => {
      const admitted = admit(request.headers, request.url ?? '/', port());
      if (!admitted.ok) {
        refuseRequest(request, response, admitted, port());
        return;
      }
      for (const [name, value] of Object.entries(responseHeaders(admitted.origin))) response.setHeader(name, value);
      handler(request, response);
    },
  );
  server.maxConnections = 1_024;
  return server;
}

function addRoute(app: FastifyInstance, route: Route, signIn: SignIn): void {
  app.route({
    method: route.method,
    url: route.url,
    handler(request, reply) {
      if (route.access === 'anyone') return send(reply, route.handle(request.raw, request.body));
      const checked = signIn.check(request.raw, 'http', route.method !== 'GET');
      if (!checked.ok) return sendRefusal(reply, checked.refusal);
      const { principal } = checked.signedIn;
      const refused = route.access === 'signed_in' ? null : missingScopes(principal, [route.access], route.url);
      return refused ? sendRefusal(reply, { problem: refused }) : send(reply, route.handle(request.raw, principal));
    },
  });
}

function send(reply: FastifyReply, answer: Answer | { refusal: Refusal }): FastifyReply {
  if ('refusal' in answer) return sendRefusal(reply, answer.refusal);
  return reply
    .headers({ ...answer.headers })
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer.body));
}

function sendRefusal(reply: FastifyReply, { problem, headers }: Refusal, status?: number): FastifyReply {
  if (problem.code === 'unauthorized') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(status ?? errors[problem.code].http)
    .headers({ ...headers })
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(problem));
}

async function sendFile(files: StaticFiles, request: IncomingMessage, reply: FastifyReply): Promise<FastifyReply> {
  const pathname = (request.url ?? '/').split('?', 1)[0]!;
  if (pathname.startsWith('/api/')) return sendRefusal(reply, { problem: noSuchRoute });
  const file = await files.read(pathname);
  if (file !== null) {
    if (file.immutable) reply.header('cache-control', 'private, max-age=31536000, immutable');
    return reply.type(file.type).send(file.body);
  }
  if (pathname === '/') return reply.code(503).type('text/html; charset=utf-8').send(missingPage);
  return sendRefusal(reply, { problem: noSuchRoute });
}

/** What Fastify refuses by itself, in our words. */
function problemOf(error: FastifyError): Problem {
  const next = 'Send a JSON object as docs/protocol.md has it.';
  const impact = 'It was not carried out.';
  if (error.statusCode === 413) {
    return { code: 'frame_too_large', message: `The body is larger than ${bodyBytes} bytes.`, impact, next };
  }
  if (error.statusCode === 415) {
    return { code: 'invalid_frame', message: 'The body is not marked as JSON.', impact, next };
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { code: 'invalid_json', message: 'The body is not JSON.', impact, next };
  }
  return defect;
}
