import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PromptAttachment } from '../../main/orchestrator/ports.ts';
import type { TurnId } from '../../main/protocol/ids.ts';
import { Run } from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import {
  allowNext,
  bash,
  expectNothingLeft,
  killAll,
  lastBody,
  type Place,
  place,
} from './claude-place-test-support.ts';

let at: Place;
let run: Run;

beforeEach(async () => {
  at = await place();
  run = new Run(at);
});
afterEach(async () => {
  await run.session.close();
  await expectNothingLeft(at);
  expect(brokenLaws(run.events, run.prompts)).toEqual([]);
  await at.dispose();
});

const task = (script: string) =>
  `[[tool: Task ${JSON.stringify({ description: 'look around', prompt: script, subagent_type: 'general-purpose' })}]]`;
const question = (multiSelect: boolean) => ({
  question: 'Which?',
  header: 'H',
  multiSelect,
  options: ['A', 'B', 'C'].map((label) => ({ label, description: label })),
});
const ask = (multiSelect = false) =>
  `[[tool: AskUserQuestion ${JSON.stringify({ questions: [question(multiSelect)] })}]]`;

/** Stops the turn and looks whether the conversation goes on after it. */
async function stopAndGoOn(end: Promise<{ status: string }>): Promise<void> {
  run.session.interrupt();
  expect(await end).toMatchObject({ status: 'aborted' });
  expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  expect(run.of('text').at(-1)?.text).toBe('Still here.');
}

describe('the real Claude Code is stopped', { timeout: 60_000 }, () => {
  it('in the middle of its text', async () => {
    const end = run.turn('[[slow: 5000 words, 5 ms]]');
    await run.next('item_delta');
    await stopAndGoOn(end);
  });

  it('in the middle of its thinking', async () => {
    const end = run.turn('[[think: Well, let me see.]] [[wait: never]] [[text: no]]');
    await run.next('reasoning');
    await stopAndGoOn(end);
    expect(run.of('text').map((text) => text.text)).toEqual(['Still here.']);
  });

  it('while a command runs, which ends with it', async () => {
    const end = run.turn(bash('touch begun; perl -e "sleep 600"; touch ended'));
    await allowNext(run);
    await expect.poll(() => existsSync(join(at.cwd, 'begun')), { timeout: 20_000 }).toBe(true);
    await stopAndGoOn(end);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
    expect(existsSync(join(at.cwd, 'ended'))).toBe(false);
  });

  it('while it waits for permission', async () => {
    const end = run.turn(bash('mkdir later'));
    const { ref } = await run.next('approval_request');
    await stopAndGoOn(end);
    expect(run.of('approval_withdrawn')).toEqual([{ type: 'approval_withdrawn', ref }]);
    expect(existsSync(join(at.cwd, 'later'))).toBe(false);
  });

  it('while it waits for an answer to its question', async () => {
    const end = run.turn(ask());
    const { ref } = await run.next('approval_request');
    await stopAndGoOn(end);
    expect(run.of('approval_withdrawn')).toEqual([{ type: 'approval_withdrawn', ref }]);
  });

  it('in the middle of several tools at once', async () => {
    const waits = 'perl -e "sleep 600"';
    const end = run.turn(`${bash(`touch one; ${waits}`)} ${bash(`touch two; ${waits}`)} ${bash('mkdir three')}`);
    await allowNext(run);
    await expect.poll(() => existsSync(join(at.cwd, 'one')), { timeout: 20_000 }).toBe(true);
    await stopAndGoOn(end);
    expect(run.of('tool_end').map((tool) => tool.status)).not.toContain('completed');
    expect(existsSync(join(at.cwd, 'three'))).toBe(false);
  });

  it('while its sub-agents work and it waits for them', async () => {
    const end = run.turn(
      `${task('[[text: Looking.]] [[wait: never]] [[text: no]]')} [[then]] [[text: It looks around.]]`,
    );
    await run.next('text', run.events.indexOf(await run.next('tool_start')));
    await at.server.waitFor((request) => request.prompt?.includes('[[wait: never]]') ?? false);
    await stopAndGoOn(end);
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
  });
});

describe('what the real Claude Code does at once', { timeout: 60_000 }, () => {
  it('is told side by side: two files are made, each with its own question and end', async () => {
    const write = (name: string) => `[[tool: Write {"file_path":"${at.cwd}/${name}","content":"${name}\\n"}]]`;
    const end = run.turn(`${write('a')} ${write('b')} [[then]] [[text: Both.]]`);
    await allowNext(run);
    const first = run.events.findIndex((event) => event.type === 'approval_request');
    await allowNext(run, first + 1);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(['a', 'b'].map((name) => readFileSync(join(at.cwd, name), 'utf8'))).toEqual(['a\n', 'b\n']);
    expect(run.of('tool_end').map((tool) => tool.status)).toEqual(['completed', 'completed']);
    expect(run.of('file_edit').map((edit) => edit.diff.added)).toEqual([1, 1]);
  });

  it('belongs under its call when a sub-agent does it, and the turn lasts until the agent has read the report', async () => {
    const script = `[[think: Hm.]] [[text: Looking.]] ${bash('mkdir from-agent')} [[then]] [[text: Found nothing.]]`;
    const end = run.turn(`${task(script)} [[then]] [[text: Started.]]`);
    const { tool_call_id: call, tool } = await run.next('tool_start');
    expect(tool).toBe('Task');
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ command: 'mkdir from-agent' });
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(existsSync(join(at.cwd, 'from-agent'))).toBe(true);
    const under = run.events.filter((event) => 'parent_tool_call_id' in event && event.parent_tool_call_id === call);
    expect(under.map((event) => event.type).sort()).toEqual(['reasoning', 'text', 'text', 'tool_start']);
    expect(run.of('tool_end').find((one) => one.tool_call_id === call)).toMatchObject({
      status: 'completed',
      output: 'Found nothing.',
    });
    // The CLI told the agent by itself, and the agent went on.
    const report = run.events.findIndex((event) => event.type === 'tool_end' && event.tool_call_id === call);
    expect(run.events.slice(report).some((event) => event.type === 'text')).toBe(true);
    expect(run.of('notice')).toEqual([]);
  });

  it('shows the output of a command while it runs', async () => {
    const end = run.turn(
      `${bash('for i in 1 2 3 4 5 6 7 8; do echo line $i; perl -e "select undef,undef,undef,0.7"; done')} [[then]] [[text: ok]]`,
    );
    await allowNext(run);
    const { tool_call_id } = await run.next('tool_start');
    await run.next('tool_end');
    const ended = run.events.findIndex((event) => event.type === 'tool_end');
    const live = run.events
      .slice(0, ended)
      .flatMap((event) => (event.type === 'item_delta' && event.kind === 'tool_output' ? [event] : []));
    expect(live.length).toBeGreaterThan(1);
    expect(live.every((delta) => delta.item_id === tool_call_id)).toBe(true);
    const whole = run.of('tool_end')[0]?.output ?? '';
    expect(whole).toBe('line 1\nline 2\nline 3\nline 4\nline 5\nline 6\nline 7\nline 8');
    expect(`${whole}\n`.startsWith(live.map((delta) => delta.text).join(''))).toBe(true);
    expect(await end).toMatchObject({ status: 'completed' });
  });
});

describe('a question of the real Claude Code', { timeout: 60_000 }, () => {
  it.each([
    ['several of its choices', true, 'A, C'],
    ['words of one’s own', false, 'neither of them'],
  ])('takes %s', async (_what, multiple, answer) => {
    const end = run.turn(`${ask(multiple)} [[then]] [[results]]`);
    const request = await run.next('approval_request');
    expect(request.questions).toEqual([expect.objectContaining({ question: 'Which?', multiple })]);
    run.session.answer(request.ref, { decision: 'allow_once', answers: { 'Which?': answer } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').at(-1)?.text).toContain(`"Which?"="${answer}"`);
  });

  it('can be left unanswered', async () => {
    const end = run.turn(`${ask()} [[then]] [[text: Without, then.]]`);
    run.session.answer((await run.next('approval_request')).ref, { decision: 'deny', message: 'Not now.' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'denied' })]);
  });
});

describe('what goes with a message to the real Claude Code', { timeout: 60_000 }, () => {
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  function attach(name: string, media_type: string, content: Buffer): PromptAttachment {
    const path = join(at.configDir, `kept-${name}`);
    writeFileSync(path, content);
    return { attachment_id: 'a'.repeat(64), name, media_type, bytes: content.length, path };
  }
  const sent = () => JSON.stringify(lastBody(at.server).messages);

  it('reaches the model: an image, a text, and of anything else the place', async () => {
    const attachments = [
      attach('dot.png', 'image/png', Buffer.from(png, 'base64')),
      attach('notes.txt', 'text/plain', Buffer.from('remember the milk')),
      attach('data.bin', 'application/octet-stream', Buffer.from([0, 1, 2, 3])),
    ];
    const end = run.next('turn_end');
    run.prompts += 1;
    run.session.prompt({ turn_id: 'turn_attached' as TurnId, text: '[[text: Seen.]]', attachments });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Seen.']);
    expect(sent()).toContain('"media_type":"image/png"');
    expect(sent()).toContain('remember the milk');
    expect(sent()).toContain(join(at.configDir, 'kept-data.bin'));
  });

  it('can be put into the running turn too', async () => {
    const end = run.turn('[[text: First.]] [[wait: steer]]');
    await run.next('text');
    const image = attach('dot.png', 'image/png', Buffer.from(png, 'base64'));
    expect(run.session.steer('[[text: Seen.]]', [image])).toBe(true);
    at.server.open('steer');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['First.', 'Seen.']);
    expect(sent()).toContain('"media_type":"image/png"');
  });
});

describe('a conversation of the real Claude Code', { timeout: 60_000 }, () => {
  it('goes on after the CLI was killed in the middle of a turn', async () => {
    await run.turn('[[text: Remember the milk.]]');
    const id = run.of('session').at(-1)?.provider_session_id ?? '';
    // The CLI writes it down a moment later.
    const transcript = join(at.configDir, 'projects', at.cwd.replace(/[^A-Za-z0-9]/g, '-'), `${id}.jsonl`);
    const written = () => existsSync(transcript) && readFileSync(transcript, 'utf8').includes('Remember the milk.');
    await expect.poll(written, { timeout: 20_000 }).toBe(true);
    const before = run.events.length;
    const end = run.turn('[[slow: 5000 words, 5 ms]]');
    await run.next('item_delta', before);
    killAll(at);
    expect(await end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
    await run.next('closed', before);
    const later = new Run(at, { resume: id });
    expect(await later.turn('[[text: Back again.]]')).toMatchObject({ status: 'completed' });
    expect(JSON.stringify(lastBody(at.server).messages)).toContain('Remember the milk.');
    expect(later.of('session').at(-1)?.provider_session_id).toBe(id);
    await later.session.close();
    expect(brokenLaws(later.events, 1)).toEqual([]);
  });

  it('branches, and leaves the other one as it was', async () => {
    await run.turn('[[text: The trunk.]]');
    const id = run.of('session').at(-1)?.provider_session_id ?? '';
    await run.session.close();
    const branch = new Run(at, { resume: id, fork: true });
    expect(await branch.turn('[[text: A branch.]]')).toMatchObject({ status: 'completed' });
    expect(JSON.stringify(lastBody(at.server).messages)).toContain('The trunk.');
    const own = branch.of('session').at(-1)?.provider_session_id;
    expect(own).not.toBe(id);
    await branch.session.close();
    const trunk = new Run(at, { resume: id });
    await trunk.turn('[[text: On.]]');
    expect(JSON.stringify(lastBody(at.server).messages)).not.toContain('A branch.');
    await trunk.session.close();
  });

  it.each([
    ['that nobody knows', '11111111-1111-4111-8111-111111111111'],
    ['that is no id at all', '--dangerously-skip-permissions'],
  ])('%s is lost, and nothing was asked for it', async (_what, resume) => {
    const lost = new Run(at, { resume });
    lost.prompts += 1;
    lost.session.prompt({ turn_id: 'turn_lost' as TurnId, text: '[[text: Fresh.]]', attachments: [] });
    await lost.next('closed');
    expect(lost.events.map((event) => event.type).filter((type) => type !== 'commands')).toEqual([
      'resume_lost',
      'closed',
    ]);
    expect(at.server.requests.filter((request) => request.kind === 'conversation')).toEqual([]);
    await lost.session.close();
    expect(brokenLaws(lost.events, 1)).toEqual([]);
  });
});
