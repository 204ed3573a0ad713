import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ServerFrame } from '../../main/protocol/frames.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Attachment } from '../../main/protocol/values.ts';
import { Client } from './client.ts';
import { TestBridge } from './client-test-support.ts';
import { mergedDraft } from './merged-draft.ts';

/** What a page loads: a page of its own for each test. */
async function load() {
  vi.resetModules();
  return {
    ...(await import('./draft-sync.ts')),
    ...(await import('./drafts.ts')),
    ...(await import('./attachments.ts')),
  };
}

let number = 0;
beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

/** A page that shows a session, with a gateway at its other end that has this draft. */
async function page(text = '', rev = text === '' ? 0 : 1) {
  const { DraftSync, draftOf, setDraft, attachAgain, attachmentsOf, removeAttachment, showFiles } = await load();
  number += 1;
  const session = `ses_draftsync${number}` as SessionId;
  const bridge = new TestBridge();
  const client = new Client({ bridge, schedule: () => () => {} });
  const sync = new DraftSync(client);
  let kept = { session_id: session as SessionId | null, text, attachments: [] as Attachment[], rev, written_at: 0 };
  const answer = (command_id: string, result: unknown) =>
    bridge.receive({ type: 'response', command_id, ok: true, result } as ServerFrame);
  const send = bridge.send.bind(bridge);
  const held: (() => void)[] = [];
  let holding = false;
  bridge.send = (frame) => {
    const reply = (): void => {
      if (frame.type === 'drafts_list')
        answer(frame.command_id, { drafts: kept.text === '' ? [] : [{ session_id: session, rev: kept.rev }] });
      if (frame.type === 'draft_get') answer(frame.command_id, { ...kept, session_id: frame.session_id });
      if (frame.type !== 'draft_set') return;
      const newer = frame.base !== kept.rev && kept.written_at > frame.written_at;
      if (!newer)
        kept = {
          ...kept,
          text: frame.text,
          attachments: frame.attachments,
          rev: kept.rev + 1,
          written_at: frame.written_at,
        };
      answer(frame.command_id, { kept: !newer, draft: kept });
    };
    if (holding) held.push(reply);
    else queueMicrotask(reply);
    return send(frame);
  };
  client.start();
  bridge.open();
  sync.show(session);
  const settle = async (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  await settle();
  return {
    ...{ session, bridge, sync, settle, draftOf, setDraft, attachAgain, attachmentsOf, removeAttachment, showFiles },
    get kept() {
      return kept;
    },
    hold: () => {
      holding = true;
    },
    release() {
      holding = false;
      for (const reply of held.splice(0)) reply();
    },
    /** Another device has written. */
    elsewhere(words: string, at = Date.now(), attachments = kept.attachments) {
      kept = { ...kept, text: words, attachments, rev: kept.rev + 1, written_at: at };
      bridge.receive({ type: 'draft_changed', session_id: session, rev: kept.rev, empty: words === '' });
    },
  };
}

describe('what is being written', () => {
  it('goes to the gateway when the hand rests, once, and at the latest after a while', async () => {
    const { session, bridge, settle, setDraft } = await page();
    for (const text of ['H', 'He', 'Hel']) {
      setDraft(session, text);
      await settle(100);
    }
    expect(bridge.of('draft_set')).toEqual([]);
    await settle(300);
    expect(bridge.of('draft_set').map(({ text }) => text)).toEqual(['Hel']);
    for (let at = 0; at < 20; at += 1) {
      setDraft(session, `Hel${'l'.repeat(at + 1)}`);
      await settle(100);
    }
    expect(bridge.of('draft_set').length).toBe(2);
  });

  it('elsewhere is shown here, and one that was there before', async () => {
    const { session, settle, elsewhere, sync, draftOf } = await page('begun on the phone');
    expect(draftOf(session)).toBe('begun on the phone');
    elsewhere('begun on the phone, and more');
    await settle();
    expect(draftOf(session)).toBe('begun on the phone, and more');
    expect(sync.elsewhere.getState().has(session)).toBe(true);
    elsewhere('');
    await settle();
    expect(draftOf(session)).toBe('');
    expect(sync.elsewhere.getState().has(session)).toBe(false);
  });

  it('is not replaced under the hands of who is typing, nor taken from who typed elsewhere', async () => {
    const one = await page();
    one.setDraft(one.session, 'mine');
    one.elsewhere('theirs', Date.now() - 1);
    await one.settle();
    expect(one.draftOf(one.session)).toBe('mine');
    await one.settle(400);
    expect(one.kept.text).toBe('mine');
  });

  it('waits for a rest in typing before it shows what was written elsewhere', async () => {
    const one = await page();
    one.setDraft(one.session, 'a first thought');
    await one.settle(500);
    one.elsewhere('a first thought, gone on with');
    await one.settle(100);
    expect(one.draftOf(one.session)).toBe('a first thought');
    await one.settle(3_000);
    expect(one.draftOf(one.session)).toBe('a first thought, gone on with');
  });

  it('without a link is joined with what was written elsewhere later', async () => {
    const one = await page();
    one.bridge.lose();
    one.setDraft(one.session, 'from the train');
    await one.settle(1_000);
    one.elsewhere('from the desk', Date.now());
    one.bridge.open();
    await one.settle(500);
    expect(one.draftOf(one.session)).toBe('from the desk\n\nfrom the train');
    expect(one.kept.text).toBe('from the desk\n\nfrom the train');
  });

  it('is sent on when more was written while the answer was on its way', async () => {
    const one = await page();
    one.hold();
    one.setDraft(one.session, 'a');
    await one.settle(400);
    one.setDraft(one.session, 'ab');
    await one.settle(400);
    expect(one.bridge.of('draft_set').map(({ text }) => text)).toEqual(['a']);
    one.release();
    await one.settle(400);
    expect(one.kept.text).toBe('ab');
  });

  it('is given back to a gateway that was set back to an older state', async () => {
    const one = await page('x', 5);
    one.bridge.lose();
    one.elsewhere('', 0);
    (one.kept as { rev: number }).rev = 2;
    one.bridge.open();
    await one.settle(500);
    expect(one.kept.text).toBe('x');
  });

  it('leaves every device at once when it is sent, and goes at once when the page does', async () => {
    const { session, settle, sync, bridge, setDraft } = await page('x');
    setDraft(session, '');
    await settle(1);
    expect(bridge.of('draft_set').map(({ text }) => text)).toEqual(['']);
    setDraft(session, 'y');
    sync.flush();
    expect(bridge.of('draft_set').map(({ text }) => text)).toEqual(['', 'y']);
  });

  it('has the files that stand with the gateway', async () => {
    const one = await page();
    const file = (letter: string): Attachment => ({
      ...{ attachment_id: letter.repeat(64), name: `${letter}.png`, media_type: 'image/png', bytes: 3 },
    });
    const names = () => one.attachmentsOf(one.session).map(({ name }) => name);
    one.attachAgain(one.session, [file('a')]);
    await one.settle(500);
    expect(one.kept.attachments).toEqual([file('a')]);
    one.elsewhere('look', Date.now(), [file('a'), file('b')]);
    await one.settle(3_000);
    expect(names()).toEqual(['a.png', 'b.png']);
    expect(one.bridge.of('draft_set').length).toBe(1);
    one.removeAttachment(one.session, one.attachmentsOf(one.session)[0]!.id);
    await one.settle(500);
    expect(one.kept.attachments).toEqual([file('b')]);
    // Without a link each side adds one: both stay.
    one.bridge.lose();
    one.attachAgain(one.session, [file('c')]);
    await one.settle(500);
    one.elsewhere('look', Date.now(), [file('b'), file('d')]);
    one.bridge.open();
    await one.settle(1_000);
    expect(one.kept.attachments.map(({ name }) => name)).toEqual(['b.png', 'd.png', 'c.png']);
    expect(names()).toEqual(['b.png', 'd.png', 'c.png']);
    const sent = one.bridge.of('draft_set').length;
    await one.settle(5_000);
    expect(one.bridge.of('draft_set').length).toBe(sent);
    one.elsewhere('', Date.now(), []);
    await one.settle(3_000);
    expect(names()).toEqual([]);
  });

  it('stays on the device of who may not write there', async () => {
    const { DraftSync, setDraft } = await load();
    const session = 'ses_draftsyncreader' as SessionId;
    const bridge = new TestBridge();
    const client = new Client({ bridge, schedule: () => () => {} });
    const sync = new DraftSync(client);
    client.start();
    bridge.listener.onLink({ status: 'open' });
    const welcome = { type: 'welcome', protocol: 1, version: '0', scopes: ['sessions:read'], notices: [] };
    bridge.receive({ ...welcome, server_time: 0, home_dir: '/', platform: 'linux' } as unknown as ServerFrame);
    sync.show(session);
    setDraft(session, 'x');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bridge.sent.filter(({ type }) => type.startsWith('draft'))).toEqual([]);
  });
});

describe('two versions of a draft', () => {
  it.each([
    ['a', '', 'a'],
    ['', 'b', 'b'],
    ['one and two', 'one', 'one and two'],
    ['one', 'one and two', 'one and two'],
    ['a\n', '\nb', 'a\n\nb'],
  ])('%j and %j are %j', (newer, older, merged) => expect(mergedDraft(newer, older)).toBe(merged));
});
