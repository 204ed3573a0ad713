import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promptContent } from './prompt-content.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-content-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function attach(name: string, media_type: string, content: string | Buffer, bytes = Buffer.byteLength(content)) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { attachment_id: 'a'.repeat(64), name, media_type, bytes, path };
}

describe('a message with attachments', () => {
  it('is its words alone when there are none', async () => {
    expect(await promptContent('/compact', [])).toBe('/compact');
  });

  it.each([
    ['@src/app.ts and @you', '@src/app.ts and @you'],
    ['see @"My notes/plan.md", please', 'see @"My notes/plan.md", please'],
    // Its quotation marks know no escape.
    [String.raw`see @"odd \\ name.md"`, String.raw`see @"odd \ name.md"`],
    [String.raw`see @"5\" disk.md"!`, 'see 5" disk.md!'],
  ])('mentions files as the CLI reads them: %s', async (written, read) => {
    expect(await promptContent(written, [])).toBe(read);
  });

  it('has images, texts and PDF before its words', async () => {
    const content = await promptContent('Look.', [
      attach('a.png', 'image/png', Buffer.from([1, 2, 3])),
      attach('b.md', 'text/markdown', '# Ä'),
      attach('c.pdf', 'application/pdf', Buffer.from([0, 1])),
    ]);
    expect(content).toEqual([
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AQID' } },
      { type: 'document', title: 'b.md', source: { type: 'text', media_type: 'text/plain', data: '# Ä' } },
      { type: 'document', title: 'c.pdf', source: { type: 'base64', media_type: 'application/pdf', data: 'AAE=' } },
      { type: 'text', text: 'Look.' },
    ]);
  });

  it.each([
    ['is not text', attachLater('x.bin', 'application/octet-stream', Buffer.from([0xff, 0xfe]))],
    ['is empty', attachLater('empty.txt', 'text/plain', '')],
    ['is too large', attachLater('large.png', 'image/png', 'x', 100 * 1024 * 1024)],
    ['is a long text', attachLater('long.txt', 'text/plain', 'x'.repeat(300_000))],
    ['is an image of a kind the model does not know', attachLater('a.tiff', 'image/tiff', Buffer.from([0, 1]))],
  ])('tells the place of a file that %s', async (_what, make) => {
    const attachment = make();
    expect(await promptContent('', [attachment])).toEqual([
      { type: 'text', text: expect.stringContaining(attachment.path) },
    ]);
  });

  it('tells the place of a file that cannot be read', async () => {
    const gone = { ...attach('a.txt', 'text/plain', 'x'), path: join(folder, 'not-there') };
    expect(await promptContent('', [gone])).toEqual([{ type: 'text', text: expect.stringContaining(gone.path) }]);
  });
});

function attachLater(...given: Parameters<typeof attach>) {
  return () => attach(...given);
}
