import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureCli } from './ensure-clis.ts';

describe('fetching an agent CLI for the tests', () => {
  let folder: string;
  let npm: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ensure-clis-'));
    npm = join(folder, 'npm-cli.js');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const env = () => ({ ...process.env, QUARTERDECK_TEST_CACHE: join(folder, 'cache'), npm_execpath: npm });

  /** Stands in for npm: notes each run and lays down a binary for every platform that answers `--version`. */
  function fakeNpm(version: string): void {
    writeFileSync(
      npm,
      `const fs = require('node:fs'), path = require('node:path');
       fs.appendFileSync(${JSON.stringify(join(folder, 'runs'))}, 'run\\n');
       const prefix = process.argv[process.argv.indexOf('--prefix') + 1];
       for (const suffix of ['x64', 'arm64', 'x64-musl', 'arm64-musl']) {
         const dir = path.join(prefix, 'node_modules/@anthropic-ai/claude-code-' + process.platform + '-' + suffix);
         fs.mkdirSync(dir, { recursive: true });
         fs.writeFileSync(path.join(dir, 'claude'), '#!/bin/sh\\necho "${version} (Claude Code)"\\n', { mode: 0o755 });
       }
       const acp = path.join(prefix, 'node_modules/@agentclientprotocol/claude-agent-acp/dist');
       fs.mkdirSync(acp, { recursive: true });
       const optional = process.argv.includes('--omit=optional') ? 'without' : 'with';
       fs.writeFileSync(path.join(acp, 'index.js'), 'console.log("0.100.0 ' + optional + '")', { mode: 0o755 });`,
    );
  }

  const runs = () => readFileSync(join(folder, 'runs'), 'utf8').split('\n').length - 1;

  it('fetches once for two that need it at the same time', async () => {
    fakeNpm('2.1.328');
    const [first, second] = await Promise.all([ensureCli('claude', env()), ensureCli('claude', env())]);
    expect(first).toBe(second);
    expect(runs()).toBe(1);
    expect(readdirSync(join(folder, 'cache', 'clis'))).toHaveLength(1);
  });

  it('leaves out optional packages where they would only bring another CLI once more', async () => {
    fakeNpm('2.1.328');
    const script = await ensureCli('claude-agent-acp', env());
    expect(readFileSync(script, 'utf8')).toContain('without');
    expect(basename(script)).toBe('index.js');
  });

  it('leaves nothing behind and gives advice when npm fails', async () => {
    writeFileSync(npm, 'console.error("npm error ENOTFOUND registry"); process.exit(1)');
    await expect(ensureCli('claude', env())).rejects.toThrow(/ENOTFOUND registry[\s\S]*QUARTERDECK_TEST_CACHE/);
    expect(readdirSync(join(folder, 'cache', 'clis'))).toEqual([]);
  });

  it('clears away what a killed run left behind', async () => {
    fakeNpm('2.1.328');
    const installed = dirname(dirname(dirname(dirname(await ensureCli('claude', env())))));
    renameSync(installed, `${installed}.building-dead`);
    await ensureCli('claude', env());
    expect(readdirSync(join(folder, 'cache', 'clis'))).toEqual([basename(installed)]);
  });

  it('refuses a binary of another version than the pinned one', async () => {
    fakeNpm('9.9.9');
    await expect(ensureCli('claude', env())).rejects.toThrow('9.9.9');
    expect(readdirSync(join(folder, 'cache', 'clis'))).toEqual([]);
  });
});
