/**
 * The protocol of `codex app-server`: JSON-RPC 2.0 without its `jsonrpc` field, one JSON object a line, both ways. Its types can be had from the
 * CLI itself (`codex app-server generate-ts --experimental`); nothing that comes in is believed to have them, it is asked for field by field.
 */

import { cutDepth, isTooDeep } from '../cut-depth.ts';
import { type Fields, fields, string } from '../shared/fields.ts';

export type RequestId = string | number;

export type Message =
  /** The answer to a request of ours. */
  | { kind: 'answer'; id: RequestId; ok: boolean; result: Fields; code: number; error: string }
  /** The CLI asks us, and waits. */
  | { kind: 'request'; id: RequestId; method: string; params: Fields }
  | { kind: 'notification'; method: string; params: Fields }
  | { kind: 'garbage' };

/** Reads one line. Never throws. */
export function readMessage(line: string): Message {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'garbage' };
  }
  if (isTooDeep(line, value)) cutDepth(value);
  const message = fields(value);
  const method = string(message.method);
  const id = typeof message.id === 'string' || typeof message.id === 'number' ? message.id : undefined;
  if (method !== undefined) {
    const params = fields(message.params);
    return id === undefined ? { kind: 'notification', method, params } : { kind: 'request', id, method, params };
  }
  if (id === undefined) return { kind: 'garbage' };
  const error = fields(message.error);
  const code = typeof error.code === 'number' ? error.code : 0;
  return {
    kind: 'answer',
    id,
    ok: message.error === undefined,
    result: fields(message.result),
    code,
    error: string(error.message) ?? '',
  };
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

export const requestLine = (id: RequestId, method: string, params: object) => line({ id, method, params });
export const notificationLine = (method: string) => line({ method });
export const resultLine = (id: RequestId, result: object) => line({ id, result });

/** Answers a request that we do not know (JSON-RPC 2.0, 5.1: method not found); without an answer the CLI would wait for ever. */
export const refuseLine = (id: RequestId, method: string) =>
  line({ id, error: { code: -32601, message: `Not supported by this client: ${method}` } });
