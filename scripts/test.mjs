/**
 * `npm test`: everything there is to check, in the order in which it fails fastest. What the tests need and `npm ci` does not bring (the agent
 * CLIs, a browser) is fetched while the quick ones run. Ends with one line that counts them all.
 *
 * `npm test -- --only unit,cli,e2e` runs a part; types, lint and the build always run.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results');
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1].split(',')
  : ['unit', 'cli', 'e2e'];
// Tests with real programs are tried again when they fail; what needed that is told as flaky.
process.env.CI ??= 'true';
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** Runs a command to its end; its output goes where ours goes, or is held back until it fails. */
function run(label, command, args, { quiet = false, env = {} } = {}) {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const held = [];
    child.stdout?.on('data', (data) => held.push(data));
    child.stderr?.on('data', (data) => held.push(data));
    child.on('error', (error) => {
      console.error(`${label}: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => {
      if (code !== 0 && quiet) process.stderr.write(Buffer.concat(held));
      console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${label} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
      resolve(code === 0);
    });
  });
}

const node = process.execPath;
const bin = (name) => join(root, 'node_modules', '.bin', name);
const counted = { passed: 0, failed: 0, skipped: 0 };
/** What failed, or needed a second look: told again at the end, where somebody who has only the last lines finds it. */
const tellings = [];

/** Adds what a JSON report counted; a report that is missing is a failure by itself. */
function count(file, read) {
  try {
    const { passed, failed, skipped, told } = read(JSON.parse(readFileSync(join(results, file), 'utf8')));
    counted.passed += passed;
    counted.failed += failed;
    counted.skipped += skipped;
    tellings.push(...told);
  } catch (error) {
    console.error(`no report of ${file}: ${error.message}`);
    counted.failed += 1;
  }
}
/** Why an error is one, in a line without colours. */
const reason = (text) => stripVTControlCharacters(text).trim().split('\n')[0].slice(0, 300);

const ofVitest = (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
  told: report.testResults.flatMap(({ name, message, assertionResults }) => [
    // A file that could not be loaded or set up has a message, and no test of its own that failed.
    ...(message ? [`${relative(root, name)}: ${reason(message)}`] : []),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) =>
          `${relative(root, name)}: ${fullName}: ${reason(failureMessages.join('\n'))}`,
      ),
  ]),
});
const ofPlaywright = ({ stats, suites }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
  told: specsOf(suites).flatMap(({ file, line, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, projectName, results: tries }) => {
        const error = tries.find((one) => one.error)?.error.message ?? '';
        return `${status === 'flaky' ? 'flaky: ' : ''}[${projectName}] ${file}:${line}: ${title}: ${reason(error)}`;
      }),
  ),
});
const specsOf = (suites = []) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specsOf(suite.suites)]);

/** @param project - as vitest knows it, with `*` for whatever begins so. */
const vitest = (part, project) =>
  run(`tests: ${part}`, node, [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(results, `${part}.json`)}`,
  ]);

/**
 * Processes that an app of these tests has started and that still run, as `PID COMMAND`: none is to survive. The app marks what it starts; a real app
 * of the person who runs the tests marks its own as well, so only those are looked at that began after us. Linux only.
 */
async function leftProcesses() {
  // Tests that an agent of an app runs are marked themselves.
  if (process.platform !== 'linux' || process.env.QUARTERDECK_RUN_ID !== undefined) return [];
  const began = startOf('self');
  for (let tries = 0; ; tries += 1) {
    const left = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && startOf(name) > began)
      .flatMap((pid) => {
        try {
          const marked = readFileSync(`/proc/${pid}/environ`, 'latin1').includes('QUARTERDECK_RUN_ID=');
          const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
          // A zombie has ended and has no command line.
          return marked && command !== '' ? [`${pid} ${command.slice(0, 200)}`] : [];
        } catch {
          return [];
        }
      });
    if (left.length === 0 || tries === 20) return left;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** When a process began, in ticks since the machine did: field 22 of `/proc/PID/stat` (proc(5)). 0: it is gone. */
function startOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[19]);
  } catch {
    return 0;
  }
}

async function main() {
  const needsParts = only.includes('cli') || only.includes('e2e');
  const parts = needsParts
    ? Promise.all([
        run('agent CLIs for the tests', node, [join(root, 'e2e/tools/ensure-clis.ts')], { quiet: true }),
        run('browser for the tests', node, [join(root, 'e2e/tools/ensure-browser.ts')], { quiet: true }),
      ])
    : Promise.resolve([]);
  const checks = [
    await run('types', bin('tsc'), ['-b']),
    await run('lint', bin('biome'), ['check', '--error-on-warnings', '.']),
  ];
  checks.push(await run('build', node, [join(root, 'scripts/ensure-built.mjs')], { quiet: true }));
  if (only.includes('unit')) {
    checks.push(await vitest('unit', 'unit*'));
    count('unit.json', ofVitest);
  }
  checks.push(...(await parts));
  if (checks.includes(false) && needsParts) console.log('Some checks failed; the slower tests run all the same.');
  // One after the other: both use all of a machine with two cores, and side by side each of them takes as long as both.
  if (only.includes('cli')) {
    checks.push(await vitest('cli', 'cli'));
    count('cli.json', ofVitest);
  }
  if (only.includes('e2e')) {
    const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'e2e.json') };
    checks.push(
      await run('tests: e2e', node, [join(root, 'node_modules/playwright/cli.js'), 'test', '--reporter=list,json'], {
        env,
      }),
    );
    count('e2e.json', ofPlaywright);
  }
  const left = await leftProcesses();
  for (const one of left) console.error(`still runs after all tests: ${one}`);
  checks.push(left.length === 0);
  if (tellings.length > 0) console.log(`\nNot well:\n${tellings.map((one) => `  ${one}`).join('\n')}`);
  const ok = !checks.includes(false) && counted.failed === 0 && counted.passed > 0;
  const skipped = counted.skipped > 0 ? `, ${counted.skipped} skipped` : '';
  const failed = Math.max(counted.failed, ok ? 0 : 1);
  console.log(`\n${counted.passed} passed, ${failed} failed${skipped}`);
  process.exit(ok ? 0 : 1);
}

await main();
