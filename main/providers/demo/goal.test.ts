import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Goal } from '../../protocol/values.ts';
import { newGoal, withReport } from '../../sessions/goal.ts';
import { goalPrompt } from '../../sessions/goal-text.ts';
import { readGoalPrompt } from './goal.ts';
import { type Bench, createBench } from './guide-test-support.ts';
import { guideWords } from './words/index.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.dispose());

const goalOf = (objective: string): Goal => {
  const limits = { turns: 12, minutes: null, cost_usd: null };
  const goal = newGoal({ goal_id: 'goal_00000000', objective, limits, now: 1 });
  return { ...goal, spent: { ...goal.spent, turns: 1 } };
};

describe('the built-in guide and a goal', () => {
  it('does one line of it in each turn, reports it, and says when it is reached', async () => {
    let goal = goalOf('1. write a.txt: one\n\n2. write b.txt: two');
    await bench.turn(goalPrompt(goal, false));
    expect(await readFile(join(bench.folder, 'a.txt'), 'utf8')).toBe('one\n');
    expect(existsSync(join(bench.folder, 'b.txt'))).toBe(false);
    const [first] = bench.of('goal');
    expect(first).toEqual({ type: 'goal', status: 'active', progress: { text: 'Step 1 of 2: write a.txt: one' } });
    goal = withReport(goal, { kind: 'progress', text: first!.progress!.text }, 2);
    const events = await bench.turn(goalPrompt(goal, false));
    expect(await readFile(join(bench.folder, 'b.txt'), 'utf8')).toBe('two\n');
    expect(bench.of('goal', events).at(-1)).toMatchObject({ status: 'complete', reason: 'All 2 steps are done.' });
  });

  it.each(Object.entries(guideWords))('knows in %s what it has reported', (_language, words) => {
    let goal = goalOf('write a.txt: one\nwrite b.txt: two\nwrite c.txt: three');
    for (const step of [1, 2])
      goal = withReport(goal, { kind: 'progress', text: `${words.goalStep(step, 3)}: write` }, step);
    expect(readGoalPrompt(goalPrompt(goal, false))?.done).toBe(2);
  });

  it('is blocked by a line it does not understand, and by a no', async () => {
    await bench.turn(goalPrompt(goalOf('make everything better'), false));
    expect(bench.of('goal').at(-1)).toMatchObject({
      status: 'blocked',
      reason: expect.stringContaining('Step 1 of 1'),
    });
    const events = await bench.turn(goalPrompt(goalOf('write a.txt: one'), false), { decision: 'deny' });
    expect(bench.of('goal', events)).toMatchObject([
      { status: 'blocked', reason: expect.stringContaining('not allowed') },
    ]);
  });

  it('does not take the words of a person for a goal', () => {
    expect(readGoalPrompt('Goal of this session: none')).toBeNull();
  });
});
