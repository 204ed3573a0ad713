import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRoute } from '../renderer/store/route.ts';

const files = join(import.meta.dirname, '../renderer/public');
const manifest = JSON.parse(readFileSync(join(files, 'app.webmanifest'), 'utf8')) as {
  start_url: string;
  display: string;
  icons: { src: string; sizes: string; purpose?: string }[];
  shortcuts: { url: string }[];
};

/** Width and height stand right behind the beginning of a PNG file. */
function sizeOf(name: string): string {
  const png = readFileSync(join(files, name));
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
}

describe('what a phone needs to install the page', () => {
  it('opens as an app of its own, with icons as large as they say, one of them for a cut-out', () => {
    expect(manifest).toMatchObject({ display: 'standalone', start_url: '/' });
    for (const icon of manifest.icons.filter((one) => one.src.endsWith('.png'))) {
      expect(sizeOf(icon.src)).toBe(icon.sizes);
    }
    expect(manifest.icons.map((one) => one.sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
    expect(manifest.icons.filter((one) => one.purpose === 'maskable')).toHaveLength(1);
    expect(sizeOf('apple-touch-icon.png')).toBe('180x180');
  });

  it('has shortcuts that lead somewhere', () => {
    const places = manifest.shortcuts.map(({ url }) => parseRoute(url.slice(url.indexOf('#'))).name);
    expect(places).toEqual(['inbox', 'new']);
  });
});
