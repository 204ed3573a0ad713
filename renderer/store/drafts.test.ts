import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestBridge } from './client-test-support.ts';
import { manyPages } from './pages-test-support.ts';

const session = 'ses_drafts00000000';
let pages: ReturnType<typeof manyPages>;
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  pages = manyPages();
});
afterEach(() => {
  pages.end();
  vi.useRealTimers();
});

/** A window that shows the draft, whose gateway is away. */
async function openPage() {
  const page = await pages.open(async () => ({
    ...(await import('./drafts.ts')),
    ...(await import('./draft-sync.ts')),
    ...(await import('./client.ts')),
  }));
  const bridge = new TestBridge();
  const client = new page.Client({ bridge, schedule: () => () => {} });
  client.start();
  page.as(() => page.draftSyncOf(client).show(session));
  return {
    bridge,
    text: () => page.as(() => page.draftOf(session)),
    write(text: string) {
      vi.advanceTimersByTime(5);
      page.as(() => page.setDraft(session, text));
    },
    leave() {
      page.as(() => page.leaveDrafts());
      page.close();
    },
  };
}

describe('a draft that several windows show', () => {
  it('is the same in all of them as it is written, back and forth, with the gateway away', async () => {
    const one = await openPage();
    const other = await openPage();
    one.write('Fix the tests');
    expect(other.text()).toBe('Fix the tests');
    other.write('Fix the test');
    one.write('Fix the test, please');
    expect([one.text(), other.text()]).toEqual(['Fix the test, please', 'Fix the test, please']);
    one.write('');
    expect([one.text(), other.text(), (await openPage()).text()]).toEqual(['', '', '']);
  });

  it('goes to the gateway from another window when the one it was written in is gone', async () => {
    const one = await openPage();
    const other = await openPage();
    one.write('Not lost');
    one.leave();
    other.bridge.open();
    const [asked] = other.bridge.of('drafts_list');
    other.bridge.receive({
      type: 'response',
      command_id: asked?.command_id ?? null,
      ok: true,
      result: { drafts: [] },
    } as never);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(other.bridge.of('draft_set').map(({ text }) => text)).toContain('Not lost');
  });

  it('keeps both where two were written without knowing of each other, also when one window goes', async () => {
    const one = await openPage();
    one.write('From one');
    // The other one has not heard of it yet.
    for (const key of Object.keys(pages.storage)) delete pages.storage[key];
    const other = await openPage();
    other.write('From the other');
    expect(one.text()).toBe('From one');
    one.leave();
    expect(other.text()).toBe('From the other\n\nFrom one');
    expect((await openPage()).text()).toBe('From the other\n\nFrom one');
  });
});
