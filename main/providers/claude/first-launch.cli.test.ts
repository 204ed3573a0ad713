import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from '../../base/clock.ts';
import type { TurnId } from '../../protocol/ids.ts';
import { Run } from '../conformance.ts';
import type { CliLaunch } from '../process/cli-process.ts';
import { ClaudeProvider } from './adapter.ts';
import type { ClaudeHost } from './launch.ts';
import { type Row, replay, replayHost } from './replay-test-support.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claude-first-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that tells this version, as the real one does; null: it tells none. */
function installed(version: string | null): NodeJS.ProcessEnv {
  const path = join(folder, 'claude');
  writeFileSync(path, `#!/bin/sh\n${version === null ? 'exit 1' : `echo '${version} (Claude Code)'`}\n`);
  chmodSync(path, 0o700);
  return { QUARTERDECK_CLAUDE_PATH: path };
}

const answered: Row[] = [
  { dir: 'in', msg: { type: 'user', uuid: 'prompt-id' } },
  { dir: 'out', msg: { type: 'system', subtype: 'init', session_id: 's-1', permissionMode: 'default' } },
  { dir: 'out', msg: { type: 'result', is_error: false, usage: { input_tokens: 1, output_tokens: 1 } } },
];

function stage(host: Partial<ClaudeHost>, { asksForModels = false } = {}) {
  // Where its version is asked for, it is also started to be asked for its models, before the conversation.
  const cli = replay(...(asksForModels ? [[]] : []), answered);
  const provider = new ClaudeProvider({ ...replayHost(cli.startCli), clock: createManualClock(), ...host });
  const run = new Run({ provider, cwd: '/project' });
  const conversation = (): CliLaunch | undefined => cli.launches.find(({ args }) => args.includes('--session-id'));
  return { cli, run, conversation };
}

const keys = { get: () => 'stored-key' };

describe.skipIf(process.platform === 'win32')('the first conversation, before anybody has looked for the CLI', () => {
  it.each([['2.1.328'], [null]])('keeps the stored key from the tools of version %s', async (version) => {
    const { run, conversation } = stage({ env: installed(version), keys }, { asksForModels: version !== null });
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(conversation()).toMatchObject({ descriptor3: 'stored-key' });
    expect(JSON.stringify(conversation()?.env)).not.toContain('stored-key');
    await run.session.close();
  });

  it('gives it in the environment only to a version that it found to be old', async () => {
    const { run, conversation } = stage({ env: installed('2.1.197'), keys }, { asksForModels: true });
    expect(await run.turn('Hello')).toMatchObject({ status: 'completed' });
    expect(conversation()?.env).toMatchObject({ ANTHROPIC_API_KEY: 'stored-key' });
    await run.session.close();
  });

  it('waits until it is known where programs are', async () => {
    const env: NodeJS.ProcessEnv = {};
    const told = Promise.withResolvers<void>();
    const { cli, run, conversation } = stage({ env, ready: () => told.promise });
    const turn = run.turn('Hello');
    expect(cli.launches).toEqual([]);
    Object.assign(env, installed('2.1.328'));
    told.resolve();
    expect(await turn).toMatchObject({ status: 'completed' });
    expect(conversation()?.file).toBe(join(folder, 'claude'));
    await run.session.close();
  });

  it('says that there is none when none was found', async () => {
    const { cli, run } = stage({ env: { QUARTERDECK_CLAUDE_PATH: join(folder, 'none') }, ready: async () => {} });
    expect(await run.turn('Hello')).toMatchObject({ status: 'failed', problem: { code: 'provider_missing' } });
    expect(cli.launches).toEqual([]);
  });

  it('can be stopped meanwhile: then nothing of it reaches the CLI', async () => {
    const told = Promise.withResolvers<void>();
    const { cli, run, conversation } = stage({ env: installed('2.1.328'), ready: () => told.promise });
    const turn = run.turn('Hello');
    run.session.interrupt();
    expect(await turn).toMatchObject({ status: 'aborted' });
    told.resolve();
    expect(await run.turn('Again')).toMatchObject({ status: 'completed' });
    expect(conversation()).toBeDefined();
    expect(JSON.stringify(cli.written)).not.toContain('Hello');
    await run.session.close();
  });

  it('can be closed meanwhile: then the CLI is never started', async () => {
    const told = Promise.withResolvers<void>();
    const { cli, run } = stage({ env: installed('2.1.328'), ready: () => told.promise });
    run.prompts += 1;
    run.session.prompt({ turn_id: 'turn_1' as TurnId, text: 'Hello', attachments: [] });
    await run.session.close();
    expect(run.of('turn_end')).toMatchObject([{ status: 'aborted' }]);
    told.resolve();
    await told.promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(cli.launches).toEqual([]);
  });
});
