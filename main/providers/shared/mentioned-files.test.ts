import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mentionOf } from '../../protocol/mention-text.ts';
import { promptContent } from '../acp/prompt-content.ts';
import { promptInput } from '../codex/prompt-input.ts';
import { mentionedFiles } from './mentioned-files.ts';

/** Names as people and their tools make them. */
const names = [
  'src/app.ts',
  'My notes/größe.md',
  '日本語.txt',
  'a"b.md',
  'back\\slash.txt',
  'with,comma',
  "it's(1).md",
  'é',
];
let cwd: string;
beforeAll(() => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'quarterdeck-mentioned-')));
  cwd = join(base, 'project');
  for (const folder of ['src', 'My notes']) mkdirSync(join(cwd, folder), { recursive: true });
  for (const name of names) writeFileSync(join(cwd, name), '');
  writeFileSync(join(base, 'outside.txt'), '');
  symlinkSync(join(base, 'outside.txt'), join(cwd, 'link.txt'));
});
afterAll(() => rmSync(join(cwd, '..'), { recursive: true, force: true }));

describe('files that a message mentions', () => {
  it.each(names)('are found again as they were written: %s', (name) => {
    const text = `Look at ${mentionOf(name)}, and (${mentionOf(name)}).`;
    expect(mentionedFiles(text, cwd).map(({ path, from, to }) => [path, text.slice(from, to)])).toEqual([
      [name, mentionOf(name)],
      [name, mentionOf(name)],
    ]);
  });

  it('are only those that are there, in the folder, and no address of mail', () => {
    const text = 'me@src/app.ts @types/node @../outside.txt @link.txt @/etc/hostname @src/ @src/app.ts.';
    expect(mentionedFiles(text, cwd).map(({ path, is_folder }) => [path, is_folder])).toEqual([
      ['src/', true],
      ['src/app.ts', false],
    ]);
  });

  it('go to Codex as its terminal says them, and everything else as it was written', () => {
    expect(promptInput('@types/node: see @src/app.ts and @"My notes/größe.md".', cwd)).toEqual([
      { type: 'text', text: '@types/node: see src/app.ts and "My notes/größe.md".' },
    ]);
  });

  it('go to an agent of ACP as links beside the words, each once', async () => {
    const text = 'Compare @"My notes/größe.md" with @src/app.ts. Then @src/app.ts again, @nobody.';
    expect(await promptContent({ text, attachments: [] }, { image: false, embedded: false }, cwd)).toEqual([
      { type: 'text', text },
      { type: 'resource_link', uri: pathToFileURL(join(cwd, 'My notes/größe.md')).href, name: 'My notes/größe.md' },
      { type: 'resource_link', uri: pathToFileURL(join(cwd, 'src/app.ts')).href, name: 'src/app.ts' },
    ]);
  });
});
