import { EventWriter } from './event-writer.ts';
import { claude, codexSignedOut, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const providers = [claude, codexSignedOut, demo];
const session = () => {
  const writer = new EventWriter({ title: 'Retry with jitter', cwd: '/home/ada/atlas', ago: 600_000 });
  writer.user('Add jitter.').text('Done.').end('completed');
  return writer;
};

/** The history: while it is read, and a conversation of it. Words in the search field find the sample hits. */
export const importScenes: Record<string, Scene> = {
  history: { sessions: [session()], providers, route: { name: 'history' } },
  import: { sessions: [session()], providers, route: { name: 'import', importId: 'imp_live', n: 7 } },
};
