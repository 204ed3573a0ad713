import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ConformanceHarness,
  providerConformance,
  type Run,
  type ScenarioName,
} from '../../main/providers/conformance.ts';
import { fakeCodexKey } from '../tools/codex-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';
import {
  codexPlace,
  command,
  killAll,
  onlyCodexRuns,
  type Place,
  patch,
  pids,
  running,
} from './codex-place-test-support.ts';

beforeAll(async () => {
  await ensureCli('codex');
}, 600_000);

const prompts: { readonly [S in ScenarioName]: () => string } = {
  answer: () => '[[think: Let me see.]] [[text: The quick brown fox jumps.]]',
  edit: () => `${patch('*** Add File: a.txt', '+one', '+two')} [[then]] [[text: Written.]]`,
  command: () => `${command('mkdir forbidden')} [[then]] [[text: All right.]]`,
  long: () => '[[slow: 5000 words, 5 ms]]',
  waiting: () => command('mkdir later'),
  death: () => '[[slow: 5000 words, 5 ms]]',
};

const harness: ConformanceHarness = {
  async stage(name) {
    const { provider, server, cwd, instance, dispose } = await codexPlace();
    const bodies = () => server.requests.filter(({ kind }) => kind === 'conversation').map(({ body }) => body);
    const efforts = () => (bodies() as { reasoning?: { effort?: string } }[]).map(({ reasoning }) => reasoning?.effort);
    const more =
      name === 'death'
        ? { kill: () => killAll(instance) }
        : name === 'answer'
          ? {
              again: '[[text: Still here.]]',
              sawImage: (base64: string) => JSON.stringify(bodies()).includes(base64),
              effort: { level: 'high', reached: () => efforts().every((effort) => effort === 'high') },
              unknownSession: '11111111-1111-4111-8111-111111111111',
              branches: true as const,
            }
          : {};
    return { provider, cwd, prompt: prompts[name](), dispose, ...more };
  },
};

describe('the adapter on the real Codex', { timeout: 60_000 }, () => providerConformance(harness));

describe('the real Codex', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await codexPlace();
    run = at.begin();
  });
  afterEach(() => at.dispose());

  const started = (name: string) => expect.poll(() => existsSync(join(at.cwd, name)), { timeout: 20_000 }).toBe(true);

  it('hands on the first words while the rest is still held back, and then what it used', async () => {
    const end = run.turn(
      '[[part: "Before the gate. "]] [[wait: middle]] [[text: After it.]] [[usage: {"cached_tokens":7}]]',
    );
    await run.next('item_delta');
    expect(run.of('turn_end')).toEqual([]);
    at.server.open('middle');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Before the gate. After it.']);
    expect(run.of('usage')).toEqual([
      expect.objectContaining({ cached_tokens: 7, context_window: expect.any(Number) }),
    ]);
  });

  it("never enters the folder into the person's settings", async () => {
    const path = join(at.folder, 'config.toml');
    const before = readFileSync(path, 'utf8');
    run.session.setMode('full');
    await run.turn(`${command('echo hi')} [[then]] [[text: ok]]`);
    run.session.setMode('accept-edits');
    await run.turn('[[text: ok]]');
    await at.begin({ mode: 'full', resume: run.of('session')[0]?.provider_session_id ?? null }).turn('[[text: ok]]');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('runs a command that was allowed: its exact words, its whole output, its exit code', async () => {
    const words = `printf 'it'"'"'s %s\\n' "\${HOME:+here}"; sleep 1; echo two; exit 3`;
    const end = run.turn(`${command(words)} [[then]] [[text: ok]]`);
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ kind: 'execute', tool: 'shell', command: words, rule: { match: 'exact' } });
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ status: 'failed', exit_code: 3, output: "it's here\ntwo\n" }),
    ]);
  });

  it('gives its tools no foreign secret, and not the key of its own provider', async () => {
    run.session.setMode('full');
    await run.turn(`${command('env')} [[then]] [[text: ok]]`);
    const output = run.of('tool_end')[0]?.output ?? '';
    expect(output).toContain('PATH=');
    expect(output).not.toContain('foreign-secret');
    expect(output).not.toContain(fakeCodexKey);
    expect(at.server.requests.at(-1)?.headers.authorization).toBe(`Bearer ${fakeCodexKey}`);
  });

  it('changes files by itself where that is allowed for good, but asks before commands and outside the folder', async () => {
    run.session.setMode('accept-edits');
    await run.turn(`${patch('*** Add File: a.txt', '+one')} [[then]] [[text: ok]]`);
    expect(run.of('approval_request')).toEqual([]);
    await run.turn(`${patch('*** Update File: a.txt', '@@', '-one', '+two', '+three')} [[then]] [[text: ok]]`);
    expect(run.of('file_edit').map(({ diff: { change, added, removed } }) => [change, added, removed])).toEqual([
      ['create', 1, 0],
      ['update', 2, 1],
    ]);
    expect(readFileSync(join(at.cwd, 'a.txt'), 'utf8')).toBe('two\nthree\n');
    const asked = run.turn(`${patch('*** Add File: ../codex-outside.txt', '+boo')} [[then]] [[text: ok]]`);
    const outside = await run.next('approval_request');
    expect(outside).toMatchObject({ kind: 'edit', rule: null });
    expect(outside).not.toHaveProperty('path');
    run.session.answer(outside.ref, { decision: 'deny' });
    await asked;
    expect(existsSync(join(at.cwd, '../codex-outside.txt'))).toBe(false);
    const from = run.events.length;
    const runs = run.turn(`${command('mkdir x')} [[then]] [[text: ok]]`);
    run.session.answer((await run.next('approval_request', from)).ref, { decision: 'deny' });
    await runs;
    expect(existsSync(join(at.cwd, 'x'))).toBe(false);
  });

  it('changes nothing while it plans', async () => {
    run.session.setMode('plan');
    await run.turn(
      `${command('mkdir made')} [[then]] ${patch('*** Add File: b.txt', '+x')} [[then]] [[text: Planned.]]`,
    );
    expect(run.of('approval_request')).toEqual([]);
    expect([existsSync(join(at.cwd, 'made')), existsSync(join(at.cwd, 'b.txt'))]).toEqual([false, false]);
  });

  it.runIf(existsSync('/proc'))('is stopped with all that the turn started, and with nothing else', async () => {
    run.session.setMode('full');
    const neighbour = at.begin({ mode: 'full' });
    const theirs = neighbour.turn(`${command('touch theirs; sleep 600', { yield_time_ms: 60_000 })}`);
    await started('theirs');
    await run.turn(`${command('touch kept; sleep 600', { yield_time_ms: 300 })} [[then]] [[text: In the background.]]`);
    const before = pids(at.instance);

    const hidden = `(setsid nohup bash -c 'trap "" TERM; touch hidden; while :; do sleep 1; done' >/dev/null 2>&1 &); sleep 600`;
    const from = run.events.length;
    const stopped = run.turn(command(hidden, { yield_time_ms: 60_000 }));
    await Promise.all([started('hidden'), run.next('tool_start', from)]);
    expect(running(at.instance).length).toBeGreaterThan(before.length);
    run.session.interrupt();
    expect(await stopped).toMatchObject({ status: 'aborted' });
    expect(run.of('tool_end').at(-1)).toMatchObject({ status: 'cancelled' });
    const after = pids(at.instance);
    expect(before.filter((pid) => !after.includes(pid))).toEqual([]);
    // `while … sleep 1` makes new ones; what is of the stopped turn is gone for good.
    expect(after.length).toBe(before.length);
    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });

    await run.session.close();
    expect(neighbour.of('turn_end')).toEqual([]);
    neighbour.session.interrupt();
    expect(await theirs).toMatchObject({ status: 'aborted' });
  });

  it('serves several conversations with one process, and ends it with the last', async () => {
    const second = at.begin();
    const both = [run.turn('[[text: one]] [[wait: both]]'), second.turn('[[text: two]] [[wait: both]]')];
    await Promise.all([run.next('item_delta'), second.next('item_delta')]);
    await onlyCodexRuns(at.instance);
    at.server.open('both');
    await Promise.all(both);
    expect([run, second].map((one) => one.of('text').map((text) => text.text))).toEqual([['one'], ['two']]);
    await second.session.close();
    await onlyCodexRuns(at.instance);
    await run.session.close();
    expect(running(at.instance)).toEqual([]);
  });

  it('takes every running turn with it when it dies; the next prompt starts it anew and goes on', async () => {
    const second = at.begin();
    const ends = [run.turn('[[part: a]] [[stall]]'), second.turn('[[part: b]] [[stall]]')];
    await Promise.all([run.next('item_delta'), second.next('item_delta')]);
    killAll(at.instance);
    for (const end of await Promise.all(ends)) {
      expect(end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
    }
    await Promise.all([run.next('closed'), second.next('closed')]);
    const resume = run.of('session')[0]?.provider_session_id ?? null;
    const later = at.begin({ resume });
    expect(await later.turn('[[text: Here again.]]')).toMatchObject({ status: 'completed' });
    expect(later.of('session')[0]?.provider_session_id).toBe(resume);
  });

  it('takes a message into the running turn', async () => {
    run.session.setMode('full');
    const end = run.turn(`${command('touch steered; sleep 1')} [[then]] [[text: Not steered.]]`);
    await started('steered');
    expect(run.session.steer('[[text: Steered.]]')).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Steered.']);
  });

  it('voids half an answer whose stream broke, and gives the whole one', async () => {
    const end = run.turn('[[part: Half of]] [[wait: heard]] [[cut: x1]] [[text: it.]]');
    await run.next('item_delta');
    at.server.open('heard');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('item_replace')).toEqual([expect.objectContaining({ kind: 'text', text: '' })]);
    expect(run.of('notice').map((notice) => notice.code)).toEqual(['api_retry']);
    const text = run.of('text').at(-1);
    expect(run.streamed(text?.item_id ?? '')).toBe(text?.text);
  });

  it("shows a sub-agent's work under the call that began it, and asks for it", async () => {
    run.session.setModel('gpt-6.1-sol');
    const task = `[[tool: exec ${JSON.stringify({ input: `text(await tools.exec_command({cmd: "mkdir kid", login: false}))` })}]] [[then]] [[text: Report.]]`;
    const end = run.turn(
      `[[tool: collaboration.spawn_agent ${JSON.stringify({ message: task, task_name: 'kid' })}]] [[then]] [[tool: collaboration.wait_agent {}]] [[then]] [[text: Done.]]`,
    );
    const request = await run.next('approval_request');
    expect(request.command).toBe('mkdir kid');
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(existsSync(join(at.cwd, 'kid'))).toBe(true);
    const agent = run.of('tool_start').find((tool) => tool.title === 'kid');
    expect(agent?.kind).toBe('agent');
    const shell = run.of('tool_start').find((tool) => tool.kind === 'execute');
    expect(shell?.parent_tool_call_id).toBe(agent?.tool_call_id);
    const ended = run.of('tool_end').find((tool) => tool.tool_call_id === agent?.tool_call_id);
    expect(ended).toMatchObject({ status: 'completed', output: 'Report.' });
    const said = run.of('text').map(({ text, parent_tool_call_id }) => [text, parent_tool_call_id]);
    expect(said).toEqual([
      ['Report.', agent?.tool_call_id],
      ['Done.', undefined],
    ]);
  });

  it.runIf(existsSync('/proc'))('leaves nothing behind, wherever a turn is stopped', async () => {
    run.session.setMode('full');
    const stubborn = command(`trap '' TERM; (setsid sleep 600 &); sleep 600`, { yield_time_ms: 60_000 });
    const places: [prompt: string, at: 'item_delta' | 'tool_start' | null][] = [
      ['[[stall]]', null],
      ['[[slow: 5000 words, 2 ms]]', 'item_delta'],
      [stubborn, null],
      [stubborn, 'tool_start'],
      [`${stubborn} ${stubborn}`, 'tool_start'],
      ['[[think: Hm.]] [[stall]]', 'item_delta'],
    ];
    await run.turn('[[text: Ready.]]');
    for (const [prompt, place] of places) {
      const from = run.events.length;
      const end = run.turn(prompt);
      if (place !== null) await run.next(place, from);
      run.session.interrupt();
      expect(await end).toMatchObject({ status: 'aborted' });
      await onlyCodexRuns(at.instance);
    }
    expect(run.of('notice')).toEqual([]);
    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  });

  it('shows its plan', async () => {
    const plan = [
      { step: 'Look', status: 'completed' },
      { step: 'Do', status: 'in_progress' },
    ];
    await run.turn(`[[tool: update_plan ${JSON.stringify({ plan })}]] [[then]] [[text: ok]]`);
    const names = at.server.requests.at(-1)?.body as { tools: { name?: string }[] };
    if (!names.tools.some((tool) => tool.name === 'update_plan')) return;
    expect(run.of('plan').at(-1)?.entries).toEqual([
      { text: 'Look', status: 'completed' },
      { text: 'Do', status: 'in_progress' },
    ]);
  });
});
