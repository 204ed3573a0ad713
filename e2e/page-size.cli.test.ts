import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const built = join(import.meta.dirname, '../out/renderer');
/** What a phone may have to fetch before it shows anything, bytes of gzip. */
const most = 250_000;

describe('the page as it is built', () => {
  it('needs no more JavaScript at its start than a phone fetches at once', () => {
    const html = readFileSync(join(built, 'index.html'), 'utf8');
    const scripts = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file as string);
    expect(scripts.length).toBeGreaterThan(1);
    const sizes = scripts.map((file) => [file, gzipSync(readFileSync(join(built, file))).length] as const);
    const sum = sizes.reduce((all, [, size]) => all + size, 0);
    expect(sum, JSON.stringify(sizes)).toBeLessThan(most);
  });

  it('fetches fonts, formulas and settings only when they are wanted', () => {
    const html = readFileSync(join(built, 'index.html'), 'utf8');
    expect(html).not.toMatch(/math-plugins|settings-|palette-|panel-/);
  });
});
