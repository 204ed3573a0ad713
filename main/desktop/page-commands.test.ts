import { expect, it } from 'vitest';
import type { PageCommand } from '../protocol/ipc.ts';
import { createPageCommands } from './page-commands.ts';

function page(id: number) {
  const heard: PageCommand[] = [];
  return { id, heard, isDestroyed: () => false, send: (_channel: string, command: PageCommand) => heard.push(command) };
}

it('keeps what is told before a page listens, and after one is gone, for the next', () => {
  const commands = createPageCommands();
  commands.tell({ type: 'new_session', cwd: '/a' });
  const first = page(1);
  commands.ready(first);
  commands.tell({ type: 'shortcut', id: 'palette' });
  expect(first.heard).toEqual([
    { type: 'new_session', cwd: '/a' },
    { type: 'shortcut', id: 'palette' },
  ]);
  commands.gone(1);
  commands.tell({ type: 'settings', tab: 'about' });
  const second = page(2);
  commands.ready(second);
  expect(second.heard).toEqual([{ type: 'settings', tab: 'about' }]);
  expect(first.heard).toHaveLength(2);
});
