import { beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../main/protocol/errors.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import { t } from '../strings/index.ts';
import { Client } from './client.ts';
import { TestBridge } from './client-test-support.ts';
import { outbox, takeFromOutbox } from './outbox.ts';
import { replayStallMs } from './replay-watch.ts';
import { sendMessage } from './send-message.ts';
import { stopTurn } from './stop-turn.ts';
import { script, sessionId, turnId } from './transcript/transcript-test-support.ts';

describe('the client', () => {
  let bridge: TestBridge;
  let client: Client;
  let flush: () => void;
  let timers: Set<() => void>;
  const runTimers = (): void => {
    const due = [...timers];
    timers.clear();
    for (const job of due) job();
  };

  beforeEach(() => {
    const jobs = new Set<() => void>();
    flush = () => {
      for (const job of jobs) job();
    };
    bridge = new TestBridge();
    timers = new Set();
    client = new Client({
      bridge,
      after: (ms, job) => {
        expect(ms).toBe(replayStallMs);
        timers.add(job);
        return () => void timers.delete(job);
      },
      schedule: (job) => {
        jobs.add(job);
        return () => {};
      },
    });
    client.start();
  });

  it('shows the agents the welcome names before anybody has looked for them', () => {
    const list = [{ id: 'claude', name: 'Claude Code', built_in: false, state: 'ready', models: [] }] as never;
    bridge.open({ providers: list });
    expect(client.providers.getState()).toMatchObject({ list, loaded: false, checking: true });
  });

  it("names what is its own in the reader's language", async () => {
    bridge.open({ providers: [{ id: 'demo', name: 'Guide', built_in: true, state: 'ready', models: [] }] } as never);
    expect(client.providers.getState().list[0]?.name).toBe(t.provider.builtInName);
  });

  it('tells what an app that was started again has to say, and nothing a second time', () => {
    const problem = (message: string): Problem => ({ code: 'interrupted', message });
    const shown = () => client.connection.getState().problems.map((one) => one.problem.message);
    bridge.open({ notices: [problem('It was damaged.')] });
    client.dismissProblem(client.connection.getState().problems[0]!.id);
    bridge.lose();
    bridge.open({ notices: [problem('It was damaged.')] });
    expect(shown()).toEqual([]);
    bridge.lose();
    bridge.open({ notices: [problem('It was restored.')] });
    expect(shown()).toEqual(['It was restored.']);
  });

  it('follows a session from its beginning again when a backup was opened, and from where it was when not', () => {
    bridge.open({ history: '0' });
    const transcript = client.transcript(sessionId);
    bridge.receive({ type: 'events', session_id: sessionId, events: script().slice(0, 5) });
    bridge.lose();
    bridge.open({ history: '0' });
    expect(bridge.of('attach')).toMatchObject([{ after_seq: 5 }]);
    bridge.lose();
    bridge.open({ history: '1764427380000' });
    expect(bridge.of('attach')).toMatchObject([{ after_seq: 0 }]);
    expect(transcript.known().seq).toBe(0);
  });

  it('takes a session off its list that moved to where its credential does not reach', () => {
    bridge.open();
    const other = 'ses_other0000000' as SessionId;
    const line = (session_id: SessionId) => ({ session_id }) as never;
    bridge.receive({ type: 'sessions', sessions: [line(sessionId), line(other)] });
    bridge.receive({ type: 'session_gone', session_id: sessionId });
    expect([...client.sessions.getState().byId.keys()]).toEqual([other]);
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
    expect(transcript.known().seq).toBe(5);
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

  /** Answers the newest `attach`. */
  const answerAttach = (result: unknown): void => {
    const { command_id } = bridge.of('attach').at(-1)!;
    bridge.receive({ type: 'response', command_id, ok: true, result });
  };

  it('forgets what it has when the log was replaced by a shorter one, and takes that', () => {
    bridge.open();
    const { store } = client.transcript(sessionId);
    const events = script();
    answerAttach({ seq: events.length, reset: false });
    bridge.receive({ type: 'events', session_id: sessionId, events });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: events.length, head: '' });
    flush();
    bridge.lose();
    bridge.open();
    answerAttach({ seq: 3, reset: true });
    expect(store.getState()).toMatchObject({ seq: 0, phase: 'attaching', entries: [] });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(0, 3) });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: 3, head: '' });
    flush();
    expect(store.getState()).toMatchObject({ seq: 3, phase: 'live', runningTurn: turnId });
    expect(store.getState().turns.get(turnId)?.items).toHaveLength(1);
  });

  it('keeps what it has when the log only went on', () => {
    bridge.open();
    const transcript = client.transcript(sessionId);
    bridge.receive({ type: 'events', session_id: sessionId, events: script().slice(0, 5) });
    bridge.lose();
    bridge.open();
    answerAttach({ seq: 5, reset: false });
    expect(transcript.known().seq).toBe(5);
  });

  it('shows the first replay of a session once, when it is complete, and every later change as it comes', () => {
    bridge.open();
    const { store } = client.transcript(sessionId);
    const events = script();
    let shown = 0;
    store.subscribe(() => {
      shown += 1;
    });
    for (const event of events.slice(0, -2)) {
      bridge.receive({ type: 'events', session_id: sessionId, events: [event] });
      flush();
    }
    expect({ shown, seq: store.getState().seq }).toEqual({ shown: 0, seq: 0 });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: events.length - 2, head: '' });
    flush();
    expect({ shown, seq: store.getState().seq }).toEqual({ shown: 1, seq: events.length - 2 });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(-2) });
    flush();
    expect({ shown, seq: store.getState().seq }).toEqual({ shown: 2, seq: events.length });
  });

  it('says that a session is incomplete when its replay stops, and asks for the rest when told to', () => {
    bridge.open();
    const { store, failure } = client.transcript(sessionId);
    const events = script();
    answerAttach({ seq: events.length, reset: false });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(0, 3) });
    flush();
    runTimers();
    expect(failure.getState()).toBeNull();
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(5) });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: events.length, head: '' });
    flush();
    runTimers();
    expect(failure.getState()).toEqual({ kind: 'incomplete' });
    client.attachAgain(sessionId);
    expect(failure.getState()).toBeNull();
    expect(bridge.of('attach').at(-1)).toMatchObject({ after_seq: 3 });
    answerAttach({ seq: events.length, reset: false });
    bridge.receive({ type: 'events', session_id: sessionId, events: events.slice(3) });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: events.length, head: '' });
    flush();
    runTimers();
    expect(failure.getState()).toBeNull();
    expect(store.getState().phase).toBe('live');
  });

  it('takes back that a session is incomplete when the rest comes late', () => {
    bridge.open();
    const { failure } = client.transcript(sessionId);
    answerAttach({ seq: 1, reset: false });
    runTimers();
    expect(failure.getState()).toEqual({ kind: 'incomplete' });
    bridge.receive({ type: 'events', session_id: sessionId, events: script().slice(0, 1) });
    bridge.receive({ type: 'attached', session_id: sessionId, seq: 1, head: '' });
    flush();
    expect(failure.getState()).toBeNull();
  });

  it('blames no record while the link is lost', () => {
    bridge.open();
    const { failure } = client.transcript(sessionId);
    answerAttach({ seq: 1, reset: false });
    bridge.lose();
    runTimers();
    expect(failure.getState()).toBeNull();
  });

  it('keeps the reason why a session could not be followed', () => {
    bridge.open();
    const { failure } = client.transcript(sessionId);
    const error = { code: 'internal', message: 'Something broke.' } as const;
    bridge.receive({ type: 'response', command_id: bridge.of('attach')[0]!.command_id, ok: false, error });
    expect(failure.getState()).toEqual({ kind: 'refused', problem: error });
  });

  it('stops the turn that was meant, also when the link was lost meanwhile, and is quiet when that one is over', async () => {
    bridge.open();
    bridge.lose();
    const stopped = stopTurn(client, sessionId, turnId);
    bridge.open();
    const [abort] = bridge.of('abort');
    expect(abort).toMatchObject({ session_id: sessionId, turn_id: turnId });
    const error = { code: 'no_active_turn', message: 'Another turn runs.' } as const;
    bridge.receive({ type: 'response', command_id: abort!.command_id, ok: false, error });
    await stopped;
    expect(client.connection.getState().problems).toEqual([]);
  });

  it('shows a refusal in its session, once, until something succeeds there', async () => {
    bridge.open();
    const error = { code: 'goal_conflict', message: 'There is a goal.' } as const;
    const act = async (session: SessionId, answer: { ok: true; result: null } | { ok: false; error: Problem }) => {
      const acted = client.act(session, { type: 'set_mode', session_id: session, mode: 'ask' });
      bridge.receive({ type: 'response', command_id: bridge.of('set_mode').at(-1)!.command_id, ...answer });
      await acted;
    };
    await act(sessionId, { ok: false, error });
    await act(sessionId, { ok: false, error: { ...error, message: 'There still is one.' } });
    const shown = () => client.connection.getState().problems;
    expect(shown()).toMatchObject([{ sessionId, problem: { message: 'There still is one.' } }]);
    await act('ses_00000002' as SessionId, { ok: true, result: null });
    expect(shown()).toHaveLength(1);
    bridge.receive({ type: 'problem', session_id: sessionId, problem: { code: 'internal', message: 'Of its own.' } });
    await act(sessionId, { ok: true, result: null });
    expect(shown()).toMatchObject([{ problem: { message: 'Of its own.' } }]);
  });

  it('tells why a turn could not be stopped', async () => {
    bridge.open();
    const stopped = stopTurn(client, sessionId, turnId);
    const error = { code: 'internal', message: 'Something broke.' } as const;
    bridge.receive({ type: 'response', command_id: bridge.of('abort')[0]!.command_id, ok: false, error });
    await stopped;
    expect(client.connection.getState().problems).toMatchObject([{ problem: error }]);
  });
});
