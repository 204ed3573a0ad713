import { cutDepth, isTooDeep } from '../cut-depth.ts';
import {
  type AgentMethod,
  type AgentMethods,
  type Fields,
  fields,
  type RpcAnswer,
  type RpcError,
  type RpcId,
} from './wire.ts';

/**
 * JSON-RPC over lines, without I/O: a line goes in, and everything it means is called back before `hear` returns.
 *
 * The SDK has a connection of its own. It is not used here: it reads through web streams (several turns of the event loop for each line, where a
 * delta of text wants none), validates every message as a whole, and drops lines that are not JSON without a word, which would hide from a
 * person why an agent does not work. Its types are used (wire.ts).
 */
export interface ConnectionListener {
  onNotification(method: string, params: Fields, line: Fields): void;
  /** The agent asks; `answer` or `refuse` is due, once. */
  onRequest(id: RpcId, method: string, params: Fields, line: Fields): void;
  /** JSON, but no message of JSON-RPC. */
  onUnknown(line: Fields): void;
  /** Not JSON. */
  onGarbage(text: string): void;
}

export type OnAnswer = (answer: RpcAnswer) => void;

export class AcpConnection {
  readonly #write: (text: string) => void;
  readonly #listener: ConnectionListener;
  readonly #waiting = new Map<number, OnAnswer>();
  #requests = 0;

  constructor(write: (text: string) => void, listener: ConnectionListener) {
    this.#write = write;
    this.#listener = listener;
  }

  /** `onAnswer` is called when the agent answers, and never when it does not. */
  request<M extends AgentMethod>(method: M, params: AgentMethods[M], onAnswer: OnAnswer): void {
    const id = ++this.#requests;
    this.#waiting.set(id, onAnswer);
    this.#send({ id, method, params });
  }

  notify(method: 'session/cancel', params: { sessionId: string }): void {
    this.#send({ method, params });
  }

  answer(id: RpcId, result: object): void {
    this.#send({ id, result });
  }

  refuse(id: RpcId, error: RpcError): void {
    this.#send({ id, error });
  }

  /** One line of the agent. @returns whether it was of the protocol. */
  hear(text: string): boolean {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#listener.onGarbage(text);
      return false;
    }
    // What walks the values later does so with the call stack.
    if (isTooDeep(text, value)) cutDepth(value);
    const line = fields(value);
    const { id, method } = line;
    if (typeof method === 'string') {
      if (isId(id)) this.#listener.onRequest(id, method, fields(line.params), line);
      else this.#listener.onNotification(method, fields(line.params), line);
      return true;
    }
    if (typeof id !== 'number' || (!('result' in line) && !('error' in line))) {
      this.#listener.onUnknown(line);
      return false;
    }
    const onAnswer = this.#waiting.get(id);
    // An answer to nothing: late, or told twice. It says nothing to anybody.
    if (onAnswer === undefined) return false;
    this.#waiting.delete(id);
    onAnswer('error' in line ? { ok: false, error: errorOf(line.error) } : { ok: true, result: fields(line.result) });
    return true;
  }

  #send(message: object): void {
    // Line and paragraph separators are legal inside a JSON string, but many line readers (Node's own) end a line at them.
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#write(`${text.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`);
  }
}

function isId(value: unknown): value is RpcId {
  return typeof value === 'number' || typeof value === 'string';
}

function errorOf(value: unknown): RpcError {
  const { code, message, data } = fields(value);
  return {
    code: typeof code === 'number' ? code : 0,
    message: typeof message === 'string' ? message : '',
    ...(data === undefined ? {} : { data }),
  };
}
