import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const page = readFileSync(join(import.meta.dirname, '../docs/flows.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .slice(2)
  .map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );

interface Named {
  readonly file: string;
  readonly title: string;
}

function specIn(cell: string): Named | null {
  const [, file, title] = /^`([\w/.-]+)`: (.+)$/.exec(cell) ?? [];
  return file && title ? { file, title } : null;
}

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How a specification begins: its title and its tags. Null: there is none of that title. */
function beginningOf({ file, title }: Named): string | null {
  const source = readFileSync(join(import.meta.dirname, file), 'utf8');
  const found = new RegExp(`test\\((['"])${quoted(title)}\\1[\\s\\S]*?=> \\{`).exec(source);
  return found?.[0] ?? null;
}

/** A spec opens a phone beside the app, or is tagged for the project that is one. */
function isOnPhone(named: Named): boolean {
  const source = readFileSync(join(import.meta.dirname, named.file), 'utf8');
  const from = source.indexOf(beginningOf(named) ?? '\0');
  const body = source.slice(from, source.indexOf('\n});', from));
  return /'@phone'/.test(beginningOf(named) ?? '') || /'phone'|phone: true|\b(pairPhone|phoneOf)\(/.test(body);
}

describe('the page of what is proven where', () => {
  it('names specifications that are there', () => {
    const named = rows.flatMap((cells) => cells.slice(1)).flatMap((cell) => specIn(cell) ?? []);
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((one) => beginningOf(one) === null)).toEqual([]);
  });

  it('says of none that it runs on a phone which does not', () => {
    const named = rows.flatMap((cells) => specIn(cells[2] ?? '') ?? []);
    expect(named.filter((one) => !isOnPhone(one))).toEqual([]);
  });

  it('leaves nothing unproven', () => {
    const unproven = rows.filter(([what = '', ...cells]) => !what.startsWith('**') && cells.every((one) => one === ''));
    expect(unproven).toEqual([]);
  });
});
