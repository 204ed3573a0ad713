import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileName } from '../base/file-name.ts';
import { limits } from '../protocol/limits.ts';
import type { Attachment } from '../protocol/values.ts';
import { type AttachmentStore, createAttachmentStore } from './attachment-store.ts';
import { imageType } from './image-type.ts';
import type { Uploader } from './upload-folder.ts';

let home: string;
let folder: string;
let store: AttachmentStore;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quarterdeck-attachments-'));
  folder = join(home, 'attachments');
  store = createAttachmentStore(folder);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const me: Uploader = { id: 'owner', owner: true };
const key: Uploader = { id: 'api_key one', owner: false };
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Sends a file in pieces of this size. */
async function upload(bytes: Buffer, name = 'notes.txt', piece = 1000, by = me): Promise<Attachment> {
  let upload_id: string | undefined;
  let offset = 0;
  for (;;) {
    const data = bytes.subarray(offset, offset + piece).toString('base64');
    const about = { name, media_type: 'text/plain', bytes: bytes.length, offset, data };
    const answer = await store.upload({ ...about, ...(upload_id === undefined ? {} : { upload_id }) }, by);
    if (!answer.ok) throw new Error(answer.error.message);
    if ('attachment' in answer.value) return answer.value.attachment;
    ({ upload_id, offset } = answer.value);
  }
}

/** The first piece of an upload that is not gone on with. */
const begin = (by: Uploader, bytes = 10) =>
  store.upload({ name: 'a', media_type: 'x/y', bytes, offset: 0, data: 'AAAA' }, by);

const hour = 3_600_000;
/** All that is in the folder for uploads is as if it were this old. */
function age(ms: number): void {
  const then = new Date(Date.now() - ms);
  for (const name of readdirSync(join(folder, 'uploads'))) utimesSync(join(folder, 'uploads', name), then, then);
}

describe('an upload', () => {
  it('brings any bytes, in pieces of any size, to the file of their hash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), fc.integer({ min: 1, max: 2000 }), async (array, piece) => {
        const bytes = Buffer.from(array);
        const attachment = await upload(bytes, 'notes.txt', piece);
        expect(attachment).toMatchObject({ attachment_id: sha(bytes), name: 'notes.txt', bytes: bytes.length });
        expect(store.has(attachment)).toBe(true);
        expect(readFileSync(store.path(attachment) ?? '').equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
  });

  it('goes on where it was after a piece came twice, too early, or before a restart of the app', async () => {
    const bytes = randomBytes(3000);
    const about = { name: 'a.bin', media_type: 'x/y', bytes: 3000 };
    const send = (offset: number, upload_id?: string) =>
      store.upload(
        {
          ...about,
          ...(upload_id ? { upload_id } : {}),
          offset,
          data: bytes.subarray(offset, offset + 1000).toString('base64'),
        },
        me,
      );
    const first = await send(0);
    if (!first.ok || !('upload_id' in first.value)) throw new Error('no upload');
    const { upload_id } = first.value;
    expect(await send(0, upload_id)).toMatchObject({ value: { offset: 1000 } });
    expect(await send(2000, upload_id)).toMatchObject({ value: { offset: 1000 } });
    store = createAttachmentStore(folder);
    expect(await send(1000, upload_id)).toMatchObject({ value: { offset: 2000 } });
    const last = await send(2000, upload_id);
    expect(last).toMatchObject({ value: { attachment: { attachment_id: sha(bytes) } } });
    expect(await send(2000, upload_id)).toEqual(last);
  });

  it('is kept once, and given under each of its names, for this user alone', async () => {
    const bytes = randomBytes(100);
    const one = await upload(bytes, 'one.txt');
    const two = await upload(bytes, '../../two.txt');
    const paths = [store.path(one) ?? '', store.path(two) ?? ''];
    expect(paths.map((path) => basename(path))).toEqual(['one.txt', '_.._two.txt']);
    expect(new Set(paths.map((path) => dirname(path)))).toEqual(new Set([join(folder, sha(bytes))]));
    for (const path of paths) expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, sha(bytes), 'content')).mode & 0o777).toBe(0o400);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('is refused when it is not what it said, and nothing of it can be read', async () => {
    const about = { name: 'a', media_type: 'x/y', offset: 0 };
    const refusals = [
      await store.upload({ ...about, bytes: 1, data: Buffer.from('too long').toString('base64') }, me),
      await store.upload({ ...about, bytes: 10, data: 'not base64!' }, me),
      await store.upload({ ...about, bytes: 10, data: '', upload_id: `up_${'0'.repeat(32)}` }, me),
      await store.upload({ ...about, bytes: 10, data: '', upload_id: '../../../../etc/passwd' }, me),
      await store.upload({ ...about, bytes: 5e6, data: Buffer.alloc(limits.chunkBytes + 1).toString('base64') }, me),
    ];
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ ok: false, error: { impact: expect.any(String), next: expect.any(String) } });
    }
    expect(readdirSync(folder).filter((name) => name !== 'uploads')).toEqual([]);
  });

  it('takes the place of what a crash left of the same file', async () => {
    const bytes = randomBytes(100);
    const { attachment_id } = await upload(bytes);
    chmodSync(join(folder, attachment_id, 'content'), 0o600);
    truncateSync(join(folder, attachment_id, 'content'), 10);
    const again = await upload(bytes);
    expect(store.has(again)).toBe(true);
    expect(readFileSync(store.path(again) ?? '').equals(bytes)).toBe(true);
  });

  it('takes the place of what somebody wrote into the stored file, also when its size is the same', async () => {
    const { attachment_id } = await upload(Buffer.from('a,b,c'));
    const content = join(folder, attachment_id, 'content');
    chmodSync(content, 0o600);
    writeFileSync(content, 'x,y,z');
    const again = await upload(Buffer.from('a,b,c'));
    expect(readFileSync(content, 'utf8')).toBe('a,b,c');
    expect(readFileSync(store.path(again) ?? '', 'utf8')).toBe('a,b,c');
  });

  it('that is not gone on with for a day is removed', async () => {
    expect(await begin(me)).toMatchObject({ ok: true });
    expect(store.removeStale()).toBe(0);
    age(25 * hour);
    expect(store.removeStale()).toBe(1);
    expect(readdirSync(join(folder, 'uploads'))).toEqual([]);
    expect(createAttachmentStore(join(home, 'never-used')).removeStale()).toBe(0);
  });

  it('that no message referred to for a day is removed, and no other', async () => {
    const unsent = await upload(Buffer.from('unsent'));
    const sent = await upload(Buffer.from('sent'));
    const renewed = await upload(Buffer.from('renewed'));
    expect(store.has(sent)).toBe(true);
    age(25 * hour);
    await upload(Buffer.from('renewed'));
    await upload(Buffer.from('sent'));
    expect(store.removeStale()).toBe(1);
    expect([unsent, sent, renewed].map(store.has)).toEqual([false, true, true]);
    expect(existsSync(join(folder, unsent.attachment_id))).toBe(false);
    age(25 * hour);
    expect(store.removeStale()).toBe(0);
    expect(store.has(await upload(Buffer.from('unsent')))).toBe(true);
  });
});

describe('one who is not the owner', () => {
  it('has ten unfinished uploads at most, which shuts nobody else out; what lies idle gives way', async () => {
    for (let n = 0; n < 10; n += 1) expect(await begin(key)).toMatchObject({ ok: true });
    const refused = { ok: false, error: { code: 'overloaded', next: expect.any(String) } };
    expect(await begin(key)).toMatchObject(refused);
    expect(await begin({ ...key, id: 'api_key two' })).toMatchObject({ ok: true });
    expect(await begin(me)).toMatchObject({ ok: true });
    store = createAttachmentStore(folder);
    expect(await begin(key)).toMatchObject(refused);
    age(hour);
    expect(await begin(key)).toMatchObject({ ok: true });
    // The idle ones of others are left alone.
    expect(readdirSync(join(folder, 'uploads')).filter((file) => file.endsWith('.part'))).toHaveLength(3);
  });

  it('fills a share of the disk with what no message refers to, and no more', async () => {
    for (let n = 0; n < 200; n += 1) await upload(Buffer.from(`file ${n}`), 'n.txt', 1000, key);
    expect(await begin(key)).toMatchObject({ ok: false, error: { code: 'overloaded' } });
    expect(await begin(me)).toMatchObject({ ok: true });
    expect(store.has(await upload(Buffer.from('file 7')))).toBe(true);
    expect(await begin(key)).toMatchObject({ ok: true });
    const large = { ...key, id: 'api_key two' };
    for (let n = 0; n < 3; n += 1) expect(await begin(large, 300_000_000)).toMatchObject({ ok: true });
    expect(await begin(large, 300_000_000)).toMatchObject({ ok: false, error: { code: 'overloaded' } });
  });
});

describe('the file an agent gets', () => {
  it('is a copy: what is written to it reaches neither the stored file nor the next agent', async () => {
    const attachment = await upload(Buffer.from('a,b,c'), 'report.csv');
    const path = store.path(attachment) ?? '';
    writeFileSync(path, 'x,y,z');
    expect(store.read(attachment.attachment_id, 0)?.data).toBe(Buffer.from('a,b,c').toString('base64'));
    expect(store.path(attachment)).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('a,b,c');
    expect(readdirSync(join(folder, attachment.attachment_id)).sort()).toEqual(['content', 'report.csv']);
  });
});

describe('reading', () => {
  it('gives the file back piece by piece, and null when it is gone', async () => {
    const bytes = randomBytes(limits.chunkBytes + 10);
    const { attachment_id } = await upload(bytes, 'big', limits.chunkBytes);
    const first = store.read(attachment_id, 0);
    const second = store.read(attachment_id, limits.chunkBytes);
    const back = Buffer.concat([first, second].map((piece) => Buffer.from(piece?.data ?? '', 'base64')));
    expect(back.equals(bytes)).toBe(true);
    expect(store.read(attachment_id, bytes.length + 5)).toMatchObject({ data: '', bytes: bytes.length });
    rmSync(join(folder, attachment_id), { recursive: true });
    expect(store.read(attachment_id, 0)).toBeNull();
    expect(store.has({ attachment_id, name: 'big', media_type: 'x/y', bytes: bytes.length })).toBe(false);
    expect(existsSync(join(folder, attachment_id))).toBe(false);
  });
});

describe('what a file is called', () => {
  it('is a plain name of a file, whatever was said', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (name) => {
        const safe = fileName(name);
        expect(safe).toBe(basename(safe));
        expect(['', '.', '..', 'content']).not.toContain(safe);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(220);
      }),
    );
    expect(fileName('ein Bild.PNG')).toBe('ein Bild.PNG');
    expect(fileName(`${'ü'.repeat(255)}.png`).endsWith('.png')).toBe(true);
  });

  it('is an image by its bytes, not by what was said', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
    expect(imageType(png)).toBe('image/png');
    expect(imageType(Buffer.from('RIFF0000WEBPVP8 '))).toBe('image/webp');
    expect(imageType(Buffer.from('RIFF0000WAVE'))).toBeNull();
    expect(await upload(png, 'photo.jpg')).toMatchObject({ media_type: 'image/png' });
  });
});
