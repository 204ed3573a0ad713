import { expect, it } from 'vitest';
import { Metrics } from './metrics.ts';

it('writes what Prometheus reads: help, type, labels, cumulative buckets', () => {
  const metrics = new Metrics();
  metrics.gauge('x_now', 'Now.', () => 3);
  metrics.gauge('x_by', 'By kind.', () => [[{ kind: 'a"b\\c\nd' }, 1]]);
  metrics.count('x_total', 'All.', { status: '200' });
  metrics.count('x_total', 'All.', { status: '200' });
  metrics.took('x_seconds', 'Long.', { route: '/a' }, 0.02);
  metrics.took('x_seconds', 'Long.', { route: '/a' }, 60);
  const lines = metrics.text().split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      '# HELP x_now Now.',
      '# TYPE x_now gauge',
      'x_now 3',
      'x_by{kind="a\\"b\\\\c\\nd"} 1',
      '# TYPE x_total counter',
      'x_total{status="200"} 2',
      '# TYPE x_seconds histogram',
      'x_seconds_bucket{route="/a",le="0.01"} 0',
      'x_seconds_bucket{route="/a",le="0.05"} 1',
      'x_seconds_bucket{route="/a",le="30"} 1',
      'x_seconds_bucket{route="/a",le="+Inf"} 2',
      'x_seconds_sum{route="/a"} 60.02',
      'x_seconds_count{route="/a"} 2',
    ]),
  );
  expect(metrics.text().endsWith('\n')).toBe(true);
});

it('does not grow without a bound, whatever is counted', () => {
  const metrics = new Metrics();
  for (let n = 0; n < 10_000; n += 1) metrics.count('x_total', 'All.', { n: String(n) });
  expect(metrics.text().split('\n').length).toBeLessThan(2_010);
});
