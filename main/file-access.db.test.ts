import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileAccess } from './file-access.ts';
import type { Principal } from './orchestrator/ports.ts';
import { World } from './orchestrator/world-test-support.ts';
import type { Restrictions } from './protocol/access.ts';
import type { SessionId } from './protocol/ids.ts';
import { ownerPrincipal } from './security/principal.ts';
import { createAttachmentStore } from './storage/attachment-store.ts';

let base = '';
let world: World;
let access: ReturnType<typeof createFileAccess>;
const sessions: Record<string, SessionId> = {};

const key = (id: string, restrictions?: Restrictions): Principal => ({
  actor: { kind: 'api_key', id, name: id, via: 'http' },
  scopes: new Set(['files:read', 'files:write', 'chat']),
  ...(restrictions ? { restrictions } : {}),
});
const read = async (path: string, principal: Principal, session?: SessionId): Promise<string> => {
  const opened = await access.roots.open(path, principal, session);
  if (!opened.ok) return opened.error.code;
  const text = await opened.value.handle.readFile('utf8');
  await opened.value.handle.close();
  return text;
};

beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-access-')));
  const write = (path: string, text: string) => {
    mkdirSync(join(base, path, '..'), { recursive: true });
    writeFileSync(join(base, path), text);
  };
  for (const name of ['one', 'two']) write(`user/${name}/report.txt`, `of ${name}`);
  for (const place of [
    '.ssh/id_ed25519',
    '.claude/.credentials.json',
    '.netrc',
    'data/owner-token',
    'data/quarterdeck.db',
  ]) {
    write(`user/${place}`, 'secret');
  }
  write('user/notes.txt', 'notes');
  world = new World();
  const client = world.connect();
  for (const [name, cwd] of [
    ['one', 'user/one'],
    ['two', 'user/two'],
    ['all', 'user'],
  ] as const) {
    const opened = await client.result({ type: 'new_chat', cwd: join(base, cwd), provider: 'scripted', mode: 'ask' });
    sessions[name] = opened.session_id as SessionId;
  }
  const attachments = createAttachmentStore(join(base, 'user/data/attachments'));
  access = createFileAccess({
    home: join(base, 'user/data'),
    userHome: join(base, 'user'),
    orchestrator: world.orchestrator,
    attachments,
  });
});
afterAll(() => {
  world.close();
  rmSync(base, { recursive: true, force: true });
});

async function upload(name: string, text: string, by: Principal): Promise<string> {
  const begun = await access.uploads.begin(name, by);
  if (!begun.ok) throw new Error(begun.error.message);
  const { bytes, keep } = begun.value;
  await new Promise<void>((resolve) => bytes.end(text, () => resolve()));
  const kept = await keep();
  if (!kept.ok) throw new Error(kept.error.message);
  return kept.value.path;
}

describe('the files a credential may have', () => {
  it('are those of the sessions it may see, and of no other', async () => {
    const narrow = key('k1', { workspaces: [join(base, 'user/one')] });
    const single = key('k2', { sessions: [sessions.two!] });
    expect(await read(join(base, 'user/one/report.txt'), narrow)).toBe('of one');
    expect(await read(join(base, 'user/two/report.txt'), narrow)).toBe('forbidden');
    expect(await read('report.txt', narrow, sessions.two)).toBe('not_found');
    expect(await read('report.txt', single, sessions.two)).toBe('of two');
    expect(await read(join(base, 'user/one/report.txt'), single)).toBe('forbidden');
    expect(await read(join(base, 'user/notes.txt'), key('k3'))).toBe('notes');
  });

  it('are never the app’s own data or where people keep credentials, not even for the owner of a session above them', async () => {
    for (const principal of [ownerPrincipal('http'), key('k3')]) {
      for (const place of [
        '.ssh/id_ed25519',
        '.claude/.credentials.json',
        '.netrc',
        'data/owner-token',
        'data/quarterdeck.db',
      ]) {
        expect(await read(join(base, 'user', place), principal), place).toBe('forbidden');
        expect(await read(place, principal, sessions.all), place).toBe('forbidden');
      }
    }
  });

  it('are what it uploaded itself; the owner has everybody’s', async () => {
    const path = await upload('mine.txt', 'uploaded', key('k1'));
    expect(await read(path, key('k1'))).toBe('uploaded');
    expect(await read(path, key('k2'))).toBe('forbidden');
    expect(await read(path, ownerPrincipal('window'))).toBe('uploaded');
    // An id that looks like part of a path leads nowhere else.
    const odd = await upload('mine.txt', 'odd', key('../../k1'));
    expect(odd.startsWith(join(base, 'user/data/uploads/'))).toBe(true);
    expect(await read(odd, key('k1'))).toBe('forbidden');
  });

  it('goes with a message as an attachment, once it is uploaded', async () => {
    const path = await upload('photo.txt', 'seen', key('k1'));
    const attachment = await access.uploads.attach(
      { path, name: 'photo.txt', image: null, bytes: 4 },
      'text/plain',
      key('k1'),
    );
    expect(attachment).toMatchObject({ name: 'photo.txt', bytes: 4, media_type: 'text/plain' });
    expect(
      await access.uploads.attach({ path, name: 'x', image: null, bytes: 60_000_000 }, 'text/plain', key('k1')),
    ).toBeNull();
  });

  it('are named to a ductor client with their real place', async () => {
    const one = join(base, 'user/one/report.txt');
    expect(await access.named(key('k3'), [one, '/etc/passwd', join(base, 'user/.netrc')])).toEqual([
      { path: one, name: 'report.txt', is_image: false },
    ]);
  });
});

describe('a file in pieces', () => {
  const piece = (fields: object, principal = key('k3')) =>
    access.queries.file_read({ type: 'file_read', command_id: 'piece-0001', ...fields } as never, principal) as Promise<
      Record<string, unknown>
    >;

  it('is resumed by offset and tag, and not patched together from two states', async () => {
    const path = join(base, 'user/one/large.bin');
    const bytes = Buffer.alloc(600_000, 'abc');
    writeFileSync(path, bytes);
    const parts: Buffer[] = [];
    let offset = 0;
    let validator: unknown;
    while (offset < bytes.length) {
      const answer = await piece({ path, offset, ...(validator ? { validator } : {}) });
      validator = answer.validator;
      const data = Buffer.from(String(answer.data), 'base64');
      expect(data.length).toBeLessThanOrEqual(262_144);
      parts.push(data);
      offset += data.length;
    }
    expect(parts).toHaveLength(3);
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
    expect(await piece({ path, offset: 10_000_000, validator })).toMatchObject({ data: '', bytes: 600_000 });
    writeFileSync(path, bytes.fill('x'));
    expect(await piece({ path, offset: 262_144, validator })).toMatchObject({
      refused: true,
      problem: { code: 'conflict' },
    });
    expect(await piece({ path: join(base, 'user/.netrc'), offset: 0 })).toMatchObject({
      problem: { code: 'forbidden' },
    });
  });
});

describe('an upload in pieces', () => {
  it('goes on over a new connection of the same device, and is nobody else’s', async () => {
    const store = createAttachmentStore(join(base, 'resume'));
    const about = { name: 'photo.jpg', media_type: 'image/jpeg', bytes: 6 };
    const send = (by: string, offset: number, text: string, upload_id?: string) =>
      store.upload(
        { ...about, offset, data: Buffer.from(text).toString('base64'), ...(upload_id ? { upload_id } : {}) },
        { id: by, owner: false },
      );
    const first = await send('device d1', 0, 'abc');
    const { upload_id } = (first.ok ? first.value : {}) as { upload_id: string };
    expect(await send('device d2', 3, 'xyz', upload_id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    // The connection is lost before the answer to a piece: it is sent again, and counts once.
    expect(await send('device d1', 0, 'abc', upload_id)).toMatchObject({ value: { upload_id, offset: 3 } });
    const done = await send('device d1', 3, 'def', upload_id);
    expect(done).toMatchObject({ value: { attachment: { bytes: 6 } } });
    expect(await send('device d1', 3, 'def', upload_id)).toEqual(done);
    expect(await send('device d2', 3, 'def', upload_id)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });
});
