import { describe, expect, it } from 'vitest';
import type { DurableEvent, SessionEvent } from '../../../main/protocol/events.ts';
import type { MessageId, ProviderId, RuleId, TurnId } from '../../../main/protocol/ids.ts';
import type { Actor, Goal } from '../../../main/protocol/values.ts';
import { reduceFrames } from './reduce-frames.ts';
import { countTurns, justRewound, unseenTurns } from './rewind.ts';
import { sumUsage } from './sum-usage.ts';
import { sessionId } from './transcript-test-support.ts';
import { emptyView, type LineItem, type TranscriptView, type Turn } from './view.ts';

const owner: Actor = { kind: 'owner', via: 'window' };
const app: Actor = { kind: 'app', via: 'app' };

/** A log that is written event by event. */
class Log {
  readonly events: DurableEvent[] = [];
  #turn: TurnId | null = null;
  #turns = 0;
  #provider = 'claude' as ProviderId;

  constructor() {
    this.add({
      type: 'session_created',
      cwd: '/x',
      provider: this.#provider,
      model: null,
      mode: 'ask',
      title: 'T',
      by: owner,
    });
  }
  add(event: SessionEvent): this {
    if (event.type === 'session_changed') this.#provider = event.provider ?? this.#provider;
    const seq = this.events.length + 1;
    this.events.push({ ...event, session_id: sessionId, seq, ts: seq * 10, turn_id: this.#turn });
    return this;
  }
  begin(text: string, more: Partial<Extract<SessionEvent, { type: 'turn_started' }>> = {}): this {
    this.#turns += 1;
    this.#turn = `turn_0000000${this.#turns}` as TurnId;
    const message_id = `msg_0000000${this.#turns}` as MessageId;
    return this.add({ type: 'user_message', message_id, text, by: owner }).add({
      type: 'turn_started',
      message_id,
      provider: this.#provider,
      model: null,
      mode: 'ask',
      ...more,
    });
  }
  end(status: Extract<SessionEvent, { type: 'turn_end' }>['status'] = 'completed'): this {
    this.add({ type: 'turn_end', status, duration_ms: 1 });
    this.#turn = null;
    return this;
  }
  cli(provider_session_id: string | null, branch?: boolean): this {
    return this.add({ type: 'provider_session', provider: this.#provider, provider_session_id, branch });
  }
  get view(): TranscriptView {
    return reduceFrames(emptyView(sessionId), [{ type: 'events', session_id: sessionId, events: this.events }]).view;
  }
  get turns(): Turn[] {
    return [...this.view.turns.values()];
  }
}

const lines = (view: TranscriptView): LineItem['line'][] =>
  view.entries.flatMap((entry) => (entry.kind === 'line' ? [entry.line.line] : []));
const unseen = (view: TranscriptView): number => unseenTurns(view.entries, view.seenBy.get(view.meta!.provider) ?? 0);

describe('going back', () => {
  const log = new Log().begin('one').add({ type: 'usage', input_tokens: 1, output_tokens: 1 }).end();
  const to_seq = log.events.length + 1;
  log.begin('two').end().begin('three').end().add({ type: 'rewound', to_seq, by: owner });

  it('folds what is taken back into one entry and leaves what was before', () => {
    const { entries } = log.view;
    expect(entries.map((entry) => entry.kind)).toEqual(['turn', 'rewound']);
    expect(entries[1]?.kind === 'rewound' && countTurns(entries[1].entries)).toBe(2);
  });

  it('makes the turn before the last one again, with its usage', () => {
    const { view } = log;
    expect(view.lastTurn).toBe('turn_00000001');
    expect(view.usage?.input_tokens).toBe(1);
  });

  it('leaves no numbers of another agent for the context of this one', () => {
    const changed = new Log().begin('one').add({ type: 'usage', input_tokens: 1, output_tokens: 1 }).end();
    const from = changed.events.length + 2;
    changed.add({ type: 'session_changed', provider: 'codex' as ProviderId, by: owner });
    changed.begin('two').add({ type: 'usage', input_tokens: 2, output_tokens: 1 }).end();
    expect(changed.add({ type: 'rewound', to_seq: from, by: owner }).view.usage).toBeNull();
  });

  it('is the last thing that happened until a turn begins or another agent takes over', () => {
    const back = () => new Log().begin('one').end().add({ type: 'rewound', to_seq: 2, by: owner });
    const is = (log: Log) => justRewound(log.view.entries);
    expect(is(new Log().begin('one').end())).toBe(false);
    expect(is(back())).toBe(true);
    expect(is(back().add({ type: 'session_changed', mode: 'plan', by: owner }))).toBe(true);
    expect(is(back().add({ type: 'session_changed', provider: 'codex' as ProviderId, by: owner }))).toBe(false);
    expect(is(back().begin('two'))).toBe(false);
  });

  it('over an earlier going back keeps both, one in the other', () => {
    const again = new Log().begin('one').end();
    const first = again.events.length + 1;
    again.begin('two').end().add({ type: 'rewound', to_seq: first, by: owner });
    again.begin('three').end().add({ type: 'rewound', to_seq: 2, by: owner });
    const { entries } = again.view;
    expect(entries.map((entry) => entry.kind)).toEqual(['rewound']);
    expect(countTurns(entries)).toBe(3);
  });
});

describe('a change of the agent', () => {
  it('forgets model, effort and names of the one before, and says so in one line', () => {
    const log = new Log().begin('one').cli('s1').end();
    log.add({ type: 'session_changed', model: 'opus', effort: 'high', by: owner });
    log.add({ type: 'session_changed', provider: 'codex' as ProviderId, model: null, effort: null, by: owner });
    expect(log.view.meta).toMatchObject({ provider: 'codex', model: null, effort: null, cli: null });
    expect(lines(log.view).at(-1)).toMatchObject({ type: 'provider', provider: 'codex' });
  });

  it('counts the turns the new one has not seen, and those the old one misses when it comes back', () => {
    const log = new Log().begin('one').cli('s1').end().begin('two').end();
    expect(unseen(log.view)).toBe(0);
    log.add({ type: 'session_changed', provider: 'codex' as ProviderId, by: owner });
    expect(unseen(log.view)).toBe(2);
    log.begin('three').cli('s2').end();
    expect(unseen(log.view)).toBe(0);
    log.add({ type: 'session_changed', provider: 'claude' as ProviderId, by: owner });
    expect(unseen(log.view)).toBe(1);
  });

  it('counts everything when the CLI has lost its conversation, and nothing when it branched from one', () => {
    expect(unseen(new Log().begin('one').cli('s1').end().cli(null).view)).toBe(1);
    expect(unseen(new Log().begin('one').end().view)).toBe(1);
    expect(unseen(new Log().begin('one').end().cli('s1', true).view)).toBe(0);
  });
});

describe('what an agent will be told', () => {
  const waiting = () => new Log().add({ type: 'digest', text: 'by the app', by: app });

  it('keeps the words of the app beside those of the person', () => {
    const log = waiting().add({ type: 'digest', text: 'mine', by: owner });
    expect(log.view.digest).toMatchObject({ text: 'mine', original: 'by the app' });
    expect(log.add({ type: 'digest', text: null, by: owner }).view.digest).toMatchObject({
      text: null,
      original: 'by the app',
    });
  });

  it('is gone when the app takes it back, and with the start of the turn that carries it', () => {
    const takenBack = waiting().add({ type: 'digest', text: null, by: app });
    expect(takenBack.view.digest).toMatchObject({ text: null, original: null });
    const log = waiting().begin('go on', { digest: 'by the app' });
    expect(log.view.digest).toBeNull();
    expect(log.turns[0]?.digest).toBe('by the app');
  });

  it('goes on waiting behind a turn that does not carry it', () => {
    const log = waiting().begin('/compact');
    expect(log.end().view.digest).toMatchObject({ text: 'by the app' });
  });

  it('waits again in the words of the person when the turn failed before the agent gave a sign', () => {
    const failed = () => waiting().add({ type: 'digest', text: 'mine', by: owner }).begin('go on', { digest: 'mine' });
    expect(failed().end('failed').view.digest).toEqual({ text: 'mine', original: 'by the app', edited: true });
    const heard = failed().add({ type: 'text', item_id: 't1', text: 'Well' });
    expect(heard.end('failed').view.digest).toBeNull();
    expect(failed().end('aborted').view.digest).toBeNull();
  });

  it('stands at the turn, and waits for nothing, when the turn began afresh with it', () => {
    const log = new Log().begin('go on').add({ type: 'digest', text: 'all of it', by: app });
    expect(log.view.digest).toBeNull();
    expect(log.end().turns[0]?.digest).toBe('all of it');
  });

  it('is gone when the conversation goes back', () => {
    const log = new Log().begin('one').end().add({ type: 'digest', text: 'mine', by: owner });
    expect(log.add({ type: 'rewound', to_seq: 2, by: owner }).view.digest).toBeNull();
  });
});

describe('a goal', () => {
  const goal = (more: Partial<Goal>): Goal => ({
    goal_id: 'goal_00000001',
    objective: 'All tests pass',
    status: 'active',
    limits: { turns: 5, minutes: null, cost_usd: null },
    spent: { turns: 0, ms: 0, cost_usd: 0, input_tokens: 0, output_tokens: 0 },
    progress: [],
    started_at: 1,
    ...more,
  });

  it('leaves a line when it is set, stops, goes on and ends, and none for what it uses meanwhile', () => {
    const log = new Log();
    const add = (more: Partial<Goal>) => log.add({ type: 'goal_state', goal: goal(more), by: owner });
    add({});
    add({ limits: { turns: 9, minutes: null, cost_usd: null } });
    add({ status: 'paused', reason: 'Paused by you.' });
    add({});
    add({ status: 'complete', reason: 'They pass.' });
    log.add({ type: 'goal_state', goal: null, by: owner });
    add({ goal_id: 'goal_00000002', objective: 'Next' });
    expect(lines(log.view)).toMatchObject([
      { type: 'goal', change: 'set', text: 'All tests pass' },
      { change: 'paused', text: 'Paused by you.' },
      { change: 'active', text: '' },
      { change: 'complete', text: 'They pass.' },
      { change: 'set', text: 'Next' },
    ]);
  });
});

describe('a goal that the agent reports as reached', () => {
  const goal: Goal = {
    goal_id: 'goal_00000001',
    objective: 'All tests pass',
    status: 'active',
    limits: { turns: null, minutes: null, cost_usd: null },
    spent: { turns: 0, ms: 0, cost_usd: 0, input_tokens: 0, output_tokens: 0 },
    progress: [],
    started_at: 1,
  };
  const reached = (log: Log): string[] => {
    const by: Actor = { kind: 'goal', id: goal.goal_id, via: 'app' };
    log.add({ type: 'goal_state', goal: { ...goal, status: 'complete', reason: 'They pass.' }, by });
    return log.turns[0]!.items.map((item) => (item.kind === 'line' ? item.line.type : item.kind));
  };

  it('leaves no line beside the call that says so, but one where there is no such call', () => {
    const begun = () => new Log().add({ type: 'goal_state', goal, by: owner }).begin('Go on');
    expect(reached(begun())).toEqual(['user', 'goal']);
    const call = { tool_call_id: 'c1', tool: 'mcp__quarterdeck__complete_goal', kind: 'other', title: 'x' } as const;
    expect(reached(begun().add({ type: 'tool_activity', phase: 'start', ...call }))).toEqual(['user', 'tool']);
  });
});

describe('a time limit', () => {
  it('warns until it is moved, or the turn is over', () => {
    const log = new Log().begin('one').add({ type: 'limit_warning', limit: 'idle', ends_at: 500 });
    log.add({ type: 'limit_warning', limit: 'total', ends_at: 900 });
    log.add({ type: 'limit_warning', limit: 'idle', ends_at: 600 });
    expect(log.turns[0]?.warnings).toEqual([
      { limit: 'total', endsAt: 900 },
      { limit: 'idle', endsAt: 600 },
    ]);
    log.add({ type: 'limit_extended', limit: 'idle', ends_at: 2_000, by: app });
    expect(log.turns[0]?.warnings).toEqual([{ limit: 'total', endsAt: 900 }]);
    expect(log.turns[0]?.items.filter((item) => item.kind === 'line')).toEqual([]);
    expect(log.end().turns[0]?.warnings).toEqual([]);
  });

  it('leaves a line when a person keeps the turn going', () => {
    const log = new Log().begin('one').add({ type: 'limit_extended', limit: 'idle', ends_at: 2_000, by: owner });
    expect(log.turns[0]?.items.at(-1)).toMatchObject({ line: { type: 'limit_extended', endsAt: 2_000 } });
  });
});

describe('the text of a sub-agent', () => {
  it('names the call behind which it was said', () => {
    const log = new Log().begin('one');
    log.add({ type: 'text', item_id: 't1', text: 'mine', parent_tool_call_id: 'c1' });
    log.add({ type: 'reasoning', item_id: 'r1', text: 'hm' });
    expect(log.turns[0]?.items.slice(1)).toMatchObject([{ parentId: 'c1' }, { parentId: null }]);
  });
});

describe('status', () => {
  it('shows the context as it is after it was summed up', () => {
    const log = new Log().begin('one');
    log.add({ type: 'usage', input_tokens: 5, output_tokens: 1, context_tokens: 180_000, context_window: 200_000 });
    log.add({ type: 'compacted', trigger: 'auto', tokens_before: 180_000, tokens_after: 30_000 });
    expect(log.view.usage).toMatchObject({ context_tokens: 30_000, context_window: 200_000 });
    expect(log.view.compacted).toMatchObject({ trigger: 'auto', before: 180_000, after: 30_000 });
    // The turn keeps what it has used.
    expect(log.turns[0]?.usage?.context_tokens).toBe(180_000);
  });

  it('keeps the windows of each plan as told last', () => {
    const limits = (used_percent: number) => [{ id: 'w', label: 'Week', state: 'ok' as const, used_percent }];
    const provider = 'claude' as ProviderId;
    const log = new Log().add({ type: 'plan_limits', provider, limits: limits(10) });
    log.add({ type: 'plan_limits', provider, limits: limits(20) });
    expect(log.view.planLimits.get(provider)).toEqual(limits(20));
  });

  it('sums what all turns have used, also those that were gone back over', () => {
    const log = new Log().begin('one');
    log.add({ type: 'usage', input_tokens: 10, cached_tokens: 4, output_tokens: 1, cost_usd: 0.5 }).end();
    log.begin('two').add({ type: 'usage', input_tokens: 5, output_tokens: 2 }).end();
    log.add({ type: 'rewound', to_seq: 2, by: owner });
    expect(sumUsage(log.turns)).toEqual({ input: 15, cached: 4, output: 3, cost: 0.5 });
  });

  it('lists the rules of the session until they are taken back; those of the folder are not its own', () => {
    const rule = { tool: 'Bash', match: 'exact' as const, pattern: 'ls', label: 'ls' };
    const log = new Log().begin('one');
    log.add({ type: 'rule_added', rule_id: 'rule_00000001' as RuleId, rule, scope: 'session', by: owner });
    log.add({ type: 'rule_added', rule_id: 'rule_00000002' as RuleId, rule, scope: 'folder', by: owner });
    expect(log.view.rules).toMatchObject([{ ruleId: 'rule_00000001', provider: 'claude' }]);
    log.add({ type: 'rule_removed', rule_id: 'rule_00000001' as RuleId, by: owner });
    expect(log.view.rules).toEqual([]);
    expect(log.turns[0]?.items.at(-1)).toMatchObject({ line: { type: 'rule_removed', rule: { label: 'ls' } } });
  });
});

describe('what stands beside the conversation', () => {
  const edit = (path: string, added = 1): SessionEvent => ({
    type: 'file_edit',
    tool_call_id: 'c1',
    diff: { path, change: 'update', added, removed: 0, hunks: [] },
  });
  const plan = (text: string): SessionEvent => ({ type: 'plan', entries: [{ text, status: 'pending' }] });

  it('keeps every change to a file in the order of the log, also of turns that were gone back over', () => {
    const log = new Log().begin('one').add(edit('/x/a')).add(edit('/x/b')).end();
    log.begin('two').add(edit('/x/a', 2)).end();
    log.add({ type: 'rewound', to_seq: 2, by: owner });
    expect(log.view.changes.map(({ diff }) => [diff.path, diff.added])).toEqual([
      ['/x/a', 1],
      ['/x/b', 1],
      ['/x/a', 2],
    ]);
  });

  it('stays the same object while an answer grows, so that nothing is worked out anew', () => {
    const log = new Log().begin('one').add(edit('/x/a')).add(plan('first'));
    const attached = { type: 'attached', session_id: sessionId, seq: log.events.length, head: '' } as const;
    const before = reduceFrames(log.view, [attached]).view;
    const turn_id = before.runningTurn!;
    const delta = {
      type: 'text_delta',
      session_id: sessionId,
      turn_id,
      item_id: 't1',
      offset: 0,
      text: 'word',
    } as const;
    const after = reduceFrames(before, [delta]).view;
    expect(after.turns.get(turn_id)?.open).toMatchObject([{ text: 'word' }]);
    expect(after.changes).toBe(before.changes);
    expect(after.plan).toBe(before.plan);
    expect(after.usage).toBe(before.usage);
    expect(after.entries).toBe(before.entries);
  });

  it('shows the plan as told last, and after a going back the one that was told before', () => {
    const log = new Log().begin('one').add(plan('first')).end();
    const seq = log.events.length + 1;
    log.begin('two').add(plan('second')).end();
    expect(log.view.plan?.entries[0]?.text).toBe('second');
    log.add({ type: 'rewound', to_seq: seq, by: owner });
    expect(log.view.plan?.entries[0]?.text).toBe('first');
    log.add({ type: 'rewound', to_seq: 2, by: owner });
    expect(log.view.plan).toBeNull();
  });
});
