import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { DurableEvent, EventOf, SessionEvent } from '../main/protocol/events.ts';
import type { MessageId, ProviderId, SessionId, TurnId } from '../main/protocol/ids.ts';
import type { Actor } from '../main/protocol/values.ts';
import { apply } from '../main/sessions/apply.ts';
import { emptyState } from '../main/sessions/state.ts';
import { reduceFrames } from '../renderer/store/transcript/reduce-frames.ts';
import { emptyView } from '../renderer/store/transcript/view.ts';

const session_id = 'ses_00000001' as SessionId;
const owner: Actor = { kind: 'owner', via: 'window' };
const app: Actor = { kind: 'app', via: 'app' };
const provider = 'claude' as ProviderId;
const message_id = 'msg_00000001' as MessageId;

/** What can stand in a log as far as a digest has to do with it. What makes no sense where it comes is left out. */
type Step =
  | { do: 'digest'; text: string | null; by: Actor }
  | { do: 'begin'; carries: boolean }
  | { do: 'begin_afresh'; text: string }
  | { do: 'sign'; event: SessionEvent }
  | { do: 'end'; status: EventOf<'turn_end'>['status'] }
  | { do: 'rewind'; at: number };

const signs: SessionEvent[] = [
  { type: 'text', item_id: 'i', text: 'a' },
  { type: 'reasoning', item_id: 'i', text: 'a' },
  { type: 'tool_activity', tool_call_id: 'c', phase: 'start', tool: 'Bash', kind: 'execute', title: 'ls' },
  { type: 'plan', entries: [] },
  { type: 'usage', input_tokens: 1, output_tokens: 1 },
  { type: 'compacted', trigger: 'auto' },
  { type: 'provider_session', provider, provider_session_id: 's' },
  // These say nothing of whether the agent heard anything.
  { type: 'provider_session', provider, provider_session_id: null },
  { type: 'notice', level: 'info', code: 'x', text: 'x' },
];

const words = fc.constantFrom('one', 'two', null);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('digest' as const), text: words, by: fc.constantFrom(owner, app) }),
  fc.record({ do: fc.constant('begin' as const), carries: fc.boolean() }),
  fc.record({ do: fc.constant('begin_afresh' as const), text: fc.constantFrom('one', 'before\n\nmine') }),
  fc.record({ do: fc.constant('sign' as const), event: fc.constantFrom(...signs) }),
  fc.record({
    do: fc.constant('end' as const),
    status: fc.constantFrom('completed' as const, 'failed' as const, 'failed' as const, 'aborted' as const),
  }),
  fc.record({ do: fc.constant('rewind' as const), at: fc.nat({ max: 5 }) }),
);

/** By chance alone a turn that tells a person's words and fails would be rare. */
const failing: fc.Arbitrary<Step[]> = fc.tuple(
  fc.constant<Step>({ do: 'digest', text: 'mine', by: owner }),
  fc.constant<Step>({ do: 'begin', carries: true }),
  step,
  fc.constant<Step>({ do: 'end', status: 'failed' }),
);
const logs = fc
  .array(fc.oneof({ weight: 4, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: failing }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((parts) => parts.flat());

/** The core, which writes the log, and a window, which reads it. */
class BothSides {
  core = emptyState(session_id);
  window = emptyView(session_id);
  #turns = 0;

  write(event: SessionEvent, turn_id: TurnId | null = this.core.turn?.turn_id ?? null): void {
    const durable: DurableEvent = { ...event, session_id, seq: this.core.seq + 1, ts: this.core.seq, turn_id };
    this.core = apply(this.core, durable);
    this.window = reduceFrames(this.window, [{ type: 'events', session_id, events: [durable] }]).view;
  }

  begin(carries: boolean): void {
    this.#turns += 1;
    const turn_id = `turn_0000000${this.#turns}` as TurnId;
    const digest = (carries && this.core.digest?.text) || undefined;
    this.write({ type: 'user_message', message_id, text: 'go on', by: owner }, turn_id);
    this.write({ type: 'turn_started', message_id, provider, model: null, mode: 'ask', digest }, turn_id);
  }

  play(one: Step): void {
    const { turn, messages } = this.core;
    if (one.do === 'digest') this.write({ type: 'digest', text: one.text, by: one.by }, null);
    else if (one.do === 'begin' && !turn) this.begin(one.carries);
    else if (one.do === 'begin_afresh' && turn) this.write({ type: 'digest', text: one.text, by: app });
    else if (one.do === 'sign') this.write(one.event);
    else if (one.do === 'end' && turn) this.write({ type: 'turn_end', status: one.status, duration_ms: 1 });
    else if (one.do === 'rewind' && !turn && messages.length > 0) {
      this.write({ type: 'rewound', to_seq: messages[one.at % messages.length]!.seq, by: owner }, null);
    }
  }
}

it('the window shows the digest the core will tell, and the one it told, whatever the log holds', () => {
  const seen = { waiting: 0, given_back: 0 };
  fc.assert(
    fc.property(logs, (steps) => {
      const sides = new BothSides();
      const created = { cwd: '/x', provider, model: null, mode: 'ask', title: 'T', by: owner } as const;
      sides.write({ type: 'session_created', ...created }, null);
      for (const one of steps) {
        const before = sides.core;
        sides.play(one);
        const { core, window } = sides;
        expect(window.digest?.text ?? null).toBe(core.digest?.text ?? null);
        expect(window.digest?.edited ?? false).toBe(core.digest?.edited ?? false);
        if (core.turn) expect(window.turns.get(core.turn.turn_id)?.digest ?? null).toBe(core.turn.digest);
        if (core.turn && core.digest?.text) seen.waiting += 1;
        if (before.turn && !core.turn && !before.digest && core.digest) seen.given_back += 1;
      }
    }),
    { numRuns: 1000 },
  );
  expect(Math.min(seen.waiting, seen.given_back), 'the logs hold what this is about').toBeGreaterThan(0);
});
