import { expect, it } from 'vitest';
import { defaultNotices } from '../../main/protocol/notices.ts';
import { readNotices } from './notice-settings.ts';

it('what was kept of notifications counts part by part, and nothing that is not understood', () => {
  expect(readNotices(null)).toEqual(defaultNotices);
  expect(readNotices({ waiting: false, ended_minutes: 5, sound: 'no', other: 1 })).toEqual({
    ...defaultNotices,
    waiting: false,
    ended_minutes: 5,
  });
  expect(readNotices({ ended_minutes: -1 })).toEqual(defaultNotices);
});
