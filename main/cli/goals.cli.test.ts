import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, createBench } from './command-line-test-support.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => bench.dispose());

const verb = async (...args: string[]) => {
  const run = bench.cli(...args);
  return { code: await run.ended, out: run.out(), err: run.err() };
};
const newSession = async (): Promise<string> => {
  expect((await verb('send', '--provider', 'demo', 'hello')).code).toBe(0);
  const [session] = JSON.parse((await verb('sessions', '--json')).out) as { session_id: string }[];
  return session!.session_id;
};

describe('goal', () => {
  it('says how to set one, and that the app has to run for it', async () => {
    const id = await newSession();
    expect(await verb('goal', id)).toMatchObject({ code: 0, out: expect.stringContaining('has no goal') });
    const refused = await verb('goal', id, 'set', 'write a.txt: one');
    expect(refused.code).toBe(5);
    expect(refused.err).toContain('Start Quarterdeck');
    expect((await verb('goal', id, 'fly')).code).toBe(2);
    expect((await verb('goal', id, 'set')).code).toBe(2);
    expect((await verb('goal', id, 'set', 'x', '--turns', '0')).code).toBe(2);
  });

  it('sets, shows, limits, pauses and clears one through the app that runs', async () => {
    const id = await newSession();
    const app = bench.headless('--port', '0', '--json');
    await app.said(/"listening"/);
    const set = await verb('goal', id, 'set', 'count to 100000 slowly', '--turns', '3', '--json');
    expect(set.code, set.err).toBe(0);
    expect(JSON.parse(set.out)).toMatchObject({
      session_id: id,
      goal: { objective: 'count to 100000 slowly', status: 'active', limits: { turns: 3 } },
    });
    const limited = await verb('goal', id, 'limits', '--turns', '5', '--cost', '2.5');
    expect(limited.out).toContain('of 5');
    expect(limited.out).toContain('of 2.5');
    expect((await verb('goal', id, 'pause')).out).toMatch(/^paused: count/);
    expect((await verb('goal', id, 'pause')).code).toBe(0);
    expect((await verb('goal', id, 'clear')).out).toMatch(/^cancelled: count/);
    const other = await verb('goal', id, 'set', 'write a.txt: one\nlist', '--json');
    expect(other.code, other.err).toBe(0);
    app.child.kill('SIGTERM');
    expect(await app.ended).toBe(0);
  });

  it('is set and paused by a message that begins with /goal, too', async () => {
    const sent = await verb('send', '--provider', 'demo', '--mode', 'full', '/goal write a.txt: one\nlist\nlist');
    expect(sent.code, sent.err).toBe(0);
    expect(sent.err).toContain('Without the app a goal takes one turn');
    const [session] = JSON.parse((await verb('sessions', '--json')).out) as { session_id: string; goal: object }[];
    expect(session!.goal).toMatchObject({ status: 'paused' });
    expect((await verb('goal', session!.session_id)).out).toContain('Step 1 of 3: write a.txt: one');
    expect((await verb('send', '--session', session!.session_id, '/goal clear')).code).toBe(0);
    expect((await verb('goal', session!.session_id)).out).toMatch(/^cancelled/);
  });
});
