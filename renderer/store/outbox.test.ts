import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SessionId } from '../../main/protocol/ids.ts';
import { TestBridge } from './client-test-support.ts';
import { manyPages } from './pages-test-support.ts';

const session = 'ses_outbox00000000' as SessionId;
let pages: ReturnType<typeof manyPages>;
beforeEach(() => {
  pages = manyPages();
});
afterEach(() => pages.end());

/** A page of this client whose gateway is away until it is told otherwise. */
async function openPage() {
  const page = await pages.open(async () => ({
    ...(await import('./outbox.ts')),
    ...(await import('./send-message.ts')),
    ...(await import('./client.ts')),
  }));
  const bridge = new TestBridge();
  const client = new page.Client({ bridge, schedule: () => () => {} });
  client.start();
  page.as(() => page.deliverOutbox(client));
  await settled();
  return {
    ...{ page, bridge },
    send: (text: string) => page.as(() => page.sendMessage(client, session, text)),
    texts: () => page.outbox.getState().map(({ text }) => text),
    sent: () => bridge.of('message').map(({ text }) => text),
    /** The gateway is there, and confirms what was sent so far. */
    async confirm() {
      for (const { command_id } of bridge.of('message')) {
        page.as(() =>
          bridge.receive({ type: 'response', command_id, ok: true, result: { queue_id: 'q_00000001' } } as never),
        );
      }
      await settled();
    },
  };
}
/** Whatever waited for its turn has had it. */
const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('what waits to be sent', () => {
  it('is kept of every page, whichever wrote last, and in the order it was written', async () => {
    const one = await openPage();
    const other = await openPage();
    one.send('from one');
    other.send('from the other');
    one.send('from one again');
    const all = ['from one', 'from the other', 'from one again'];
    expect((await openPage()).texts()).toEqual(all);
    expect([one.texts(), other.texts()]).toEqual([all, all]);
  });

  it('is seen to by the page that has it, shown in the others, and gone everywhere once it is confirmed', async () => {
    const one = await openPage();
    const other = await openPage();
    one.bridge.open();
    other.bridge.open();
    one.send('hello');
    await settled();
    expect([other.texts(), other.sent()]).toEqual([['hello'], []]);
    await one.confirm();
    expect([one.texts(), other.texts(), other.sent()]).toEqual([[], [], []]);
    expect(Object.keys(pages.storage)).toEqual([]);
  });

  it('is sent by another page under the same id when the one that had it is let in no more', async () => {
    const one = await openPage();
    const other = await openPage();
    other.bridge.open();
    one.send('first');
    one.send('second');
    one.page.as(() => one.bridge.listener.onLink({ status: 'signed_out', reason: 'no_access' }));
    await settled();
    expect(other.sent()).toEqual(['first', 'second']);
    const ids = other.bridge.of('message').map(({ command_id }) => command_id);
    expect(ids).toEqual(one.page.outbox.getState().map(({ commandId }) => commandId));
    await other.confirm();
    expect([one.texts(), other.texts(), Object.keys(pages.storage)]).toEqual([[], [], []]);
  });

  it('has arrived where the gateway knows its id from another page, and is not called unsent', async () => {
    const one = await openPage();
    one.bridge.open();
    one.send('hello');
    const [frame] = one.bridge.of('message');
    const error = { code: 'command_id_reused', message: 'This command_id was used.' } as const;
    one.page.as(() =>
      one.bridge.receive({ type: 'response', command_id: frame?.command_id ?? null, ok: false, error }),
    );
    await settled();
    expect([one.texts(), Object.keys(pages.storage)]).toEqual([[], []]);
  });

  it('that was refused is so in every page, and is taken back in all of them', async () => {
    const one = await openPage();
    const other = await openPage();
    one.bridge.open();
    one.send('hello');
    const [frame] = one.bridge.of('message');
    const error = { code: 'queue_full', message: 'Too many messages wait.' } as const;
    one.page.as(() =>
      one.bridge.receive({ type: 'response', command_id: frame?.command_id ?? null, ok: false, error }),
    );
    await settled();
    expect(other.page.outbox.getState()).toMatchObject([{ text: 'hello', problem: error }]);
    other.page.as(() => other.page.takeFromOutbox(frame?.command_id as never));
    expect([one.texts(), other.texts()]).toEqual([[], []]);
  });

  it('is taken over from what an older version has kept in one place', async () => {
    const old = { commandId: 'cmd_old', sessionId: session, text: 'from before', problem: null, sentAs: null };
    pages.storage['quarterdeck.outbox'] = JSON.stringify([old]);
    expect((await openPage()).texts()).toEqual(['from before']);
    expect(Object.keys(pages.storage)).toEqual(['quarterdeck.outbox.cmd_old']);
  });
});
