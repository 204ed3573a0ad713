import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderStart } from '../../main/orchestrator/ports.ts';
import { AcpProvider } from '../../main/providers/acp/adapter.ts';
import {
  type ConformanceHarness,
  providerConformance,
  Run,
  type ScenarioName,
} from '../../main/providers/conformance.ts';
import { GeminiProvider } from '../../main/providers/gemini/adapter.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import { processesOfRuns } from '../../main/providers/process/process-table.ts';
import { createStartCli } from '../../main/providers/process/start-cli.ts';
import { systemClock as clock } from '../../main/system-clock.ts';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { ensureCli } from '../tools/ensure-clis.ts';
import { fakeGeminiKey, geminiTestEnv } from '../tools/gemini-env.ts';
import { isPrivate } from '../tools/is-private.ts';
import { testCacheDir } from '../tools/test-cache.ts';

interface Place {
  provider: GeminiProvider;
  options: ConstructorParameters<typeof GeminiProvider>[0];
  server: ModelServer;
  cwd: string;
  home: string;
  instance: string;
  dispose(): Promise<void>;
}

let binary: string;
let count = 0;

async function place(more: NodeJS.ProcessEnv = {}): Promise<Place> {
  const server = await startModelServer({ deltaMs: 2 });
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'gemini-home-')));
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'gemini-project-')));
  const env = { ...geminiTestEnv({ modelUrl: server.url, home }), QUARTERDECK_GEMINI_PATH: binary, ...more };
  const instance = `gemini-${process.pid}-${++count}`;
  // The CLI takes system settings only from a folder that nobody else can write to, nor to one above it.
  const settingsDir = join(testCacheDir(), 'gemini-settings');
  const options = { env, home, instance, startCli: createStartCli(), clock, settingsDir };
  const provider = new GeminiProvider(options);
  const dispose = async () => {
    await server.close();
    for (const path of [home, cwd]) rmSync(path, { recursive: true, force: true });
  };
  return { provider, options, server, cwd, home, instance, dispose };
}

const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));
const tool = (name: string, input: object) => `[[tool: ${name} ${JSON.stringify(input)}]]`;
const shell = (command: string) => tool('run_shell_command', { command, description: 'd' });
const write = (cwd: string) => tool('write_file', { file_path: join(cwd, 'a.txt'), content: 'one\ntwo\n' });
/** One model, so that no router is asked which. */
const pinned: Partial<ProviderStart> = { model: 'gemini-2.5-pro' };

beforeAll(async () => {
  binary = await ensureCli('gemini');
}, 600_000);

const prompts: { readonly [S in ScenarioName]: (cwd: string) => string } = {
  answer: () => '[[think: Let me see.]] [[text: The quick brown fox jumps.]]',
  edit: (cwd) => `${write(cwd)} [[then]] [[text: Written.]]`,
  command: () => `${shell('mkdir forbidden')} [[then]] [[text: All right.]]`,
  long: () => '[[slow: 5000 words, 5 ms]]',
  waiting: () => shell('mkdir later'),
  death: () => '[[slow: 5000 words, 5 ms]]',
};

const harness: ConformanceHarness = {
  async stage(name) {
    const { provider, server, cwd, instance, dispose } = await place();
    const kill = () => {
      for (const { pid } of running(instance)) process.kill(pid, 'SIGKILL');
    };
    const sawImage = (base64: string) =>
      server.requests.some(
        (request) => request.kind === 'conversation' && JSON.stringify(request.body).includes(base64),
      );
    return { provider, cwd, prompt: prompts[name](cwd), sawImage, dispose, ...(name === 'death' ? { kill } : {}) };
  },
};

describe('the adapter on the real Gemini CLI', { timeout: 60_000 }, () => providerConformance(harness));

describe('the real Gemini CLI', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await place();
    run = new Run(at, pinned);
  });
  afterEach(async () => {
    await run.session.close();
    expect(running(at.instance)).toEqual([]);
    expect(brokenLaws(run.events, run.prompts)).toEqual([]);
    await at.dispose();
  });

  const allowNext = async (from = 0) =>
    run.session.answer((await run.next('approval_request', from)).ref, { decision: 'allow_once' });

  it('is found without being started, and tells its models once a conversation was begun', async () => {
    expect(await at.provider.detect()).toMatchObject({
      state: 'ready',
      path: binary,
      version: '0.61.0',
      account: 'API key',
    });
    await run.turn('[[text: Hi.]]');
    expect((await at.provider.detect()).models.map((model) => model.id)).toContain('gemini-2.5-pro');
  });

  it('asks the chosen model with the key of its own, and nobody else', async () => {
    await run.turn('[[text: Hi.]]');
    run.session.setModel('gemini-3.8-flash');
    await run.turn('[[text: Hi again.]]');
    const asked = at.server.requests.filter((request) => request.kind === 'conversation');
    expect(asked.map((request) => request.model)).toEqual(['gemini-2.5-pro', 'gemini-3.8-flash']);
    expect(asked.every((request) => request.headers['x-goog-api-key'] === fakeGeminiKey)).toBe(true);
    expect(at.server.requests.filter((request) => request.kind === 'unknown')).toEqual([]);
  });

  it('leaves the settings of the person as they are', async () => {
    const path = join(at.home, '.gemini', 'settings.json');
    const before = '{"privacy":{"usageStatisticsEnabled":true}}';
    writeFileSync(path, before);
    await run.session.close();
    const again = new Run(at, pinned);
    await again.turn('[[text: Hi.]]');
    await again.session.close();
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('hands on the first words while the rest is still held back', async () => {
    const end = run.turn('[[part: Before the gate.]] [[wait: middle]] [[text: After it.]]');
    await run.next('item_delta');
    expect(run.of('turn_end')).toEqual([]);
    at.server.open('middle');
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('writes the file when that is allowed, and runs commands; parallel ones one after the other', async () => {
    const end = run.turn(`${write(at.cwd)} ${shell('cat a.txt > b.txt')} [[then]] [[text: ok]]`);
    const first = await run.next('approval_request');
    run.session.answer(first.ref, { decision: 'allow_once' });
    await allowNext(run.events.indexOf(first) + 1);
    expect(await end).toMatchObject({ status: 'completed' });
    expect(readFileSync(join(at.cwd, 'b.txt'), 'utf8')).toBe('one\ntwo\n');
    expect(run.of('tool_end').map((one) => one.status)).toEqual(['completed', 'completed']);
  });

  it.runIf(existsSync('/proc'))('is stopped with all that the turn started, and goes on after', async () => {
    const hidden = `(setsid nohup bash -c 'trap "" TERM; touch started; while :; do perl -e "sleep 1"; done' >/dev/null 2>&1 &); perl -e "sleep 600"`;
    await run.turn('[[text: Ready.]]');
    const kept = running(at.instance).map((process) => process.pid);
    const from = run.events.length;
    const stopped = run.turn(shell(hidden));
    await allowNext(from);
    await expect.poll(() => existsSync(join(at.cwd, 'started')), { timeout: 20_000 }).toBe(true);
    run.session.interrupt();
    expect(await stopped).toMatchObject({ status: 'aborted' });
    expect(running(at.instance).map((process) => process.pid)).toEqual(kept);
    expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
  });

  it('asks as ever where edits are accepted (the app answers), and plans without doing when it is told to', async () => {
    run.session.setMode('accept-edits');
    const end = run.turn(`${write(at.cwd)} [[then]] [[text: ok]]`);
    await allowNext();
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('file_edit').map((edit) => edit.diff.added)).toEqual([2]);
    run.session.setMode('plan');
    await run.turn(`${shell('touch never')} [[then]] [[text: Planned.]]`);
    expect(existsSync(join(at.cwd, 'never'))).toBe(false);
    expect(run.of('text').map((text) => text.text)).not.toContainEqual(expect.stringContaining('MODE_UPDATE'));
  });

  it('does not take up an old conversation, which would destroy it: that is said, and a new one can begin', async () => {
    expect(at.provider.capabilities).toMatchObject({ resume: false, fork: false });
    await run.turn('[[text: Hi.]]');
    const later = new Run(at, { ...pinned, resume: run.of('session')[0]?.provider_session_id ?? null });
    void later.turn('[[text: Fresh.]]');
    await later.next('resume_lost');
    await later.next('closed');
    await later.session.close();
    const fresh = new Run(at, pinned);
    expect(await fresh.turn('[[text: Fresh.]]')).toMatchObject({ status: 'completed' });
    await fresh.session.close();
  });

  it('keeps its key out of the shells of its tools, and everything else in them', async () => {
    const end = run.turn(
      `${shell('echo "[$GEMINI_API_KEY][$HOME][$QUARTERDECK_RUN_ID]" > seen')} [[then]] [[text: ok]]`,
    );
    await allowNext();
    await end;
    const seen = readFileSync(join(at.cwd, 'seen'), 'utf8');
    expect(seen).toMatch(new RegExp(`^\\[\\]\\[${at.home}\\]\\[gemini-`));
  });

  it('uses the key the person stored, whatever is signed in elsewhere', async () => {
    const stored = 'AIza-stored-in-the-app-000000000000';
    mkdirSync(join(at.home, '.gemini'), { recursive: true });
    writeFileSync(join(at.home, '.gemini/settings.json'), '{"security":{"auth":{"selectedType":"oauth-personal"}}}');
    const provider = new GeminiProvider({ ...at.options, keys: { get: () => stored } });
    const keyed = new Run({ provider, cwd: at.cwd }, pinned);
    expect(await keyed.turn('[[text: Hi.]]')).toMatchObject({ status: 'completed' });
    await keyed.session.close();
    expect(at.server.requests.at(-1)?.headers['x-goog-api-key']).toBe(stored);
  });

  it('says which slash commands there are, and runs them without a model', async () => {
    await run.turn('[[text: Hi.]]');
    const commands = run
      .of('commands')
      .at(-1)
      ?.commands.map((command) => command.name);
    expect(commands).toEqual(expect.arrayContaining(['memory', 'init']));
    const before = at.server.requests.length;
    expect(await run.turn('/memory list')).toMatchObject({ status: 'completed' });
    expect(at.server.requests).toHaveLength(before);
  });

  it('reads a file that goes with a message', async () => {
    const path = join(at.home, 'notes.txt');
    writeFileSync(path, 'remember the milk');
    const notes = { attachment_id: '0'.repeat(64), bytes: 17, path, name: 'notes.txt', media_type: 'text/plain' };
    await run.turn('[[text: Seen.]]', [notes]);
    expect(run.of('approval_request')).toEqual([]);
    expect(JSON.stringify(at.server.requests.at(-1)?.body)).toContain('remember the milk');
  });

  it('is given the tools of the app for one conversation', async () => {
    const asked: string[] = [];
    const host = createServer((request, response) => {
      asked.push(String(request.headers.authorization));
      response.writeHead(401).end();
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const { port } = host.address() as AddressInfo;
    const mcp_servers = [{ name: 'app', url: `http://127.0.0.1:${port}/mcp`, headers: { authorization: 'Bearer t' } }];
    const tooled = new Run(at, { ...pinned, mcp_servers });
    expect(await tooled.turn('[[text: Hi.]]')).toMatchObject({ status: 'completed' });
    await tooled.session.close();
    host.close();
    expect(asked).toContain('Bearer t');
  });

  it.each([
    ['[[error: 401]]', 'provider_not_signed_in'],
    ['[[error: 400 {"message":"API key not valid. Please pass a valid API key."}]]', 'provider_not_signed_in'],
    ['[[part: Half]] [[cut]]', 'provider_failed'],
    ['[[stop: refusal]]', 'provider_failed'],
    [
      '[[error: 400 {"message":"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."}]]',
      'context_full',
    ],
  ])('ends the turn clearly, and goes on after: %s', async (prompt, code) => {
    const { status, problem } = await run.turn(prompt);
    expect([status, problem?.code]).toEqual(['failed', code]);
    expect(problem?.next).toBeTruthy();
    expect(JSON.stringify(problem)).not.toContain(fakeGeminiKey);
    expect(await run.turn('[[text: Now.]]')).toMatchObject({ status: 'completed' });
  });

  /** Else the CLI does not take our settings and tries ten times. */
  it.runIf(isPrivate(testCacheDir()))('says soon when the provider limits it or fails, and goes on after', async () => {
    expect((await run.turn('[[error: 429]]')).problem?.code).toBe('provider_rate_limited');
    expect((await run.turn('[[error: 500]]')).problem).toMatchObject({
      code: 'provider_failed',
      next: expect.any(String),
    });
    expect(await run.turn('[[error: 500 x1]] [[text: Now.]]')).toMatchObject({ status: 'completed' });
  });

  it('voids half an answer that came before its stream ended too early', async () => {
    const end = run.turn('[[part: Half of it]] [[truncate: x1]] [[text: , and the rest.]]');
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('text').map((text) => text.text)).toEqual(['Half of it, and the rest.']);
    expect(run.of('item_replace')).toHaveLength(1);
  });

  it('says that it is not signed in where there is no key', async () => {
    const out = await place({ GEMINI_API_KEY: undefined, GOOGLE_GEMINI_BASE_URL: undefined });
    expect(await out.provider.detect()).toMatchObject({ state: 'not_signed_in' });
    const unsigned = new Run(out);
    expect((await unsigned.turn('Hello')).problem?.code).toBe('provider_not_signed_in');
    await unsigned.session.close();
    await out.dispose();
  });
});

describe('the adapter for any ACP agent, on the real Gemini CLI as a command', { timeout: 60_000 }, () => {
  it('shows text, asks, writes and stops without knowing which agent it is', async () => {
    const { server, cwd, home, instance, dispose } = await place();
    const testEnv = geminiTestEnv({ modelUrl: server.url, home });
    const variables = { ...testEnv, GEMINI_CLI_NO_RELAUNCH: 'true' };
    const host = { env: { PATH: testEnv.PATH }, home, instance, startCli: createStartCli(), clock };
    const line = { command: process.execPath, args: [binary, '--acp', '--skip-trust', '-m', 'gemini-2.5-pro'] };
    const provider = new AcpProvider({ ...host, ...line, variables, id: 'acp-gemini', name: 'Some Agent' });
    const run = new Run({ provider, cwd });
    const end = run.turn(`[[text: Now.]] ${write(cwd)} [[then]] [[text: Written.]]`);
    const request = await run.next('approval_request');
    expect(request).toMatchObject({ kind: 'edit', diff: { added: 2 } });
    run.session.answer(request.ref, { decision: 'allow_once' });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(readFileSync(join(cwd, 'a.txt'), 'utf8')).toBe('one\ntwo\n');
    expect(run.of('text').map((text) => text.text)).toEqual(['Now.', 'Written.']);
    const from = run.events.length;
    const stopped = run.turn('[[slow: 5000 words, 5 ms]]');
    await run.next('item_delta', from);
    run.session.interrupt();
    expect(await stopped).toMatchObject({ status: 'aborted' });
    await run.session.close();
    expect(running(instance)).toEqual([]);
    expect(brokenLaws(run.events, run.prompts)).toEqual([]);
    await dispose();
  });
});
