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

  it('names the session that a branch comes from', () => {
    const source = 'ses_bbbbbbbb' as SessionId;
    expect(summarize(state({ origin: { kind: 'fork', session_id: source, seq: 4 } })).forked_from).toBe(source);
    expect(summarize(state({})).forked_from).toBeUndefined();
  });
});
