import { expect, it } from 'vitest';
import type { PageCommand } from '../protocol/ipc.ts';
import { createPageCommands } from './page-commands.ts';

function page(id: number) {
  const heard: PageCommand[] = [];
  return { id, heard, isDestroyed: () => false, send: (_channel: string, command: PageCommand) => heard.push(command) };
}

it('keeps what a page is told before it listens, and after it is gone, until it is loaded again', () => {
  const commands = createPageCommands();
  commands.tell(1, { type: 'new_session', cwd: '/a' });
  const first = page(1);
  commands.ready(first);
  commands.tell(1, { type: 'shortcut', id: 'palette' });
  expect(first.heard).toEqual([
    { type: 'new_session', cwd: '/a' },
    { type: 'shortcut', id: 'palette' },
  ]);
  commands.gone(1);
  commands.tell(1, { type: 'settings', tab: 'about' });
  const again = page(1);
  commands.ready(again);
  expect(again.heard).toEqual([{ type: 'settings', tab: 'about' }]);
  expect(first.heard).toHaveLength(2);
});

it('tells each page what is meant for it alone, and forgets what waits for a window that is closed', () => {
  const commands = createPageCommands();
  const [one, two] = [page(1), page(2)];
  commands.ready(one);
  commands.ready(two);
  commands.tell(2, { type: 'settings', tab: 'about' });
  expect(one.heard).toEqual([]);
  expect(two.heard).toHaveLength(1);
  commands.gone(2);
  commands.tell(2, { type: 'shortcut', id: 'inbox' });
  commands.closed(2);
  const reused = page(2);
  commands.ready(reused);
  expect(reused.heard).toEqual([]);
});
