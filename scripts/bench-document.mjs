import { boundOf, figureOf, isMet } from './bench-goals.mjs';

const head = ({ machine, seconds, date }) => `# Benchmarks

One run of \`npm run bench -- --write\` (${date}, ${seconds} s). Machine: ${machine}.

What the app costs is held against the least it could cost: the **floor**, Node's \`http\`, \`ws\` and \`better-sqlite3\` in
[\`bench/floor-gateway.mjs\`](../bench/floor-gateway.mjs), which decides nothing and keeps nothing, in the same run on the same machine.

- \`npm run bench\` runs everything, \`npm run bench cold-start memory\` a part. It builds first what is not built. Nothing leaves the machine.
- **Only ratios count.** Every case runs once a round, in turn (A B C, C B A, A B C), after a warm-up; a figure is the median of the rounds, a ratio (\`x\`) the
  median of the rounds' own ratios. On a machine that others use as well, figures differ by half from hour to hour, ratios by 10 to 15 %; a p99 by more.
- Goals are reported as met or not met. The exit code is 1 only when a benchmark breaks: an event that is lost or doubled on the way breaks it.
- The event log is measured on the disk below the system's temporary folder; \`QUARTERDECK_BENCH_DIR\` names another one.
`;

const row = (cells) => `| ${cells.join(' | ')} |`;
const table = ({ columns, rows }) =>
  [row(columns), row(columns.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(row)].join('\n');
const goalLine = (goal) =>
  `- ${goal.what}: **${figureOf(goal)}**, ${boundOf(goal)}: ${isMet(goal) ? 'met' : '**not met**'}`;

function section(report) {
  const { title, about, goals, notes, rounds } = report;
  return [
    `### ${title}`,
    `${about} Median of ${rounds} rounds.`,
    table(report),
    goals.map(goalLine).join('\n'),
    notes.map((note) => `Note: ${note}.`).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** Each report's name once, with the text below it. @returns {[string, string][]} */
const sectionsOf = (reports, intro = '') =>
  [...new Set(reports.map(({ name }) => name))].map((name) => [
    name,
    [`## \`${name}\``, intro, ...reports.filter((report) => report.name === name).map(section)]
      .filter(Boolean)
      .join('\n\n'),
  ]);

/**
 * docs/benchmarks.md.
 * @param {readonly import('../bench/harness/report.ts').Report[]} reports - in the order in which they were measured.
 * @param {{ machine: string, seconds: number, date: string }} run
 */
export function benchmarksDocument(reports, run) {
  return `${[head(run).trimEnd(), ...sectionsOf(reports).map(([, text]) => text)].join('\n\n')}\n`;
}

/**
 * The same with the sections of a part of the benchmarks replaced, or added at the end; each says that it was a run of its own.
 * @param {string} document - as it was.
 * @param {readonly import('../bench/harness/report.ts').Report[]} reports
 * @param {{ machine: string, seconds: number, date: string }} run
 */
export function withSections(document, reports, run) {
  const [top, ...rest] = document.trimEnd().split(/\n(?=## `)/);
  const sections = new Map(rest.map((text) => [/^## `(.*)`/.exec(text)?.[1] ?? text, text.trimEnd()]));
  const intro = `A run of its own (${run.date}). Machine: ${run.machine}.`;
  for (const [name, text] of sectionsOf(reports, intro)) sections.set(name, text);
  return `${[top.trimEnd(), ...sections.values()].join('\n\n')}\n`;
}
