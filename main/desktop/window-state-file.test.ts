import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mostWindows, placeOf, readWindows, writeWindows } from './window-state-file.ts';

const bounds = { x: -20, y: 40, width: 900, height: 700, maximized: true };

describe('window state file', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'quarterdeck-window-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('remembers the windows it was given, in their order, and leaves no temporary file', () => {
    const windows = [
      { ...bounds, place: '#/session/ses_12345678' },
      { ...bounds, x: 5 },
    ];
    expect(writeWindows(home, windows)).toBe(true);
    expect(readWindows(home)).toEqual(windows);
    expect(readdirSync(home)).toEqual(['window.json']);
  });

  it('takes the one window that an earlier version has left', () => {
    writeFileSync(join(home, 'window.json'), JSON.stringify(bounds));
    expect(readWindows(home)).toEqual([bounds]);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"x":1}',
    '{"windows":[]}',
    '{"x":"0","y":0,"width":1,"height":1,"maximized":false}',
    '{"x":1e9,"y":0,"width":1,"height":1,"maximized":false}',
    JSON.stringify({ windows: Array.from({ length: mostWindows + 1 }, () => bounds) }),
  ])('forgets a file that says %j', (content) => {
    writeFileSync(join(home, 'window.json'), content);
    expect(readWindows(home)).toEqual([]);
  });

  it('keeps the bounds and forgets a place that is none', () => {
    writeFileSync(join(home, 'window.json'), JSON.stringify({ windows: [{ ...bounds, place: 'https://evil/' }] }));
    expect(readWindows(home)).toEqual([bounds]);
  });

  it('knows nothing of a home that is not there, and says that it could not remember', () => {
    const missing = join(home, 'gone');
    expect(readWindows(missing)).toEqual([]);
    expect(writeWindows(missing, [bounds])).toBe(false);
  });

  it('reads the place from the address of the page', () => {
    expect(placeOf('app://quarterdeck/#/session/ses_12345678')).toBe('#/session/ses_12345678');
    for (const url of ['app://quarterdeck/', 'about:blank', 'app://quarterdeck/#<script>', '']) {
      expect(placeOf(url)).toBeUndefined();
    }
  });
});
