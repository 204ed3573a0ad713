import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isFolderOnDisk } from './folder-on-disk.ts';
import { linkPromptLimit, readLink, readOpenArguments } from './links.ts';
import { en } from './words/en.ts';

const session = 'ses_01hzy0000000000000000';

describe('a link into the app', () => {
  it('opens a session, or a form with a folder and a text that is not sent', () => {
    expect(readLink(`quarterdeck://session/${session}`)).toEqual({
      ok: true,
      command: { type: 'open_session', session_id: session },
    });
    expect(readLink('quarterdeck://new?folder=%2Fhome%2Fme%2Fapp&prompt=Fix%20it')).toEqual({
      ok: true,
      command: { type: 'new_session', cwd: '/home/me/app', text: 'Fix it' },
    });
    expect(readLink('quarterdeck://new')).toEqual({ ok: true, command: { type: 'new_session' } });
  });

  it.each([
    ['https://example.org', 'not a link'],
    ['quarterdeck:', 'leads nowhere'],
    ['quarterdeck://approve/apr_1', 'leads nowhere'],
    ['quarterdeck://new/session', 'leads nowhere'],
    [`quarterdeck://session/${session}?allow=1`, 'names no session'],
    ['quarterdeck://session/../../etc/passwd', 'names no session'],
    ['quarterdeck://new?folder=relative', 'whole path'],
    ['quarterdeck://new?folder=%2F%2Fhost%2Fshare', 'whole path'],
    ['quarterdeck://new?prompt=a&prompt=b', 'may not ask'],
    ['quarterdeck://new?prompt=a&mode=bypass', 'may not ask'],
    ['quarterdeck://new?prompt=a%E2%80%AEb', 'cannot be seen'],
    ['quarterdeck://new?prompt=a%00b', 'cannot be seen'],
    [`quarterdeck://new?prompt=${'a'.repeat(linkPromptLimit + 1)}`, 'too long'],
    ['quarterdeck://user:secret@new', 'do not have'],
  ])('%s is refused with a sentence', (link, words) => {
    const read = readLink(link);
    expect(read.ok).toBe(false);
    expect(!read.ok && en.link.why[read.why]).toContain(words);
  });
});

describe('the arguments of a start', () => {
  const folders = new Set(['/work/app', '/data', '/work/My Apps/é']);
  const read = (...argv: string[]) => readOpenArguments(argv, '/work', (path) => folders.has(path));

  it('name a folder, from where it was started, or a link', () => {
    expect(read('app')).toEqual({ ok: true, command: { type: 'new_session', cwd: '/work/app' } });
    expect(read('--flag', `quarterdeck://session/${session}`)).toMatchObject({ ok: true });
    expect(read('quarterdeck://nowhere')).toMatchObject({ ok: false });
  });

  it('are no folder to open where they are the value of an option, or no folder at all', () => {
    expect(read('--home', '/data', '--port', '0', 'missing', '--type=/data')).toBeNull();
  });

  it('name a folder by the link that launchers of Linux make of it', () => {
    for (const link of [
      'file:///work/My%20Apps/%C3%A9',
      'FILE:///work/My%20Apps/%C3%A9/',
      'file://localhost/work/app',
    ]) {
      expect(read('--flag', link)).toMatchObject({ ok: true, command: { type: 'new_session' } });
    }
    expect(read('file:///work/My%20Apps/%C3%A9/')).toMatchObject({ command: { cwd: '/work/My Apps/é' } });
  });

  it.each([
    ['file:///work/gone', 'moved, or a file'],
    ['file://server/work/app', 'of another machine'],
    ['file:////server/app', 'a share of another machine'],
    ['file:///work%2Fapp', 'a slash that hides'],
    ['file:///work/%E9', 'no letters at all'],
    ['file:', 'no place'],
  ])('are refused with a sentence where they are a broken link: %s (%s)', (link) => {
    expect(read(link)).toEqual({ ok: false, why: 'noFolder' });
  });

  it('ask the disk for whatever they name, and it is never more than no', () => {
    const ask = (...argv: string[]) => readOpenArguments(argv, '/', isFolderOnDisk);
    expect(ask(pathToFileURL(tmpdir()).href)).toEqual({ ok: true, command: { type: 'new_session', cwd: tmpdir() } });
    expect(ask(pathToFileURL(import.meta.filename).href)).toMatchObject({ ok: false });
    expect(ask('file:///tmp/%00')).toMatchObject({ ok: false });
    expect(ask(join('/', 'a'.repeat(300)))).toBeNull();
    expect(ask(join(import.meta.filename, 'below'))).toBeNull();
  });
});
