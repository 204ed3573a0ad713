import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { errors, type Problem } from '../protocol/errors.ts';
import { STATUS_CODES } from './node-http.ts';
import { responseHeaders } from './response-headers.ts';

/** Values of a header that may stand several times (Set-Cookie). */
export type HeaderValues = Readonly<Record<string, string | string[]>>;

/** A refusal as HTTP says it: the status that belongs to the problem's code, and the problem as JSON. */
export interface Refusal {
  problem: Problem;
  headers?: HeaderValues;
  /** More about it, beside the problem's own fields, e.g. the session it happened in. */
  fields?: Readonly<Record<string, unknown>>;
}

/** `error` says the message again under the name other gateways' clients look for. */
export const bodyOf = ({ problem, fields }: Refusal): string =>
  JSON.stringify({ ...problem, ...fields, error: problem.message });

/** What every client of ours, and every proxy, can tell apart without reading the body. */
export const authHeaders = ({ problem, headers }: Refusal): Record<string, string | string[]> =>
  problem.code === 'unauthorized'
    ? { 'www-authenticate': 'Bearer', 'x-auth-failure': 'credential-invalid', ...headers }
    : { ...headers };

const headersOf = (refusal: Refusal, body: string): Record<string, string | string[]> => ({
  ...responseHeaders(),
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
  connection: 'close',
  ...authHeaders(refusal),
});

/** Answers a request that does not get as far as a route. */
export function refuseRequest(response: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal);
  response.writeHead(errors[refusal.problem.code].http, headersOf(refusal, body));
  response.end(body);
}

/** Answers an upgrade with an ordinary HTTP response instead, and ends the connection. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const body = bodyOf(refusal);
  const status = errors[refusal.problem.code].http;
  const lines = Object.entries(headersOf(refusal, body)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
