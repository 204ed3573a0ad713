import { describe, expect, it } from 'vitest';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import { emptyState, type OpenTool, type SessionState } from './state.ts';
import { summarize } from './summary.ts';

const state = (more: Partial<SessionState>): SessionState => ({
  ...emptyState('ses_aaaaaaaa' as SessionId),
  provider: 'demo' as ProviderId,
  ...more,
});
const turn = { turn_id: 'turn_a', started_at: 1_000 } as SessionState['turn'];
const tool = (title: string, started_at: number) => ({ kind: 'edit', title, started_at }) as OpenTool;

describe('the line of a session', () => {
  it('says since when a turn runs and which tool was begun last', () => {
    const running = summarize(state({ turn, openTools: { a: tool('a.ts', 1_100), b: tool('b.ts', 1_200) } }));
    expect(running).toMatchObject({
      running_since: 1_000,
      activity: { kind: 'edit', title: 'b.ts', since: 1_200 },
    });
  });

  it('says nothing of a tool whose turn has ended', () => {
    const idle = summarize(state({ openTools: { a: tool('a.ts', 1_100) } }));
    expect(idle.activity).toBeUndefined();
    expect(idle.running_since).toBeUndefined();
  });

  it('says what a person is asked, the request that waits longest', () => {
    const asked = (kind: string, title: string) => ({ kind, asked: { title } }) as SessionState['approvals'][string];
    const waiting = summarize(
      state({ turn, approvals: { a: asked('execute', 'npm test\n  -- retry'), b: asked('edit', 'b.ts') } }),
    );
    expect(waiting).toMatchObject({ status: 'waiting', asks: { kind: 'execute', title: 'npm test -- retry' } });
    expect(summarize(state({ turn })).asks).toBeUndefined();
  });

  it('says why the last turn failed, until another has ended', () => {
    const lastProblem = { code: 'provider_rate_limited', message: `Used up${' and more'.repeat(60)}` } as const;
    const failed = summarize(state({ lastTurn: 'failed', lastProblem }));
    expect(failed.failure?.message).toMatch(/^Used up/);
    expect(failed.failure?.message.length).toBeLessThanOrEqual(200);
    expect(summarize(state({ lastTurn: 'completed', lastProblem })).failure).toBeUndefined();
  });

  it('names the session that a branch comes from', () => {
    const source = 'ses_bbbbbbbb' as SessionId;
    expect(summarize(state({ origin: { kind: 'fork', session_id: source, seq: 4 } })).forked_from).toBe(source);
    expect(summarize(state({})).forked_from).toBeUndefined();
  });
});
