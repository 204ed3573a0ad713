import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatScenario } from '../model-server/format-scenario.ts';
import { call, say, slowly } from '../steps/script.ts';
import { type AppPlace, startAppPlace } from './app-place.ts';
import { claude, codex } from './dialects.ts';
import type { DrivenApp } from './driven-app.ts';

let place: AppPlace;
let folder: string;
let app: DrivenApp;

/** Claude Code gets as far as half; Codex ends it. What each model does follows from the turn and from the door it comes by. */
const scripts = new Proxy<Record<string, string>>(
  {},
  {
    get(_none, prompt) {
      const turn = [...String(prompt).matchAll(/\(turn (\d+)/g)].at(-1)?.[1];
      const half = { text: 'The first half', evidence: 'half.txt' };
      if (turn === '1')
        return formatScenario({ steps: [[call('mcp__quarterdeck__report_progress', half)], [say('Half.')]] });
      if (turn === '2') return formatScenario({ steps: [[slowly(5000, 20)]] });
      if (turn !== '3') return undefined;
      const whole = { summary: 'Both halves', evidence: 'whole.txt' };
      return formatScenario({ steps: [[call('mcp__quarterdeck.complete_goal', whole)], [say('Whole.')]] });
    },
  },
);

beforeAll(async () => {
  place = await startAppPlace('goal-change', [claude, codex], { scripts });
  ({ folder, app } = place);
}, 600_000);

afterAll(() => place?.end(), 60_000);

describe('a goal and another agent', { timeout: 90_000 }, () => {
  it('goes on with its objective, its reports and its budget', async () => {
    const session = await app.session({ cwd: folder, provider: 'claude' });
    await session.ask({ type: 'set_goal', objective: 'Make it whole.' });
    const second = await session.next('user_message', (event) => event.text.includes('(turn 2 of 12)'));
    await session.delta(second.turn_id!, 'word');
    await session.ask({ type: 'change_goal', action: 'pause' });
    await session.ended(second.turn_id!);
    await session.ask({ type: 'set_provider', provider: 'codex' });
    await session.ask({ type: 'change_goal', action: 'resume' });
    const { goal } = await session.next('goal_state', (event) => event.goal?.status === 'complete');
    expect(goal).toMatchObject({ objective: 'Make it whole.', reason: 'Both halves', spent: { turns: 3 } });
    expect(goal?.progress.map(({ text }) => text)).toEqual(['The first half', 'Both halves']);
    const starts = session.events.flatMap((event) => (event.type === 'turn_started' ? [event.provider] : []));
    expect(starts).toEqual(['claude', 'claude', 'codex']);
    const third = await session.next('user_message', (event) => event.text.includes('(turn 3 of 12)'));
    expect(third.text).toContain('The first half (half.txt)');
    await session.ended(third.turn_id!);
  });
});
