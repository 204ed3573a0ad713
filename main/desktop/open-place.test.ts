import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { places } from '../protocol/ipc.ts';
import { openPlace } from './open-place.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quarterdeck-places-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function shell(answer: () => Promise<string> = async () => '') {
  const opened: string[] = [];
  const openPath = (path: string) => {
    opened.push(path);
    return answer();
  };
  return { opened, openPath };
}

describe('a folder of ours', () => {
  it('is shown, and made before that when nothing was written to it yet', async () => {
    const { opened, openPath } = shell();
    for (const place of places) expect(await openPlace(home, place, { openPath })).toBe(true);
    expect(opened).toEqual([home, join(home, 'backups'), join(home, 'logs')]);
    expect(opened.every((path) => existsSync(path))).toBe(true);
  });

  it('is not opened when a file stands in its place: the system would run it', async () => {
    writeFileSync(join(home, 'backups'), '#!/bin/sh\n', { mode: 0o755 });
    const { opened, openPath } = shell();
    expect(await openPlace(home, 'backups', { openPath })).toBe(false);
    expect(opened).toEqual([]);
  });

  it('is said not to be shown when the system could not', async () => {
    const { openPath } = shell(async () => 'No application is registered.');
    expect(await openPlace(home, 'logs', { openPath })).toBe(false);
    expect(
      await openPlace(
        home,
        'logs',
        shell(() => Promise.reject(new Error('gone'))),
      ),
    ).toBe(false);
  });
});
