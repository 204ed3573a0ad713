import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ImportedItems } from './imported-items.tsx';

const said = (n: number, ts: number | null) => ({ n, ts, kind: 'user' as const, text: `Words ${n}.` });

describe('the entries of an imported conversation', () => {
  it('are shown with their time, and without one where what is told is none', () => {
    const items = [said(1, Date.parse('2026-11-20T10:00:00Z')), said(2, 1e300), said(3, null)];
    const page = renderToStaticMarkup(<ImportedItems items={items} folder={null} />);
    for (const n of [1, 2, 3]) expect(page).toContain(`Words ${n}.`);
    expect(page.match(/dateTime="[^"]*"/gi)).toEqual(['dateTime="2026-11-20T10:00:00.000Z"']);
  });
});
