import type { FilesFound } from '../../main/protocol/mentions.ts';
import type { Route } from '../store/route.ts';
import { EventWriter } from './event-writer.ts';
import { claude, codex, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const atlas = '/home/ada/atlas';
const minute = 60_000;
const providers = [claude, codex, demo];

const paths = [
  'src/net/retry.ts',
  'src/net/retry.test.ts',
  'src/net/',
  'docs/Notes on retrying, with jitter.md',
  'packages/client/src/transport/internal/with-a-name-that-goes-on/reconnecting-transport.ts',
  'README.md',
];

/** Files whose paths hold the letters in their order. */
export function sampleFiles(typed: string): FilesFound {
  const letters = [...typed.toLowerCase()];
  const files = paths.flatMap((whole) => {
    const path = whole.replace(/\/$/, '');
    const at: number[] = [];
    for (const letter of letters) {
      const next = path.toLowerCase().indexOf(letter, (at.at(-1) ?? -1) + 1);
      if (next < 0) return [];
      at.push(next);
    }
    return [{ path, is_folder: whole !== path, at }];
  });
  return { files, more: false, complete: true };
}

function writing(): EventWriter {
  const writer = new EventWriter({ title: 'Retry with jitter', cwd: atlas, ago: 5 * minute });
  writer.user('Which files are about retrying?').text('Three of them; `src/net/retry.ts` is where it happens.').end();
  return writer;
}

const other = new EventWriter({ title: 'Ledger import', cwd: '/home/ada/ledger', ago: 50 * minute });
other.user('What is in the file?').text('Twelve lines, each an entry.').end();
const session = writing();
const at: Route = { name: 'session', sessionId: session.sessionId };
const base = { sessions: [session, other], providers, route: at };

export const composerScenes: Record<string, Scene> = {
  mention: { ...base, draft: 'Compare @ret' },
  'mention-none': { ...base, draft: 'Compare @zzz' },
  commands: { ...base, draft: '/co' },
  'read-only': { ...base, scopes: ['sessions:read', 'approvals:read', 'server:read'] },
  drafts: { ...base, drafts: [{ session_id: other.sessionId, rev: 3 }], draft: 'A thought that\nhas three\nlines.' },
};
