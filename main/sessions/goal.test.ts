import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoalWorld } from './goal-world-test-support.ts';

const set = (objective = 'Ship it', limits?: object) => ({ type: 'set_goal', objective, limits });
const change = (action: string, limits?: object) => ({ type: 'change_goal', action, limits });
const abort = { type: 'abort' };

/** A world with a goal whose first turn runs. */
function pursuing(limits?: object): GoalWorld {
  const world = new GoalWorld();
  expect(world.ask(set('Ship it', limits))).toBeNull();
  return world;
}

describe('a goal', () => {
  it('begins at once with a turn that states the objective and the rules', () => {
    const world = pursuing();
    const [message] = world.ownTurns();
    expect(world.state.turn?.turn_id).toBe(message?.turn_id);
    expect(message).toMatchObject({ by: { kind: 'goal', id: world.goal.goal_id } });
    expect(message?.type === 'user_message' && message.text).toMatch(/turn 1 of 12[\s\S]*Ship it[\s\S]*complete_goal/);
    expect(world.goal).toMatchObject({ status: 'active', spent: { turns: 1 }, limits: { turns: 12 } });
  });

  it('goes on by itself, tells the agent what is done, and ends complete with summary and evidence', () => {
    const world = pursuing();
    for (let step = 1; step <= 5; step += 1) {
      world.report({ kind: 'progress', text: `step ${step}`, evidence: `log ${step}`, fraction: step / 5 });
      if (step < 5) world.endTurn();
    }
    const last = world.ownTurns().at(-1);
    expect(last?.type === 'user_message' && last.text).toMatch(/turn 5 of 12[\s\S]*step 4 \(log 4\)/);
    world.report({ kind: 'complete', summary: 'All five done', evidence: 'tests green' });
    world.endTurn();
    expect(world.state.turn).toBeNull();
    expect(world.goal).toMatchObject({
      status: 'complete',
      reason: 'All five done',
      fraction: 1,
      spent: { turns: 5, ms: 5000 },
    });
    expect(world.goal.progress.at(-1)).toMatchObject({ text: 'All five done', evidence: 'tests green' });
    expect(world.goal.ended_at).toBeTypeOf('number');
  });

  it('ends blocked with the reason the agent gives, and can be set going again', () => {
    const world = pursuing();
    world.report({ kind: 'blocked', reason: 'The key of the server is missing' });
    world.endTurn();
    expect(world.goal).toMatchObject({ status: 'blocked', reason: 'The key of the server is missing' });
    expect(world.state.turn).toBeNull();
    expect(world.ask(change('resume'))).toBeNull();
    expect(world.goal).toMatchObject({ status: 'active', spent: { turns: 2 } });
    expect(world.goal).not.toHaveProperty('reason');
    expect(world.goal).not.toHaveProperty('ended_at');
  });

  it("takes the agent's last words as the reason where its CLI gives none", () => {
    const world = pursuing();
    world.report({ kind: 'blocked' });
    world.text('I cannot reach the database.');
    world.endTurn();
    expect(world.goal).toMatchObject({ status: 'blocked', reason: 'I cannot reach the database.' });
  });

  it.each([
    ['Done.\n\nGOAL COMPLETE: all tests pass', 'complete', 'all tests pass'],
    ['**GOAL BLOCKED: no network**', 'blocked', 'no network'],
  ])('hears an agent without tools: %j', (words, status, reason) => {
    const world = pursuing();
    world.text(words);
    world.endTurn();
    expect(world.goal).toMatchObject({ status, reason });
  });

  it('does not take a mention of the words in the middle of an answer for its end', () => {
    const world = pursuing();
    world.text('I will end with "GOAL COMPLETE: …" later.\nFor now I go on.');
    world.act();
    world.endTurn();
    expect(world.goal.status).toBe('active');
  });

  it('does not hear what a sub-agent says to the agent', () => {
    const world = pursuing();
    world.act();
    world.say({ type: 'text', item_id: 's', text: 'GOAL COMPLETE: my part', parent_tool_call_id: 't1' });
    world.endTurn();
    expect(world.goal.status).toBe('active');
  });

  it('ends out of budget at its number of turns, and goes on when the limit is raised', () => {
    const world = pursuing({ turns: 3 });
    for (let turn = 0; turn < 5; turn += 1) {
      world.act();
      world.endTurn();
    }
    expect(world.ownTurns()).toHaveLength(3);
    expect(world.goal).toMatchObject({ status: 'out_of_budget', reason: 'All 3 turns of the limit were used.' });
    expect(world.ask(change('resume'))).toBe('goal_conflict');
    expect(world.ask(change('resume', { turns: 4 }))).toBeNull();
    expect(world.goal).toMatchObject({ status: 'active', spent: { turns: 4 } });
  });

  it.each([
    [{ minutes: 1 }, (world: GoalWorld) => world.endTurn('completed', 60_000), /1 minutes/],
    [
      { cost_usd: 0.5 },
      (world: GoalWorld) => {
        world.usage(0.6);
        world.endTurn();
      },
      /\$0\.50 was reached \(\$0\.60 spent\)/,
    ],
  ])('ends out of budget at %j', (limits, spend, reason) => {
    const world = pursuing(limits);
    world.act();
    spend(world);
    expect(world.goal.status).toBe('out_of_budget');
    expect(world.goal.reason).toMatch(reason);
    expect(world.state.turn).toBeNull();
  });

  it('stops a running turn at a limit, and nothing follows', () => {
    const world = pursuing();
    world.limitInTurn('Time is up.');
    expect(world.state.turn?.abortRequested).toBe(true);
    world.endTurn('aborted');
    expect(world.goal).toMatchObject({ status: 'out_of_budget', reason: 'Time is up.' });
    expect(world.ownTurns()).toHaveLength(1);
  });

  it('counts what its turns cost', () => {
    const world = pursuing();
    world.usage(0.25);
    world.usage(0.25);
    world.endTurn();
    expect(world.goal.spent).toEqual({ turns: 2, ms: 1000, cost_usd: 0.5, input_tokens: 20, output_tokens: 10 });
  });

  it('is paused when the person stops its turn, in the same breath, and does not start another', () => {
    const world = pursuing();
    world.ask(abort);
    expect(world.goal).toMatchObject({ status: 'paused', reason: 'Stopped by you.' });
    world.endTurn('aborted');
    expect(world.state.turn).toBeNull();
    expect(world.ask(change('resume'))).toBeNull();
    expect(world.ownTurns()).toHaveLength(2);
  });

  it('goes on when it is resumed while the stopped turn still ends', () => {
    const world = pursuing();
    world.ask(abort);
    world.ask(change('resume'));
    world.endTurn('aborted');
    expect(world.ownTurns()).toHaveLength(2);
  });

  it('is paused when its CLI ends a turn as stopped that nobody stopped', () => {
    const world = pursuing();
    world.endTurn('aborted');
    expect(world.goal).toMatchObject({ status: 'paused', reason: 'The turn was stopped.' });
    expect(world.ownTurns()).toHaveLength(1);
  });

  it('is paused with the reason when a turn fails', () => {
    const world = pursuing();
    world.act();
    world.endTurn('failed');
    expect(world.goal).toMatchObject({ status: 'paused', reason: 'The model is gone.' });
    expect(world.state.turn).toBeNull();
  });

  it('ends blocked after two turns in a row without a deed or a report, and not before', () => {
    const world = pursuing();
    world.endTurn();
    world.act();
    world.endTurn();
    world.endTurn();
    expect(world.goal.status).toBe('active');
    world.endTurn();
    expect(world.goal.status).toBe('blocked');
    expect(world.goal.reason).toMatch(/No progress/);
    expect(world.ownTurns()).toHaveLength(4);
  });

  it('lets messages that wait go first', () => {
    const world = pursuing();
    world.ask({ type: 'message', text: 'And the docs, please.' });
    world.act();
    world.endTurn();
    expect(world.state.pursuit.turn?.own).toBe(false);
    expect(world.goal.spent.turns).toBe(1);
    world.endTurn();
    expect(world.state.pursuit.turn?.own).toBe(true);
    expect(world.goal.spent.turns).toBe(2);
  });

  it('that is set while a turn runs begins after it', () => {
    const world = new GoalWorld();
    world.ask({ type: 'message', text: 'Hello' });
    world.ask(set());
    expect(world.ownTurns()).toHaveLength(0);
    world.endTurn();
    expect(world.ownTurns()).toHaveLength(1);
  });

  it('is cancelled by clear, which stops its turn and stays in the log; a second clear takes it out of view', () => {
    const world = pursuing();
    world.ask(change('clear'));
    expect(world.goal).toMatchObject({ status: 'cancelled', reason: 'Cleared by you.' });
    world.endTurn('aborted');
    expect(world.state.turn).toBeNull();
    world.ask(change('clear'));
    expect(world.state.goal).toBeNull();
  });

  it('is left paused, with all that was reported, by an app that is killed', () => {
    const world = pursuing();
    world.report({ kind: 'progress', text: 'half' });
    world.restart();
    expect(world.goal).toMatchObject({
      status: 'paused',
      spent: { turns: 1, ms: 60_000 },
      progress: [{ text: 'half' }],
    });
    expect(world.goal.reason).toMatch(/Quarterdeck ended/);
    world.ask(change('resume'));
    expect(world.goal).toMatchObject({ status: 'active', spent: { turns: 2 } });
  });

  it('keeps the last fifty reports, cut to what the log takes', () => {
    const world = pursuing();
    for (let n = 1; n <= 60; n += 1) {
      world.report({ kind: 'progress', text: `${n} ${'x'.repeat(3000)}` });
      if (n % 10 === 0) world.endTurn();
    }
    expect(world.goal.progress).toHaveLength(50);
    expect(world.goal.progress[0]?.text).toMatch(/^11 /);
    expect(world.goal.progress.at(-1)?.text).toHaveLength(2000);
  });

  it('stays small enough to stand in the log with every report: old evidence is cut first, then old words', () => {
    const world = pursuing({ turns: null });
    const report = { kind: 'progress', text: 't'.repeat(600), evidence: 'e'.repeat(4000) } as const;
    for (let n = 1; n <= 50; n += 1) {
      world.report(report);
      world.endTurn();
      const { progress } = world.goal;
      const chars = progress.reduce((sum, { text, evidence = '' }) => sum + text.length + evidence.length, 0);
      expect(chars).toBeLessThanOrEqual(40_000);
      expect(progress.at(-1)).toMatchObject({ text: report.text, evidence: report.evidence });
      if (n === 10) expect(progress.map(({ text }) => text.length)).toEqual(Array(10).fill(600));
      if (n === 10) expect(progress[0]?.evidence).toHaveLength(200);
    }
    expect(world.goal.progress).toHaveLength(50);
  });

  it('takes thirty reports a turn, then refuses more in words, and hears its end all the same', () => {
    const world = pursuing();
    const report = () => world.report({ kind: 'progress', text: 'a step' });
    for (let turn = 0; turn < 2; turn += 1) {
      expect(Array.from({ length: 35 }, report).filter(Boolean)).toHaveLength(30);
      if (turn === 0) world.endTurn();
    }
    // What is left of its process after Stop gets no further.
    world.ask(abort);
    world.endTurn('aborted');
    expect(world.state.turn).toBeNull();
    expect(report()).toBe(false);
    expect(world.ask(change('resume'))).toBeNull();
    for (let n = 0; n < 40; n += 1) report();
    expect(world.report({ kind: 'complete', summary: 'done', evidence: 'seen' })).toBe(true);
    expect(world.goal.status).toBe('complete');
  });

  it('refuses what does not fit, in words', () => {
    const world = new GoalWorld();
    expect(world.ask(change('pause'))).toBe('goal_conflict');
    expect(world.ask(set())).toBeNull();
    expect(world.ask(set('another'))).toBe('goal_conflict');
    expect(world.report({ kind: 'complete', summary: 's', evidence: 'e' })).toBe(true);
    expect(world.report({ kind: 'progress', text: 'late' })).toBe(false);
    expect(world.ask(change('pause'))).toBe('goal_conflict');
    expect(world.ask(change('resume'))).toBe('goal_conflict');
    const unable = new GoalWorld();
    unable.possible = false;
    expect(unable.ask(set())).toBe('goal_conflict');
  });

  it('cannot be set going by one who may not answer approvals where the agent acts without asking', () => {
    const world = new GoalWorld('full');
    world.ask(set());
    world.ask(change('pause'));
    world.endTurn('aborted');
    world.mayApprove = false;
    expect(world.ask(change('resume'))).toBe('forbidden');
    expect(world.ask({ type: 'message', text: '/goal resume' })).toBe('forbidden');
    expect(world.ask({ ...change('limits'), limits: { turns: 500 } })).toBe('forbidden');
    expect(world.ask(change('clear'))).toBeNull();
    expect(world.ask(set())).toBe('forbidden');
  });

  it('is given no more by one who may not answer approvals than the owner gave it, but may be given less', () => {
    const world = new GoalWorld();
    world.limits = { turns: 3, minutes: null, cost_usd: 1 };
    world.mayApprove = false;
    for (const wider of [{ turns: null }, { turns: 4 }, { cost_usd: null }, { turns: 1, cost_usd: 2 }]) {
      expect(world.ask(set('Ship it', wider))).toBe('forbidden');
    }
    expect(world.ask(set('Ship it', { turns: 2, minutes: 10 }))).toBeNull();
    expect(world.goal.limits).toEqual({ turns: 2, minutes: 10, cost_usd: 1 });
    world.ask(change('pause'));
    world.endTurn('aborted');
    for (const wider of [{ turns: 3 }, { minutes: null }, { cost_usd: 1.5 }]) {
      expect(world.ask(change('limits', wider))).toBe('forbidden');
      expect(world.ask(change('resume', wider))).toBe('forbidden');
    }
    expect(world.ask(change('limits', { minutes: 5 }))).toBeNull();
    expect(world.goal.limits).toEqual({ turns: 2, minutes: 5, cost_usd: 1 });
    world.mayApprove = true;
    expect(world.ask(change('limits', { turns: null, minutes: 60 }))).toBeNull();
    expect(world.goal.limits).toEqual({ turns: null, minutes: 60, cost_usd: 1 });
  });
});

describe('/goal in a message', () => {
  it('sets, pauses, resumes and clears, through every door', () => {
    const world = new GoalWorld();
    const say = (text: string) => world.ask({ type: 'message', text });
    expect(say('/goal  Make it\nfast ')).toBeNull();
    expect(world.goal).toMatchObject({ objective: 'Make it\nfast', status: 'active' });
    expect(say('/goal pause')).toBeNull();
    world.endTurn('aborted');
    expect(world.goal.status).toBe('paused');
    expect(say('/goal resume')).toBeNull();
    expect(world.goal.status).toBe('active');
    expect(say('/goal clear')).toBeNull();
    expect(world.goal.status).toBe('cancelled');
  });

  it('says how the goal stands when nothing follows it, and leaves other commands to the CLI', () => {
    const world = new GoalWorld();
    expect(world.ask({ type: 'message', text: '/goal' })).toBe('goal_conflict');
    expect(world.ask({ type: 'message', text: `/goal ${'x'.repeat(4001)}` })).toBe('goal_conflict');
    expect(world.ask({ type: 'message', text: '/goals and dreams' })).toBeNull();
    expect(world.state.goal).toBeNull();
  });
});

describe('any interleaving of people, agents and crashes', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant((world: GoalWorld) => world.endTurn()) },
    ...[
      (world: GoalWorld) => world.endTurn('failed'),
      (world: GoalWorld) => world.endTurn('aborted'),
      (world: GoalWorld) => world.act(),
      (world: GoalWorld) => world.usage(0.2),
      (world: GoalWorld) => world.text('GOAL BLOCKED: because'),
      (world: GoalWorld) => void world.report({ kind: 'progress', text: 'a step' }),
      (world: GoalWorld) => void world.report({ kind: 'complete', summary: 'done', evidence: 'seen' }),
      (world: GoalWorld) => void world.report({ kind: 'blocked', reason: 'stuck' }),
      (world: GoalWorld) => void world.ask({ type: 'message', text: 'hello' }),
      (world: GoalWorld) => void world.ask(set()),
      (world: GoalWorld) => void world.ask(change('pause')),
      (world: GoalWorld) => void world.ask(change('clear')),
      (world: GoalWorld) => void world.ask(abort),
      (world: GoalWorld) => world.limitInTurn('over'),
      (world: GoalWorld) => world.restart(),
    ].map((one) => ({ weight: 1, arbitrary: fc.constant(one) })),
    { weight: 1, arbitrary: fc.constant((world: GoalWorld) => void world.ask(change('resume'))) },
  );
  const goalsOf = (world: GoalWorld) => {
    const ids = new Map<string, string[]>();
    for (const event of world.log) {
      if (event.type !== 'goal_state' || !event.goal) continue;
      const { goal_id, status } = event.goal;
      const states = ids.get(goal_id) ?? [];
      if (states.at(-1) !== status) states.push(status);
      ids.set(goal_id, states);
    }
    return ids;
  };

  it('never takes more turns than the limit, has exactly one end between two resumes, and always a reason', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 80 }), (turns, steps) => {
        const world = new GoalWorld();
        world.limits = { turns, minutes: null, cost_usd: 1 };
        for (const one of steps) {
          one(world);
          // Active means that a turn runs: a goal that says it goes on, and does not, would wait for ever.
          if (world.state.goal?.status === 'active') expect(world.state.turn).not.toBeNull();
          const { goal, turn } = world.state;
          if (goal && !turn && goal.status !== 'active') expect(goal.reason).toBeTruthy();
        }
        for (const [goal_id, states] of goalsOf(world)) {
          const own = world.ownTurns().filter((event) => event.type === 'user_message' && event.by.id === goal_id);
          expect(own.length).toBeLessThanOrEqual(turns);
          states.forEach((status, at) => {
            const before = states[at - 1];
            // Complete and cancelled are for good; the others are left by a resume only.
            if (before === 'complete' || before === 'cancelled') throw new Error(`${before} -> ${status}`);
            if (before === 'blocked' || before === 'out_of_budget') expect(status).toBe('active');
          });
        }
      }),
      { numRuns: 400 },
    );
  });

  it('starts no turn of a goal after Stop until a person sets one going', () => {
    const quiet = fc.array(step, { maxLength: 30 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), quiet, (before, after) => {
        const world = new GoalWorld();
        for (const one of before) one(world);
        if (world.ask(abort) !== null) return;
        const ask = world.ask.bind(world);
        world.ask = (command) => (command.type === 'set_goal' || command.action === 'resume' ? null : ask(command));
        const own = world.ownTurns().length;
        for (const one of after) one(world);
        expect(world.ownTurns()).toHaveLength(own);
      }),
      { numRuns: 400 },
    );
  });
});
