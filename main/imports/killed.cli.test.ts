import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { ImportStatus } from '../protocol/views.ts';
import { openDatabase } from '../storage/open-database.ts';
import { generateTranscripts, random } from './generate-test-support.ts';
import { TestVault } from './reader-test-support.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs the reading; `killAfter`: SIGKILL so long after its first commit, milliseconds. @returns whether it came to its end. */
function run(folder: string, killAfter: number | null): Promise<boolean> {
  const program = join(import.meta.dirname, 'read-to-the-end-test-support.ts');
  const child = spawn(
    process.execPath,
    [program, join(folder, 'vault.db'), join(folder, 'quarterdeck.db'), join(folder, 'home')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let heard = '';
  child.stdout.on('data', (chunk) => {
    const first = heard === '';
    heard += chunk;
    if (killAfter !== null && first) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code === 0)));
}

/** Runs it to its end. */
async function readToTheEnd(folder: string): Promise<{ status: ImportStatus; peakMb: number }> {
  const program = join(import.meta.dirname, 'read-to-the-end-test-support.ts');
  const args = [program, join(folder, 'vault.db'), join(folder, 'quarterdeck.db'), join(folder, 'home')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let heard = '';
  child.stdout.on('data', (chunk) => {
    heard += chunk;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const { rss_kb, ...status } = JSON.parse(heard.trimEnd().split('\n').at(-1)!);
  return { status, peakMb: rss_kb / 1024 };
}

describe('a reading that is killed', () => {
  it('goes on where it was, ends with every entry once, and every sentence is found', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-killed-'));
    folders.push(folder);
    openDatabase(join(folder, 'quarterdeck.db')).close();
    const made = generateTranscripts({ home: join(folder, 'home'), files: 60, bytes: 200_000, seed: 11 });
    const next = random(Date.now());
    let killed = 0;
    // Until one comes to its end by itself: each kill leaves it further on.
    for (let round = 0; round < 12; round += 1) if (!(await run(folder, next() * 120))) killed += 1;
    expect(killed).toBeGreaterThan(0);
    expect(await run(folder, null)).toBe(true);

    const vault = new Database(join(folder, 'vault.db'), { readonly: true });
    const count = (sql: string) => vault.prepare(sql).pluck().get();
    expect(count('SELECT count(*) FROM imports')).toBe(made.files);
    expect(count('SELECT count(*) FROM items')).toBe(made.items);
    expect(count('SELECT sum(items) FROM imports')).toBe(made.items);
    expect(count('SELECT count(*) FROM (SELECT DISTINCT imp, n FROM items)')).toBe(made.items);
    expect(count('SELECT sum("offset") FROM imports')).toBe(made.bytes);
    expect(count('SELECT count(*) FROM texts WHERE text_id NOT IN (SELECT text_id FROM items)')).toBe(0);
    vault.close();
    const index = new Database(join(folder, 'vault.db'));
    // Throws when the index and the texts differ.
    index.exec("INSERT INTO texts_fts (texts_fts, rank) VALUES ('integrity-check', 1)");
    for (const file of [0, 31, 59]) {
      const found = index
        .prepare('SELECT count(*) FROM texts_fts WHERE texts_fts MATCH ?')
        .pluck()
        .get(`"${made.sentence(file)}"`);
      expect(found).toBe(1);
    }
    index.close();
  });

  it('needs no more memory for a larger file, nor for a line without end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-large-'));
    folders.push(folder);
    openDatabase(join(folder, 'quarterdeck.db')).close();
    const project = join(folder, 'home', '.claude', 'projects', '-large');
    mkdirSync(project, { recursive: true });
    const line = (text: string) => `${JSON.stringify({ type: 'user', message: { content: text } })}\n`;
    const part = Buffer.alloc(8_000_000, 'x');
    writeFileSync(join(project, 'endless.jsonl'), line('Before the endless line.'));
    for (let at = 0; at < 30; at += 1) appendFileSync(join(project, 'endless.jsonl'), part);
    appendFileSync(join(project, 'endless.jsonl'), `\n${line('After it.')}`);
    const many = Array.from({ length: 4000 }, (_, n) => line(`${n} ${'words '.repeat(20)}`)).join('');
    for (let at = 0; at < 20; at += 1) appendFileSync(join(project, 'large.jsonl'), many);
    const { status, peakMb } = await readToTheEnd(folder);
    expect(status).toMatchObject({
      messages: 80_002,
      problems: [{ message: expect.stringContaining('1 of its lines') }],
    });
    // Node alone takes some 60 MB; the endless line is 240 MB.
    expect(peakMb).toBeLessThan(230);
  });

  it('is not noticed by the CLIs: a file that grows meanwhile is complete in the end', async () => {
    const vault = new TestVault();
    const made = generateTranscripts({ home: vault.home, files: 20, bytes: 100_000 });
    const reading = vault.scan();
    const line = (n: number) => ({
      type: 'user',
      timestamp: new Date().toISOString(),
      message: { content: `Meanwhile ${n}` },
    });
    for (let n = 0; n < 200; n += 1) {
      vault.append(vault.claude('growing'), line(n));
      if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await reading;
    const status = await vault.scan();
    expect(status.messages).toBe(made.items + 200);
    await vault.close();
  });
});
