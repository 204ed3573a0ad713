import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../main/providers/conformance.ts';
import { fakeCodexKeyVariable } from '../tools/codex-env.ts';
import { codexPlace, command, type Place } from './codex-place-test-support.ts';

interface Asked {
  model?: string;
  reasoning?: { effort?: string };
}

describe('the real Codex, before its first conversation', { timeout: 60_000 }, () => {
  it('is found, with its version and how it is signed in; its models and their efforts follow', async () => {
    const at = await codexPlace();
    try {
      const found = await at.provider.detect();
      expect(found).toMatchObject({
        state: 'ready',
        version: '0.169.0',
        known_good: 'tried',
        account: 'API key',
        npm_package: '@openai/codex',
        sign_in_command: 'codex login',
        key_variable: fakeCodexKeyVariable,
        key_stored: false,
        models: [],
      });
      let changed = 0;
      at.provider.changed.on(() => changed++);
      await at.provider.settled();
      expect(changed).toBeGreaterThan(0);
      const { models } = await at.provider.detect();
      expect(models.length).toBeGreaterThan(1);
      expect(models[0]).toMatchObject({ id: expect.stringMatching(/^gpt-/), name: expect.any(String) });
      expect(models[0]?.efforts).toEqual(expect.arrayContaining(['low', 'medium', 'high']));
      expect(models[0]?.efforts).toContain(models[0]?.default_effort);
      // Nobody was asked for an answer.
      expect(at.server.requests.filter(({ kind }) => kind === 'conversation')).toEqual([]);
    } finally {
      await at.dispose();
    }
  });

  it('is told apart from one that is not signed in', async () => {
    const out = await codexPlace({ env: { [fakeCodexKeyVariable]: undefined } });
    try {
      expect(await out.provider.detect()).toMatchObject({
        state: 'not_signed_in',
        problem: { command: 'codex login' },
      });
      expect((await out.begin().turn('Hello')).problem?.code).toBe('provider_not_signed_in');
    } finally {
      await out.dispose();
    }
  });
});

describe('a key that the app keeps', { timeout: 60_000 }, () => {
  const secret = 'sk-kept-by-the-app-0001';
  const authorization = (at: Place) =>
    at.server.requests.filter(({ kind }) => kind === 'conversation').map(({ headers }) => headers.authorization);

  it('signs in to the built-in model provider for this process only: nothing on disk, nothing in the shells', async () => {
    let key: string | null = secret;
    const at = await codexPlace({
      env: { [fakeCodexKeyVariable]: undefined },
      keys: { get: (provider) => (provider === 'codex' ? key : null) },
      prepare: (folder, server) =>
        writeFileSync(
          join(folder, 'config.toml'),
          `model = "gpt-5.5"\nopenai_base_url = "${server.url}/v1"\ncheck_for_update_on_startup = false\n[analytics]\nenabled = false\n[features]\nplugins = false\n`,
        ),
    });
    try {
      expect(await at.provider.detect()).toMatchObject({
        state: 'ready',
        key_variable: 'OPENAI_API_KEY',
        key_stored: true,
        account: expect.stringContaining('API key'),
      });
      const before = readFileSync(join(at.folder, 'config.toml'), 'utf8');
      const run = at.begin({ mode: 'full' });
      await run.turn(`${command('env')} [[then]] [[text: ok]]`);
      expect(new Set(authorization(at))).toEqual(new Set([`Bearer ${secret}`]));
      expect(run.of('tool_end')[0]?.output).toContain('PATH=');
      expect(JSON.stringify(run.events)).not.toContain(secret);
      expect(existsSync(join(at.folder, 'auth.json'))).toBe(false);
      expect(readFileSync(join(at.folder, 'config.toml'), 'utf8')).toBe(before);
      const texts = readdirSync(at.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const { parentPath, name } of texts) {
        expect(readFileSync(join(parentPath, name), 'latin1').includes(secret), name).toBe(false);
      }

      // Another key: the conversation goes on with it, in a process of its own.
      key = 'sk-kept-by-the-app-0002';
      expect(await run.turn('[[text: Again.]]')).toMatchObject({ status: 'completed' });
      expect(authorization(at).at(-1)).toBe(`Bearer ${key}`);
      expect(new Set(run.of('session').map((one) => one.provider_session_id)).size).toBe(1);
    } finally {
      await at.dispose();
    }
  });

  it('goes to the variable of a model provider of the own, which the shells get emptied', async () => {
    const at = await codexPlace({
      env: { [fakeCodexKeyVariable]: undefined },
      keys: { get: () => secret },
    });
    try {
      expect(await at.provider.detect()).toMatchObject({ state: 'ready', key_variable: fakeCodexKeyVariable });
      const run = at.begin({ mode: 'full' });
      await run.turn(`${command('env')} [[then]] [[text: ok]]`);
      expect(new Set(authorization(at))).toEqual(new Set([`Bearer ${secret}`]));
      expect(JSON.stringify(run.events)).not.toContain(secret);
    } finally {
      await at.dispose();
    }
  });
});

describe('what is chosen for a conversation', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await codexPlace();
    run = at.begin();
  });
  afterEach(() => at.dispose());

  const asked = () => at.server.requests.filter(({ kind }) => kind === 'conversation').map(({ body }) => body as Asked);

  it('is the model, and its own again when none is; the conversation is summed up between', async () => {
    run.session.setModel('gpt-6.1-sol');
    await run.turn('[[text: one]]');
    run.session.setModel(null);
    await run.turn('[[text: two]]');
    expect(asked().map(({ model }) => model)).toEqual(['gpt-6.1-sol', 'gpt-5.5']);
    expect(run.of('compaction')).toEqual([expect.objectContaining({ trigger: 'auto' })]);
    expect(run.of('notice')).toEqual([]);
  });

  it('is the effort, from the first turn on, and what is usual again when none is', async () => {
    const eager = at.begin({ effort: 'high' });
    await eager.turn('[[text: one]]');
    await eager.turn('[[text: two]]');
    eager.session.setEffort('low');
    await eager.turn('[[text: three]]');
    eager.session.setEffort(null);
    await eager.turn('[[text: four]]');
    expect(asked().map(({ reasoning }) => reasoning?.effort)).toEqual(['high', 'high', 'low', 'medium']);
  });

  it('is kept over a restart of the CLI, when it is chosen again', async () => {
    await run.turn('[[text: one]]');
    const resume = run.of('session')[0]?.provider_session_id ?? null;
    await run.session.close();
    await at.begin({ resume, effort: 'xhigh', model: 'gpt-5.5' }).turn('[[text: two]]');
    expect(
      asked()
        .map(({ reasoning }) => reasoning?.effort)
        .at(-1),
    ).toBe('xhigh');
  });
});
