import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from './find-browser.ts';

describe('finding a Chromium', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'find-browser-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function binary(path: string, mode = 0o755): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\n');
    chmodSync(file, mode);
    return file;
  }

  it('prefers CHROME_PATH to everything else', () => {
    const chosen = binary('mine/chrome');
    binary('bin/chromium');
    expect(findBrowser({ CHROME_PATH: chosen, PATH: join(folder, 'bin') })).toBe(chosen);
  });

  it('passes over a CHROME_PATH that cannot be run', () => {
    const onPath = binary('bin/google-chrome');
    const notExecutable = binary('mine/chrome', 0o644);
    expect(findBrowser({ CHROME_PATH: notExecutable, PATH: join(folder, 'bin') })).toBe(onPath);
  });
});
