import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultNotices } from '../../main/protocol/notices.ts';
import { pageNoticeState, readNotices } from './notice-settings.ts';

it('what was kept of notifications counts part by part, and nothing that is not understood', () => {
  expect(readNotices(null)).toEqual(defaultNotices);
  expect(readNotices({ waiting: false, ended_minutes: 5, sound: 'no', other: 1 })).toEqual({
    ...defaultNotices,
    waiting: false,
    ended_minutes: 5,
  });
  expect(readNotices({ ended_minutes: -1 })).toEqual(defaultNotices);
});

describe('whether a page can show notifications', () => {
  afterEach(() => vi.unstubAllGlobals());
  const state = (page: { isSecureContext: boolean; Notification?: { permission: string } }) => {
    vi.stubGlobal('window', page);
    vi.stubGlobal('Notification', page.Notification);
    return pageNoticeState();
  };

  it('is said by where it came from, what its browser has, and what its person has answered', () => {
    expect(state({ isSecureContext: false, Notification: { permission: 'granted' } })).toBe('insecure');
    expect(state({ isSecureContext: true })).toBe('missing');
    expect(state({ isSecureContext: true, Notification: { permission: 'default' } })).toBe('ask');
    expect(state({ isSecureContext: true, Notification: { permission: 'denied' } })).toBe('denied');
    expect(state({ isSecureContext: true, Notification: { permission: 'granted' } })).toBe('granted');
  });
});
