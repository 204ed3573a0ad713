import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claudeTestEnv, fakeAnthropicKey } from '../tools/claude-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';
import { processesMarked, waitGone } from '../tools/process-tree.ts';
import {
  type ClaudeLine,
  type ClaudeProcess,
  type ClaudeProcessOptions,
  deltas,
  startClaude,
} from './claude-process-test-support.ts';
import { formatScenario } from './format-scenario.ts';
import { type ModelServer, startModelServer } from './server.ts';

const allow = () => ({ behavior: 'allow' }) as const;
const isDelta = (line: ClaudeLine) => line.type === 'stream_event' && line.event.type === 'content_block_delta';

describe('the real Claude Code against the scripted model server', { timeout: 60_000 }, () => {
  let binary: string;
  let server: ModelServer;
  let folder: string;
  let project: string;
  let runId: string;
  const started: ClaudeProcess[] = [];

  beforeAll(async () => {
    binary = await ensureCli('claude');
  }, 600_000);

  beforeEach(async () => {
    server = await startModelServer({ deltaMs: 2 });
    folder = mkdtempSync(join(tmpdir(), 'claude-config-'));
    project = mkdtempSync(join(tmpdir(), 'claude-project-'));
    runId = `GW_RUN_ID=${randomUUID()}`;
  });

  afterEach(async () => {
    for (const pid of processesMarked(runId)) process.kill(pid, 'SIGKILL');
    await Promise.all(started.splice(0).map((claude) => claude.exited));
    await server.close();
    for (const path of [folder, project]) rmSync(path, { recursive: true, force: true });
  });

  function start(options: Partial<ClaudeProcessOptions> & { maxRetries?: number } = {}): ClaudeProcess {
    const { maxRetries = 2, ...rest } = options;
    const env = {
      ...claudeTestEnv({ modelUrl: server.url, configDir: folder, maxRetries }),
      GW_RUN_ID: runId.slice('GW_RUN_ID='.length),
    };
    const claude = startClaude({ binary, cwd: project, env, ...rest });
    started.push(claude);
    return claude;
  }

  /** Lets the stream break at its gate only when the CLI has told this word of it: one that is busy may drop what it has not read when it breaks. */
  async function breakAfter(claude: ClaudeProcess, word: string): Promise<void> {
    await claude.waitFor('the last word before the break', (line) => isDelta(line) && line.event.delta.text === word);
    server.open('heard');
  }

  const conversations = () => server.requests.filter((request) => request.kind === 'conversation');

  it('streams thinking and text word by word, each word a delta of its own', async () => {
    const claude = start();
    claude.prompt('[[think: Let me see.]] [[text: The quick brown fox jumps.]]');
    expect(await claude.result(1)).toMatchObject({
      subtype: 'success',
      is_error: false,
      result: 'The quick brown fox jumps.',
    });
    expect(deltas(claude.lines, 'thinking_delta')).toEqual(['Let ', 'me ', 'see.']);
    expect(deltas(claude.lines, 'text_delta')).toEqual(['The ', 'quick ', 'brown ', 'fox ', 'jumps.']);
  });

  it('shows the first words while the rest of the answer is still held back', async () => {
    const claude = start();
    claude.prompt('[[part: Before the gate. ]] [[wait: middle]] [[text: After it.]]');
    await claude.waitFor('the last word before the gate', (line) => isDelta(line) && line.event.delta.text === 'gate.');
    expect(deltas(claude.lines, 'text_delta').join('')).toBe('Before the gate.');
    server.open('middle');
    expect(await claude.result(1)).toMatchObject({ is_error: false });
    expect(deltas(claude.lines, 'text_delta').join('')).toBe('Before the gate.After it.');
  });

  it('answers a prompt without markers with its words', async () => {
    const claude = start();
    claude.prompt('What is the weather like?');
    expect(await claude.result(1)).toMatchObject({ result: 'You said: What is the weather like?' });
    expect(deltas(claude.lines, 'text_delta').length).toBeGreaterThan(3);
  });

  it('writes the file when the write is allowed', async () => {
    const claude = start({ permission: allow });
    const path = join(project, 'hello.txt');
    const content = 'quotes " and braces }]] stay\n';
    claude.prompt(
      formatScenario({
        steps: [
          [
            { kind: 'text', text: 'I will write.' },
            { kind: 'tool', name: 'Write', input: { file_path: path, content } },
          ],
          [{ kind: 'text', text: 'Written.' }],
        ],
      }),
    );
    expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'Written.' });
    expect(readFileSync(path, 'utf8')).toBe(content);
    const asked = await claude.waitFor('the question', (line) => line.type === 'control_request');
    expect(asked.request).toMatchObject({
      subtype: 'can_use_tool',
      tool_name: 'Write',
      input: { file_path: path, content },
    });
  });

  it('leaves no file when the write is denied, and tells the model why', async () => {
    const claude = start({ permission: () => ({ behavior: 'deny', message: 'Not in this folder.' }) });
    const path = join(project, 'hello.txt');
    claude.prompt(`[[tool: Write ${JSON.stringify({ file_path: path, content: 'no' })}]] [[then]] [[results]]`);
    expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'Not in this folder.' });
    expect(existsSync(path)).toBe(false);
  });

  it('runs two commands of one message and gives both results to the next step', async () => {
    const claude = start({ permission: allow });
    claude.prompt(
      '[[tool: Bash {"command":"echo one > 1; cat 1"}]] [[tool: Bash {"command":"echo two > 2; cat 2"}]] [[then]] [[results]]',
    );
    expect(await claude.result(1)).toMatchObject({ result: 'one\ntwo' });
    expect(conversations().at(-1)?.transcript?.turns.at(-1)).toMatchObject({
      results: [{ text: 'one' }, { text: 'two' }],
    });
  });

  it('stops an answer on interrupt and goes on with the next prompt', async () => {
    const claude = start();
    claude.prompt('[[part: Begun.]] [[stall]]');
    await claude.waitFor('a delta', isDelta);
    expect(await claude.control({ subtype: 'interrupt' })).toMatchObject({ subtype: 'success' });
    expect(await claude.result(1)).toMatchObject({ is_error: true, terminal_reason: 'aborted_streaming' });
    await server.waitFor((request) => request.outcome === 'client_closed');
    claude.prompt('[[text: Still here.]]');
    expect(await claude.result(2)).toMatchObject({ is_error: false, result: 'Still here.' });
  });

  it('ends the command that runs when the turn is interrupted', async () => {
    const claude = start({ permission: allow });
    claude.prompt(`[[tool: Bash {"command":"touch started; perl -e 'sleep 600'"}]]`);
    await expect.poll(() => existsSync(join(project, 'started')), { timeout: 30_000 }).toBe(true);
    const tools = processesMarked(runId).filter((pid) => pid !== claude.pid);
    expect(tools.length).toBeGreaterThan(0);
    await claude.control({ subtype: 'interrupt' });
    expect(await claude.result(1)).toMatchObject({ terminal_reason: 'aborted_tools' });
    expect(await waitGone(tools)).toEqual([]);
  });

  it('takes a message of the person into the running turn without leaving the script', async () => {
    const claude = start({ permission: allow });
    claude.prompt('[[wait: steered]] [[tool: Bash {"command":"touch a"}]] [[then]] [[text: Finished.]]');
    await server.waitFor((request) => request.prompt !== null);
    claude.prompt('Please hurry.');
    await claude.control({ subtype: 'get_settings' });
    server.open('steered');
    expect(await claude.result(1)).toMatchObject({ result: 'Finished.' });
    expect(conversations().at(-1)?.transcript?.turns.at(-1)).toMatchObject({ continuations: ['Please hurry.'] });
  });

  /** Claude Code keeps a session in `<config>/projects/<folder>/<session>.jsonl` and writes it a moment after it happened. */
  function isOnDisk(text: string): boolean {
    const root = join(folder, 'projects');
    if (!existsSync(root)) return false;
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jsonl'));
    return files.some((name) => readFileSync(join(root, name), 'utf8').includes(text));
  }

  it('resumes after SIGKILL with the earlier turns in the request', async () => {
    const sessionId = randomUUID();
    const first = start({ args: ['--session-id', sessionId] });
    first.prompt('[[text: The word is heliotrope.]]');
    await first.result(1);
    first.prompt('[[part: Half an answer]] [[stall]]');
    await first.waitFor('the second answer', (line) => isDelta(line) && line.event.delta.text === 'Half ');
    await expect.poll(() => isOnDisk('Half an answer')).toBe(true);
    first.kill('SIGKILL');
    expect(await first.exited).toMatchObject({ signal: 'SIGKILL' });

    const second = start({ args: ['--resume', sessionId] });
    second.prompt('[[text: Back again.]]');
    expect(await second.result(1)).toMatchObject({ is_error: false, result: 'Back again.', session_id: sessionId });
    const resumed = conversations().at(-1);
    expect(resumed?.sessionId).toBe(sessionId);
    expect(resumed?.transcript?.turns).toMatchObject([
      { role: 'user', prompts: ['[[text: The word is heliotrope.]]'] },
      { role: 'assistant', text: 'The word is heliotrope.' },
      { role: 'user', prompts: ['[[part: Half an answer]] [[stall]]'] },
      // The CLI's own filler: the half of an answer that was already streamed is lost to it.
      { role: 'assistant', text: 'No response requested.' },
      { role: 'user', prompts: ['[[text: Back again.]]'] },
    ]);
  });

  it('gives a sub-agent the script inside its own prompt', async () => {
    const claude = start({ permission: allow });
    const input = {
      description: 'sub',
      prompt: '[[text: Sub done.]]',
      subagent_type: 'general-purpose',
      run_in_background: false,
    };
    claude.prompt(`[[tool: Task ${JSON.stringify(input)}]] [[then]] [[results]]`);
    const result = await claude.result(1);
    expect(result).toMatchObject({ is_error: false });
    expect(result.result).toContain('Sub done.');
  });

  it('reports a refused key after its retries', async () => {
    const claude = start({ maxRetries: 1 });
    claude.prompt('[[error: 401]]');
    expect(await claude.result(1)).toMatchObject({ subtype: 'success', is_error: true, api_error_status: 401 });
    expect(claude.lines.find((line) => line.subtype === 'api_retry')).toMatchObject({
      error: 'authentication_failed',
    });
    expect(conversations().map((request) => request.status)).toEqual([401, 401]);
    expect(conversations()[0]?.headers['x-api-key']).toBe(fakeAnthropicKey);
  });

  it('recovers from one 429 by asking again', async () => {
    const claude = start();
    claude.prompt('[[error: 429 x1]] [[text: Through.]]');
    expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'Through.' });
    expect(conversations().map((request) => request.status)).toEqual([429, 200]);
  });

  it.each([
    [500, 'server_error'],
    [529, 'overloaded'],
  ])('names a %i that goes away as %s', async (status, name) => {
    const claude = start();
    claude.prompt(`[[error: ${status} x1]] [[text: Through.]]`);
    expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'Through.' });
    expect(claude.lines.find((line) => line.subtype === 'api_retry')).toMatchObject({
      error: name,
      error_status: status,
    });
  });

  it('does not ask again for a model that does not exist', async () => {
    const claude = start();
    claude.prompt('[[error: 404 {"message":"model: nonsense"}]]');
    expect(await claude.result(1)).toMatchObject({ is_error: true, api_error_status: 404 });
  });

  it.each(['cut: x1', 'truncate: x1', 'error: 529 x1'])(
    'voids an unfinished text when [[%s]] breaks the stream',
    async (fault) => {
      const claude = start();
      claude.prompt(`[[part: These words are void.]] [[wait: heard]] [[${fault}]] [[text: The answer.]]`);
      await breakAfter(claude, 'void.');
      expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'These words are void.The answer.' });
      const voided = claude.lines.find((line) => line.abandoned_blocks !== undefined);
      expect(voided?.abandoned_blocks).toMatchObject({ from_block_index: 0 });
      // A stream that just ends is tried again as a stream; after an error inside it the CLI asks for the whole message at once.
      expect(conversations().map((request) => request.streaming)).toEqual([true, !fault.startsWith('error')]);
    },
  );

  it.each(['cut: x1', 'truncate: x1', 'error: 529 x1'])(
    'keeps a finished text when [[%s]] breaks the stream, and asks the model to go on',
    async (fault) => {
      const claude = start();
      claude.prompt(
        `[[text: This stays.]] [[part: this not]] [[wait: heard]] [[${fault}]] [[then]] [[text: The rest.]]`,
      );
      await breakAfter(claude, 'not');
      expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'The rest.' });
      const voided = claude.lines.find((line) => line.abandoned_blocks !== undefined);
      expect(voided?.abandoned_blocks).toMatchObject({ from_block_index: 1 });
      expect(conversations().at(-1)?.transcript?.turns).toMatchObject([
        {},
        { role: 'assistant', text: 'This stays.' },
        { continuations: [expect.stringMatching(/^Your response above was cut off/)] },
      ]);
    },
  );

  it('goes on by itself after max_tokens', async () => {
    const claude = start();
    claude.prompt('[[text: First half]] [[stop: max_tokens]] [[then]] [[text: second half.]]');
    expect(await claude.result(1)).toMatchObject({ is_error: false, result: 'second half.' });
  });

  it('carries a big answer whole', async () => {
    const claude = start();
    claude.prompt('[[big: 300000]]');
    const result = await claude.result(1);
    expect(result.result.trimEnd().length).toBeGreaterThan(299_000);
    expect(deltas(claude.lines, 'text_delta').join('')).toHaveLength(300_000);
  });

  it('says which marker is wrong', async () => {
    const claude = start();
    claude.prompt('[[txet: oops]]');
    const result = await claude.result(1);
    expect(result).toMatchObject({ is_error: true, api_error_status: 400 });
    expect(result.result).toContain('[[txet]] is not a marker');
  });
});
