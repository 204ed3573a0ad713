import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { exportSession } from './export.ts';
import { type BytesQuery, embeddedBytes } from './pictures.ts';

const session = { session_id: 'ses_1', title: 'T', cwd: '/x', provider: 'demo' };
const by = { kind: 'owner', via: 'window' };
const chunk = 262_144;

/** As the gateway answers: in pieces whose length is no multiple of three. */
function answering(files: Record<string, { bytes: Buffer; type: string }>) {
  const asked: BytesQuery[] = [];
  return {
    asked,
    async bytes(query: BytesQuery) {
      asked.push(query);
      const file = files[query.type === 'file_read' ? query.path : query.attachment_id];
      if (!file) return null;
      const data = file.bytes.subarray(query.offset, query.offset + chunk).toString('base64');
      return { data, bytes: file.bytes.length, media_type: file.type, validator: 'v' };
    },
  };
}

async function html(events: object[], bytes: (query: BytesQuery) => Promise<never | null>): Promise<string> {
  const bodies = events.map((event, at) => ({
    ...{ seq: at + 1, hash: '', body: canonicalJson({ ts: 0, turn_id: null, ...event }) },
  }));
  const page = async () => ({ events: bodies, seq: bodies.length, head: '', next: null });
  let text = '';
  for await (const piece of exportSession('html', session, { page, bytes }, 0)) text += piece;
  return text;
}

const attached = (id: string, name: string, media_type: string, bytes: number) => ({
  ...{ type: 'user_message', message_id: id, text: 'Look.', by },
  attachments: [{ attachment_id: id, name, media_type, bytes }],
});
const said = (text: string) => ({ type: 'text', item_id: 'i', text });
const png = Buffer.alloc(chunk * 2 + 5, 'picture');

describe('pictures in a session taken elsewhere as HTML', () => {
  it('come along whole, those of messages and those an agent named in the folder', async () => {
    const source = answering({
      a: { bytes: png, type: 'image/png' },
      'plots/my plot.png': { bytes: Buffer.from('plot'), type: 'image/png' },
    });
    const text = await html(
      [attached('a', 'x".png', 'image/png', png.length), said('![A <b> plot](<plots/my plot.png>)')],
      source.bytes as never,
    );
    expect(text).toContain(`<img src="data:image/png;base64,${png.toString('base64')}" alt="x&#34;.png">`);
    expect(text).toContain(
      '<img src="data:image/png;base64,cGxvdA==" alt="A  plot">'.replace('A  plot', 'A &lt;b&gt; plot'),
    );
    expect(text).toContain("img-src data:; base-uri 'none'");
  });

  it('are never fetched from elsewhere, and nothing but pictures is drawn', async () => {
    const source = answering({ 'a.svg': { bytes: Buffer.from('<svg/>'), type: 'application/octet-stream' } });
    const text = await html(
      [
        said(
          '![a](https://evil.example/a.png) ![b](//evil.example/b) ![c](file:///etc/c.png) ![d](a.svg) ![e](gone.png)',
        ),
      ],
      source.bytes as never,
    );
    expect(text).not.toContain('<img');
    expect(text).toContain('[Picture: a (https://evil.example/a.png), not in this file]');
    expect(source.asked.map((one) => 'path' in one && one.path)).toEqual(['a.svg', 'gone.png']);
  });

  it('and files stay within the bounds it states; the rest is named with its size', async () => {
    const large = Buffer.alloc(embeddedBytes);
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at}`, { bytes: large, type: '' }]));
    const text = await html(
      [
        attached('f', 'huge.zip', 'application/zip', embeddedBytes + 1),
        ...Object.keys(files).map((id) => attached(id, `${id}.html`, 'text/html', embeddedBytes)),
      ],
      answering(files).bytes as never,
    );
    expect(text).toContain('huge.zip (4.0 MB), not in this file');
    expect(text.match(/<a download="f\d+\.html" href="data:application\/octet-stream;base64,/g)).toHaveLength(10);
    expect(text.match(/not in this file/g)).toHaveLength(3);
    expect(text).not.toContain('data:text/html');
  });
});
