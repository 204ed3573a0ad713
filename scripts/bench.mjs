/**
 * `npm run bench [NAMES]`: what the app costs, each figure next to the least it could cost on this machine at this moment. Ratios are held against
 * goals and reported as met or not; the exit code is 1 only when a benchmark itself breaks.
 *
 * `npm run bench -- --write` also writes the figures to docs/benchmarks.md; of a part, `npm run bench -- NAMES --write`, the sections of that part.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchmarksDocument, withSections } from './bench-document.mjs';
import { boundOf, figureOf, isMet } from './bench-goals.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { requirePackages, root, withRightNode } from './right-node.mjs';

/** In the order in which they run. */
const names = [
  ...[
    'cold-start',
    'append',
    'replay',
    'memory',
    'delta-overhead',
    'delta-page',
    'agents',
    'import',
    'page-stream',
    'page-start',
    'page-open',
    'page-typing',
    'page-memory',
    'page-large',
  ],
  ...['sealed-fan-out', 'sealed-latency', 'sealed-catch-up', 'sealed-idle-memory', 'sealed-guessing', 'sealed-send'],
];

function machine() {
  const load = () => loadavg()[0].toFixed(1);
  const before = load();
  return () =>
    `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${release()}, ` +
    `Node ${process.versions.node}; load average ${before} before, ${load()} after`;
}

/** Runs one benchmark to its end. @returns whether it ran as it should. */
function run(name, file) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'bench', `${name}.ts`), '--report', file], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

function readReports(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

async function main() {
  requirePackages();
  await withRightNode();
  const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no benchmark called ${unknown.join(', ')}. There are: ${names.join(', ')}.`);
    return 1;
  }
  await ensureBuilt();
  const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-bench-report-'));
  const file = join(folder, 'reports.jsonl');
  const describe = machine();
  const startedAt = Date.now();
  const broken = [];
  for (const name of asked.length > 0 ? asked : names) if (!(await run(name, file))) broken.push(name);
  const reports = readReports(file);
  rmSync(folder, { recursive: true, force: true });

  const goals = reports.flatMap((report) => report.goals.map((goal) => ({ ...goal, name: report.name })));
  const missed = goals.filter((goal) => !isMet(goal));
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  console.log(`\n${describe()}\n${goals.length - missed.length} of ${goals.length} goals met, in ${seconds} s`);
  for (const goal of missed) console.log(`  not met: ${goal.name}, ${goal.what}: ${figureOf(goal)}, ${boundOf(goal)}`);
  for (const name of broken) console.error(`broken: ${name} did not run to its end; what it said stands above.`);
  if (process.argv.includes('--write') && broken.length === 0) {
    const path = join(root, 'docs', 'benchmarks.md');
    const date = new Date().toISOString().slice(0, 10);
    const run = { machine: describe(), seconds, date };
    const whole = asked.length === 0 || !existsSync(path);
    writeFileSync(
      path,
      whole ? benchmarksDocument(reports, run) : withSections(readFileSync(path, 'utf8'), reports, run),
    );
    console.log(`written: ${path}`);
  }
  return broken.length === 0 ? 0 : 1;
}

process.exit(await main());
