import { describe, expect, it, vi } from 'vitest';
import type { ClientFrame } from '../../main/protocol/frames.ts';
import { limits } from '../../main/protocol/limits.ts';
import { readAttachment } from './attachment-blobs.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { Client } from './client.ts';
import { TestBridge } from './client-test-support.ts';
import { uploadFile } from './upload.ts';

type Upload = Extract<ClientFrame, { type: 'upload' }>;

function setUp() {
  const bridge = new TestBridge();
  const client = new Client({ bridge, schedule: (flush) => flush });
  client.start();
  bridge.open();
  return { bridge, client };
}
const ok = (bridge: TestBridge, frame: ClientFrame, result: unknown): void =>
  bridge.receive({ type: 'response', command_id: frame.command_id, ok: true, result });
/** The nth upload frame that was sent, as soon as it is. */
const nth = async (bridge: TestBridge, n: number): Promise<Upload> => {
  await vi.waitFor(() => expect(bridge.of('upload').length).toBeGreaterThanOrEqual(n));
  return bridge.of('upload')[n - 1]!;
};
const bytes = Uint8Array.from({ length: limits.chunkBytes + 10 }, (_, at) => at % 251);
const attachment = { attachment_id: 'a'.repeat(64), name: 'x.bin', media_type: 'image/png', bytes: bytes.length };

function begin() {
  const { bridge, client } = setUp();
  const progress: number[] = [];
  const abort = new AbortController();
  const done = uploadFile(client, new Blob([bytes]), {
    name: 'x.bin',
    mediaType: 'image/png',
    onProgress: (sent) => progress.push(sent),
    signal: abort.signal,
  });
  return { bridge, client, progress, abort, done };
}

describe('an upload', () => {
  it('goes in pieces, each from where the gateway says it is', async () => {
    const { bridge, progress, done } = begin();
    const first = await nth(bridge, 1);
    expect(first).toMatchObject({ upload_id: undefined, offset: 0, bytes: bytes.length });
    ok(bridge, first, { upload_id: 'upload-0001', offset: limits.chunkBytes });
    const second = await nth(bridge, 2);
    expect(second).toMatchObject({ upload_id: 'upload-0001', offset: limits.chunkBytes });
    ok(bridge, second, { attachment });
    expect(await done).toEqual({ ok: true, value: attachment });
    expect(progress).toEqual([limits.chunkBytes]);
    const sent = [first, second].flatMap((one) => [...fromBase64(one.data)]);
    expect(sent).toEqual([...bytes]);
  });

  it('goes on after the link was lost, with the piece that was not answered', async () => {
    const { bridge, done } = begin();
    ok(bridge, await nth(bridge, 1), { upload_id: 'upload-0001', offset: limits.chunkBytes });
    const second = await nth(bridge, 2);
    bridge.lose();
    bridge.open();
    const again = await nth(bridge, 1);
    expect(again).toEqual(second);
    ok(bridge, again, { attachment });
    expect(await done).toMatchObject({ ok: true });
  });

  it('begins once more when nobody remembers it, and gives up when that does not help', async () => {
    const { bridge, done } = begin();
    const forgotten = (frame: ClientFrame): void =>
      bridge.receive({
        type: 'response',
        command_id: frame.command_id,
        ok: false,
        error: { code: 'not_found', message: 'No such upload.' },
      });
    ok(bridge, await nth(bridge, 1), { upload_id: 'upload-0001', offset: limits.chunkBytes });
    forgotten(await nth(bridge, 2));
    const third = await nth(bridge, 3);
    expect(third).toMatchObject({ upload_id: undefined, offset: 0 });
    ok(bridge, third, { upload_id: 'upload-0002', offset: limits.chunkBytes });
    forgotten(await nth(bridge, 4));
    expect(await done).toMatchObject({ ok: false, problem: { code: 'not_found' } });
  });

  it('gives up when it does not get on', async () => {
    const { bridge, done } = begin();
    for (const n of [1, 2, 3]) ok(bridge, await nth(bridge, n), { upload_id: 'upload-0001', offset: 0 });
    expect(await done).toMatchObject({ ok: false });
  });

  it('sends nothing more once it was called off', async () => {
    const { bridge, abort, done } = begin();
    const first = await nth(bridge, 1);
    abort.abort();
    ok(bridge, first, { upload_id: 'upload-0001', offset: limits.chunkBytes });
    expect(await done).toBeNull();
    expect(bridge.of('upload')).toHaveLength(1);
  });
});

describe('reading an attachment', () => {
  it('puts its pieces together', async () => {
    const { bridge, client } = setUp();
    const done = readAttachment(client, 'ses_00000001' as never, attachment);
    const pieces = [bytes.slice(0, 200_000), bytes.slice(200_000)];
    for (const [at, piece] of pieces.entries()) {
      await vi.waitFor(() => expect(bridge.of('read_attachment')).toHaveLength(at + 1));
      const frame = bridge.of('read_attachment')[at]!;
      expect(frame.offset).toBe(at === 0 ? 0 : 200_000);
      ok(bridge, frame, { data: toBase64(piece) });
    }
    const answer = await done;
    expect(answer.ok && new Uint8Array(await answer.value.arrayBuffer())).toEqual(bytes);
  });
});
