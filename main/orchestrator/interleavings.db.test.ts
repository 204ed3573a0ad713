import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DurableEvent } from '../protocol/events.ts';
import { apply } from '../sessions/apply.ts';
import { remaining } from '../sessions/digest.ts';
import { emptyState } from '../sessions/state.ts';
import { type ScriptedProvider, settle, type TestClient, World } from './world-test-support.ts';

/** What can happen, in any order. */
type Step =
  | {
      do:
        | 'message'
        | 'abort'
        | 'resend'
        | 'crash'
        | 'turn_end'
        | 'reconnect'
        | 'stuck'
        | 'drain'
        | 'answer'
        | 'send_now'
        | 'remove'
        | 'switch'
        | 'keep_going'
        | 'look'
        | 'closed'
        | 'resume_lost'
        | 'named'
        | 'digest';
    }
  | { do: 'fork' | 'rewind'; at: number }
  | { do: 'delta' | 'text' | 'replace'; item: number; text: string }
  | { do: 'tool' | 'approval'; number: number }
  | { do: 'tick'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Step>({ do: 'message' }, { do: 'turn_end' }, { do: 'turn_end' }, { do: 'answer' }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Step>(
      { do: 'abort' },
      { do: 'resend' },
      { do: 'crash' },
      { do: 'reconnect' },
      { do: 'stuck' },
      { do: 'drain' },
      { do: 'send_now' },
      { do: 'remove' },
      { do: 'switch' },
      { do: 'keep_going' },
      { do: 'look' },
      { do: 'closed' },
      { do: 'resume_lost' },
      { do: 'named' },
      { do: 'digest' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('fork' as const, 'rewind' as const, 'rewind' as const),
      at: fc.nat({ max: 5 }),
    }),
  },
  // Long enough for the time limits of a turn.
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tick' as const), ms: fc.integer({ min: 60_000, max: 400_000 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('delta' as const, 'text' as const, 'replace' as const),
      item: fc.integer({ min: 0, max: 2 }),
      text: fc.string({ maxLength: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('tool' as const, 'approval' as const),
      number: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('tick' as const), ms: fc.integer({ min: 1, max: 300 }) }) },
);

/** A client that survives reconnects: it keeps what it knows and says the last number it saw. */
class Follower {
  readonly events: DurableEvent[] = [];
  readonly open = new Map<string, string>();
  client!: TestClient;
  #read = 0;

  /** Takes in what arrived; a gap in the numbers or in an item's text is a failure of the server. */
  take(): void {
    for (const frame of this.client.frames.slice(this.#read)) {
      if (frame.type === 'events') {
        for (const event of frame.events) {
          expect(event.seq).toBe(this.events.length + 1);
          this.events.push(event);
          if ('item_id' in event) this.open.delete(event.item_id);
          if (event.type === 'turn_end') this.open.clear();
        }
      } else if (frame.type === 'item_snapshot') {
        this.open.set(frame.item_id, frame.text);
      } else if (frame.type === 'text_delta') {
        const before = this.open.get(frame.item_id) ?? '';
        expect(frame.offset).toBe(before.length);
        this.open.set(frame.item_id, before + frame.text);
      }
    }
    this.#read = this.client.frames.length;
  }

  async connect(world: World, session_id: string): Promise<void> {
    this.open.clear();
    this.client = world.connect();
    this.#read = 0;
    await this.client.result({ type: 'attach', session_id, after_seq: this.events.length });
    this.take();
  }
}

const picture = { attachment_id: 'b'.repeat(64), name: 'boat.png', media_type: 'image/png', bytes: 3 };

const logOf = (world: World, session_id: string): DurableEvent[] =>
  world.store.read(session_id as never, 0, 10_000).map((event) => JSON.parse(event.body) as DurableEvent);

/** What a rewind took back: no agent may hear of it again. */
function takenBack(log: DurableEvent[]): string[] {
  const kept = new Set(remaining(log));
  return log.flatMap((event) => (event.type === 'user_message' && !kept.has(event) ? [event.text] : []));
}

/** Sees to it that nothing an agent is given holds words that were taken back before. */
class Listener {
  readonly #heard = new Map<ScriptedProvider, number>();

  look(world: World, session_id: string): void {
    for (const agent of [world.provider, world.other]) {
      const fresh = agent.heard.slice(this.#heard.get(agent) ?? 0);
      this.#heard.set(agent, agent.heard.length);
      const prompts = fresh.flatMap((one) => (one.type === 'prompt' ? [one.text] : []));
      if (prompts.length === 0) continue;
      const gone = takenBack(logOf(world, session_id));
      for (const prompt of prompts) for (const text of gone) expect(prompt).not.toContain(text);
    }
  }
}

async function play(world: World, session_id: string, followers: Follower[], steps: Step[]): Promise<Set<string>> {
  const accepted = new Set<string>();
  let last: Record<string, unknown> & { type: string; command_id: string } = { type: 'ping', command_id: 'ping-0000' };
  let number = 0;
  let turns = 0;
  const [follower] = followers as [Follower];
  const listener = new Listener();
  const runtime = () => world.orchestrator.runtime(session_id as never);
  const state = () => runtime()!.state;
  const agent = () => (state().provider === 'other' ? world.other : world.provider);
  const send = async (frame: { type: string } & Record<string, unknown>) => {
    number += 1;
    last = { ...frame, command_id: `command-${number}-${session_id.slice(-6)}` };
    const answer = await follower.client.ask(last);
    if (answer.ok && frame.type === 'message') accepted.add(String(frame.text));
  };
  for (const one of steps) {
    switch (one.do) {
      case 'message':
        await send({ type: 'message', session_id, text: `message ${number};` });
        break;
      case 'look':
        await send({ type: 'message', session_id, text: `message ${number};`, attachments: [picture] });
        break;
      case 'switch': {
        const provider = state().provider === 'other' ? 'scripted' : 'other';
        await send({ type: 'set_provider', session_id, provider });
        break;
      }
      case 'keep_going': {
        const turn_id = state().turn?.turn_id;
        if (turn_id) await send({ type: 'keep_going', session_id, turn_id });
        break;
      }
      case 'digest':
        await send({ type: 'set_digest', session_id, text: number % 2 === 0 ? null : `digest ${number}` });
        break;
      case 'fork':
      case 'rewind': {
        const { messages } = state();
        const seq = messages[one.at % Math.max(1, messages.length)]?.seq ?? null;
        if (one.do === 'fork') await send({ type: 'fork_session', session_id, before_seq: one.at === 0 ? null : seq });
        else if (seq !== null) await send({ type: 'rewind', session_id, to_seq: seq });
        break;
      }
      case 'closed':
        if (state().turn) agent().say({ type: 'turn_end', status: 'failed' });
        agent().say({ type: 'closed' });
        break;
      case 'named':
        agent().say({ type: 'session', provider_session_id: `cli-${number}` });
        break;
      case 'resume_lost':
        agent().say({ type: 'resume_lost', text: 'It is gone.' });
        break;
      case 'abort':
        await send({ type: 'abort', session_id });
        break;
      case 'resend':
        await follower.client.ask(last);
        break;
      case 'send_now':
      case 'remove': {
        const queue_id = state().queue[0]?.queue_id;
        if (!queue_id) break;
        const type = one.do === 'remove' ? 'queue_remove' : 'queue_send_now';
        await send({ type, session_id, queue_id });
        break;
      }
      case 'answer': {
        const approval_id = Object.keys(state().approvals)[0];
        if (approval_id) await send({ type: 'approval_response', session_id, approval_id, decision: 'allow_session' });
        break;
      }
      case 'turn_end':
        turns += 1;
        agent().say({ type: 'turn_end', status: 'completed' });
        break;
      case 'delta':
        agent().say({ type: 'item_delta', item_id: `${turns}-${one.item}`, kind: 'text', text: one.text });
        break;
      case 'replace':
        agent().say({ type: 'item_replace', item_id: `${turns}-${one.item}`, kind: 'text', text: one.text });
        break;
      case 'text':
        agent().say({ type: 'text', item_id: `${turns}-${one.item}`, text: one.text });
        break;
      case 'tool': {
        const tool_call_id = `${turns}-tool-${one.number}`;
        agent().say({ type: 'tool_start', tool_call_id, tool: 'Bash', kind: 'execute', title: 'x', input: {} });
        break;
      }
      case 'approval': {
        const tool_call_id = `${turns}-tool-${one.number}`;
        const rule = { tool: 'Bash', match: 'exact' as const, pattern: `c${one.number}`, label: 'c' };
        const request = {
          tool_call_id,
          tool: 'Bash',
          kind: 'execute' as const,
          title: 'x',
          command: `c${one.number}`,
          input: {},
          rule,
        };
        agent().say({ type: 'approval_request', ref: `${number}`, ...request });
        break;
      }
      case 'tick':
        world.clock.advance(one.ms);
        break;
      case 'crash':
        world.crash();
        world.start();
        for (const each of followers) await each.connect(world, session_id);
        break;
      case 'reconnect':
        follower.client.connection?.close();
        await follower.connect(world, session_id);
        break;
      case 'stuck':
        follower.client.stuck = true;
        break;
      case 'drain':
        follower.client.drain();
        break;
    }
    await settle();
    for (const each of followers) each.take();
    listener.look(world, session_id);
  }
  return accepted;
}

/** What must hold of every log, whatever happened. */
function checkLog(log: DurableEvent[]): void {
  let turn: string | null = null;
  const tools = new Set<string>();
  /** With the turn that asked. */
  const approvals = new Map<string, string | null>();
  const queue = new Set<string>();
  /** Kept answers: what they are bound to, and whose they are. */
  const kept = new Map<string, string>();
  for (const event of log) {
    if (event.type === 'turn_started') {
      expect(turn, 'one turn at a time').toBeNull();
      turn = event.turn_id;
    }
    if (event.type === 'limit_warning' || event.type === 'limit_extended') expect(event.turn_id).toBe(turn);
    if (event.type === 'rewound' || (event.type === 'session_changed' && event.provider)) {
      expect(turn, 'not in a turn').toBeNull();
    }
    if (event.type === 'message_queued') queue.add(event.queue_id);
    if (event.type === 'queue_removed') expect(queue.delete(event.queue_id), 'sent or cancelled once').toBe(true);
    if (event.type === 'tool_activity')
      event.phase === 'start' ? tools.add(event.tool_call_id) : tools.delete(event.tool_call_id);
    if (event.type === 'approval_request') approvals.set(event.approval_id, event.turn_id);
    if (event.type === 'approval_resolved') {
      const of = approvals.get(event.approval_id);
      expect(approvals.delete(event.approval_id), 'answered once').toBe(true);
      if (event.kept) {
        expect(of, 'only what no agent waits for is kept').not.toBe(turn);
        kept.set(event.digest, event.approval_id);
      }
      if (event.stored) {
        expect(kept.get(event.digest), 'an answer that was kept').toBe(event.stored.approval_id);
        expect(kept.delete(event.digest), 'used once').toBe(true);
      }
    }
    if (event.type === 'approval_lapsed') {
      expect(kept.get(event.digest)).toBe(event.approval_id);
      kept.delete(event.digest);
    }
    if (event.type === 'turn_end') {
      expect(event.turn_id).toBe(turn);
      // An agent, or the app, that ended under its own questions leaves them waiting.
      const died = event.status === 'failed' || event.status === 'interrupted';
      const asked = died ? [] : [...approvals].filter(([, of]) => of === event.turn_id);
      expect([...tools, ...asked], 'a settled turn leaves nothing open').toEqual([]);
      turn = null;
    }
  }
}

/** A fork has none of what was open where it comes from. */
function checkFork(log: DurableEvent[]): void {
  checkLog(log.filter((event) => event.type !== 'digest'));
  const state = log.reduce(apply, emptyState(log[0]!.session_id));
  expect(state).toMatchObject({ turn: null, queue: [], approvals: {}, openTools: {}, rules: [] });
  expect(state.origin).toMatchObject({ kind: 'fork' });
}

describe('any interleaving of commands, provider words, crashes, reconnects and slow sockets', () => {
  it('gives every client the same gap-free, duplicate-free, ordered log, and loses no accepted message', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const world = new World();
        try {
          Object.assign(world.settings, { turn_idle_minutes: 3, turn_total_minutes: 5 });
          world.attachmentsHere.add(picture.attachment_id);
          const { session_id } = await world.session();
          const followers = [new Follower(), new Follower()];
          for (const follower of followers) await follower.connect(world, session_id);
          const accepted = await play(world, session_id, followers, steps);
          for (const follower of followers) {
            follower.client.drain();
            await settle();
            follower.take();
          }
          const log = logOf(world, session_id);
          for (const follower of followers) expect(follower.events).toEqual(log);
          checkLog(log);
          for (const one of world.orchestrator.summaries()) {
            if (one.session_id !== session_id) checkFork(logOf(world, one.session_id));
          }
          const said = new Set(log.flatMap((event) => ('text' in event && 'by' in event ? [event.text] : [])));
          for (const text of accepted) expect(said).toContain(text);
          expect(world.store.verify().ok).toBe(true);
        } finally {
          world.close();
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
