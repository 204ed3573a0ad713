import { EventWriter } from './event-writer.ts';
import { claude, codexSignedOut, demo, retryDiff } from './samples.ts';
import type { Scene } from './scene.ts';

const providers = [claude, codexSignedOut, demo];
const minute = 60_000;

const begun = (
  title: string,
  cwd: string,
  ago: number,
  more: { origin?: { kind: 'fork'; session_id: never; seq: number } } = {},
) => new EventWriter({ title, cwd: `/home/ada/${cwd}`, ago, ...more });

/** The session list: agents at work in several folders, a branch beside its source, and a folder with more than is drawn at once. */
function busy(): readonly EventWriter[] {
  const source = begun('Retry with jitter in the net layer', 'atlas', 40 * minute);
  source.user('Add jitter.').text('Done; the tests pass.').end('completed');
  const origin = { kind: 'fork', session_id: source.sessionId as never, seq: 2 } as const;
  const branch = begun('Retry with jitter, the other way', 'atlas', 3 * minute, { origin });
  branch.user('Try it with a token bucket.');
  branch.tool({ kind: 'edit', tool: 'Edit', title: retryDiff.path, status: 'running' });
  const tests = begun('Make the tests of the harbour pass, all of them, also the slow ones', 'harbour', 2 * minute);
  tests.user('Make them pass.');
  tests.tool({ kind: 'execute', tool: 'Bash', title: 'npm test -- --run --reporter=verbose', status: 'running' });
  const thinks = begun('Plan the crossing', 'harbour', minute);
  thinks.user('Plan it.');
  const many = Array.from({ length: 48 }, (_, at) =>
    begun(`Tide table ${at + 1}`, 'tides', (60 + at) * minute)
      .user('Next one.')
      .text('Here it is.')
      .end('completed'),
  );
  return [source, branch, tests, thinks, ...many];
}

/** A day with thirty sessions in six folders: several at work, two that wait, one that failed, one with a draft of a goal's work behind it. */
function fullDay(): readonly EventWriter[] {
  const folders = ['atlas', 'harbour', 'ledger', 'tides', 'beacon', 'charts'];
  const ended = Array.from({ length: 22 }, (_, at) =>
    begun(
      ['Speed up the import', 'Explain the cache', 'Upgrade the linter', 'Draft the notes of 2.4'][at % 4]!,
      folders[at % 6]!,
      (35 + at * 47) * minute,
    )
      .user('Please.')
      .text('Done: the import reads in **batches** of 500 rows and is four times as fast.')
      .end('completed'),
  );
  const running = [
    ['Find the slow query', 'atlas', 'execute', 'npm run profile -- --seconds 30'],
    ['Move the tiles to WebP', 'charts', 'edit', '/home/ada/charts/src/tiles/encode.ts'],
    ['Read the tide tables', 'tides', 'fetch', 'https://example.com/tides/2026.csv'],
    ['Rewrite the parser of bank lines', 'ledger', 'think', ''],
  ] as const;
  const working = running.map(([title, cwd, kind, what], at) => {
    const writer = begun(title, cwd, (at + 2) * minute).user('Please do.');
    if (kind !== 'think') writer.tool({ kind, tool: kind, title: what, status: 'running' });
    return writer;
  });
  const command = begun('Publish the new charts', 'charts', 9 * minute).user('Publish them.');
  const run = { kind: 'execute', tool: 'Bash', title: 'rsync -a --delete dist/ deploy@charts:/srv/www' } as const;
  command.ask(command.tool({ ...run, status: 'running' }), { ...run, command: run.title });
  const change = begun('Light the beacon at dusk', 'beacon', 14 * minute).user('Use the almanac.');
  const edit = { kind: 'edit', tool: 'Edit', title: retryDiff.path } as const;
  change.ask(change.tool({ ...edit, status: 'running' }), { ...edit, diff: retryDiff });
  const failed = begun('Upgrade the CI image', 'harbour', 21 * minute)
    .user('Move CI to the new base image.')
    .end('failed', {
      problem: { code: 'provider_rate_limited', message: 'The plan of this account is used up until 14:00.' },
    });
  const open = begun('Make the crossing of the strait plannable', 'harbour', minute).user('Plan it.');
  open.text('I look at how the harbours are joined first.');
  return [open, ...working, command, change, failed, ...ended];
}

const day = fullDay();

export const sidebarScenes: Record<string, Scene> = {
  fullday: { sessions: day, providers, route: { name: 'session', sessionId: day[0]!.sessionId } },
  sidebar: { sessions: busy(), providers, route: { name: 'history' } },
};
