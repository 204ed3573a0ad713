import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './window-state-file.ts';

describe('window state file', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'quarterdeck-window-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('remembers what it was given and leaves no temporary file', () => {
    const state = { x: -20, y: 40, width: 900, height: 700, maximized: true };
    expect(writeWindowState(home, state)).toBe(true);
    expect(readWindowState(home)).toEqual(state);
    expect(readdirSync(home)).toEqual(['window.json']);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"x":1}',
    '{"x":"0","y":0,"width":1,"height":1,"maximized":false}',
    '{"x":1e9,"y":0,"width":1,"height":1,"maximized":false}',
  ])('forgets a file that says %j', (content) => {
    writeFileSync(join(home, 'window.json'), content);
    expect(readWindowState(home)).toBeNull();
  });

  it('knows nothing of a home that is not there, and says that it could not remember', () => {
    const missing = join(home, 'gone');
    expect(readWindowState(missing)).toBeNull();
    expect(writeWindowState(missing, { x: 0, y: 0, width: 1, height: 1, maximized: false })).toBe(false);
  });
});
