import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import type { ServerFrame, ServerFrameOf } from '../protocol/frames.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

type Step =
  | { do: 'attach'; who: number; session: number; after: number; tail?: number }
  | { do: 'detach' | 'message' | 'retry'; who: number; session: number }
  | { do: 'reconnect' | 'stall' | 'drain'; who: number }
  | { do: 'delta' | 'text' | 'turn_end'; who: number }
  | { do: 'crash' };

const clients = 4;
const who = fc.nat({ max: clients - 1 });
const session = fc.nat({ max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('attach' as const),
      who,
      session,
      after: fc.nat({ max: 12 }),
      tail: fc.option(fc.nat({ max: 4 }), { nil: undefined }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('detach' as const, 'message' as const, 'message' as const, 'retry' as const),
      who,
      session,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('reconnect' as const, 'stall' as const, 'drain' as const), who }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('delta' as const, 'text' as const, 'turn_end' as const), who }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'crash' }) },
);

/** One device: it looks at every frame in the order in which it comes, and no frame may leave a gap or say anything twice. */
class Device {
  client!: TestClient;
  /** Session -> last event it has; absent: it does not follow that one. */
  readonly at = new Map<string, number>();
  /** Session -> events it was told that they do not come, with the first one. */
  readonly skipped = new Map<string, [number, number]>();
  readonly seen: DurableEvent[] = [];
  readonly #wanted = new Map<string, { session_id: string; after: number }>();
  #read = 0;

  connect(world: World): void {
    this.client?.connection?.close();
    this.client = world.connect();
    this.#read = 0;
    this.at.clear();
    this.skipped.clear();
  }

  /** Asks without waiting: answers and events are looked at in their order of arrival. */
  attach(session_id: string, after: number, tail: number | undefined, command_id: string): void {
    this.#wanted.set(command_id, { session_id, after });
    this.client.connection?.receive(JSON.stringify({ type: 'attach', command_id, session_id, after_seq: after, tail }));
  }

  take(): void {
    for (; this.#read < this.client.frames.length; this.#read += 1) this.#look(this.client.frames[this.#read]!);
  }

  #look(frame: ServerFrame): void {
    if (frame.type === 'response' && frame.ok && frame.command_id) {
      const wanted = this.#wanted.get(frame.command_id);
      if (!wanted) return;
      const { seq, after_seq, reset } = frame.result as { seq: number; after_seq: number; reset: boolean };
      expect(reset).toBe(wanted.after > seq);
      this.at.set(wanted.session_id, after_seq);
      this.skipped.delete(wanted.session_id);
      const from = reset ? 0 : wanted.after;
      if (after_seq > from) this.skipped.set(wanted.session_id, [from + 1, after_seq]);
    } else if (frame.type === 'earlier') {
      // What is left out is said, exactly.
      expect([frame.from_seq, frame.to_seq]).toEqual(this.skipped.get(frame.session_id));
      this.skipped.delete(frame.session_id);
    } else if (frame.type === 'events') this.#events(frame);
    else if (frame.type === 'attached') expect(this.at.get(frame.session_id)).toBe(frame.seq);
  }

  #events({ session_id, events }: ServerFrameOf<'events'>): void {
    expect(this.at.has(session_id), 'nothing comes of a session that is not followed').toBe(true);
    expect(this.skipped.has(session_id), 'what is left out is said before anything comes').toBe(false);
    for (const event of events) {
      expect(event.session_id).toBe(session_id);
      expect(event.seq).toBe(this.at.get(session_id)! + 1);
      expect(event).toMatchObject({ ts: expect.any(Number) });
      expect('turn_id' in event).toBe(true);
      this.at.set(session_id, event.seq);
      this.seen.push(event);
    }
  }
}

async function play(world: World, sessions: readonly string[], devices: Device[], steps: readonly Step[]) {
  const answers = new Map<string, string>();
  let last: { frame: Record<string, unknown> & { type: string; command_id: string }; answer: unknown } | null = null;
  let number = 0;
  for (const one of steps) {
    number += 1;
    const session_id = 'session' in one ? sessions[one.session]! : sessions[0]!;
    const device = 'who' in one ? devices[one.who % devices.length]! : devices[0]!;
    switch (one.do) {
      case 'attach':
        device.attach(session_id, one.after, one.tail, `attach-${number}-x`);
        break;
      case 'detach':
        device.take();
        await device.client.result({ type: 'detach', session_id });
        device.take();
        device.at.delete(session_id);
        device.skipped.delete(session_id);
        break;
      case 'message': {
        const frame = { type: 'message', command_id: `message-${number}`, session_id, text: `message ${number};` };
        const answer = await device.client.ask(frame);
        expect(answer.ok).toBe(true);
        answers.set(frame.text, frame.command_id);
        last = { frame, answer: answer.ok ? answer.result : null };
        break;
      }
      case 'retry':
        // From any device, after anything: the first answer again, and no second effect.
        if (last) expect(await device.client.result(last.frame)).toEqual(last.answer);
        break;
      case 'reconnect':
        device.take();
        device.connect(world);
        break;
      case 'stall':
        device.client.stuck = true;
        break;
      case 'drain':
        device.client.drain();
        break;
      case 'delta':
        world.provider.say({ type: 'item_delta', item_id: `i-${one.who}`, kind: 'text', text: 'x' });
        break;
      case 'text':
        world.provider.say({ type: 'text', item_id: `i-${one.who}`, text: `said ${number}` });
        break;
      case 'turn_end':
        world.provider.say({ type: 'turn_end', status: 'completed' });
        break;
      case 'crash':
        for (const each of devices) each.take();
        world.crash();
        world.start();
        for (const each of devices) each.connect(world);
        break;
    }
    await settle();
    for (const each of devices) each.take();
  }
  return answers;
}

describe('several devices that attach anywhere, leave, stall and repeat themselves', () => {
  it('each see every event behind where they began exactly once and in order, and every command has one effect', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const world = new World();
        try {
          const first = await world.session();
          const second = await world.session();
          const sessions = [first.session_id, second.session_id];
          const devices = Array.from({ length: clients }, () => new Device());
          for (const device of devices) device.connect(world);
          const sent = await play(world, sessions, devices, steps);
          for (const device of devices) {
            device.client.drain();
            await settle();
            device.take();
            // Who follows is where the log is.
            for (const [session_id, seq] of device.at) expect(seq).toBe(world.store.head(session_id as never)?.seq);
          }
          const logs = sessions.map((id) =>
            world.store.read(id as never, 0, 10_000).map((event) => JSON.parse(event.body) as DurableEvent),
          );
          const all = new Map(logs.flat().map((event) => [`${event.session_id} ${event.seq}`, event]));
          for (const { seen } of devices) {
            for (const event of seen) expect(event).toEqual(all.get(`${event.session_id} ${event.seq}`));
          }
          const told = logs.flat().filter((event) => event.type === 'user_message' || event.type === 'message_queued');
          for (const text of sent.keys()) {
            const said = told.filter((event) => 'text' in event && event.text === text);
            expect(said.filter((event) => event.type === 'message_queued').length).toBeLessThanOrEqual(1);
            expect(said.filter((event) => event.type === 'user_message').length).toBeLessThanOrEqual(1);
            expect(said.length).toBeGreaterThan(0);
          }
          expect(world.store.verify().ok).toBe(true);
        } finally {
          world.close();
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
