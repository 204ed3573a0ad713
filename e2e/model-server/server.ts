import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicDoor } from './anthropic/door.ts';
import type { Door } from './door.ts';
import { FaultCounters } from './fault-counters.ts';
import { Gates } from './gates.ts';
import { geminiDoor } from './gemini/door.ts';
import { openaiDoor } from './openai/door.ts';
import { type ModelEvent, play } from './play.ts';
import { RequestLog, type RequestRecord } from './request-log.ts';
import { selectStep, type Transcript } from './transcript.ts';

export interface ModelServerOptions {
  /** 0 (default) takes a free port. Always on 127.0.0.1. */
  port?: number;
  /** Pause between two deltas in milliseconds, 5 by default. */
  deltaMs?: number;
  /** How many requests the log keeps, 1000 by default. */
  keepRequests?: number;
  /** What the model makes of prompts that carry no script themselves, so that a picture shows what a person would write. */
  scripts?: { readonly [prompt: string]: string };
}

export interface ModelServer {
  readonly url: string;
  readonly port: number;
  /** What was asked, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Resolves with the first request, past or future, that fits; asked again whenever a request changes its outcome. */
  waitFor(accepts: (record: RequestRecord) => boolean): Promise<RequestRecord>;
  /** Lets every script go on that waits at `[[wait: gate]]`, now or later. */
  open(gate: string): void;
  /** Drops all connections and stops listening. */
  close(): Promise<void>;
}

const doors: readonly Door[] = [anthropicDoor, openaiDoor, geminiDoor];

/** Starts the scripted model server on loopback. The grammar of the scripts is in README.md. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { port = 0, deltaMs = 5, keepRequests = 1000, scripts = {} } = options;
  const log = new RequestLog(keepRequests);
  const counters = new FaultCounters();
  const gates = new Gates();

  async function* answer(
    record: RequestRecord,
    transcript: Transcript,
    sessionId: string,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void, undefined> {
    const selection = selectStep(transcript, (prompt) => scriptOf(scripts, prompt));
    if (!selection.ok) {
      log.changed(record);
      yield { type: 'error', status: 400, details: { message: `Scripted model server: ${selection.problem}` } };
      return;
    }
    record.prompt = selection.step.prompt;
    record.stepIndex = selection.step.stepIndex;
    log.changed(record);
    yield* play(selection.step, { sessionId, counters, gates, deltaMs, signal });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const method = request.method ?? 'GET';
    const gate = /^\/control\/open\/([^/]+)$/.exec(url.pathname)?.[1];
    if (method === 'POST' && gate !== undefined) {
      gates.open(decodeURIComponent(gate));
      response.writeHead(204).end();
      return;
    }
    if (method === 'GET' && url.pathname === '/control/requests') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(log.records));
      return;
    }
    const body = await readJson(request);
    const record = log.add({ method, path: `${url.pathname}${url.search}`, headers: flatHeaders(request), body });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const door = doors.find((candidate) => candidate.accepts(method, url.pathname));
    try {
      if (door === undefined) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such door"}}');
        record.outcome = 'failed';
      } else {
        record.door = door.name;
        const { signal } = gone;
        await door.handle({
          request,
          response,
          url,
          body,
          record,
          signal,
          answer: (transcript, sessionId) => answer(record, transcript, sessionId, signal),
        });
        if (record.outcome === 'running') record.outcome = 'completed';
      }
    } catch (error) {
      if (!gone.signal.aborted) throw error;
      record.outcome = 'client_closed';
    } finally {
      record.status = response.headersSent ? response.statusCode : null;
      log.changed(record);
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A CLI that was stopped hangs up in the middle of an answer.
      const hungUp = ['EPIPE', 'ECONNRESET'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (!hungUp) console.error('model server:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    requests: log.records,
    waitFor: (accepts) => log.waitFor(accepts),
    open: (gate) => gates.open(gate),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function flatHeaders(request: IncomingMessage): { [name: string]: string } {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

/** The script of a prompt: its own, or that of the prompt it ends with (an app may put something before what a person says). */
function scriptOf(scripts: { readonly [prompt: string]: string }, prompt: string): string {
  const own = scripts[prompt];
  if (own !== undefined) return own;
  const [last] = Object.keys(scripts)
    .filter((words) => words !== '' && prompt.includes(words))
    .sort((a, b) => prompt.lastIndexOf(b) - prompt.lastIndexOf(a));
  return last === undefined ? prompt : (scripts[last] as string);
}
