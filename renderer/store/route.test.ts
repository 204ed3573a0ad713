import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../main/protocol/ids.ts';
import { formatRoute, parseRoute, type Route, settingsTabs } from './route.ts';

describe('parseRoute', () => {
  it('reads back every address the window writes', () => {
    const routes: Route[] = [
      { name: 'home' },
      { name: 'new' },
      { name: 'session', sessionId: 'ses_00000001' as SessionId },
      ...settingsTabs.map((tab) => ({ name: 'settings', tab }) as const),
    ];
    for (const route of routes) expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it('goes home for an address it does not know', () => {
    for (const hash of ['', '#', '#open=abc', '#/session/<b>', '#/session/', '#/nowhere']) {
      expect(parseRoute(hash)).toEqual({ name: 'home' });
    }
  });
});
