import type { FileDiff } from '../../main/protocol/values.ts';
import { EventWriter } from './event-writer.ts';
import { goalSession } from './goal-scenes.ts';
import { claude, demo, newFileDiff, retryDiff } from './samples.ts';
import type { Scene } from './scene.ts';

const atlas = '/home/ada/atlas';
const minute = 60_000;

const lines = (sign: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `${sign}export const setting${n} = ${n};`);

const change = (path: string, kind: FileDiff['change'], added: number, removed: number, more = {}): FileDiff => ({
  path,
  change: kind,
  added,
  removed,
  hunks: [
    {
      old_start: 1,
      old_lines: removed,
      new_start: 1,
      new_lines: added,
      lines: [...lines('-', removed), ...lines('+', added)],
    },
  ],
  ...more,
});

/** Files of every kind: changed twice, made, deleted, not text, outside of the folder, with a path as long as they come. */
function changed(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter in the net layer', cwd: atlas, ago: 9 * minute });
  writer.user('Add jitter to `withRetry`, with a cap, and a test.');
  writer.plan([
    { text: 'Read the helper and its two callers', status: 'completed' },
    { text: 'Add full jitter with a cap', status: 'completed' },
    { text: 'Write a test for the last attempt', status: 'in_progress' },
    { text: 'Run the tests', status: 'pending' },
  ]);
  const edit = (diff: FileDiff) => writer.tool({ kind: 'edit', tool: 'Edit', title: diff.path, diffs: [diff], ms: 30 });
  edit(retryDiff);
  edit(newFileDiff);
  writer.text('The helper is done; now its callers.').end('completed', { cost: 0.2134 });
  writer.user('And the callers, please.');
  edit({
    ...retryDiff,
    added: 1,
    removed: 1,
    hunks: [
      {
        old_start: 48,
        old_lines: 3,
        new_start: 48,
        new_lines: 3,
        lines: ['   attempts: 5,', '-  maxMs: 30_000,', '+  maxMs: 20_000,', '   baseMs: 200,'],
      },
    ],
  });
  edit(
    change(
      `${atlas}/src/sync/adapters/postgres/replication/deeply-nested-connection-pool-of-the-primary.ts`,
      'update',
      41,
      7,
    ),
  );
  edit(change(`${atlas}/assets/logo.png`, 'update', 0, 0, { hunks: [] }));
  edit(change(`${atlas}/src/net/old-retry.ts`, 'delete', 0, 88));
  edit(change('/etc/atlas/retry.conf', 'update', 2, 2, { truncated: true }));
  return writer.end('completed', { cost: 0.1 });
}

function many(): EventWriter {
  const writer = new EventWriter({ title: 'Rename the package everywhere', cwd: atlas, ago: 9 * minute });
  writer.user('Rename the package everywhere.');
  for (let n = 0; n < 500; n += 1) {
    const path = `${atlas}/packages/part-${n % 20}/src/module-${n % 7}/file-${n}.ts`;
    writer.tool({ kind: 'edit', tool: 'Edit', title: path, diffs: [{ ...retryDiff, path }], ms: 5 });
  }
  return writer.end();
}

const scene = (writer: EventWriter, panel: Scene['panel']): Scene => ({
  sessions: [writer],
  providers: [claude, demo],
  route: { name: 'session', sessionId: writer.sessionId },
  panel,
  access: 'filled',
});
const empty = new EventWriter({ title: 'Nothing yet', cwd: atlas, ago: minute }).user('Hello').text('Hello!');

export const panelScenes: Record<string, Scene> = {
  panelchanges: scene(changed(), { tab: 'changes' }),
  panelwide: scene(changed(), { tab: 'changes', wide: true, split: true }),
  panelmany: scene(many(), { tab: 'changes' }),
  panelplan: scene(changed(), { tab: 'plan' }),
  panelgoal: scene(goalSession(), { tab: 'goal' }),
  panelusage: scene(changed(), { tab: 'usage' }),
  panelconnected: scene(changed(), { tab: 'connected' }),
  panelempty: scene(empty, { tab: 'changes' }),
  panelnogoal: scene(empty, { tab: 'goal' }),
};
