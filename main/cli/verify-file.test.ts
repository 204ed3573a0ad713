import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonOf } from '../export/json.ts';
import type { SessionFile } from '../protocol/export.ts';
import { membersOf } from './json-members.ts';
import { verifyFile } from './verify-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-verify-'));
const session = { session_id: 'ses_1', title: 'Title "x" \u2028', cwd: '/x', provider: 'demo' };

async function fileOf(bodies: string[], secret = 'hunter2'): Promise<SessionFile> {
  let hash = Buffer.alloc(32);
  const events = bodies.map((body, at) => {
    hash = createHash('sha256').update(hash).update(body).digest() as Buffer<ArrayBuffer>;
    const clean = body.replaceAll(secret, '[redacted]');
    return {
      seq: at + 1,
      hash: hash.toString('hex'),
      body: clean,
      ...(clean === body ? {} : { redacted: true as const }),
    };
  });
  const page = async () => ({ events, seq: events.length, head: hash.toString('hex'), next: null });
  let text = '';
  for await (const piece of jsonOf(session, page, 1_700_000_000_000)) text += piece;
  return JSON.parse(text) as SessionFile;
}

async function verified(text: unknown) {
  const path = join(folder, 'file.json');
  writeFileSync(path, typeof text === 'string' ? text : JSON.stringify(text));
  const report = await verifyFile(path);
  return report.ok ? report.value : report.error;
}

const bodies = ['{"text":"one"}', '{"text":"my hunter2 is safe"}', '{"text":"hunter2 again, ünï"}'];

describe('a file of a session', () => {
  it('is whole as it was written, and in whichever order and form its members are written again', async () => {
    const file = await fileOf(bodies);
    expect(await verified(file)).toMatchObject({ ok: true, version: 2, events: 3, redacted: 2, seal: file.seal });
    const turned = Object.fromEntries(Object.entries(file).toReversed());
    expect(await verified(JSON.stringify(turned, null, 7))).toMatchObject({ ok: true });
  });

  it('is sealed as it says itself, so that anybody can check it with another program', async () => {
    const file = await fileOf(bodies);
    const sha = (...parts: (string | Buffer)[]) => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest();
    };
    let r = Buffer.alloc(32);
    for (const { text_hash, body } of file.events) {
      if (text_hash === undefined) continue;
      expect(text_hash).toBe(sha(body).toString('hex'));
      r = sha(r, Buffer.from(text_hash, 'hex')) as Buffer<ArrayBuffer>;
    }
    const { format, version, exported_at, session_id, title, how_to_verify, head } = file;
    const bound = [format, version, exported_at, session_id, title, how_to_verify, head, r.toString('hex')];
    expect(file.seal).toBe(sha(JSON.stringify(bound)).toString('hex'));
  });

  it('does not hide that anything beside its events was altered, added or taken away', async () => {
    const file = await fileOf(bodies);
    const changes: Partial<Record<string, unknown>>[] = [
      ...[{ title: 'Another' }, { exported_at: 1 }, { session_id: 'ses_2' }, { how_to_verify: 'Trust me.' }],
      ...[{ seal: '0'.repeat(64) }, { author: 'Somebody' }],
    ];
    for (const change of changes) {
      const report = await verified({ ...file, ...change });
      expect(report, JSON.stringify(change)).toMatchObject({ ok: false });
      expect(report).not.toHaveProperty('broken_at');
    }
    const { seal: _, ...unsealed } = file;
    expect(await verified(unsealed)).toHaveProperty('message');
    expect(await verified(JSON.stringify(file).replace('"title"', '"title":"First","title"'))).toMatchObject({
      message: expect.stringContaining('twice'),
    });
  });

  it('does not hide that a text was altered from which a secret had been taken out', async () => {
    const file = await fileOf(bodies);
    const altered = structuredClone(file);
    altered.events[1]!.body = altered.events[1]!.body.replace('safe', 'lost');
    expect(await verified(altered)).toMatchObject({ ok: false, broken_at: 2 });
    altered.events[1]!.text_hash = createHash('sha256').update(altered.events[1]!.body).digest('hex');
    expect(await verified(altered)).toMatchObject({ ok: false, reason: expect.stringContaining('beside the events') });
    delete altered.events[1]!.text_hash;
    expect(await verified(altered)).toMatchObject({ ok: false, broken_at: 2 });
  });

  it('of the first form is still verified, and is said to hold less', async () => {
    const { seal: _, ...file } = await fileOf(bodies);
    const first = { ...file, version: 1, events: file.events.map(({ text_hash: _, ...event }) => event) };
    expect(await verified(first)).toMatchObject({ ok: true, version: 1, redacted: 2 });
    expect(await verified({ ...first, title: 'Another' })).toMatchObject({ ok: true, version: 1 });
    first.events[0]!.body = '{"text":"two"}';
    expect(await verified(first)).toMatchObject({ ok: false, broken_at: 1 });
  });

  it('that is none is called so', async () => {
    const file = JSON.stringify(await fileOf(bodies));
    for (const text of [
      '',
      '[]',
      '{"a":1}',
      '{',
      file.slice(0, -1),
      `${file}x`,
      file.replace(',', ';'),
      '{"a":1,}',
      '{a:1}',
    ])
      expect(await verified(text), text.slice(0, 40)).toHaveProperty('message');
    expect(await verifyFile(join(folder, 'no/file'))).toMatchObject({ ok: false });
  });
});

it('reads a file of any length without holding more than a part of it', async () => {
  const event = JSON.stringify({ body: `"\\{[${'x'.repeat(1_000)}` });
  const count = 20_000;
  let ahead = 0;
  let most = 0;
  async function* pieces() {
    yield '{"events":[';
    for (let at = 0; at < count; at += 1) {
      ahead += 1;
      most = Math.max(most, ahead);
      yield at === 0 ? event : `,${event}`;
    }
    yield '],"a":-1.5e3}';
  }
  let elements = 0;
  for await (const member of membersOf(pieces(), 'events')) {
    if ('element' in member) {
      elements += 1;
      ahead -= 1;
    } else
      expect([
        { key: 'events', elements: count },
        { key: 'a', value: -1500 },
      ]).toContainEqual(member);
  }
  expect(elements).toBe(count);
  // Given out as they come: never two behind.
  expect(most).toBeLessThanOrEqual(2);
});
