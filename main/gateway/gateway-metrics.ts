import type { Clock } from '../base/clock.ts';
import type { ServerStatus } from '../protocol/views.ts';
import { Metrics } from './metrics.ts';
import { type Route, route } from './route.ts';

const type = 'text/plain; version=0.0.4; charset=utf-8';

/** What the gateway tells about itself: counts and times, no name of anything. */
export function createGatewayMetrics(deps: {
  clock: Clock;
  status: () => Partial<ServerStatus>;
  /** By what they signed in with. */
  connections: () => ReadonlyMap<string, number>;
}): Metrics {
  const metrics = new Metrics();
  const { status, connections } = deps;
  metrics.gauge('quarterdeck_info', 'Version, as a label.', () => [[{ version: status().version ?? '' }, 1]]);
  metrics.gauge('quarterdeck_uptime_seconds', 'Time since the start.', () => {
    const { started_at } = status();
    return started_at === undefined ? 0 : (deps.clock.now() - started_at) / 1_000;
  });
  metrics.gauge('quarterdeck_sessions', 'Sessions, archived ones too.', () => status().sessions ?? 0);
  metrics.gauge('quarterdeck_turns_running', 'Turns that run now.', () => status().running_turns ?? 0);
  metrics.gauge('quarterdeck_connections', 'Clients that are connected, by what they signed in with.', () => {
    return [...connections()].map(([kind, count]) => [{ kind }, count] as const);
  });
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  metrics.gauge('process_cpu_seconds_total', 'Processor time of the process.', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  return metrics;
}

/** The same under two addresses: where scrapers look by themselves, and among the rest of the API. */
export const metricsRoutes = (metrics: Metrics): Route[] =>
  (['/metrics', '/api/v1/metrics'] as const).map((url) =>
    route({
      method: 'GET',
      url,
      access: 'health',
      tag: 'Server',
      summary: 'Counts and times, for Prometheus.',
      answer: null,
      otherAnswers: { 'text/plain': 'Text format of Prometheus, version 0.0.4.' },
      handle: () => ({ text: metrics.text(), type }),
    }),
  );
