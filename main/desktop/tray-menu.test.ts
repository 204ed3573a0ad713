import { expect, it } from 'vitest';
import type { SessionId } from '../protocol/ids.ts';
import { mostInTray, trayTemplate } from './tray-menu.ts';
import { en } from './words/en.ts';

it('has no item in the tray without an effect, but for those that only say how many wait', () => {
  const done: string[] = [];
  const does = (name: string) => () => void done.push(name);
  const actions = {
    ...{ newSession: does('new'), show: does('show'), quit: does('quit') },
    lead: (id: SessionId) => void done.push(id),
  };
  const waiting = Array.from({ length: mostInTray + 2 }, (_, at) => ({
    session_id: `ses_${at}` as SessionId,
    text: `Rights & roles ${at}`,
  }));
  const menu = trayTemplate(waiting, actions, en);
  for (const item of menu) (item.click as (() => void) | undefined)?.();
  expect(done).toEqual([...waiting.slice(0, mostInTray).map((one) => one.session_id), 'new', 'show', 'quit']);
  const silent = menu.filter((item) => !item.click && item.type !== 'separator');
  expect(silent.map((item) => [item.label, item.enabled])).toEqual([
    [en.tray.waiting(waiting.length), false],
    [en.tray.more(2), false],
  ]);
});
