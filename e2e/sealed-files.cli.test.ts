import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { fromBase64url } from '../main/crypto/base64url.ts';
import { IndependentClient } from '../main/crypto/independent-client-test-support.ts';
import { RawClient } from '../main/gateway/sealed/sealed-test-support.ts';
import { limits } from '../main/protocol/limits.ts';
import { type Headless, it, openSession } from './bad-input/app-test-support.ts';

let asked = 0;

/** A sealed connection of a key, on the implementation that shares nothing with the server. */
async function enter(app: Headless, serverKey: Uint8Array, key: string) {
  const client = await new RawClient(`${app.url.replace(/^http/, 'ws')}/ws`).open();
  const sealed = new IndependentClient(serverKey);
  client.socket.send(sealed.hello());
  sealed.answered(String(await client.next()));
  const ask = async (frame: object) => {
    asked += 1;
    const command_id = `sealed-file-${asked}`;
    client.socket.send(sealed.seal({ ...frame, command_id }));
    for (;;) {
      const answer = sealed.open((await client.next()) as Buffer) as { type: string; [field: string]: unknown };
      if (answer.type === 'response' && answer.command_id === command_id) return answer;
    }
  };
  client.socket.send(sealed.seal({ kind: 'api_key', key }));
  expect(sealed.open((await client.next()) as Buffer)).toMatchObject({ type: 'welcome' });
  return { client, ask };
}

it('files go both ways over the sealed door, and go on over a new connection where the last one was lost', async ({
  stage,
}) => {
  const app = await stage.serve({ home: stage.folder('home') });
  const folder = stage.folder();
  const bytes = randomBytes(700_000);
  writeFileSync(join(folder, 'report.bin'), bytes);
  const window = await app.connect();
  const session_id = await openSession(window, folder);
  const { result: identity } = await window.ask({ type: 'gateway_identity' });
  const serverKey = fromBase64url((identity as { public_key: string }).public_key)!;
  const made = await window.ask({
    type: 'keys_create',
    name: 'phone',
    scopes: ['chat', 'sessions:read', 'files:read'],
  });
  const { key } = made.result as { key: string };

  const about = { type: 'upload', name: 'photo.bin', media_type: 'application/octet-stream', bytes: bytes.length };
  const piece = (offset: number) => bytes.subarray(offset, offset + limits.chunkBytes).toString('base64');
  let one = await enter(app, serverKey, key);
  const begun = await one.ask({ ...about, offset: 0, data: piece(0) });
  const { upload_id, offset } = begun.result as { upload_id: string; offset: number };
  expect(offset).toBe(limits.chunkBytes);
  const read = await one.ask({ type: 'file_read', session_id, path: 'report.bin', offset: 0 });
  const first = read.result as { data: string; validator: string };
  one.client.socket.terminate();

  one = await enter(app, serverKey, key);
  let at = offset;
  let answer: { offset?: number; attachment?: { attachment_id: string } } = {};
  while (at < bytes.length && !answer.attachment) {
    answer = (await one.ask({ ...about, upload_id, offset: at, data: piece(at) })).result as typeof answer;
    at = answer.offset ?? bytes.length;
  }
  expect(answer.attachment?.attachment_id).toBe(createHash('sha256').update(bytes).digest('hex'));

  const parts = [Buffer.from(first.data, 'base64')];
  const { validator } = first;
  for (let have = parts[0]!.length; have < bytes.length; have += parts.at(-1)!.length) {
    const next = await one.ask({ type: 'file_read', session_id, path: 'report.bin', offset: have, validator });
    parts.push(Buffer.from((next.result as { data: string }).data, 'base64'));
  }
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  writeFileSync(join(folder, 'report.bin'), 'another');
  const changed = await one.ask({ type: 'file_read', session_id, path: 'report.bin', offset: 3, validator });
  expect(changed).toMatchObject({ ok: false, error: { code: 'conflict' } });
});
