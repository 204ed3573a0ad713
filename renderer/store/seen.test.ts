import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { SessionSummary } from '../../main/protocol/views.ts';
import { manyPages } from './pages-test-support.ts';

const kept = new Map<string, string>();
beforeEach(() => {
  vi.resetModules();
  kept.clear();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

const session = (id: string, seq: number, status: SessionSummary['status'] = 'idle') =>
  ({ session_id: id, seq, status }) as SessionSummary;
const open = () => import('./seen.ts');

describe('what is unread', () => {
  it('is nothing on a device that sees the sessions for the first time, and later what came since', async () => {
    const { isUnread, meetSessions, seenStore } = await open();
    meetSessions([session('a', 5), session('b', 9)]);
    expect(isUnread(seenStore.getState(), session('a', 5))).toBe(false);
    expect(isUnread(seenStore.getState(), session('a', 6))).toBe(true);
    expect(isUnread(seenStore.getState(), session('new', 3))).toBe(true);
  });

  it('is not what an agent is still at', async () => {
    const { isUnread, meetSessions, seenStore } = await open();
    meetSessions([session('a', 5)]);
    expect(isUnread(seenStore.getState(), session('a', 8, 'running'))).toBe(false);
    expect(isUnread(seenStore.getState(), session('a', 8, 'waiting'))).toBe(true);
  });

  it('is over once it was seen, also after a reload of the page', async () => {
    const before = await open();
    before.meetSessions([session('a', 5)]);
    before.markSeen('a' as never, 8);
    vi.resetModules();
    const { isUnread, meetSessions, seenStore } = await open();
    meetSessions([session('a', 12)]);
    expect(isUnread(seenStore.getState(), session('a', 8))).toBe(false);
    expect(isUnread(seenStore.getState(), session('a', 12))).toBe(true);
  });

  it('is also what was marked by hand, until it is opened', async () => {
    const { isUnread, markSeen, markUnread, meetSessions, seenStore } = await open();
    meetSessions([session('a', 5)]);
    markUnread('a' as never);
    expect(isUnread(seenStore.getState(), session('a', 5))).toBe(true);
    markSeen('a' as never, 5);
    expect(isUnread(seenStore.getState(), session('a', 5))).toBe(false);
  });
});

describe('what was seen in one of several windows', () => {
  it('was seen in all of them, whichever of them wrote last', async () => {
    vi.unstubAllGlobals();
    const pages = manyPages();
    const page = () => pages.open(open);
    const [one, other] = [await page(), await page()];
    one.as(() => one.meetSessions([session('a', 5), session('b', 5)]));
    other.as(() => other.markSeen('b' as SessionId, 9));
    one.as(() => one.markSeen('a' as SessionId, 7));
    const next = await page();
    for (const { isUnread, seenStore } of [one, other, next]) {
      expect(isUnread(seenStore.getState(), session('a', 7))).toBe(false);
      expect(isUnread(seenStore.getState(), session('b', 9))).toBe(false);
      expect(isUnread(seenStore.getState(), session('b', 10))).toBe(true);
    }
    pages.end();
  });
});
