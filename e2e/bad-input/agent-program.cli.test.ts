import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import {
  badClaude,
  type Client,
  it,
  openSession,
  peakMemory,
  type Stage,
  startsLike,
  talk,
} from './app-test-support.ts';

/** More than the app ever needs for one session, MB. Of a line of 100 MB never more than 64 are kept. */
const memoryBound = 400;

async function begin(stage: Stage, env?: Record<string, string>) {
  const [home, folder] = [stage.folder('home'), stage.folder()];
  const app = await stage.serve({ home, env });
  const client = await app.connect();
  const session_id = await openSession(client, folder);
  return { app, home, folder, client, session_id };
}

/** What a failed turn has to say: what happened, what it means, what to do next. */
function problemOf(end: { [field: string]: unknown }) {
  expect(end.status).toBe('failed');
  const problem = end.problem as { code: string; message: string; impact: string; next: string; detail?: string };
  for (const words of [problem.message, problem.impact, problem.next]) expect(words).toMatch(/\w.*[.)]$/);
  return problem;
}

/** Everything that was said is there, in order, without a gap, and the hashes fit. */
async function nothingLost(client: Client, said: readonly string[]): Promise<void> {
  expect(client.events.map((event) => event.seq)).toEqual(client.events.map((_event, index) => index + 1));
  const words = client.events.filter((event) => event.type === 'user_message').map((event) => event.text);
  expect(words).toEqual(said);
  expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
}

const textsOf = (client: Client) =>
  client.events.filter((event) => event.type === 'text').map((event) => event.text as string);

describe.concurrent('an agent program that does not start', () => {
  it('because it is not there: says where it looked, and answers once it is there', async ({ stage }) => {
    const place = stage.folder('bin');
    const path = join(place, 'claude');
    const { client, session_id } = await begin(stage, { QUARTERDECK_CLAUDE_PATH: path });
    const problem = problemOf(await talk(client, session_id, 'Hello?'));
    expect(problem).toMatchObject({ code: 'provider_missing', message: expect.stringContaining(path) });
    expect(problem.next).toContain('Install');
    expect(problem.impact).toContain('kept');

    writeFileSync(path, `#!/bin/sh\nexec "${badClaude}" "$@"\n`);
    chmodSync(path, 0o644);
    const refused = problemOf(await talk(client, session_id, 'And now?'));
    expect(refused).toMatchObject({
      code: 'provider_missing',
      message: expect.stringContaining('may not be executed'),
    });
    expect(refused.next).toContain(`chmod +x ${path}`);

    chmodSync(path, 0o755);
    expect(await talk(client, session_id, 'At last?')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['Hello?', 'And now?', 'At last?']);
  });

  it('because it exits at once: shows its words, and answers once it is mended', async ({ stage }) => {
    const { client, folder, session_id } = await begin(stage);
    startsLike(folder, 'exits');
    const problem = problemOf(await talk(client, session_id, 'Hello?'));
    expect(problem).toMatchObject({ code: 'provider_failed', message: expect.stringContaining('exit code 3') });
    expect(problem.detail).toContain('configuration file is broken at line 7');
    rmSync(join(folder, '.bad-claude'));
    expect(await talk(client, session_id, 'Hello again?')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['Hello?', 'Hello again?']);
  });

  it('because it is another program that writes garbage', async ({ stage }) => {
    const { client, folder, session_id } = await begin(stage);
    startsLike(folder, 'garbage');
    const problem = problemOf(await talk(client, session_id, 'Hello?'));
    expect(problem.code).toBe('provider_protocol');
    expect(problem.detail).toContain('Segmentation fault');
    rmSync(join(folder, '.bad-claude'));
    expect(await talk(client, session_id, 'Hello again?')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['Hello?', 'Hello again?']);
  });
});

describe.concurrent('an agent program that misbehaves in a turn', () => {
  it('writes garbage between good lines: the answer comes, the garbage is noted once', async ({ stage }) => {
    const { client, session_id } = await begin(stage);
    expect(await talk(client, session_id, '[garbage-between] please')).toMatchObject({ status: 'completed' });
    expect(textsOf(client)).toEqual(['Between the lines.']);
    const notices = client.events.filter((event) => event.type === 'notice');
    expect(notices.length).toBeGreaterThan(0);
    expect(notices.length).toBeLessThan(10);
    await nothingLost(client, ['[garbage-between] please']);
  });

  it('speaks only of things nobody knows: says that it is not understood, and shows its words', async ({ stage }) => {
    const { client, session_id } = await begin(stage);
    const problem = problemOf(await talk(client, session_id, '[unknown] please'));
    expect(problem.detail).toContain('nova');
    expect(await talk(client, session_id, 'Once more')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['[unknown] please', 'Once more']);
  });

  it('changed its protocol and stays: the turn can be stopped, and it answers once it is mended', async ({ stage }) => {
    const { client, folder, session_id } = await begin(stage);
    startsLike(folder, 'other-protocol');
    const sent = await client.ask({ type: 'message', session_id, text: 'Hello?' });
    const { turn_id } = sent.result;
    await client.until('a note of what it said', (event) => event.type === 'notice' && event.turn_id === turn_id);
    expect(await client.ask({ type: 'abort', session_id })).toMatchObject({ ok: true });
    const end = await client.until('the end', (event) => event.type === 'turn_end' && event.turn_id === turn_id);
    expect(end.status).toBe('aborted');
    rmSync(join(folder, '.bad-claude'));
    expect(await talk(client, session_id, 'Hello again?')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['Hello?', 'Hello again?']);
  });

  it('writes a line of 100 MB: it is ended, what it said before is kept, memory stays bounded', async ({ stage }) => {
    const { app, client, session_id } = await begin(stage);
    const problem = problemOf(await talk(client, session_id, '[long-line] please'));
    expect(problem).toMatchObject({ code: 'provider_protocol', message: expect.stringContaining('64 MB') });
    expect(textsOf(client)).toEqual(['Before the long line.']);
    expect(await talk(client, session_id, 'Go on')).toMatchObject({ status: 'completed' });
    expect(textsOf(client).at(-1)).toBe('Resumed. You said: Go on');
    expect(peakMemory(app.pid) ?? 0).toBeLessThan(memoryBound);
    await nothingLost(client, ['[long-line] please', 'Go on']);
  });

  it('is killed in the middle: the half answer is kept, the next message resumes', async ({ stage }) => {
    const { client, session_id } = await begin(stage);
    const problem = problemOf(await talk(client, session_id, '[die] please'));
    expect(problem.message).toContain('SIGKILL');
    expect(problem.next).toContain('go on');
    const half = client.events.filter((event) => event.type === 'text');
    expect(half).toMatchObject([{ text: 'Half of an ans', partial: true }]);
    expect(await talk(client, session_id, 'Go on')).toMatchObject({ status: 'completed' });
    expect(textsOf(client).at(-1)).toBe('Resumed. You said: Go on');
    await nothingLost(client, ['[die] please', 'Go on']);
  });

  it('does not listen any more: the message says so and is kept, and sent again it is answered', async ({ stage }) => {
    const { client, session_id } = await begin(stage);
    expect(await talk(client, session_id, '[closes-stdin] please')).toMatchObject({ status: 'completed' });
    const problem = problemOf(await talk(client, session_id, 'Do you hear me?'));
    expect(problem).toMatchObject({ code: 'provider_failed', message: expect.stringContaining('did not read') });
    expect(await talk(client, session_id, 'Do you hear me?')).toMatchObject({ status: 'completed' });
    expect(textsOf(client).at(-1)).toBe('Resumed. You said: Do you hear me?');
    await nothingLost(client, ['[closes-stdin] please', 'Do you hear me?', 'Do you hear me?']);
  });

  it('is deaf to everything: the turn can be stopped, what it said is kept', async ({ stage }) => {
    const { client, session_id } = await begin(stage);
    const sent = await client.ask({ type: 'message', session_id, text: '[deaf] please' });
    const { turn_id } = sent.result;
    await client.until('its words', (frame) => frame.type === 'text_delta' && frame.turn_id === turn_id);
    await client.ask({ type: 'abort', session_id });
    const end = await client.until('the end', (event) => event.type === 'turn_end' && event.turn_id === turn_id);
    expect(end.status).toBe('aborted');
    expect(textsOf(client)).toEqual(['Working on it']);
    expect(await talk(client, session_id, 'Go on')).toMatchObject({ status: 'completed' });
    await nothingLost(client, ['[deaf] please', 'Go on']);
  });
});

describe('an agent program that floods', () => {
  it('200,000 lines of answer: all of it arrives, memory stays bounded', async ({ stage }) => {
    const { app, client, session_id } = await begin(stage);
    expect(await talk(client, session_id, '[flood] please')).toMatchObject({ status: 'completed' });
    expect(textsOf(client).join('')).toBe('0123456789 '.repeat(200_000));
    expect(peakMemory(app.pid) ?? 0).toBeLessThan(memoryBound);
    await nothingLost(client, ['[flood] please']);
  });

  it('200,000 lines that nobody understands: the answer behind them arrives, the log stays small', async ({
    stage,
  }) => {
    const { app, client, session_id } = await begin(stage);
    expect(await talk(client, session_id, '[flood-unknown] please')).toMatchObject({ status: 'completed' });
    expect(textsOf(client)).toEqual(['After the flood.']);
    expect(client.events.length).toBeLessThan(100);
    expect(peakMemory(app.pid) ?? 0).toBeLessThan(memoryBound);
    await nothingLost(client, ['[flood-unknown] please']);
  });

  it('nonsense without end: it is given up with words, and goes on with the next message', async ({ stage }) => {
    const { app, client, session_id } = await begin(stage);
    const problem = problemOf(await talk(client, session_id, '[flood-nonsense] please'));
    expect(problem).toMatchObject({ code: 'provider_protocol', detail: expect.stringContaining('nova') });
    expect(await talk(client, session_id, 'Go on')).toMatchObject({ status: 'completed' });
    expect(peakMemory(app.pid) ?? 0).toBeLessThan(memoryBound);
    await nothingLost(client, ['[flood-nonsense] please', 'Go on']);
  });

  it('200 MB of complaints on stderr', async ({ stage }) => {
    const { app, client, session_id } = await begin(stage);
    expect(await talk(client, session_id, '[flood-stderr] please')).toMatchObject({ status: 'completed' });
    expect(peakMemory(app.pid) ?? 0).toBeLessThan(memoryBound);
  });
});
