import { createManualClock } from '../../base/clock.ts';
import type { ProviderStart } from '../../orchestrator/ports.ts';
import { Run } from '../conformance.ts';
import { CodexProvider } from './adapter.ts';
import { project, type Row, replay, replayHost, says } from './replay-test-support.ts';

export const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
export const message = (id: string, text: string) =>
  says('item/completed', { item: { type: 'agentMessage', id, text } });
export const asks = (id: number, method: string, params: object): Row => ({
  dir: 'out',
  msg: { id, method, params: { threadId: 't', turnId: 'turn-1', ...params } },
});
export const answered = (id: number): Row => ({ dir: 'in', msg: { id, result: {} } });
export const commandRequest = (id: number, command: string, more: object = {}) =>
  asks(id, 'item/commandExecution/requestApproval', { kind: 'command', itemId: `c${id}`, command, ...more });

/** A further turn, which is over at once. */
export const again = (id: number): Row[] => [
  { dir: 'in', msg: { id, method: 'turn/start' } },
  { dir: 'out', msg: { id, result: { turn: { id: `turn-${id}` } } } },
  says('turn/completed', { turn: { id: `turn-${id}`, status: 'completed' } }),
];
export const usage = (tokens: number) => {
  const counts = { totalTokens: tokens, inputTokens: tokens, cachedInputTokens: 0, outputTokens: 0 };
  return { total: counts, last: counts, modelContextWindow: 1000 };
};

export function stage(rows: Row[][], options: Partial<ProviderStart> = {}) {
  const cli = replay(...rows);
  const clock = createManualClock();
  // Real time: only for answers that never come, and here they all do.
  const times = { toolGraceMs: 5000 };
  const provider = new CodexProvider({ ...replayHost(cli.startCli), clock, times });
  const run = new Run({ provider, cwd: project }, options);
  const sent = (method: string) =>
    cli.heard.filter((line) => line.method === method).map((line) => line.params as { [name: string]: unknown });
  return { cli, clock, run, provider, sent };
}
