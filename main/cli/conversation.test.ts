import { describe, expect, it } from 'vitest';
import { ok } from '../base/result.ts';
import type { SessionId } from '../protocol/ids.ts';
import { Client } from './client.ts';
import type { Line } from './connect.ts';
import { Conversation } from './conversation.ts';

const session_id = 'ses_00000000000000000000' as SessionId;
type Frame = Record<string, unknown> & { type: string; command_id: string };

/** A line to an app that answers as it is told, in the same breath as it is asked. */
function lineTo(app: (frame: Frame, say: (frame: object) => void) => unknown): Line & { asked: Frame[] } {
  const client = new Client();
  const asked: Frame[] = [];
  client.use({
    send(text) {
      const frame = JSON.parse(text) as Frame;
      asked.push(frame);
      const later: object[] = [];
      const result = app(frame, (said) => later.push(said)) ?? {};
      client.onFrame(JSON.stringify({ type: 'response', command_id: frame.command_id, ok: true, result }));
      for (const said of later) client.onFrame(JSON.stringify(said));
    },
    pause: () => undefined,
    resume: () => undefined,
    close: () => client.onClosed('closed'),
  });
  return { client, running: null, notices: [], asked, close: async () => client.close() };
}

function conversation(next: () => Line) {
  let out = '';
  const io = {
    out: (text: string) => {
      out += text;
      return true;
    },
    note: () => undefined,
    onceDrained: () => undefined,
    interactive: false,
    ask: async () => null,
    readLines: null,
    onSignal: () => () => undefined,
  };
  const talk = new Conversation({ io, json: true, cwd: '/w', connect: async () => ok(next()) }, 'hello');
  return { talk, out: () => out };
}

const event = (seq: number, type: string, rest: object) => ({ seq, session_id, type, ...rest });
const events = (...all: object[]) => ({ type: 'events', session_id, events: all });

describe('a conversation whose log was restored from a backup', () => {
  it('reads it from its beginning and learns how its turn ended, and never waits for ever', async () => {
    const first = lineTo(({ type }, say) => {
      if (type === 'attach') return { seq: 50, reset: false };
      say(events(event(51, 'user_message', { turn_id: 'old', text: 'hello' })));
      return { turn_id: 'old' };
    });
    const restored = lineTo(({ type }, say) => {
      if (type === 'attach') {
        say(events(event(1, 'session_created', {})));
        return { seq: 1, reset: true };
      }
      say(
        events(
          event(2, 'user_message', { turn_id: 'new', text: 'hello' }),
          event(3, 'turn_end', { turn_id: 'new', status: 'completed' }),
        ),
      );
      return { turn_id: 'new' };
    });
    const { talk, out } = conversation(() => restored);
    const ended = talk.run(first, session_id, 50);
    await new Promise((resolve) => setImmediate(resolve));
    first.client.close();
    expect(await ended).toBe(0);
    const seqs = out()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq);
    expect(seqs).toEqual([51, 1, 2, 3]);
    expect(restored.asked.map(({ type }) => type)).toEqual(['attach', 'message']);
  });
});

describe('stopping', () => {
  it('names the turn it means, so that no other turn is stopped', async () => {
    const line = lineTo(({ type }, say) => {
      if (type === 'attach') return { seq: 0, reset: false };
      if (type === 'abort') say(events(event(2, 'turn_end', { turn_id: 'mine', status: 'aborted' })));
      return { turn_id: 'mine' };
    });
    const { talk } = conversation(() => line);
    const ended = talk.run(line, session_id, 0);
    await new Promise((resolve) => setImmediate(resolve));
    talk.interrupt();
    expect(await ended).toBe(3);
    expect(line.asked.at(-1)).toMatchObject({ type: 'abort', turn_id: 'mine' });
  });
});
