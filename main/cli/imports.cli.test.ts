import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateTranscripts } from '../imports/generate-test-support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-cli-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cli(...args: string[]) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(CLAUDE|CODEX|GEMINI|QUARTERDECK)/.test(name));
  const env = { ...Object.fromEntries(kept), HOME: folder, QUARTERDECK_HOME: join(folder, 'app') };
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env,
    encoding: 'utf8',
  });
  return { status, stdout };
}

describe('import and search on the command line, without the app', () => {
  it('read what the CLIs have, say how much that is, and find a sentence in it', () => {
    const made = generateTranscripts({ home: folder, files: 6, bytes: 20_000 });
    expect(cli('import').stdout).toContain('In the vault: 0 conversations');
    const read = cli('import', '--now');
    expect(read.status).toBe(0);
    expect(read.stdout).toContain(`In the vault: 6 conversations, ${made.items} entries`);
    const found = cli('search', '--json', `"${made.sentence(3)}"`);
    const { hits } = JSON.parse(found.stdout) as { hits: { where: { kind: string }; provider: string }[] };
    expect(hits).toMatchObject([{ where: { kind: 'import' }, provider: 'codex' }]);
    expect(cli('search', 'Zwenkau').stdout).toContain('Zwenkau');
    expect(cli('search', 'Zwenkau').stdout).not.toContain('\u0001');
    expect(cli('search', 'nothing-of-the-kind').stdout).toBe('Nothing was found.\n');
  });

  it('find what was said in a session of the app', () => {
    expect(cli('send', '--provider', 'demo', 'Where is the lighthouse?').status).toBe(0);
    expect(cli('search', 'lighthouse').stdout).toMatch(/Where is the lighthouse\?\n {2}demo, just now, ses_/);
  });
});
