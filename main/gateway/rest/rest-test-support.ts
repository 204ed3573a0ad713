/** The whole app in this process: real database, real gateway on a real port, the built-in agent. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../bootstrap.ts';
import type { CreatedKey } from '../../protocol/access.ts';
import type { Scope } from '../../protocol/queries.ts';
import { readOwnerToken } from '../../security/owner-token.ts';

export interface Ask {
  body?: unknown;
  /** Empty: none is shown. Without one: the owner's. */
  key?: string;
  headers?: Record<string, string>;
}

export interface RestAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came back.
  json: any;
}

export interface Told {
  id?: string;
  event?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came back.
  data?: any;
  comment?: string;
  retry?: string;
}

export async function startRest(home?: string) {
  const folder = home ?? realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-rest-')));
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-work-')));
  process.env.QUARTERDECK_IMPORTS = 'off';
  const started = await bootstrap({
    home: folder,
    composition: 'headless',
    version: '1.2.3',
    port: 0,
    portFixed: false,
    rendererDir: join(folder, 'no-page'),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const app = started.value;
  const token = readOwnerToken(folder);
  if (!token.ok) throw new Error(token.error.message);
  const port = Number(new URL(app.url!).port);

  const send = (method: string, path: string, { body, key = token.value, headers }: Ask) => {
    const sent = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    const request = httpRequest({
      host: '127.0.0.1',
      port,
      path,
      method,
      agent: false,
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    });
    request.end(sent);
    return request;
  };
  const rest = (method: string, path: string, ask: Ask = {}) =>
    new Promise<RestAnswer>((resolve, reject) => {
      send(method, path, ask)
        .on('error', reject)
        .on('response', (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            let json: unknown = null;
            try {
              json = JSON.parse(text);
            } catch {
              // Not JSON.
            }
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
          });
        });
    });

  /** Opens a stream; `until` settles with everything told so far once something fits. */
  const stream = (method: string, path: string, ask: Ask = {}) =>
    new Promise<{
      status: number;
      headers: Record<string, string | string[] | undefined>;
      told: Told[];
      until: (is: (one: Told) => boolean) => Promise<Told[]>;
      ended: Promise<void>;
      leave: () => void;
    }>((resolve, reject) => {
      const request = send(method, path, { ...ask, headers: { accept: 'text/event-stream', ...ask.headers } });
      request.on('error', reject);
      request.on('response', (response) => {
        const told: Told[] = [];
        let rest = '';
        let looks: (() => void)[] = [];
        const look = () => {
          for (const one of looks) one();
        };
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          rest += chunk;
          const blocks = rest.split('\n\n');
          rest = blocks.pop()!;
          told.push(...blocks.map(parseBlock));
          look();
        });
        response.on('error', () => {});
        const ended = new Promise<void>((done) => response.on('close', done));
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          told,
          ended,
          leave: () => request.destroy(),
          until: (is) =>
            new Promise((found, lost) => {
              const check = () => {
                if (!told.some(is)) return;
                looks = looks.filter((one) => one !== check);
                found(told);
              };
              looks.push(check);
              check();
              void ended.then(() => lost(new Error(`ended before it was told: ${JSON.stringify(told)}`)));
            }),
        });
      });
    });

  return {
    app,
    port,
    url: app.url!,
    home: folder,
    work,
    owner: token.value,
    rest,
    stream,
    async key(scopes: Scope[], more: object = {}): Promise<CreatedKey> {
      const made = await rest('POST', '/api/v1/keys', { body: { name: scopes.join(' '), scopes, ...more } });
      if (made.status !== 201) throw new Error(made.text);
      return made.json as CreatedKey;
    },
    async session(more: object = {}): Promise<string> {
      const made = await rest('POST', '/api/v1/sessions', { body: { cwd: work, provider: 'demo', ...more } });
      if (made.status !== 201) throw new Error(made.text);
      return made.json.session_id as string;
    },
    /** @param keep - the home stays, for another start. */
    async stop(keep = false): Promise<void> {
      await app.close();
      rmSync(work, { recursive: true, force: true });
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type RestWorld = Awaited<ReturnType<typeof startRest>>;

function parseBlock(block: string): Told {
  const told: Told = {};
  for (const line of block.split('\n')) {
    if (line.startsWith(':')) told.comment = line.slice(1).trim();
    else {
      const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)];
      if (name === 'data') told.data = JSON.parse(value);
      else (told as Record<string, string>)[name] = value;
    }
  }
  return told;
}
