import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DurableEvent } from '../../main/protocol/events.ts';
import type { Goal } from '../../main/protocol/values.ts';
import { formatScenario } from '../model-server/format-scenario.ts';
import type { Directive, JsonObject } from '../model-server/scenario.ts';
import type { ModelServer } from '../model-server/server.ts';
import { call, results, say, script, slowly, until } from '../steps/script.ts';
import { commandOf } from '../tools/process-tree.ts';
import { type AppPlace, startAppPlace } from './app-place.ts';
import type { Dialect } from './dialects.ts';
import type { DrivenApp, DrivenSession } from './driven-app.ts';

/** How the CLI names a tool of the app's own server to its model. */
type ToolName = (tool: 'report_progress' | 'complete_goal' | 'block_goal') => string;

/** How the model ends a goal of the CLI's own. */
interface NativeGoal {
  /** What the CLI tells its model the goal is. */
  look: Directive;
  complete: Directive;
}

/** A goal and its end: what every agent has to get through in the app, with its real program and a scripted model. No person answers anything. */
export function describeGoals(dialect: Dialect, toolName: ToolName, native?: NativeGoal): void {
  const report = (tool: Parameters<ToolName>[0], input: JsonObject) => call(toolName(tool), input);
  /** objective -> what the model makes of the n-th turn of it. */
  const plans = new Map<string, (turn: number) => Directive[][]>();
  let place: AppPlace;
  let root: string;
  let folder: string;
  let model: ModelServer;
  let app: DrivenApp;
  let objectives = 0;

  /** The prompt of a goal's turn names the turn and the objective. */
  const scripts = new Proxy<Record<string, string>>(
    {},
    {
      get(_none, prompt) {
        // An agent that was told what happened before has the turns before in its prompt too.
        const turn = [...String(prompt).matchAll(/\(turn (\d+)/g)].at(-1)?.[1];
        const plan = [...plans].find(([objective]) => String(prompt).includes(objective))?.[1];
        return turn && plan ? formatScenario({ steps: plan(Number(turn)) }) : undefined;
      },
    },
  );

  async function pursue(
    plan: (turn: number) => Directive[][],
    limits?: object,
    before?: string,
  ): Promise<DrivenSession> {
    const objective = `Reach the end of plan ${++objectives}.`;
    plans.set(objective, plan);
    const session = await app.session({ cwd: folder, provider: dialect.provider, model: dialect.model });
    if (before !== undefined) await session.turn(before);
    await session.ask({ type: 'set_goal', objective, limits });
    return session;
  }

  const goalWhen = async (session: DrivenSession, status: Goal['status']): Promise<Goal> => {
    const { goal } = await session.next('goal_state', (event) => event.goal?.status === status);
    if (!goal) throw new Error('unreachable');
    return goal;
  };
  const isOwn = (event: DurableEvent) => event.type === 'user_message' && event.by.kind === 'goal';
  const ownTurns = (session: DrivenSession) => session.events.filter(isOwn);
  /** Everything a turn leaves is in the commit of its end. */
  const settled = (session: DrivenSession) => session.ended(ownTurns(session).at(-1)!.turn_id!);
  const lastGoal = (session: DrivenSession): Goal => {
    const last = session.events.findLast((event) => event.type === 'goal_state');
    if (last?.type !== 'goal_state' || !last.goal) throw new Error('no goal');
    return last.goal;
  };
  /** Says something after the goal has stopped; had it begun a turn by itself, that would stand before this one or right behind it. */
  const staysQuiet = async (session: DrivenSession) => {
    const turns = ownTurns(session).length;
    const end = await session.turn(script('How is it going?', [say('It waits.')]));
    expect(end.status).toBe('completed');
    const after = await session.turn(script('And now?', [say('It still waits.')]));
    expect(after.status).toBe('completed');
    expect(ownTurns(session)).toHaveLength(turns);
  };

  beforeAll(async () => {
    place = await startAppPlace(`goal-${dialect.name}`, [dialect], { scripts });
    ({ root, folder, model, app } = place);
  }, 600_000);

  afterAll(() => place?.end(), 60_000);

  describe(`a goal, pursued by ${dialect.name}`, { timeout: 90_000 }, () => {
    it('of five steps is completed without a person, with the evidence of each step', async () => {
      const session = await pursue((turn) =>
        turn < 5
          ? [
              [report('report_progress', { text: `Step ${turn}`, evidence: `proof ${turn}`, fraction: turn / 5 })],
              [say(`Step ${turn} is done.`)],
            ]
          : [[report('complete_goal', { summary: 'All five steps', evidence: 'proof 5' })], [say('All is done.')]],
      );
      await goalWhen(session, 'complete');
      await settled(session);
      const goal = lastGoal(session);
      expect(goal).toMatchObject({ status: 'complete', reason: 'All five steps', fraction: 1, spent: { turns: 5 } });
      expect(goal.progress.map(({ text, evidence }) => [text, evidence])).toEqual([
        ['Step 1', 'proof 1'],
        ['Step 2', 'proof 2'],
        ['Step 3', 'proof 3'],
        ['Step 4', 'proof 4'],
        ['All five steps', 'proof 5'],
      ]);
      expect(goal.spent.input_tokens).toBeGreaterThan(0);
      expect(session.events.filter(({ type }) => type === 'approval_request')).toEqual([]);
      await staysQuiet(session);
    });

    it('that gets stuck ends blocked, with the reason', async () => {
      const session = await pursue((turn) =>
        turn < 2
          ? [[report('report_progress', { text: 'Looked around' })], [say('On it.')]]
          : [[report('block_goal', { reason: 'The password of the server is missing.' })], [say('I cannot go on.')]],
      );
      await goalWhen(session, 'blocked');
      await settled(session);
      expect(lastGoal(session)).toMatchObject({
        status: 'blocked',
        reason: 'The password of the server is missing.',
        spent: { turns: 2 },
      });
      await staysQuiet(session);
    });

    const placesOfToken = dialect.serversOnCommandLine ? 'log and event' : 'command line, log and event';
    it(`keeps the token of its tools out of every ${placesOfToken}`, async () => {
      const gate = `token-${dialect.name}`;
      const session = await pursue(() => [[report('report_progress', { text: 'Begun' })], [until(gate), say('On.')]], {
        turns: 1,
      });
      await session.next('goal_state', (event) => event.goal?.progress.length === 1);
      if (!dialect.serversOnCommandLine)
        expect(place.running().filter((pid) => /qdg_/.test(commandOf(pid)))).toEqual([]);
      model.open(gate);
      await goalWhen(session, 'out_of_budget');
      expect(session.events.filter((event) => JSON.stringify(event).includes('qdg_'))).toEqual([]);
      const logs = join(root, 'home', 'logs');
      for (const name of readdirSync(logs)) expect(readFileSync(join(logs, name), 'utf8'), name).not.toContain('qdg_');
      expect(app.output()).not.toContain('qdg_');
    });

    it('that says so in words ends too', async () => {
      const session = await pursue(() => [[say('There is nothing left to do.\n\nGOAL COMPLETE: the file is there')]]);
      expect(await goalWhen(session, 'complete')).toMatchObject({ reason: 'the file is there', spent: { turns: 1 } });
    });

    it.runIf(native)("is the CLI's own goal too: the model sees it there, and can end it there", async () => {
      const { look, complete } = native!;
      const session = await pursue(() => [[look], [results, complete], [say('The CLI knows that it is done.')]]);
      expect(await goalWhen(session, 'complete')).toMatchObject({ spent: { turns: 1 } });
      await settled(session);
      expect(lastGoal(session)).toMatchObject({ status: 'complete', reason: 'The CLI knows that it is done.' });
      const texts = session.events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
      expect(texts[0]).toContain('Reach the end of plan');
      await staysQuiet(session);
    });

    it('that would run for ever ends at its limit', async () => {
      const forever = (turn: number) => [[report('report_progress', { text: `Round ${turn}` })], [say('Once more.')]];
      const session = await pursue(forever, { turns: 3 });
      const goal = await goalWhen(session, 'out_of_budget');
      expect(goal).toMatchObject({ reason: 'All 3 turns of the limit were used.', spent: { turns: 3 } });
      expect(ownTurns(session)).toHaveLength(3);
      await staysQuiet(session);
    });

    it('is stopped in the middle of a turn, and nothing sets it going again', async () => {
      const plan = (turn: number) =>
        turn < 2 ? [[report('report_progress', { text: 'Begun' })], [say('Begun.')]] : [[slowly(5000, 20)]];
      const session = await pursue(plan, undefined, script('Hello.', [say('Hello there.')]));
      const second = await session.next('user_message', (event) => isOwn(event) && event.text.includes('turn 2 of'));
      await session.delta(second.turn_id!, 'word');
      await session.abort(second.turn_id!);
      const asked = await session.next('abort_requested');
      const end = await session.ended(second.turn_id!);
      expect(end.status).toBe('aborted');
      // Within a second where nothing else goes on (7 to 160 ms were seen); a busy machine gets more.
      expect(end.ts - asked.ts).toBeLessThan(5_000);
      expect(lastGoal(session)).toMatchObject({ status: 'paused', reason: 'Stopped by you.', spent: { turns: 2 } });
      await staysQuiet(session);
    });

    it('is paused with its history when the app is killed in the middle, and goes on with one click', async () => {
      let killed = false;
      const plan = (turn: number) => {
        if (turn === 1) return [[report('report_progress', { text: 'The first half', evidence: 'a' })], [say('Half.')]];
        return killed
          ? [[report('complete_goal', { summary: 'Both halves', evidence: 'b' })], [say('Done.')]]
          : [[slowly(5000, 20)]];
      };
      const session = await pursue(plan);
      const second = await session.next('user_message', (event) => isOwn(event) && event.text.includes('turn 2 of'));
      await session.delta(second.turn_id!, 'word');
      await app.kill();
      killed = true;
      await app.start();
      const end = await session.ended(second.turn_id!);
      expect(end.status).toBe('interrupted');
      const goal = await goalWhen(session, 'paused');
      expect(goal).toMatchObject({ progress: [{ text: 'The first half', evidence: 'a' }], spent: { turns: 2 } });
      expect(goal.reason).toMatch(/Quarterdeck ended/);
      await session.ask({ type: 'change_goal', action: 'resume' });
      expect(await goalWhen(session, 'complete')).toMatchObject({ reason: 'Both halves', spent: { turns: 3 } });
      await settled(session);
    });
  });
}
