import { describe, expect, it } from 'vitest';
import type { ProviderInfo } from '../../../main/protocol/values.ts';
import type { SessionSummary } from '../../../main/protocol/views.ts';
import { attentionOf, pendingOf } from './attention.ts';

const session = (session_id: string, more: Partial<SessionSummary>) =>
  ({
    ...{
      session_id,
      status: 'idle',
      seq: 5,
      archived: false,
      provider: 'claude',
      pending_approvals: [],
      updated_at: 1,
    },
    ...more,
  }) as SessionSummary;
const provider = (id: string, state: ProviderInfo['state']) => ({ id, state }) as ProviderInfo;
const seen = { seen: {}, marked: new Set<never>() };

describe('what needs a look', () => {
  it('is a turn that ended badly, until it was seen, and a goal that is stuck', () => {
    const sessions = [
      session('a', { status: 'failed', updated_at: 1 }),
      session('b', { status: 'interrupted', updated_at: 2 }),
      session('c', {
        goal: { goal_id: 'g', objective: 'x', status: 'blocked', reason: 'no key' } as never,
        updated_at: 3,
      }),
      session('d', { status: 'failed', archived: true }),
      session('e', {}),
    ];
    expect(attentionOf(sessions, [], seen).map((one) => one.kind)).toEqual(['goal_blocked', 'interrupted', 'failed']);
    const looked = { seen: { a: 5, b: 4 } as never, marked: new Set<never>() };
    expect(attentionOf(sessions, [], looked).map((one) => one.kind)).toEqual(['goal_blocked', 'interrupted']);
  });

  it('is an agent that cannot be used, where sessions need it', () => {
    const providers = [provider('claude', 'not_signed_in'), provider('codex', 'broken'), provider('demo', 'ready')];
    expect(attentionOf([session('a', {}), session('b', {})], providers, seen)).toEqual([
      { kind: 'provider', provider: providers[0], sessions: 2 },
    ]);
  });
});

describe('requests that wait', () => {
  it('are those of sessions that were not put away', () => {
    const sessions = [
      session('a', { pending_approvals: ['1', '2'] as never }),
      session('b', { pending_approvals: ['3'] as never, archived: true }),
    ];
    expect(pendingOf(sessions)).toEqual(['1', '2']);
  });
});
