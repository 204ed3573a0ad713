import type { NoticeSystem, ShownNotice } from './notices.ts';

/** A system that shows notifications at once, and what was shown; `up`: it still is. */
export function createTestScreen(has: { supported?: boolean; actions?: boolean } = {}) {
  const shown: (ShownNotice & { up: boolean })[] = [];
  const system: NoticeSystem = {
    ...{ supported: true, actions: true, markup: false, ...has },
    show(notice) {
      const one = { ...notice, up: true };
      shown.push(one);
      notice.shown();
      return () => {
        one.up = false;
      };
    },
  };
  return { system, shown };
}
