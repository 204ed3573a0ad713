import { describe, expect, it } from 'vitest';
import type { ProviderStart } from '../../orchestrator/ports.ts';
import { Run } from '../conformance.ts';
import { brokenLaws } from '../laws.ts';
import { recorded, stagedGemini } from './replay-test-support.ts';

function begin(name: string, options: Partial<ProviderStart> = {}) {
  const { cli, provider } = stagedGemini([recorded(name)]);
  const run = new Run({ provider, cwd: '/project' }, options);
  return { cli, provider, run, methods: () => cli.written.map((line) => line.method ?? 'answer') };
}

describe('a conversation with Gemini CLI', () => {
  it('starts it without its launcher, quiet, and with nothing of the prompt on the command line', async () => {
    const { cli, run } = begin('think-and-text');
    await run.turn('a secret');
    const { args, env } = cli.launches[0]!;
    expect(args).toEqual(expect.arrayContaining(['--acp', '--skip-trust']));
    expect(args.join(' ')).not.toContain('secret');
    expect(env).toMatchObject({ GEMINI_CLI_NO_RELAUNCH: 'true', QUARTERDECK_RUN_ID: expect.stringMatching(/^test\./) });
    expect(env.GEMINI_CLI_SYSTEM_SETTINGS_PATH).toContain('gemini-system-settings.json');
  });

  it('tells a thought that comes in pieces as one', async () => {
    const { run } = begin('think-and-text');
    await run.turn('Think.');
    expect(run.of('reasoning').map((item) => item.text)).toEqual(['**Thinking**\nLet me see now.']);
    expect(run.of('usage')).toEqual([expect.objectContaining({ output_tokens: 9 })]);
  });

  it('never loads an old conversation, which would destroy it: whoever asks is told that it is lost', async () => {
    const { run, methods } = begin('think-and-text', { resume: '3b2dae1b-42e0-466e-9432-b305cef8ea48' });
    void run.turn('Go on.');
    expect((await run.next('resume_lost')).text).toContain('cannot safely take up');
    await run.next('closed');
    expect(methods()).toEqual(['initialize']);
    expect(run.of('turn_end')).toEqual([]);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('is told of the mode before the prompt, and shows what it does without a question', async () => {
    const { cli, run, methods } = begin('accept-edits', { mode: 'plan' });
    expect(await run.turn('Write.')).toMatchObject({ status: 'completed' });
    expect(methods()).toEqual(['initialize', 'session/new', 'session/set_mode', 'session/prompt']);
    expect(cli.written[2]?.params).toMatchObject({ modeId: 'plan' });
    expect(run.of('tool_start').map(({ tool, kind }) => [tool, kind])).toEqual([
      ['write_file', 'edit'],
      ['read_file', 'read'],
    ]);
    expect(run.of('file_edit')[0]?.diff).toMatchObject({ change: 'create', added: 1, removed: 0 });
    expect(run.of('text').map((text) => text.text)).toEqual(['ok']);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('asks as ever where edits are accepted: the app answers', async () => {
    const { run, methods } = begin('write', { mode: 'accept-edits' });
    const end = run.turn('Write.');
    const request = await run.next('approval_request');
    run.session.answer(request.ref, { decision: 'allow_once' });
    await end;
    expect(methods()).not.toContain('session/set_mode');
  });

  it('is told "once" and "no" in its own options', async () => {
    const allowed = begin('write');
    const end = allowed.run.turn('Write.');
    const request = await allowed.run.next('approval_request');
    expect(request).toMatchObject({ tool: 'write_file', path: '/project/a.txt', rule: { match: 'folder' } });
    expect(request.options?.map(({ option_id, kind }) => [option_id, kind])).toEqual([
      ['proceed_always', 'allow_always'],
      ['proceed_once', 'allow_once'],
      ['cancel', 'reject_once'],
    ]);
    allowed.run.session.answer(request.ref, { decision: 'allow_always' });
    await end;
    expect(allowed.cli.written.at(-1)?.result).toEqual({ outcome: { outcome: 'selected', optionId: 'proceed_once' } });

    const chosen = begin('write');
    const done = chosen.run.turn('Write.');
    const { ref } = await chosen.run.next('approval_request');
    chosen.run.session.answer(ref, { decision: 'allow_always', option_id: 'proceed_always' });
    await done;
    expect(chosen.cli.written.at(-1)?.result).toEqual({ outcome: { outcome: 'selected', optionId: 'proceed_always' } });

    const denied = begin('command-denied');
    const over = denied.run.turn('mkdir forbidden');
    const asked = await denied.run.next('approval_request');
    expect(asked).toMatchObject({ command: 'mkdir forbidden', rule: { match: 'exact', pattern: 'mkdir forbidden' } });
    denied.run.session.answer(asked.ref, { decision: 'deny' });
    await over;
    expect(denied.cli.written.at(-1)?.result).toEqual({ outcome: { outcome: 'selected', optionId: 'cancel' } });
  });

  it('reports a command that was stopped as cancelled, although the CLI says "completed"', async () => {
    const { run } = begin('interrupt-command');
    const end = run.turn('Sleep.');
    run.session.answer((await run.next('approval_request')).ref, { decision: 'allow_once' });
    run.session.interrupt();
    expect(await end).toMatchObject({ status: 'aborted' });
    expect(run.of('tool_end').map((tool) => tool.status)).toEqual(['cancelled']);
  });

  it.each([
    ['error-401', 'provider_not_signed_in', 'UNAUTHENTICATED'],
    ['socket-cut', 'provider_failed', 'terminated'],
    ['empty', 'provider_failed', undefined],
  ])('ends a turn clearly: %s', async (name, code, words) => {
    const { run } = begin(name);
    const { status, problem } = await run.turn('Go.');
    expect([status, problem?.code]).toEqual(['failed', code]);
    for (const part of [problem?.message, problem?.impact, problem?.next]) expect(part).toBeTruthy();
    if (words !== undefined) expect(problem?.detail).toContain(words);
    expect(brokenLaws(run.events, 1)).toEqual([]);
  });

  it('says how to sign in when there is no key, and ends', async () => {
    const { run } = begin('not-signed-in');
    const { problem } = await run.turn('Hello');
    expect(problem).toMatchObject({ code: 'provider_not_signed_in', detail: expect.stringContaining('API key') });
    expect(problem?.next).toContain('GEMINI_API_KEY');
    await run.next('closed');
  });

  it('has models to choose from before its first conversation, and then those it tells', async () => {
    const { provider, run } = begin('think-and-text');
    const models = async () => (await provider.detect()).models.map((model) => model.description ?? model.name);
    expect(await models()).toContain('gemini-2.5-pro');
    let changes = 0;
    provider.changed.on(() => changes++);
    await run.turn('Hi.');
    expect(await models()).toContain(
      'Let Gemini CLI decide the best model for the task: gemini-2.5-pro, gemini-3.8-flash',
    );
    expect(changes).toBeGreaterThan(0);
  });
});
