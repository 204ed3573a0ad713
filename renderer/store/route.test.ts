import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../main/protocol/ids.ts';
import { formatRoute, parseRoute, type Route, settingsTabs } from './route.ts';

describe('parseRoute', () => {
  it('reads back every address the window writes', () => {
    const routes: Route[] = [
      { name: 'home' },
      { name: 'new' },
      { name: 'history' },
      { name: 'import', importId: 'imp_a-b_c' },
      { name: 'import', importId: 'imp_a-b_c', n: 12 },
      { name: 'session', sessionId: 'ses_00000001' as SessionId },
      ...settingsTabs.map((tab) => ({ name: 'settings', tab }) as const),
    ];
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('goes home for an address it does not know', () => {
    for (const hash of [
      '',
      '#',
      '#open=abc',
      '#/session/<b>',
      '#/session/',
      '#/import/',
      '#/import/<b>',
      '#/nowhere',
    ]) {
      expect(parseRoute(hash)).toEqual({ name: 'home' });
    }
  });
});
