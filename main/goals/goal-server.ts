import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Result } from '../base/result.ts';
import type { Log, McpServer } from '../orchestrator/ports.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Goal } from '../protocol/values.ts';
import type { GoalReport } from '../sessions/goal-text.ts';
import { answerMessage, knownRevision } from './mcp-messages.ts';
import { SessionTokens } from './session-tokens.ts';

/** See `gateway/node-http.ts`: an `import` of it would load all of undici. */
const { createServer } = process.getBuiltinModule('node:http');

/** One message, bytes. */
const maxBody = 1_048_576;
const path = '/mcp';

export interface GoalServerOptions {
  version: string;
  log: Log;
  /** Takes a report into the goal of a session. */
  report: (session_id: SessionId, report: GoalReport) => Result<Goal, string>;
}

/** The app's own tool server: how an agent tells of the goal of its session. Model Context Protocol, streamable HTTP, on 127.0.0.1. */
export interface GoalServer {
  /** What one CLI is given to reach it; null: it does not listen. The token in it holds while `alive` says so. */
  grant(session_id: SessionId, alive: () => boolean): McpServer | null;
  close(): Promise<void>;
}

/** Starts it on a free port. A machine that refuses costs the tools, not the start: agents can report in words. */
export async function startGoalServer(options: GoalServerOptions): Promise<GoalServer> {
  const tokens = new SessionTokens();
  let port = 0;
  const server = createServer((request, response) => {
    handle(request, response, { ...options, tokens, port }).catch((error: unknown) => {
      options.log.error('the goal server failed', { error: String(error) });
      answer(response, 500, { error: 'internal' });
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.maxHeadersCount = 50;
  const listens = await listen(server, options.log);
  if (listens) {
    port = (server.address() as AddressInfo).port;
    // The app ends when its work is done, not when this does.
    server.unref();
  }
  return {
    grant(session_id, alive) {
      if (!listens) return null;
      const token = tokens.grant(session_id, alive);
      return {
        name: 'quarterdeck',
        url: `http://127.0.0.1:${port}${path}`,
        headers: { Authorization: `Bearer ${token}` },
      };
    },
    close: () =>
      new Promise((resolve) => {
        if (!listens) return resolve();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, log: Log): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      log.warn('the tool server for goals does not listen; agents report in words', { error: String(error) });
      resolve(false);
    });
    server.listen({ host: '127.0.0.1', port: 0 }, () => resolve(true));
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  at: GoalServerOptions & { tokens: SessionTokens; port: number },
): Promise<void> {
  const { headers, method } = request;
  // Called by its own name, and by no page: against DNS rebinding and pages that talk to localhost.
  const host = headers.host?.toLowerCase();
  if (host !== `127.0.0.1:${at.port}` && host !== `localhost:${at.port}`)
    return answer(response, 403, { error: 'host' });
  if (headers.origin !== undefined) return answer(response, 403, { error: 'origin' });
  if ((request.url ?? '').split('?')[0] !== path) return answer(response, 404, { error: 'not_found' });
  const token = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
  const session_id = token === undefined ? null : at.tokens.sessionOf(token);
  if (session_id === null) return answer(response, 401, { error: 'unauthorized' }, { 'www-authenticate': 'Bearer' });
  if (method !== 'POST') return answer(response, 405, { error: 'method' }, { allow: 'POST' });
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    return answer(response, 415, { error: 'content_type' });
  const revision = headers['mcp-protocol-version'];
  if (typeof revision === 'string' && !knownRevision(revision))
    return answer(response, 400, { error: 'protocol_version' });
  const body = await readBody(request);
  if (body === null) return answer(response, 413, { error: 'too_large' }, { connection: 'close' });
  let message: unknown;
  try {
    message = JSON.parse(body);
  } catch {
    return answer(response, 400, { jsonrpc: '2.0', id: null, error: { code: -32_700, message: 'Not JSON.' } });
  }
  const reply = answerMessage(message, at.version, (report) => at.report(session_id, report));
  answer(response, reply === null ? 202 : 200, reply);
}

/** @returns null when there is more than a message may have. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBody) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function answer(
  response: ServerResponse,
  status: number,
  body: object | null,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) return;
  const text = body === null ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(body === null ? {} : { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  });
  response.end(text);
}
