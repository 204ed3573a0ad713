import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { WebSocket } from 'ws';
import { DuctorTestClient } from '../main/gateway/ductor/client-test-support.ts';
import { type Headless, it, openSession } from './bad-input/app-test-support.ts';

const tokenOf = (home: string) => readFileSync(join(home, 'owner-token'), 'utf8').trim();
const socketOf = (app: Headless) => `${app.url.replace(/^http/, 'ws')}/ws`;

/** A home whose ductor chats begin in `folder`, with the built-in guide. */
async function setUp(app: Headless, folder: string) {
  const window = await app.connect();
  const set = await window.ask({ type: 'settings_set', settings: { ductor_folder: folder, ductor_provider: 'demo' } });
  expect(set.ok).toBe(true);
  return window;
}

describe.concurrent('a NaCl client written from the document alone', () => {
  it('connects to the real server, chats, aborts on the same socket, and finds its chat again after a kill', async ({
    stage,
  }) => {
    const home = stage.folder('home');
    const folder = stage.folder();
    writeFileSync(join(folder, 'notes.txt'), 'tide tables\n');
    let app = await stage.serve({ home });
    const window = await setUp(app, folder);
    const token = tokenOf(home);

    const client = await DuctorTestClient.enter(socketOf(app), token, { chat_id: 42, channel_id: 7 });
    expect(client.frames[0]).toMatchObject({ chat_id: 42, channel_id: 7, active_provider: 'demo' });
    const hello = await client.say('hello');
    expect(hello.result).toMatchObject({ type: 'result', stream_fallback: false, files: [] });
    expect(hello.result.text).toContain('built-in guide');
    const said = hello.before.filter(({ type }) => type === 'text_delta').map(({ data }) => data);
    expect(said.join('')).toBe(hello.result.text);

    const read = await client.say('read notes.txt');
    expect(read.before.some(({ type }) => type === 'tool_activity')).toBe(true);
    expect(read.result.text).toContain('tide tables');
    const named = await client.say(`<file:${folder}/notes.txt> <file:/etc/passwd>`);
    expect(named.result.files).toEqual([{ path: join(folder, 'notes.txt'), name: 'notes.txt', is_image: false }]);

    client.send({ type: 'message', text: 'count to 500 slowly' });
    await client.until('text_delta');
    client.send({ type: 'abort' });
    const rest = await client.until('abort_ok');
    expect(rest.at(-1)).toEqual({ type: 'abort_ok', killed: 1 });
    if (!rest.some(({ type }) => type === 'result')) rest.push(...(await client.until('result')));
    expect(rest.find(({ type }) => type === 'result')).toMatchObject({ text: '' });

    const sessions = await window
      .ask({ type: 'watch_sessions' })
      .then(() => window.until('sessions', ({ type }) => type === 'sessions'));
    expect(sessions.sessions).toHaveLength(1);
    expect(sessions.sessions[0].cwd).toBe(folder);
    // Nothing of what was said or shown crossed the socket in clear after the hello.
    expect(client.wire.slice(1).join('')).not.toMatch(/tide|guide|result|text_delta/);

    await app.kill('SIGKILL');
    app = await stage.serve({ home });
    const again = await DuctorTestClient.enter(socketOf(app), token, { chat_id: 42, channel_id: 7 });
    expect((await again.say('/status')).result.text).toContain(folder);
    expect((await again.say('help')).result.text).toContain('built-in guide');
    const after = await app.connect();
    await after.ask({ type: 'watch_sessions' });
    expect((await after.until('sessions', ({ type }) => type === 'sessions')).sessions).toHaveLength(1);
  });

  it('with a key does what the key may, loses its connection when the key is revoked, and no secret is in a log', async ({
    stage,
  }) => {
    const home = stage.folder('home');
    const app = await stage.serve({ home });
    const window = await setUp(app, stage.folder());
    const created = await window.ask({
      type: 'keys_create',
      name: 'phone',
      scopes: ['chat', 'sessions:read', 'files:read', 'files:write'],
    });
    const { key, id } = created.result as { key: string; id: string };
    const client = await DuctorTestClient.enter(socketOf(app), key);
    expect((await client.say('hello')).result.type).toBe('result');

    const form = new FormData();
    form.append('file', new Blob(['seen from the bridge']), 'log book.txt');
    form.append('caption', 'please read');
    const headers = { authorization: `Bearer ${key}` };
    const uploaded = await fetch(`${app.url}/upload`, { method: 'POST', headers, body: form });
    expect(uploaded.status).toBe(200);
    const file = (await uploaded.json()) as { path: string; prompt: string; size: number };
    expect(file).toMatchObject({ size: 20 });
    expect(file.prompt).toContain('please read');
    const back = await fetch(`${app.url}/files?path=${encodeURIComponent(file.path)}`, {
      headers: { ...headers, range: 'bytes=0-3' },
    });
    expect([back.status, await back.text()]).toEqual([206, 'seen']);
    const secret = await fetch(`${app.url}/files?path=${encodeURIComponent(join(home, 'owner-token'))}`, { headers });
    expect(secret.status).toBe(403);
    expect(await (await fetch(`${app.url}/health`)).json()).toMatchObject({ status: 'ok' });

    // What the key uploaded can go with a message of any door, and other keys do not get at it by its path.
    const native = new FormData();
    native.append('file', new Blob(['for a message']), 'note.txt');
    const kept = await fetch(`${app.url}/api/v1/uploads`, { method: 'POST', headers, body: native });
    expect(kept.status).toBe(201);
    expect(await kept.json()).toMatchObject({ name: 'note.txt', attachment: { name: 'note.txt', bytes: 13 } });
    const stranger = await window.ask({ type: 'keys_create', name: 'other', scopes: ['files:read'] });
    const theirs = { authorization: `Bearer ${(stranger.result as { key: string }).key}` };
    expect((await fetch(`${app.url}/files?path=${encodeURIComponent(file.path)}`, { headers: theirs })).status).toBe(
      403,
    );

    await window.ask({ type: 'keys_revoke', id });
    expect((await client.closed).code).toBe(1008);
    const page = new WebSocket(socketOf(app), { origin: 'https://elsewhere.example' });
    await expect(new Promise((resolve, reject) => page.on('open', resolve).on('error', reject))).rejects.toThrow('403');
    const refused = await DuctorTestClient.open(socketOf(app));
    refused.hello({ token: key });
    expect(await refused.next()).toMatchObject({ code: 'auth_failed' });
    expect(app.output()).not.toContain(key);
  });

  it('is not alone: the lines of the README for curl do what they say', async ({ stage }) => {
    const home = stage.folder('home');
    const [folder, here] = [stage.folder(), stage.folder('here')];
    writeFileSync(join(folder, 'report.pdf'), 'a report');
    writeFileSync(join(here, 'photo.png'), 'a photo');
    const app = await stage.serve({ home });
    const session_id = await openSession(await app.connect(), folder);
    const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
    const lines = readme.split('\n').filter((line) => /^curl .*\/api\/v1\/(files|uploads)/.test(line));
    expect(lines).toHaveLength(2);
    const said: string[] = [];
    for (const line of lines) {
      const command = line
        .replace('http://127.0.0.1:8741', app.url)
        .replace('session_id=ID', `session_id=${session_id}`);
      const env = { ...process.env, KEY: tokenOf(home) };
      said.push((await promisify(execFile)('sh', ['-c', command], { cwd: here, env })).stdout);
    }
    expect(readFileSync(join(here, 'report.pdf'), 'utf8')).toBe('a report');
    expect(JSON.parse(said[1]!)).toMatchObject({ name: 'photo.png', size: 7, attachment: { bytes: 7 } });
  });
});
