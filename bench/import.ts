/** Reading 1,000 conversations of the CLIs (300 MB) into the vault, and finding a sentence in them. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { generateTranscripts } from '../main/imports/generate-test-support.ts';
import { Reader } from '../main/imports/reader.ts';
import { openDatabase } from '../main/storage/open-database.ts';
import { fixed, report, tableOf } from './harness/report.ts';
import { interleave } from './harness/rounds.ts';
import { freshFolder } from './harness/scratch.ts';

const files = 1000;
const folder = freshFolder('import');
const home = join(folder, 'home');
const made = generateTranscripts({ home, files, bytes: 300_000 });
const log = join(folder, 'quarterdeck.db');
openDatabase(log).close();

/** Runs a program to its end. @returns the last line it printed. */
function last(program: string, args: string[]): Record<string, number> {
  const { stdout, status, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1)!);
}

async function parse() {
  const { ms, rss_kb } = last(join(import.meta.dirname, 'fixtures', 'parse-lines.mjs'), [home]);
  return { s: ms! / 1000, rate: made.bytes / 1e3 / ms!, mb: rss_kb! / 1024 };
}

let number = 0;
let vault = '';
async function read() {
  number += 1;
  if (vault) for (const end of ['', '-wal', '-shm']) rmSync(vault + end, { force: true });
  vault = join(folder, `vault-${number}.db`);
  const program = join(import.meta.dirname, '..', 'main', 'imports', 'read-to-the-end-test-support.ts');
  const begun = performance.now();
  const { messages, rss_kb } = last(program, [vault, log, home]);
  const ms = performance.now() - begun;
  if (messages !== made.items) throw new Error(`${messages} of ${made.items} entries were read`);
  return { s: ms / 1000, rate: made.bytes / 1e3 / ms, mb: rss_kb! / 1024 };
}

const names = { parse: 'Node: read lines, JSON.parse', import: 'import into the vault' };
const rounds = 3;
const reading = await interleave(
  [
    { name: names.parse, run: parse },
    { name: names.import, run: read },
  ],
  { rounds, warmUps: 0 },
);
report({
  name: 'import',
  title: `Import: ${files.toLocaleString('en')} conversations of Claude Code and Codex, ${fixed(0)(made.bytes / 1e6)} MB, the first time`,
  about:
    'The floor is a process that reads every line and parses it, and keeps nothing. The import also finds what was said and done, stores it, and ' +
    'indexes every word; it pauses on purpose for a tenth of its time, so that the app never waits for it. Both are processes of their own.',
  ...tableOf(
    reading,
    [
      { measure: 's', label: 's', format: fixed(1) },
      { measure: 'rate', label: 'MB/s', format: fixed(0) },
      { measure: 'mb', label: 'peak MB', format: fixed(0) },
    ],
    names.parse,
    ['s'],
  ),
  goals: [],
  notes: [`${made.items.toLocaleString('en')} entries`],
  rounds,
});

const reader = new Reader(
  { vault, log, home, env: {}, scanAfterMs: null, hotMs: 1000, allMs: 60_000, maxLineBytes: 1e8 },
  () => {},
);
let asked = 0;
async function search() {
  asked += 1;
  const sentence = made.sentence((asked * 37) % files);
  const begun = performance.now();
  const { hits } = await reader.answer('search', { text: `"${sentence}"`, limit: 30 });
  const ms = performance.now() - begun;
  if (hits.length !== 1) throw new Error(`${hits.length} hits for ${sentence}`);
  return { ms };
}
async function grep() {
  asked += 1;
  const begun = performance.now();
  spawnSync('grep', ['-rlF', made.sentence((asked * 37) % files), home]);
  return { ms: performance.now() - begun };
}
const scan = await reader.answer('scan', { wait: true });
if (scan.bytes_total !== 0) throw new Error('a file was read twice');
const searched = await interleave(
  [
    { name: 'grep -r', run: grep },
    { name: 'search', run: search },
  ],
  { rounds: 15, warmUps: 2 },
);
report({
  name: 'import-search',
  title: 'Search: one sentence in those conversations',
  about: 'grep looks through the files of the CLIs, which are in the file cache; the search asks the index.',
  ...tableOf(searched, [{ measure: 'ms', label: 'ms', format: fixed(1) }], 'grep -r', ['ms']),
  goals: [],
  notes: [],
  rounds: 15,
});
await reader.answer('close', {});
process.exit(0);
