import { appendFileSync } from 'node:fs';
import { boundOf, figureOf, type Goal, isMet } from '../../scripts/bench-goals.mjs';
import type { Measured } from './rounds.ts';
import { median, medianRatio } from './statistics.ts';

export interface Report {
  name: string;
  title: string;
  /** What the cases are, for somebody who did not write them. */
  about: string;
  columns: string[];
  rows: string[][];
  goals: Goal[];
  notes: string[];
  rounds: number;
}

export interface Column<M extends string> {
  measure: M;
  label: string;
  format: (value: number) => string;
}

export const fixed =
  (digits: number) =>
  (value: number): string =>
    Number.isFinite(value) ? value.toLocaleString('en', { maximumFractionDigits: digits }) : '-';

/** One row a case: the median of its rounds, and for the measures in `ratios` the ratio to the baseline. */
export function tableOf<M extends string>(
  measured: Measured<M>,
  columns: readonly Column<M>[],
  baseline: string,
  ratios: readonly M[],
): Pick<Report, 'columns' | 'rows'> {
  const base = measured.get(baseline)!;
  const rows = [...measured].map(([name, values]) => [
    name,
    ...columns.flatMap(({ measure, format }) => {
      const samples = values[measure];
      const cell = samples === undefined ? '-' : format(median(samples));
      if (!ratios.includes(measure)) return [cell];
      const ratio = samples === undefined ? Number.NaN : medianRatio(samples, base[measure]);
      return [cell, Number.isFinite(ratio) ? ratio.toFixed(2) : '-'];
    }),
  ]);
  const head = columns.flatMap(({ measure, label }) => (ratios.includes(measure) ? [label, 'x'] : [label]));
  return { columns: ['', ...head], rows };
}

function printed({ title, columns, rows, goals, notes, rounds }: Report): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  return [
    `\n${title} (median of ${rounds} rounds)`,
    ...all.map((row) => `  ${line(row)}`),
    ...goals.map(
      (goal) => `  ${isMet(goal) ? 'met    ' : 'NOT MET'} ${goal.what}: ${figureOf(goal)}, ${boundOf(goal)}`,
    ),
    ...notes.map((note) => `  note: ${note}`),
  ].join('\n');
}

/** Prints what was measured, and adds it as one line of JSON to the file that `--report FILE` names. */
export function report(result: Report): void {
  console.log(printed(result));
  const at = process.argv.indexOf('--report');
  const file = at === -1 ? undefined : process.argv[at + 1];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(result)}\n`);
}
