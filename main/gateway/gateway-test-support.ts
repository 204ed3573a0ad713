/** A gateway on a real port over a real SQLite file, with a hall that keeps what it hears. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { type Socket, connect as tcpConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type ClientOptions, WebSocket } from 'ws';
import { createManualClock } from '../base/clock.ts';
import type { Hall, Principal, Sink } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import { createPasswordHasher } from '../security/password.ts';
import { createSignIn } from '../sign-in.ts';
import { createKeyStore } from '../storage/key-store.ts';
import { createLoginStore } from '../storage/login-store.ts';
import type { Db } from '../storage/open-database.ts';
import { migrate } from '../storage/open-database.ts';
import { createGateway, type GatewayDeps } from './gateway.ts';

export const ownerToken = `qdo_${'o'.repeat(43)}`;

/** One client as the hall met it. */
export class HallClient {
  readonly received: string[] = [];
  readonly principal: Principal;
  readonly sink: Sink;
  gone = false;
  constructor(principal: Principal, sink: Sink) {
    this.principal = principal;
    this.sink = sink;
  }
}

/** Welcomes everybody, echoes what it hears, throws on "defect". */
export class FakeHall implements Hall {
  readonly clients: HallClient[] = [];
  get connections(): number {
    return this.clients.filter((client) => !client.gone).length;
  }
  connect(principal: Principal, sink: Sink) {
    const client = new HallClient(principal, sink);
    this.clients.push(client);
    sink.send(JSON.stringify({ type: 'welcome' }));
    return {
      receive(text: string) {
        if (text === 'defect') throw new Error('a defect behind the door');
        client.received.push(text);
        sink.send(text);
      },
      close() {
        client.gone = true;
      },
    };
  }
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A client's end of a WebSocket, with everything it was sent. */
export class TestSocket {
  readonly frames: string[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  #wake: (() => void)[] = [];
  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.frames.push(String(data));
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
  }
  /** The first frame of which this is true, also one that came before. */
  async frame(is: (frame: string) => boolean): Promise<string> {
    for (;;) {
      const found = this.frames.find(is);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }
}

export async function startTestGateway(overrides: Partial<GatewayDeps> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-gateway-'));
  const rendererDir = join(folder, 'renderer');
  mkdirSync(join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Quarterdeck</title>');
  writeFileSync(join(rendererDir, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(rendererDir, 'assets', 'index-1a2b.js.map'), '{}');
  writeFileSync(join(folder, 'secret.json'), '"outside"');

  const clock = createManualClock();
  const db: Db = new Database(join(folder, 'quarterdeck.db'));
  db.pragma('journal_mode = WAL');
  migrate(db);
  const keys = createKeyStore(db, clock.now);
  const logins = createLoginStore(db, clock.now);
  const hall = new FakeHall();
  const logged: { level: string; message: string; fields?: unknown }[] = [];
  const level = (name: string) => (message: string, fields?: unknown) =>
    void logged.push({ level: name, message, fields });
  // As few passes as argon2 takes: what is tested is who is let in.
  const hasher = createPasswordHasher({ memoryKib: 8, iterations: 1 });
  const browsers = createSignIn({
    ...{ db, logins, keys, clock, hasher },
    safeStorage: null,
    paths: { secretsKey: join(folder, 'secrets.key'), setupCode: join(folder, 'setup-code') },
    offersSetup: true,
    secrets: { add() {} },
    log: { warn: () => {} },
  });
  const deps: GatewayDeps = {
    hall,
    browserSignIn: browsers.browserSignIn,
    keys,
    logins,
    ownerToken,
    rendererDir,
    version: '1.2.3',
    status: () => ({ version: '1.2.3' }),
    clock,
    log: { debug: level('debug'), info: level('info'), warn: level('warn'), error: level('error') },
    ...overrides,
  };
  const gateway = createGateway(deps);
  const listening = await gateway.listen({ port: 0 });
  if (!listening.ok) throw new Error(listening.error.message);
  const { url, port } = listening.value;
  const sockets: WebSocket[] = [];

  /** Any request, its path sent as it stands (no client resolves `..` on the way). */
  const http = (path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) =>
    new Promise<HttpAnswer>((resolve, reject) => {
      const { method = 'GET', headers = {}, body } = options;
      const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      request.on('error', reject);
      request.end(body);
    });

  /** Sends bytes, answers with everything that came back until the server closed. */
  const raw = (bytes: string | Buffer) =>
    new Promise<string>((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket: Socket = tcpConnect(port, '127.0.0.1', () => socket.end(bytes));
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('error', reject);
      socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    });

  /** Opens a socket; a refusal is the HTTP answer it got instead. */
  const connect = (options: ClientOptions & { path?: string } = {}) =>
    new Promise<{ ok: true; client: TestSocket } | { ok: false; answer: HttpAnswer }>((resolve, reject) => {
      const { path = '/api/v1/ws', ...rest } = options;
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, rest);
      const client = new TestSocket(socket);
      sockets.push(socket);
      socket.on('open', () => resolve({ ok: true, client }));
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += String(chunk);
        });
        response.on('end', () =>
          resolve({ ok: false, answer: { status: response.statusCode ?? 0, headers: response.headers, text } }),
        );
      });
    });

  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const own = { origin: url };

  return {
    ...{
      deps,
      gateway,
      url,
      port,
      hall,
      keys,
      logins,
      browsers,
      clock,
      folder,
      rendererDir,
      logged,
      http,
      raw,
      connect,
      bearer,
      own,
    },
    /** The logins as the next start of the app finds them. */
    loginsAfterRestart: () => createLoginStore(db, clock.now),
    /** A socket that must be let in. */
    async enter(headers: Record<string, string> = bearer(ownerToken)): Promise<TestSocket> {
      const connected = await connect({ headers });
      if (!connected.ok) throw new Error(`refused: ${connected.answer.status} ${connected.answer.text}`);
      await connected.client.frame((frame) => frame.includes('welcome'));
      return connected.client;
    },
    /** Redeems a one-time link as the page does. @returns the Cookie header to send from now on. */
    async signIn(): Promise<string> {
      const code = gateway.openLink().split('#open=')[1];
      const answer = await http('/api/v1/open', {
        method: 'POST',
        headers: { ...own, 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
      return String(answer.headers['set-cookie']).split(';')[0]!;
    },
    async stop(): Promise<void> {
      for (const socket of sockets) socket.terminate();
      await gateway.close();
      await browsers.close();
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type TestGateway = Awaited<ReturnType<typeof startTestGateway>>;

export const problemIn = (answer: HttpAnswer): Problem => JSON.parse(answer.text) as Problem;
