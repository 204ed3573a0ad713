import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../main/providers/conformance.ts';
import { type ScriptedToolServer, startScriptedToolServer } from '../tools/scripted-tool-server.ts';
import { codexPlace, command, type Place, patch } from './codex-place-test-support.ts';

const conversations = (at: Place) => at.server.requests.filter(({ kind }) => kind === 'conversation');

describe('a turn of the real Codex', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await codexPlace();
    run = at.begin();
  });
  afterEach(() => at.dispose());

  it('shows several files of one change when it asks for it, and offers what Codex itself offers', async () => {
    writeFileSync(join(at.cwd, 'old.txt'), 'one\n');
    const end = run.turn(
      `${patch('*** Add File: new.txt', '+a', '*** Update File: old.txt', '@@', '-one', '+two', '+three')} [[then]] [[text: ok]]`,
    );
    const request = await run.next('approval_request');
    expect(request.diffs?.map(({ path, change, added }) => [path, change, added])).toEqual([
      [join(at.cwd, 'new.txt'), 'create', 1],
      [join(at.cwd, 'old.txt'), 'update', 2],
    ]);
    expect(request.diff).toEqual(request.diffs?.[0]);
    expect(request.options?.map(({ option_id }) => option_id)).toEqual([
      'accept',
      'acceptForSession',
      'decline',
      'cancel',
    ]);
    run.session.answer(request.ref, { decision: 'allow_once', option_id: 'acceptForSession' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('file_edit')).toHaveLength(2);
    expect(readFileSync(join(at.cwd, 'old.txt'), 'utf8')).toBe('two\nthree\n');
  });

  it('does not ask again for what was allowed for the session in the words of Codex', async () => {
    const same = `${command('mkdir -p again')} [[then]] [[text: ok]]`;
    const first = run.turn(same);
    const request = await run.next('approval_request');
    const kinds = Object.fromEntries((request.options ?? []).map(({ option_id, kind }) => [option_id, kind]));
    expect(kinds).toMatchObject({ accept: 'allow_once', cancel: 'reject_once', decline: 'reject_once' });
    const lasting = request.options?.find(({ kind }) => kind === 'allow_always');
    expect(lasting?.label).toContain('mkdir -p again');
    run.session.answer(request.ref, { decision: 'allow_always', option_id: lasting?.option_id ?? '' });
    await first;
    await run.turn(same);
    expect(run.of('approval_request')).toHaveLength(1);
    expect(run.of('tool_end').map(({ status }) => status)).toEqual(['completed', 'completed']);
  });

  it('ends at once when it is answered with "no, and stop here"', async () => {
    const end = run.turn(`${command('mkdir never')} [[then]] [[text: Not said.]]`);
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'deny', option_id: 'cancel' });
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(existsSync(join(at.cwd, 'never'))).toBe(false);
    expect(run.of('text')).toEqual([]);
  });

  it('goes on after a refusal with the reason for it', async () => {
    const end = run.turn(`${command('mkdir never')} [[then]] [[text: Told.]]`);
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'deny', message: 'Use the other folder.' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(JSON.stringify(conversations(at).at(-1)?.body)).toContain('Use the other folder.');
  });

  it('has the output of a command while it runs, and the whole of it when it has ended', async () => {
    run.session.setMode('full');
    const script = 'echo early; for i in 1 2 3; do sleep 0.4; echo line $i; done';
    await run.turn(`${command(script, { yield_time_ms: 30_000 })} [[then]] [[text: ok]]`);
    const id = run.of('tool_start')[0]?.tool_call_id ?? '';
    const live = run.of('item_delta').filter((delta) => delta.item_id === id);
    expect(live.length).toBeGreaterThan(1);
    expect(live.every(({ kind }) => kind === 'tool_output')).toBe(true);
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ exit_code: 0, output: 'early\nline 1\nline 2\nline 3\n' }),
    ]);
  });

  it('runs tools side by side', async () => {
    run.session.setMode('full');
    const both = ['a', 'b'].map((name) => command(`echo ${name}; sleep 0.5`, { yield_time_ms: 30_000 }));
    await run.turn(`${both.join(' ')} [[then]] [[text: ok]]`);
    expect(
      run
        .of('tool_end')
        .map(({ output }) => output)
        .sort(),
    ).toEqual(['a\n', 'b\n']);
    const order = run.events.map(({ type }) => type).filter((type) => type.startsWith('tool_'));
    expect(order).toEqual(['tool_start', 'tool_start', 'tool_end', 'tool_end']);
  });

  it('thinks aloud', async () => {
    await run.turn('[[think: Let me think about it.]] [[text: Done.]]');
    const thought = run.of('reasoning')[0];
    expect(thought?.text).toBe('Let me think about it.');
    expect(run.streamed(thought?.item_id ?? '')).toBe(thought?.text);
    expect(run.of('usage')).toEqual([
      expect.objectContaining({ context_tokens: expect.any(Number), context_window: expect.any(Number) }),
    ]);
  });

  it('gets a file that is attached by its path, and an image itself; in a running turn, too', async () => {
    run.session.setMode('full');
    const attached = (name: string, media_type: string, content: Buffer) => {
      const path = join(at.folder, `kept-${name.length}`);
      writeFileSync(path, content);
      return { attachment_id: 'a'.repeat(64), name, media_type, bytes: content.length, path };
    };
    const notes = attached('notes.txt', 'text/plain', Buffer.from('The word is swordfish.'));
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const end = run.turn(
      `${command(`cat ${notes.path}; touch begun; sleep 1`, { yield_time_ms: 30_000 })} [[then]] [[text: Seen.]]`,
      [notes],
    );
    await expect.poll(() => existsSync(join(at.cwd, 'begun')), { timeout: 20_000 }).toBe(true);
    expect(run.session.steer('And this.', [attached('shot.png', 'image/png', png)])).toBe(true);
    await end;
    expect(run.of('tool_end')[0]?.output).toContain('swordfish');
    const asked = JSON.stringify(conversations(at).at(-1)?.body);
    expect(asked).toContain(`Attached file \\\\"notes.txt\\\\": ${notes.path}`.replaceAll('\\\\', '\\'));
    expect(asked).toContain(png.toString('base64'));
  });

  it('is answered when it asks: in plan mode, as in its own terminal', async () => {
    run.session.setMode('plan');
    const questions = [
      {
        id: 'colour',
        header: 'Colour',
        question: 'Which colour?',
        options: [
          { label: 'Blue', description: 'like the sea' },
          { label: 'Red', description: 'like a rose' },
        ],
      },
    ];
    const end = run.turn(`[[tool: request_user_input ${JSON.stringify({ questions })}]] [[then]] [[results]]`);
    const request = await run.next('approval_request');
    expect(request).toMatchObject({
      kind: 'question',
      questions: [{ question: 'Which colour?', options: [{ label: 'Blue' }, { label: 'Red' }] }],
    });
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which colour?': 'Blue' } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').at(-1)?.text).toContain('Blue');
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ status: 'completed', output: 'Which colour?\nBlue' }),
    ]);
    // And out of plan mode again, it is told so.
    run.session.setMode('ask');
    await run.turn(`[[tool: request_user_input ${JSON.stringify({ questions })}]] [[then]] [[results]]`);
    expect(run.of('text').at(-1)?.text).toContain('unavailable in Default mode');
  });

  it('takes its question back when the turn is stopped while it waits', async () => {
    run.session.setMode('plan');
    const questions = [{ id: 'q', header: 'Q', question: 'Which?', options: [{ label: 'A', description: 'a' }] }];
    const end = run.turn(`[[tool: request_user_input ${JSON.stringify({ questions })}]] [[then]] [[results]]`);
    const request = await run.next('approval_request');
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(run.of('approval_withdrawn').map(({ ref }) => ref)).toEqual([request.ref]);
    expect(run.of('tool_end').map(({ status }) => status)).toEqual(['cancelled']);
    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  });

  it('streams the plan that it proposes', async () => {
    run.session.setMode('plan');
    const plan = JSON.stringify('Before.\n<proposed_plan>\n# Plan\n- one\n- two\n</proposed_plan>\n');
    await run.turn(`[[text: ${plan}]]`);
    const texts = run.of('text').map(({ text }) => text.trim());
    expect(texts).toContain('# Plan\n- one\n- two');
    const item = run.of('text').find(({ text }) => text.startsWith('# Plan'));
    expect(run.streamed(item?.item_id ?? '')).toBe(item?.text);
  });

  it('carries out /compact and /review, and names a skill by a slash', async () => {
    const skill = join(at.cwd, '.agents', 'skills', 'draw');
    mkdirSync(skill, { recursive: true });
    writeFileSync(join(skill, 'SKILL.md'), '---\nname: draw\ndescription: Draws things\n---\nTake a pencil.\n');
    const other = at.begin();
    const { commands } = await other.next('commands');
    expect(commands).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'compact' }),
        expect.objectContaining({ name: 'review', hint: '[instructions]' }),
        expect.objectContaining({ name: 'draw', description: 'Draws things' }),
      ]),
    );
    await other.turn('/draw [[text: A cat.]]');
    expect(JSON.stringify(conversations(at).at(-1)?.body)).toContain('Take a pencil.');
    expect(await other.turn('/compact')).toMatchObject({ status: 'completed' });
    expect(other.of('compaction')).toEqual([
      { type: 'compaction', trigger: 'manual', tokens_before: expect.any(Number), tokens_after: expect.any(Number) },
    ]);
    const { tokens_before = 0, tokens_after = 0 } = other.of('compaction')[0] ?? {};
    expect(tokens_after).toBeLessThan(tokens_before);
    expect(await other.turn('/review [[text: Looks good.]]')).toMatchObject({ status: 'completed' });
    expect(other.of('text').at(-1)?.text).toContain('Looks good.');
    expect(other.of('notice')).toEqual([]);
    expect(await other.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  });

  it('can be stopped in a review and in a compaction', async () => {
    const config = join(at.folder, 'config.toml');
    const before = readFileSync(config, 'utf8');
    await run.turn('[[text: Something to review.]]');
    const end = run.turn('/review [[stall]]');
    await at.server.waitFor(({ prompt }) => prompt?.includes('[[stall]]') ?? false);
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
    // Their settings went another way than those of a turn, and into no file either.
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('branches off: the branch knows what was said, the original goes on by itself', async () => {
    await run.turn('[[text: The word is swordfish.]]');
    const origin = run.of('session')[0]?.provider_session_id ?? null;
    const branch = at.begin({ resume: origin, fork: true });
    await branch.turn('[[text: In the branch.]]');
    expect(JSON.stringify(conversations(at).at(-1)?.transcript)).toContain('swordfish');
    await run.turn('[[text: In the original.]]');
    expect(JSON.stringify(conversations(at).at(-1)?.transcript)).not.toContain('In the branch');
    expect(branch.of('session')[0]?.provider_session_id).not.toBe(origin);
  });
});

describe('tool servers in the real Codex', { timeout: 60_000 }, () => {
  let tools: ScriptedToolServer;

  beforeEach(async () => {
    tools = await startScriptedToolServer();
  });
  afterEach(() => tools.close());

  const call = (name: string, input: object = {}) =>
    `[[tool: mcp__deck.${name} ${JSON.stringify(input)}]] [[then]] [[results]]`;
  const ours = () => ({ name: 'deck', url: tools.url, headers: { Authorization: `Bearer ${tools.token}` } });

  /** Enters it into the person's own settings. */
  const enter = (folder: string) => {
    const path = join(folder, 'config.toml');
    const headers = `{ Authorization = "Bearer ${tools.token}" }`;
    const server = `\n[mcp_servers.deck]\nurl = "${tools.url}"\nhttp_headers = ${headers}\n`;
    writeFileSync(path, readFileSync(path, 'utf8') + server);
  };

  it.each(['ask', 'plan', 'full'] as const)(
    'of the app are called without asking in mode %s; their token is in no file',
    async (mode) => {
      const at = await codexPlace();
      try {
        const run = at.begin({ mode, mcp_servers: [ours()] });
        await run.turn(call('note', { text: 'hello' }));
        expect(run.of('approval_request')).toEqual([]);
        expect(tools.calls).toEqual([{ tool: 'note', input: { text: 'hello' } }]);
        expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'completed', output: 'noted: hello' })]);
        expect(JSON.stringify(run.events)).not.toContain(tools.token);
        expect(readFileSync(join(at.folder, 'config.toml'), 'utf8')).not.toContain(tools.token);
        const records = at.server.requests.map(({ body }) => JSON.stringify(body)).join();
        expect(records).not.toContain(tools.token);
      } finally {
        await at.dispose();
      }
    },
  );

  it('of the app come to a conversation that goes on while others keep the process', async () => {
    const at = await codexPlace();
    try {
      const [neighbour, run] = [at.begin(), at.begin()];
      await Promise.all([neighbour.turn('[[text: one]]'), run.turn('[[text: two]]')]);
      const resume = run.of('session')[0]?.provider_session_id ?? null;
      await run.session.close();
      const later = at.begin({ resume, mcp_servers: [ours()] });
      await later.turn(call('note', { text: 'late' }));
      expect(tools.calls).toEqual([{ tool: 'note', input: { text: 'late' } }]);
    } finally {
      await at.dispose();
    }
  });

  it("of the person's own are asked for, with a rule for the tool, and can ask questions themselves", async () => {
    const at = await codexPlace({ prepare: enter });
    try {
      const run = at.begin();
      const first = run.turn(call('note', { text: 'hello' }));
      const request = await run.next('approval_request');
      expect(request).toMatchObject({
        tool: 'deck: note',
        input: { text: 'hello' },
        rule: { tool: 'deck: note', match: 'any' },
        options: [{ option_id: 'accept' }, { option_id: 'session' }, { option_id: 'always' }, {}, {}],
      });
      expect(run.of('tool_start').map(({ tool_call_id }) => tool_call_id)).toEqual([request.tool_call_id]);
      run.session.answer(request.ref, { decision: 'allow_always', option_id: 'session' });
      await first;
      await run.turn(call('note', { text: 'again' }));
      expect(run.of('approval_request')).toHaveLength(1);
      expect(tools.calls).toHaveLength(2);

      const from = run.events.length;
      const denied = run.turn(call('ask'));
      const ask = await run.next('approval_request', from);
      run.session.answer(ask.ref, { decision: 'deny' });
      await denied;
      expect(tools.calls).toHaveLength(2);

      const then = run.events.length;
      const asked = run.turn(call('ask'));
      run.session.answer((await run.next('approval_request', then)).ref, { decision: 'allow_once' });
      const question = await expect
        .poll(() => run.of('approval_request').find(({ kind }) => kind === 'question'), { timeout: 20_000 })
        .toBeTruthy()
        .then(() => run.of('approval_request').find(({ kind }) => kind === 'question'));
      // Codex sorts the fields.
      const [now = '', place = ''] = question?.questions?.map((one) => one.question) ?? [];
      expect([now, place]).toEqual(['Where to?\nNow', 'Place']);
      run.session.answer(question?.ref ?? '', {
        decision: 'allow_once',
        answers: { [place]: 'south', [now]: 'Yes' },
      });
      await asked;
      expect(tools.answers).toEqual([{ action: 'accept', content: { place: 'south', now: true } }]);
    } finally {
      await at.dispose();
    }
  });

  it('that ask are given up with the turn that is stopped; the question is taken back', async () => {
    const at = await codexPlace({ prepare: enter });
    try {
      const run = at.begin();
      for (const answered of [0, 1]) {
        const from = run.events.length;
        const end = run.turn(call('ask'));
        const first = await run.next('approval_request', from);
        if (answered === 1) {
          const then = run.events.length;
          run.session.answer(first.ref, { decision: 'allow_once' });
          expect((await run.next('approval_request', then)).kind).toBe('question');
        }
        run.session.interrupt();
        expect(await end).toMatchObject({ status: 'aborted' });
        expect(run.of('approval_withdrawn')).toHaveLength(answered + 1);
      }
      expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
    } finally {
      await at.dispose();
    }
  });

  it('that cannot be reached are told, and the turn goes on without them', async () => {
    const at = await codexPlace();
    try {
      tools.close();
      const run = at.begin({ mcp_servers: [ours()] });
      expect(await run.turn('[[text: Anyway.]]')).toMatchObject({ status: 'completed' });
      // It is tried beside the turn.
      expect(await run.next('notice')).toMatchObject({ code: 'tool_server_failed', level: 'warning' });
      expect(JSON.stringify(run.events)).not.toContain(tools.token);
    } finally {
      await at.dispose();
    }
  });
});

describe('a goal in the real Codex', { timeout: 60_000 }, () => {
  it('begins no turn by itself; the agent says when it is reached', async () => {
    const at = await codexPlace();
    try {
      const run = at.begin();
      run.session.setGoal?.('Paint the fence.');
      await run.turn('[[text: Begun.]]');
      await run.turn('[[tool: get_goal {}]] [[then]] [[results]]');
      expect(run.of('text').at(-1)?.text).toContain('Paint the fence.');
      await run.turn('[[tool: update_goal {"status":"complete"}]] [[then]] [[text: Painted.]]');
      expect(run.of('goal')).toEqual([{ type: 'goal', status: 'complete' }]);
      expect(run.of('notice')).toEqual([]);
      expect(conversations(at)).toHaveLength(5);
    } finally {
      await at.dispose();
    }
  });
});
