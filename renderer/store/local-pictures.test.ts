import { describe, expect, it } from 'vitest';
import type { Client } from './client.ts';
import { largestPicture, localPicture, picturePath } from './local-pictures.ts';

describe('a picture an agent names', () => {
  it('is one of the folder when it is a path to a picture, and nothing else is', () => {
    expect(picturePath('plots/my%20plot.PNG')).toBe('plots/my plot.PNG');
    expect(picturePath('/abs/a.webp')).toBe('/abs/a.webp');
    for (const src of [
      ...[
        'https://evil.example/a.png',
        '//evil.example/a.png',
        'file:///a.png',
        'data:image/png;base64,x',
        'blob:x.png',
      ],
      ...[
        'javascript:a.png',
        'C:\\a.png',
        '\\\\host\\a.png',
        '#a.png',
        '?a.png',
        'a.svg',
        'a.html',
        'a',
        '',
        '%ff.png',
        'a%00.png',
      ],
    ])
      expect(picturePath(src), src).toBeNull();
  });

  it('is read in pieces, few at once, and once while it is fresh', async () => {
    const bytes = Buffer.alloc(600, 'x');
    const asked: unknown[] = [];
    let open = 0;
    let most = 0;
    const client = {
      async request(query: { path: string; offset: number; validator?: string }) {
        asked.push(query.validator);
        open += 1;
        most = Math.max(most, open);
        await Promise.resolve();
        open -= 1;
        const data = bytes.subarray(query.offset, query.offset + 256).toString('base64');
        return { ok: true, value: { data, bytes: bytes.length, validator: 'v', media_type: 'image/png', offset: 0 } };
      },
    } as unknown as Client;
    const found = await Promise.all([1, 2, 3, 4].map((n) => localPicture(client, 'a' as never, `${n}.png`)));
    expect(found.map(({ kind }) => kind)).toEqual(['shown', 'shown', 'shown', 'shown']);
    expect(most).toBe(2);
    expect(asked.slice(-1)).toEqual(['v']);
    const before = asked.length;
    expect(await localPicture(client, 'a' as never, '1.png')).toBe(found[0]);
    expect(asked).toHaveLength(before);
  });

  it('is not shown when it is refused, no picture, or too large', async () => {
    const answering = (answer: object) => ({ request: async () => answer }) as unknown as Client;
    const piece = { data: 'eA==', bytes: 1, validator: 'v', media_type: 'image/png', offset: 0 };
    expect(await localPicture(answering({ ok: false, problem: {} }), 'b' as never, '1.png')).toEqual({
      kind: 'failed',
    });
    const other = answering({ ok: true, value: { ...piece, media_type: 'text/plain' } });
    expect(await localPicture(other, 'b' as never, '2.png')).toEqual({ kind: 'failed' });
    const large = answering({ ok: true, value: { ...piece, bytes: largestPicture + 1 } });
    expect(await localPicture(large, 'b' as never, '3.png')).toMatchObject({ kind: 'too_large' });
  });
});
