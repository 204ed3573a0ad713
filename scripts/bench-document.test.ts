import { describe, expect, it } from 'vitest';
import type { Report } from '../bench/harness/report.ts';
import { benchmarksDocument } from './bench-document.mjs';

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
});
