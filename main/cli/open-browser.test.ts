import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserOpener, linkPage, openBrowser, redirectPage } from './open-browser.ts';

const link = 'http://127.0.0.1:8741/#open=qdc_abcdefghij0123456789_-';
let folder: string;
let path: string | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-'));
  path = process.env.PATH;
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

describe('opening the browser', () => {
  it.runIf(process.platform === 'linux')(
    'leads there by a page of this user only, so that the link never stands in a list of processes',
    async () => {
      const seen = join(folder, 'arguments');
      writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf %s "$*" > ${seen}.part; mv ${seen}.part ${seen}\n`);
      chmodSync(join(folder, 'xdg-open'), 0o755);
      process.env.PATH = `${folder}:${path}`;
      expect(openBrowser(link, 'linux', { DISPLAY: ':0' }, folder)).not.toBeNull();
      while (!existsSync(seen)) await pause(5);
      const argument = readFileSync(seen, 'utf8');
      expect(argument).not.toContain('qdc_');
      const page = fileURLToPath(argument);
      expect(readFileSync(page, 'utf8')).toContain(`url=${link}`);
      expect(statSync(page).mode & 0o777).toBe(0o600);
    },
  );

  it('is not tried where nobody would see one', () => {
    expect(openBrowser(link, 'linux', {}, folder)).toBeNull();
    expect(openBrowser(link, 'linux', { DISPLAY: ':0', CI: 'true' }, folder)).toBeNull();
    expect(browserOpener('darwin', { QUARTERDECK_NO_BROWSER: '1' })).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails quietly when there is no program for it, and then nothing is waited for', async () => {
    process.env.PATH = folder;
    const opened = openBrowser(link, 'linux', { DISPLAY: ':0' }, folder);
    await expect(opened?.loaded()).resolves.toBeUndefined();
    expect(openBrowser(link, 'linux', { DISPLAY: ':0' }, join(folder, 'not-there'))).toBeNull();
  });

  it('has a page of its own for each link', () => {
    const pages = [linkPage(link, 'linux', folder), linkPage(`${link}x`, 'darwin', folder)];
    expect(new Set(pages.map((page) => page?.target)).size).toBe(2);
    for (const page of pages) expect(page?.target).not.toContain('qdc_');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('puts nothing on the page that could be more than a link', () => {
    expect(() => redirectPage('http://127.0.0.1:1/"><script>')).toThrow(RangeError);
    expect(() => redirectPage('javascript:alert(1)')).toThrow(RangeError);
  });
});
