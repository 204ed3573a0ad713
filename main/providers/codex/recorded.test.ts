import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import type { ProviderStart } from '../../orchestrator/ports.ts';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { CodexProvider } from './adapter.ts';
import { project, recording, replay, replayHost } from './replay-test-support.ts';

function play(name: string, options: Partial<ProviderStart> = {}) {
  const cli = replay(recording(name));
  // Real time: only for answers that never come, and here they all do.
  const times = { toolGraceMs: 5000 };
  const provider = new CodexProvider({ ...replayHost(cli.startCli), clock: createManualClock(), times });
  const run = new Run({ provider, cwd: project }, options);
  const answers = () => cli.heard.filter((line) => line.method === undefined).map(({ result }) => result);
  return { run, answers };
}

describe('recorded conversations', () => {
  it('a compaction that was asked for', async () => {
    const { run } = play('compact');
    await run.turn('Hello');
    await run.turn('/compact');
    const [compaction] = run.of('compaction');
    expect(compaction).toMatchObject({ trigger: 'manual' });
    expect(compaction?.tokens_after).toBeLessThan(compaction?.tokens_before ?? 0);
    expect(run.of('usage')).toHaveLength(2);
    expect(run.of('usage')[1]?.context_tokens).toBe(compaction?.tokens_after);
    expect(brokenLaws(run.events, 2)).toEqual([]);
  });

  it('a review: its answer, once', async () => {
    const { run } = play('review');
    expect(await run.turn('/review it')).toMatchObject({ status: 'completed' });
    expect(run.of('text').map(({ text }) => text)).toEqual(['Looks good.']);
    expect(run.of('notice')).toEqual([]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('a question of the agent, answered', async () => {
    const { run, answers } = play('question', { mode: 'plan' });
    const end = run.turn('Go');
    const request = await run.next('approval_request');
    expect(request.questions).toEqual([
      {
        question: 'Which colour?',
        header: 'Colour',
        multiple: false,
        options: [
          { label: 'Blue', description: 'like the sea' },
          { label: 'Red', description: 'like a rose' },
        ],
      },
    ]);
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which colour?': 'Red' } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(answers()).toEqual([{ answers: { colour: { answers: ['Red'] } } }]);
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ status: 'completed', output: 'Which colour?\nRed' }),
    ]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('a question that is declined', async () => {
    const { run, answers } = play('question', { mode: 'plan' });
    const end = run.turn('Go');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'deny' });
    await end;
    expect(answers()).toEqual([{ answers: {} }]);
    expect(run.of('tool_end').map(({ status }) => status)).toEqual(['denied']);
  });

  it("a call of a tool server's tool that asks: for the call, then what the server wants to know", async () => {
    const { run, answers } = play('tool-server-question');
    const end = run.turn('Go');
    const call = await run.next('approval_request');
    expect(call).toMatchObject({ tool: 'deck: ask', kind: 'other', rule: { match: 'any' } });
    const from = run.events.length;
    run.session.answer(call.ref, { decision: 'allow_session' });
    const question = await run.next('approval_request', from);
    expect(question.questions?.map(({ options }) => options.map(({ label }) => label))).toEqual([
      ['Yes', 'No'],
      ['north', 'south'],
    ]);
    run.session.answer(question.ref, { decision: 'allow_once', answers: { 'Where to?\nNow': 'No', Place: 'north' } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(answers()).toEqual([
      { action: 'accept', content: {}, _meta: null },
      { action: 'accept', content: { now: false, place: 'north' }, _meta: null },
    ]);
    expect(run.of('tool_end')).toHaveLength(2);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('a call of a tool server that belongs to the app, without asking', async () => {
    const own = { name: 'deck', url: 'http://127.0.0.1:1/mcp', headers: {} };
    const { run } = play('tool-server-question', { mcp_servers: [own] });
    void run.turn('Go');
    // The first that is asked is the question of the server itself.
    expect((await run.next('approval_request')).kind).toBe('question');
  });

  it('a goal that the agent reached', async () => {
    const { run } = play('goal-reached');
    run.session.setGoal?.('Paint the fence.');
    await run.turn('Go');
    expect(run.of('goal')).toEqual([{ type: 'goal', status: 'complete' }]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('a plan that is proposed, streamed', async () => {
    const { run } = play('proposed-plan', { mode: 'plan' });
    await run.turn('Go');
    const plan = run.of('text').find(({ text }) => text.startsWith('# Plan'));
    expect(run.streamed(plan?.item_id ?? '')).toBe('# Plan\n- one\n- two\n');
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });
});
