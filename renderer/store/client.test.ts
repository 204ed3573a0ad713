import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientFrame, ServerFrame } from '../../main/protocol/frames.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Bridge, BridgeListener } from '../bridge.ts';
import { Client } from './client.ts';
import { outbox, takeFromOutbox } from './outbox.ts';
import { sendMessage } from './send-message.ts';
import { script, sessionId, turnId } from './transcript/transcript-test-support.ts';

/** A bridge whose other end is this test. */
class TestBridge implements Bridge {
  readonly kind = 'browser';
  readonly chooseFolder = null;
  readonly sent: ClientFrame[] = [];
  listener!: BridgeListener;

  connect(listener: BridgeListener): void {
    this.listener = listener;
  }
  send(frame: ClientFrame): boolean {
    this.sent.push(frame);
    return true;
  }
  reconnectNow(): void {}
  openExternal(): void {}

  open(): void {
    this.listener.onLink({ status: 'open' });
    this.receive({
      type: 'welcome',
      protocol: 1,
      version: '0',
      actor: { kind: 'owner', via: 'browser' },
      scopes: [],
      server_time: 0,
      home_dir: '/home/x',
      platform: 'linux',
      notices: [],
    });
  }
  lose(): void {
    this.listener.onLink({ status: 'waiting', attempt: 1, retryAt: 0 });
    this.sent.length = 0;
  }
  receive(frame: ServerFrame): void {
    this.listener.onFrame(frame);
  }
  of<T extends ClientFrame['type']>(type: T): Extract<ClientFrame, { type: T }>[] {
    return this.sent.filter((frame): frame is Extract<ClientFrame, { type: T }> => frame.type === type);
  }
}

describe('the client', () => {
  let bridge: TestBridge;
  let client: Client;
  let flush: () => void;

  beforeEach(() => {
    const jobs = new Set<() => void>();
    flush = () => {
      for (const job of jobs) job();
    };
    bridge = new TestBridge();
    client = new Client({
      bridge,
      schedule: (job) => {
        jobs.add(job);
        return () => {};
      },
    });
    client.start();
  });

  it('sends what was asked before the link was there once it is there', async () => {
    const answer = client.request({ type: 'rename_session', session_id: sessionId, title: 'new' });
    expect(bridge.sent).toEqual([]);
    bridge.open();
    const [frame] = bridge.of('rename_session');
    bridge.receive({ type: 'response', command_id: frame!.command_id, ok: true, result: {} });
    expect(await answer).toEqual({ ok: true, value: {} });
  });

  it('sends a command without an answer again under the same id after the link was lost, and an answered one not', async () => {
    bridge.open();
    const first = client.request({ type: 'message', session_id: sessionId, text: 'one' });
    void client.request({ type: 'message', session_id: sessionId, text: 'two' });
    const [one, two] = bridge.of('message');
    bridge.receive({ type: 'response', command_id: one!.command_id, ok: true, result: { turn_id: turnId } });
    await first;
    bridge.lose();
    bridge.open();
    expect(bridge.of('message')).toEqual([two]);
  });

  it('attaches again after the last event it has', () => {
    bridge.open();
    const transcript = client.transcript(sessionId);
    expect(bridge.of('attach')).toMatchObject([{ session_id: sessionId, after_seq: 0 }]);
    bridge.receive({ type: 'events', session_id: sessionId, events: script().slice(0, 5) });
    bridge.lose();
    bridge.open();
    expect(bridge.of('attach')).toMatchObject([{ session_id: sessionId, after_seq: 5 }]);
    expect(transcript.store.getState().seq).toBe(5);
  });

  it('attaches anew, once, when something is missing, and ends up with everything', () => {
    bridge.open();
    const transcript = client.transcript(sessionId);
    const events = script();
    bridge.receive({ type: 'attached', session_id: sessionId, seq: 0, head: '' });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(0, 3) });
    flush();
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(5, 6) });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(6, 7) });
    flush();
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(7, 8) });
    flush();
    expect(bridge.of('attach').map((frame) => frame.after_seq)).toEqual([0, 3]);
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(3) });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: events.length, head: '' });
    flush();
    expect(transcript.store.getState().seq).toBe(events.length);
  });

  it('lets go of the session that was looked at longest ago when there are many', () => {
    bridge.open();
    for (let n = 0; n < 9; n += 1) client.transcript(`ses_0000000${n}` as SessionId);
    expect(bridge.of('detach')).toMatchObject([{ session_id: 'ses_00000000' }]);
  });

  it('keeps words until they are confirmed, and shows why they were refused', async () => {
    bridge.open();
    sendMessage(client, sessionId, 'one');
    sendMessage(client, sessionId, 'two');
    expect(outbox.getState().map((message) => message.text)).toEqual(['one', 'two']);
    const [one, two] = bridge.of('message');
    const error = { code: 'queue_full', message: 'Too many messages wait.' } as const;
    bridge.receive({ type: 'response', command_id: one!.command_id, ok: false, error });
    bridge.receive({ type: 'response', command_id: two!.command_id, ok: true, result: { queue_id: 'q_00000001' } });
    await Promise.resolve();
    await Promise.resolve();
    expect(outbox.getState()).toMatchObject([{ text: 'one', problem: error }]);
    takeFromOutbox(one!.command_id);
  });

  it('shows a refusal that belongs to no command', () => {
    bridge.open();
    const error = { code: 'internal', message: 'Something broke.' } as const;
    bridge.receive({ type: 'response', command_id: null, ok: false, error });
    expect(client.connection.getState().problems).toMatchObject([{ problem: error }]);
  });
});
