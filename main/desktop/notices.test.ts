import { describe, expect, it } from 'vitest';
import { createManualClock } from '../base/clock.ts';
import type { ApprovalId, SessionId, TurnId } from '../protocol/ids.ts';
import type { AskedRecord } from '../protocol/notice-text.ts';
import { noticeWords } from '../protocol/notice-words.ts';
import { defaultNotices, type Sight } from '../protocol/notices.ts';
import type { SessionSummary } from '../protocol/views.ts';
import { createNotices, type NoticeParts, type ShownNotice } from './notices.ts';
import { createTestScreen } from './notices-test-support.ts';

const session_id = 'ses_a' as SessionId;
const idle = {
  ...{ session_id, title: 'Fix it', cwd: '/work/atlas', status: 'idle', turn_id: null, pending_approvals: [] },
  ...{ queue: [], archived: false, seq: 1 },
} as unknown as SessionSummary;
const running = { ...idle, status: 'running', turn_id: 'turn_1' as TurnId, running_since: 0 } as SessionSummary;
const asks = (...ids: string[]): SessionSummary => ({
  ...running,
  status: 'waiting',
  pending_approvals: ids as ApprovalId[],
});
const record = (approval_id: string, command = 'npm test') =>
  ({
    ...{ approval_id, session_id, kind: 'execute', command, status: 'pending', waits: true },
    rule: { tool: 'Bash', match: 'exact', pattern: command, label: '' },
  }) as unknown as AskedRecord;
const settled = () => new Promise((resolve) => setImmediate(resolve));

function desk(change: Partial<NoticeParts> & { actions?: boolean; supported?: boolean; command?: string } = {}) {
  const clock = createManualClock(0);
  const did: string[] = [];
  const sight: { -readonly [K in keyof Sight]: Sight[K] } = { focused: false, session_id: null, inbox: false };
  const { actions = true, supported = true, command, ...parts } = change;
  const { system, shown } = createTestScreen({ actions, supported });
  const notices = createNotices([idle], {
    system,
    clock,
    settings: () => defaultNotices,
    words: () => noticeWords.en,
    sight: () => sight,
    locked: () => false,
    redact: (text) => text,
    request: async (id) => record(id, command),
    answer: async ({ approval_id }, decision) => did.push(`${decision} ${approval_id}`) > 0,
    open: (session, approval) => did.push(`open ${session} ${approval ?? '-'}`),
    ...parts,
  });
  return { clock, shown, did, sight, notices };
}

describe('a request that waits', () => {
  it('is told once, and taken away when it was answered elsewhere', async () => {
    const { shown, notices } = desk();
    for (const state of [running, asks('apr_1'), asks('apr_1')]) notices.changed(state);
    await settled();
    expect(shown).toMatchObject([{ title: 'An agent asks to run a command', up: true }]);
    notices.changed(running);
    expect(shown).toMatchObject([{ up: false }]);
  });

  it('that was answered while it was looked up is never shown', async () => {
    const { shown, notices } = desk();
    for (const state of [running, asks('apr_1'), running]) notices.changed(state);
    await settled();
    expect(shown).toEqual([]);
  });

  it('is not told to a person who sees it, and taken away when they come to see it', async () => {
    const { shown, sight, notices } = desk();
    Object.assign(sight, { focused: true, session_id });
    notices.changed(asks('apr_1'));
    await settled();
    expect(shown).toEqual([]);
    sight.session_id = null;
    notices.changed(running);
    notices.changed(asks('apr_2'));
    await settled();
    notices.looked();
    expect(shown).toMatchObject([{ up: true }]);
    sight.inbox = true;
    notices.looked();
    expect(shown).toMatchObject([{ up: false }]);
  });

  it('leads to its session and itself at a click', async () => {
    const { shown, did, notices } = desk();
    notices.changed(asks('apr_1'));
    await settled();
    shown[0]?.clicked();
    expect(did).toEqual(['open ses_a apr_1']);
    expect(shown[0]?.up).toBe(false);
  });
});

describe('answering in a notification', () => {
  /** What comes of the first button of the first request, pressed so many milliseconds after it was shown. */
  async function pressed(after: number, change: Parameters<typeof desk>[0] = {}) {
    const { clock, shown, did, notices } = desk(change);
    notices.changed(asks('apr_1'));
    await settled();
    clock.advance(after);
    shown[0]?.actions[0]?.does();
    await settled();
    return did;
  }
  const labels = (one: ShownNotice | undefined) => one?.actions.map((action) => action.label);

  it('allows a plain command once, or refuses it, half a second after it was shown', async () => {
    const { clock, shown, did, notices } = desk();
    notices.changed(asks('apr_1'));
    await settled();
    clock.advance(500);
    expect(labels(shown[0])).toEqual(['Allow Once', 'Deny']);
    shown[0]?.actions[0]?.does();
    await settled();
    notices.changed(running);
    notices.changed(asks('apr_2'));
    await settled();
    clock.advance(500);
    shown[1]?.actions[1]?.does();
    await settled();
    expect(did).toEqual(['allow_once apr_1', 'deny apr_2']);
  });

  it('sooner than anybody can have read it, only leads there', async () => {
    expect(await pressed(499)).toEqual(['open ses_a apr_1']);
  });

  it('offers no consent to what needs a look, and no buttons where the system has none', async () => {
    const careful = desk({ command: 'rm -rf build' });
    careful.notices.changed(asks('apr_1'));
    const without = desk({ actions: false });
    without.notices.changed(asks('apr_1'));
    const unknown = desk({ request: () => Promise.reject(new Error('gone')) });
    unknown.notices.changed(asks('apr_1'));
    await settled();
    expect([careful, without, unknown].map(({ shown }) => labels(shown[0]))).toEqual([['Deny'], [], []]);
  });

  it('does nothing but lead there while the screen is locked', async () => {
    expect(await pressed(1_000, { locked: () => true })).toEqual(['open ses_a apr_1']);
  });

  it('leads there when the answer was refused', async () => {
    expect(await pressed(1_000, { answer: async () => false })).toEqual(['open ses_a apr_1']);
  });
});

it('a long turn that ended is told, a short one is not', async () => {
  const { clock, shown, notices } = desk();
  notices.changed(running);
  clock.advance(59_000);
  notices.changed({ ...idle, last_turn: 'completed' });
  notices.changed({ ...running, running_since: 59_000 });
  clock.advance(60_000);
  notices.changed({ ...idle, last_turn: 'completed' });
  await settled();
  expect(shown).toMatchObject([{ title: 'An agent has finished', body: '“Fix it” · atlas\nWorked for a minute.' }]);
});

it('nothing is shown where the system has no notifications; all is taken away at the end', async () => {
  const none = desk({ supported: false });
  none.notices.changed(asks('apr_1'));
  const { shown, notices } = desk();
  notices.changed(asks('apr_1'));
  await settled();
  notices.close();
  expect([none.shown.length, shown[0]?.up]).toEqual([0, false]);
});
