import type { Goal } from '../../main/protocol/values.ts';
import { EventWriter } from './event-writer.ts';
import { claude, demo } from './samples.ts';
import type { Scene } from './scene.ts';

const minute = 60_000;
const owner = { kind: 'owner', via: 'window' } as const;
const pursuit = { kind: 'goal', id: 'goal_00000001', via: 'app' } as const;

function goal(more: Partial<Goal>): Goal {
  return {
    goal_id: 'goal_00000001',
    objective: 'All tests in this folder pass, and the README says how to run them.',
    status: 'active',
    limits: { turns: 12, minutes: 60, cost_usd: null },
    spent: { turns: 1, ms: 95_000, cost_usd: 0.12, input_tokens: 41_000, output_tokens: 900 },
    progress: [],
    started_at: Date.now() - 3 * minute,
    ...more,
  };
}

function session(end: Partial<Goal> | null): EventWriter {
  const writer = new EventWriter({ title: 'Make the tests pass', cwd: '/home/ada/atlas', ago: 4 * minute });
  writer.add({ type: 'goal_state', goal: goal({ spent: { ...goal({}).spent, turns: 1, ms: 0 } }), by: owner });
  writer.user('Work towards the goal of this session (turn 1 of 12).\n\nAll tests in this folder pass.', pursuit);
  const step = (tool: string, input: object, during?: () => void) => {
    const call = { kind: 'other', tool: `mcp__quarterdeck__${tool}`, title: `quarterdeck: ${tool}`, input } as const;
    const id = writer.tool({ ...call, status: 'running' });
    during?.();
    writer.tool({ ...call, ms: 20 }, id);
  };
  step('report_progress', { text: 'Two of three suites pass; the third one needs a database.', evidence: 'npm test' });
  writer.text('I start the database next.');
  if (!end) return writer;
  const evidence = '31 of 31 tests pass';
  const progress = [{ ts: Date.now() - minute, text: end.reason ?? '', evidence }];
  const ends = () =>
    void writer.add({ type: 'goal_state', goal: goal({ ...end, progress, ended_at: Date.now() }), by: pursuit });
  if (end.status === 'complete') step('complete_goal', { summary: end.reason, evidence }, ends);
  else if (end.status === 'blocked') step('block_goal', { reason: end.reason }, ends);
  else ends();
  return writer.end();
}

const scene = (writer: EventWriter): Scene => ({
  sessions: [writer],
  providers: [claude, demo],
  route: { name: 'session', sessionId: writer.sessionId },
});

export const goalScenes: Record<string, Scene> = {
  goal: scene(session(null)),
  goaldone: scene(session({ status: 'complete', reason: 'All 31 tests pass, and the README has a section on them.' })),
  goalstopped: scene(session({ status: 'out_of_budget', reason: 'All 12 turns of the limit were used.' })),
  goalblocked: scene(session({ status: 'blocked', reason: 'The database asks for a password that I do not have.' })),
};

/** A session that has reached its goal. */
export const goalSession = (): EventWriter =>
  session({ status: 'complete', fraction: 1, reason: 'All 31 tests pass, and the README has a section on them.' });
