import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { connect as tcpConnect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadedFile } from '../../protocol/files.ts';
import { createFileRoots } from '../../security/file-roots.ts';
import { ownerPrincipal } from '../../security/principal.ts';
import { createReceivedFiles } from '../../storage/received-files.ts';
import { ownerToken, startTestGateway, type TestGateway } from '../gateway-test-support.ts';
import { createRouteGuards } from '../route-guards.ts';
import type { SignIn } from '../sign-in.ts';
import { createFileRoutes, type FileRouteDeps } from './routes.ts';
import { serveFile } from './serve.ts';

const maxBytes = 1_048_576;
let world: TestGateway;
let folder = '';
let received: ReturnType<typeof createReceivedFiles>;
const asOwner = { authorization: `Bearer ${ownerToken}` };

beforeAll(async () => {
  const { mkdtempSync, realpathSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-files-')));
  mkdirSync(join(folder, 'project'));
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'outside.txt'), 'outside');
  received = createReceivedFiles(join(folder, 'home', 'uploads'));
  const by = { id: 'owner ', owner: true };
  world = await startTestGateway({
    files: {
      roots: createFileRoots({
        rootsOf: () => [join(folder, 'project'), received.folder],
        forbidden: [join(folder, 'home')],
        excepted: [received.folder],
      }),
      uploads: { begin: (name) => received.begin(name, by), attach: async () => null },
      maxUploadBytes: () => maxBytes,
    },
  });
});
afterAll(async () => {
  await world.stop();
  const { rmSync } = await import('node:fs');
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, route = '/api/v1/files') =>
  world.http(`${route}?path=${encodeURIComponent(path)}`, { headers: { ...asOwner, ...headers } });
const place = (name: string, content: string | Buffer) => {
  const path = join(folder, 'project', name);
  writeFileSync(path, content);
  return path;
};
/** Every file below the uploads, parts included. */
const kept = () =>
  existsSync(received.folder)
    ? readdirSync(received.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];

interface Part {
  name: string;
  filename?: string;
  content: Buffer | string;
}
const boundary = 'quarterdeck-test-boundary';
const formOf = (parts: readonly Part[]) =>
  Buffer.concat([
    ...parts.map(({ name, filename, content }) =>
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`}\r\n\r\n`,
        ),
        Buffer.from(content),
        Buffer.from('\r\n'),
      ]),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
const post = (route: string, body: Buffer, headers: Record<string, string> = {}) =>
  world.http(route, {
    method: 'POST',
    headers: { ...asOwner, 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    body: body as unknown as string,
  });

describe('a download', () => {
  it('is an attachment, sniffed by nobody and sandboxed, with its state as its tag', async () => {
    const answer = await get(place('a b.txt', 'hello'));
    expect(answer).toMatchObject({ status: 200, text: 'hello' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="a b.txt"; filename*=UTF-8''a%20b.txt`,
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'content-length': '5',
    });
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    expect(answer.headers.etag).toMatch(/^"[a-z0-9-]+"$/);
    expect(Date.parse(String(answer.headers['last-modified']))).toBeGreaterThan(0);
  });

  it.each(['page.html', 'picture.svg', 'doc.xhtml', 'feed.xml', 'paper.pdf', 'script.js', 'noending'])(
    'of %s is bytes to save, never something to show',
    async (name) => {
      const { headers } = await get(place(name, '<script>alert(1)</script>'));
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-disposition']).toMatch(/^attachment;/);
    },
  );

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-999', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, '0123456789', undefined],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['lines=0-1', 200, '0123456789', undefined],
    ['bytes=', 200, '0123456789', undefined],
    ['bytes=-', 200, '0123456789', undefined],
    ['bytes=0-99999999999999999999999', 200, '0123456789', undefined],
  ])('answers Range %s with %i', async (range, status, text, contentRange) => {
    const answer = await get(place('ten.txt', '0123456789'), { range });
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers['content-range']).toBe(contentRange);
  });

  it('goes on only in the file it began with, and is not sent again when it has not changed', async () => {
    const path = place('state.txt', 'first state');
    const { headers } = await get(path);
    const etag = String(headers.etag);
    expect(await get(path, { range: 'bytes=6-', 'if-range': etag })).toMatchObject({ status: 206, text: 'state' });
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
    expect((await get(path, { 'if-none-match': `W/${etag}, "x"` })).status).toBe(304);
    writeFileSync(path, 'other state');
    expect(await get(path, { range: 'bytes=6-', 'if-range': etag })).toMatchObject({
      status: 200,
      text: 'other state',
    });
    expect((await get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('of an empty file is empty, and HEAD tells its size alone', async () => {
    expect(await get(place('empty.txt', ''))).toMatchObject({ status: 200, text: '' });
    const path = place('big.bin', randomBytes(300_000));
    const head = await world.http(`/api/v1/files?path=${encodeURIComponent(path)}`, {
      method: 'HEAD',
      headers: asOwner,
    });
    expect(head).toMatchObject({ status: 200, text: '' });
    expect(head.headers['content-length']).toBe('300000');
  });

  it('has the status ductor has: 400 without a path, 401, 403 outside, 404 for no file', async () => {
    expect((await world.http('/files', { headers: asOwner })).status).toBe(400);
    expect((await world.http(`/files?path=${encodeURIComponent(place('x.txt', 'x'))}`)).status).toBe(401);
    expect((await get(join(folder, 'outside.txt'), {}, '/files')).status).toBe(403);
    expect((await get(join(folder, 'nothing-here'), {}, '/files')).status).toBe(403);
    expect((await get(join(folder, 'project', 'nothing'), {}, '/files')).status).toBe(404);
    expect((await get(join(folder, 'project'), {}, '/files')).status).toBe(404);
    expect(await get(join(folder, 'project', 'x.txt'), {}, '/files')).toMatchObject({ status: 200, text: 'x' });
  });
});

it('breaks a download off when its file changes on the way, instead of mixing two states', async () => {
  const path = place('changing.bin', Buffer.alloc(200_000, 'a'));
  const roots = createFileRoots({ rootsOf: () => [join(folder, 'project')], forbidden: [], excepted: [] });
  const opened = await roots.open(path, ownerPrincipal('http'));
  if (!opened.ok) throw new Error(opened.error.message);
  const answer = serveFile(opened.value, {}, 'GET');
  if (!('stream' in answer)) throw new Error('no stream');
  const got: Buffer[] = [];
  const read = async () => {
    for await (const piece of answer.stream) {
      got.push(piece as Buffer);
      if (got.length === 1) writeFileSync(path, Buffer.alloc(200_000, 'b'));
    }
  };
  await expect(read()).rejects.toThrow('changed');
  expect(Buffer.concat(got).length).toBeLessThan(200_000);
});

it.runIf(process.platform === 'linux')(
  'closes the file behind a download, also one that nobody takes to its end',
  async () => {
    const open = () =>
      readdirSync('/proc/self/fd').flatMap((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).endsWith('left-open.bin') ? [fd] : [];
        } catch {
          return [];
        }
      });
    const path = place('left-open.bin', randomBytes(3_000_000));
    for (let n = 0; n < 10; n += 1) {
      await new Promise<void>((resolve) => {
        const socket = tcpConnect(world.port, '127.0.0.1', () => {
          socket.write(
            `GET /files?path=${encodeURIComponent(path)} HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nAuthorization: Bearer ${ownerToken}\r\n\r\n`,
          );
          if (n % 2 === 0) socket.destroy();
        });
        socket.once('data', () => socket.destroy());
        socket.on('close', () => resolve());
      });
    }
    expect((await get(path)).status).toBe(200);
    for (let n = 0; n < 200 && open().length > 0; n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(open()).toEqual([]);
  },
);

describe('an upload', () => {
  it('stands under its name with all its bytes, and its text tells an agent of it', async () => {
    const content = randomBytes(200_000);
    const answer = await post(
      '/upload',
      formOf([
        { name: 'file', filename: 'photo of me.bin', content },
        { name: 'caption', content: 'look at this' },
      ]),
    );
    expect(answer.status).toBe(200);
    const file = JSON.parse(answer.text) as UploadedFile;
    expect(file).toMatchObject({ name: 'photo of me.bin', mime: 'application/octet-stream', size: 200_000 });
    expect(Object.keys(file).sort()).toEqual(['mime', 'name', 'path', 'prompt', 'size']);
    expect(file.prompt).toContain(file.path);
    expect(file.prompt).toContain('look at this');
    expect(createHash('sha256').update(readFileSync(file.path)).digest('hex')).toBe(
      createHash('sha256').update(content).digest('hex'),
    );
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect((await get(file.path, {}, '/files')).status).toBe(200);
  });

  it('never takes the place of an older one of its name', async () => {
    const names: string[] = [];
    for (const content of ['one', 'two', 'three']) {
      const { name } = JSON.parse(
        (await post('/api/v1/uploads', formOf([{ name: 'file', filename: 'same.txt', content }]))).text,
      ) as UploadedFile;
      names.push(name);
    }
    expect(names).toEqual(['same.txt', 'same_1.txt', 'same_2.txt']);
  });

  it('is called what its bytes are, where they are a picture', async () => {
    const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(50)]);
    const answer = await post('/upload', formOf([{ name: 'file', filename: 'x.txt', content: png }]));
    expect(JSON.parse(answer.text)).toMatchObject({ mime: 'image/png' });
  });

  it.each<[string, Part[]]>([
    [
      'a caption before the file',
      [
        { name: 'caption', content: 'c' },
        { name: 'file', filename: 'a', content: 'x' },
      ],
    ],
    ['another field first', [{ name: 'other', content: 'c' }]],
    ['a file under another name', [{ name: 'document', filename: 'a', content: 'x' }]],
    [
      'two files',
      [
        { name: 'file', filename: 'a', content: 'x' },
        { name: 'file', filename: 'b', content: 'y' },
      ],
    ],
    [
      'two captions',
      [
        { name: 'file', filename: 'a', content: 'x' },
        { name: 'caption', content: '1' },
        { name: 'caption', content: '2' },
      ],
    ],
    [
      'something after the file',
      [
        { name: 'file', filename: 'a', content: 'x' },
        { name: 'path', content: '/etc' },
      ],
    ],
    [
      'a very long caption',
      [
        { name: 'file', filename: 'a', content: 'x' },
        { name: 'caption', content: 'c'.repeat(9_000) },
      ],
    ],
    [
      'four parts',
      [
        { name: 'file', filename: 'a', content: 'x' },
        { name: 'caption', content: '1' },
        { name: 'x', content: '2' },
        { name: 'y', content: '2' },
      ],
    ],
    ['nothing', []],
  ])('is refused with 400 for a form with %s, and leaves nothing', async (_what, parts) => {
    const before = kept().length;
    expect((await post('/upload', formOf(parts))).status).toBe(400);
    expect(kept()).toHaveLength(before);
  });

  it('is refused with 400 when it is no form', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data', 'multipart/mixed; boundary=x']) {
      const answer = await post('/upload', Buffer.from('{"file":"x"}'), { 'content-type': type });
      expect(answer.status, type).toBe(400);
    }
  });

  it('over the limit is refused with 413 and leaves nothing, announced or not', async () => {
    const before = kept().length;
    const body = formOf([{ name: 'file', filename: 'big', content: Buffer.alloc(maxBytes + 1) }]);
    expect((await post('/upload', body)).status).toBe(413);
    expect((await post('/upload', body, { 'transfer-encoding': 'chunked' })).status).toBe(413);
    expect(
      (await post('/upload', formOf([{ name: 'file', filename: 'big', content: Buffer.alloc(maxBytes) }]))).status,
    ).toBe(200);
    expect(kept()).toHaveLength(before + 1);
    await expect(post('/upload', Buffer.alloc(0), { 'content-length': String(10 * maxBytes) })).resolves.toMatchObject({
      status: 413,
    });
  });

  it('that breaks off leaves nothing of it', async () => {
    const before = kept().length;
    const body = formOf([{ name: 'file', filename: 'half', content: Buffer.alloc(500_000) }]).subarray(0, 300_000);
    await new Promise<void>((resolve) => {
      const socket = tcpConnect(world.port, '127.0.0.1', () => {
        socket.write(
          `POST /upload HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nAuthorization: Bearer ${ownerToken}\r\nContent-Type: multipart/form-data; boundary=${boundary}\r\nContent-Length: 500300\r\n\r\n`,
        );
        socket.write(body, () => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    // The same as a form that ends before its file does.
    expect((await post('/upload', body)).status).toBe(400);
    for (let n = 0; n < 200 && kept().length > before; n += 1) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(kept()).toHaveLength(before);
  });

  it('needs files:write, a download files:read, and neither is helped by another scope', async () => {
    const path = place('mine.txt', 'x');
    for (const [scopes, read, write] of [
      [['files:read'], 200, 403],
      [['files:write'], 403, 200],
      [['sessions:read', 'chat'], 403, 403],
    ] as const) {
      const { key } = world.keys.create({ name: 'k', scopes: [...scopes] } as never) as unknown as { key: string };
      const headers = { authorization: `Bearer ${key}` };
      expect((await get(path, headers)).status).toBe(read);
      expect((await post('/upload', formOf([{ name: 'file', filename: 'a', content: 'x' }]), headers)).status).toBe(
        write,
      );
    }
  });
});

it('health says how many are connected, to anybody', async () => {
  expect(JSON.parse((await world.http('/health')).text)).toEqual({ status: 'ok', connections: 0 });
});

it('no byte of a file crosses a network in clear: every route for files is for private links', () => {
  const guards = createRouteGuards({ check: () => ({ ok: false, refusal: { problem: {} } }) } as unknown as SignIn, {
    take: () => 0,
  });
  const clear = { headers: {}, socket: { remoteAddress: '192.168.1.9' } } as unknown as IncomingMessage;
  const routes = createFileRoutes({} as FileRouteDeps);
  const refused = routes.filter((route) => guards.enter(route, clear)?.problem.code === 'link_not_private');
  expect(routes.length - refused.length).toBe(1);
  expect(routes.find((route) => !refused.includes(route))?.url).toBe('/health');
});
