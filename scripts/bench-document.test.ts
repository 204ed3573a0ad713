import { describe, expect, it } from 'vitest';
import type { Report } from '../bench/harness/report.ts';
import { benchmarksDocument, withSections } from './bench-document.mjs';

const measured: Report = {
  name: 'memory',
  title: 'Memory',
  about: 'What it keeps.',
  columns: ['', 'MB', 'x'],
  rows: [
    ['floor', '20', '1.00'],
    ['app', '50', '2.50'],
  ],
  goals: [
    { what: 'idle', ratio: 2.5, goal: 2 },
    { what: 'open', ratio: 2, goal: 2 },
  ],
  notes: [],
  rounds: 3,
};
const run = { machine: 'two cores', seconds: 200, date: '2026-01-02' };

describe('docs/benchmarks.md', () => {
  it('says of every goal whether it was met', () => {
    const text = benchmarksDocument([measured], run);
    expect(text).toContain('idle: **2.50x**, goal at most 2x: **not met**');
    expect(text).toContain('open: **2.00x**, goal at most 2x: met');
  });

  it('names the machine, and puts the figures of a benchmark under its name once', () => {
    const text = benchmarksDocument([measured, { ...measured, title: 'Again' }], run);
    expect(text).toContain('two cores');
    expect(text.match(/^## /gm)).toHaveLength(1);
    expect(text).toContain('| app | 50 | 2.50 |');
  });

  it('knows goals that are a least, and figures that are no ratio', () => {
    const goals = [
      { what: 'more', ratio: 0.71, goal: 0.7, at: 'least' as const },
      { what: 'less', ratio: 0.69, goal: 0.7, at: 'least' as const },
      { what: 'time', ratio: 0.04, goal: 0.1, unit: 's' },
    ];
    const text = benchmarksDocument([{ ...measured, goals }], run);
    expect(text).toContain('more: **0.71x**, goal at least 0.7x: met');
    expect(text).toContain('less: **0.69x**, goal at least 0.7x: **not met**');
    expect(text).toContain('time: **0.04 s**, goal at most 0.1 s: met');
  });

  it('takes the figures of a part into the place of its former ones, and leaves every other as it was', () => {
    const whole = benchmarksDocument([measured, { ...measured, name: 'append' }], run);
    const later = { machine: 'four cores', seconds: 3, date: '2026-02-03' };
    const once = withSections(
      whole,
      [
        { ...measured, title: 'Anew' },
        { ...measured, name: 'fresh' },
      ],
      later,
    );
    expect(once.match(/^## .*$/gm)).toEqual(['## `memory`', '## `append`', '## `fresh`']);
    expect(once).toContain('### Anew');
    expect(once).toContain('A run of its own (2026-02-03). Machine: four cores.');
    expect(once.slice(once.indexOf('## `append`'), once.indexOf('## `fresh`')).trim()).toBe(
      whole.slice(whole.indexOf('## `append`')).trim(),
    );
    expect(
      withSections(
        once,
        [
          { ...measured, title: 'Anew' },
          { ...measured, name: 'fresh' },
        ],
        later,
      ),
    ).toBe(once);
  });
});
