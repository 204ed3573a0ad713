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

export const sidebarScenes: Record<string, Scene> = {
  sidebar: { sessions: busy(), providers, route: { name: 'history' } },
};
