import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveLinks } from './resolve-links.ts';

describe.skipIf(process.platform === 'win32')('where a write to a path lands', () => {
  let top: string;
  let project: string;
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'links-')));
    project = join(top, 'project');
    mkdirSync(project);
    mkdirSync(join(top, 'outside'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('is the file itself, there or not', async () => {
    writeFileSync(join(project, 'there'), '');
    expect(await resolveLinks(join(project, 'there'))).toBe(join(project, 'there'));
    expect(await resolveLinks(join(project, 'new', 'file'))).toBe(join(project, 'new', 'file'));
    const far = join(project, ...Array<string>(100).fill('n'));
    expect(await resolveLinks(far)).toBe(far);
  });

  it('is the other end of a link, also when nothing is there yet', async () => {
    symlinkSync('../outside/x', join(project, 'notes.txt'));
    symlinkSync(join(top, 'outside', 'none'), join(project, 'folder'));
    expect(await resolveLinks(join(project, 'notes.txt'))).toBe(join(top, 'outside', 'x'));
    expect(await resolveLinks(join(project, 'folder', 'a', 'b'))).toBe(join(top, 'outside', 'none', 'a', 'b'));
  });

  it('is the end of a chain of such links', async () => {
    symlinkSync('second', join(project, 'first'));
    symlinkSync('third/../x', join(project, 'second'));
    mkdirSync(join(top, 'outside', 'sub'));
    symlinkSync('../outside/sub', join(project, 'third'));
    expect(await resolveLinks(join(project, 'first'))).toBe(join(top, 'outside', 'x'));
  });

  it('counts ".." from where the link really lies', async () => {
    mkdirSync(join(top, 'outside', 'deep'));
    symlinkSync('../outside/deep', join(project, 'linked'));
    symlinkSync('../x', join(top, 'outside', 'deep', 'notes'));
    expect(await resolveLinks(join(project, 'linked', 'notes'))).toBe(join(top, 'outside', 'x'));
  });

  it('is not told for a circle, nor below a file', async () => {
    symlinkSync('b', join(project, 'a'));
    symlinkSync('a', join(project, 'b'));
    writeFileSync(join(project, 'file'), '');
    await expect(resolveLinks(join(project, 'a'))).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(resolveLinks(join(project, 'file', 'x'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  it('is not told for more links than a system follows, although their end is not there', async () => {
    for (let at = 0; at < 60; at += 1) symlinkSync(`l${at + 1}`, join(project, `l${at}`));
    await expect(resolveLinks(join(project, 'l0'))).rejects.toMatchObject({ code: 'ELOOP' });
  });
});
