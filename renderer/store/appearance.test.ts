import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Look, onRoot, readLook } from './appearance.ts';

const script = readFileSync(join(import.meta.dirname, '../public/first-paint.js'), 'utf8');

/** Runs the script of the page's head over what a device has kept. */
function firstPaint(kept: Record<string, string>) {
  const style: Record<string, string> = {};
  const data: Record<string, string> = {};
  const root = {
    dataset: data,
    style: {
      setProperty: (name: string, value: string) => {
        style[name] = value;
      },
    },
  };
  const localStorage = { getItem: (key: string) => kept[key] ?? null };
  runInContext(script, createContext({ document: { documentElement: root }, localStorage }));
  return { data, style };
}

describe('how the page looks', () => {
  const look: Look = { density: 'compact', textSize: 130, motion: 'reduced', accent: 'violet' };

  it('is on the page before anything is drawn', () => {
    const kept = { 'quarterdeck.theme': 'dark', 'quarterdeck.first-paint': JSON.stringify(onRoot(look)) };
    expect(firstPaint(kept)).toEqual({ data: { ...onRoot(look).data, theme: 'dark' }, style: onRoot(look).style });
    expect(onRoot(look).style['--text-scale']).toBe('1.3');
    expect(onRoot(look).style['--accent']).toMatch(/^light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)$/);
  });

  it('is plain where storage holds something else', () => {
    expect(firstPaint({ 'quarterdeck.first-paint': '{broken' })).toEqual({ data: {}, style: {} });
    expect(firstPaint({})).toEqual({ data: {}, style: {} });
  });

  it('is kept part by part: what is not understood is as it was at first', () => {
    const odd = { density: 'tiny', textSize: 130, accent: 'url(x)', motion: 1 };
    expect(readLook(odd)).toEqual({ density: 'comfortable', textSize: 130, motion: 'system', accent: 'sea' });
    expect(onRoot(readLook(null))).toEqual({ data: {}, style: {} });
  });
});

describe('the styles', () => {
  const folder = join(import.meta.dirname, '../styles');
  const index = readFileSync(join(folder, 'index.css'), 'utf8');
  const files = [...index.matchAll(/"\.\/([\w-]+\.css)"/g)].map(([, name]) => name as string);
  const linesWith = (pattern: RegExp, allowed = /^$/): string[] =>
    files.flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => pattern.test(line))
        .map((line) => `${file}: ${line.trim()}`)
        .filter((line) => !allowed.test(line)),
    );

  it('scale every size of text with the size that was chosen', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(linesWith(/font-size: *[\d.]+(px|rem)|font: *(\d+ )?[\d.]+px/)).toEqual([]);
  });

  it('name no side of the screen, so that they can be mirrored', () => {
    const physical =
      /(margin|padding|border|scroll-margin|scroll-padding)-(left|right)\b|(^|[\s;{])(left|right):|text-align: *(left|right)|float: *(left|right)|border-(top|bottom)-(left|right)-radius/;
    // The middle is the same from both sides, and one file says what is mirrored how.
    expect(linesWith(physical, /left: 50%|^direction\.css/)).toEqual([]);
  });

  it('begin their paddings and margins where the text begins', () => {
    const four = /(?:padding|margin): [^\s;()]+ ([^\s;()]+) [^\s;()]+ ([^\s;()]+);/;
    const unlike = linesWith(four).filter((line) => {
      const [, end, start] = four.exec(line) ?? [];
      return end !== start;
    });
    expect(unlike).toEqual([]);
  });
});
