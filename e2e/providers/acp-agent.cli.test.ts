import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkAgent } from '../../main/agents/agent-check.ts';
import { AcpProvider } from '../../main/providers/acp/adapter.ts';
import { commandAgent } from '../../main/providers/acp/command-agent.ts';
import {
  type ConformanceHarness,
  providerConformance,
  Run,
  type ScenarioName,
} from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import { processesOfRuns } from '../../main/providers/process/process-table.ts';
import { createStartCli } from '../../main/providers/process/start-cli.ts';
import { systemClock as clock } from '../../main/system-clock.ts';
import { type ModelServer, startModelServer } from '../model-server/server.ts';
import { claudeAgentAcpEnv } from '../tools/claude-agent-acp-env.ts';
import { fakeAnthropicKey } from '../tools/claude-env.ts';
import { ensureCli } from '../tools/ensure-clis.ts';

/**
 * The adapter for any agent of the Agent Client Protocol, on one it knows nothing about: claude-agent-acp, started by its command line as a
 * person would add it.
 */
interface Place {
  provider: AcpProvider;
  options: ConstructorParameters<typeof AcpProvider>[0];
  server: ModelServer;
  cwd: string;
  instance: string;
  dispose(): Promise<void>;
}

let claude: string;
let script: string;
let count = 0;

async function place(more: { [name: string]: string } = {}): Promise<Place> {
  const server = await startModelServer({ deltaMs: 2 });
  const configDir = realpathSync(mkdtempSync(join(tmpdir(), 'acp-agent-home-')));
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'acp-agent-project-')));
  const { PATH, ...variables } = claudeAgentAcpEnv({ modelUrl: server.url, configDir, claude, maxRetries: 1 });
  const instance = `acp-agent-${process.pid}-${++count}`;
  const options = {
    ...{ env: { PATH }, home: configDir, instance, startCli: createStartCli(), clock },
    ...{ command: process.execPath, args: [script], variables: { ...variables, ...more } },
    ...{ id: 'claude-over-acp', name: 'Claude over ACP' },
  };
  const dispose = async () => {
    await server.close();
    for (const path of [configDir, cwd]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  return { provider: new AcpProvider(options), options, server, cwd, instance, dispose };
}

const running = (instance: string) => processesOfRuns((runId) => runId.startsWith(`${instance}.`));
const tool = (name: string, input: object) => `[[tool: ${name} ${JSON.stringify(input)}]]`;
const bash = (command: string) => tool('Bash', { command, description: 'd' });
const write = (cwd: string) => tool('Write', { file_path: join(cwd, 'a.txt'), content: 'one\ntwo\n' });

beforeAll(async () => {
  claude = await ensureCli('claude');
  script = await ensureCli('claude-agent-acp');
}, 900_000);

const prompts: { readonly [S in ScenarioName]: (cwd: string) => string } = {
  answer: () => '[[think: Let me see.]] [[text: The quick brown fox jumps.]]',
  edit: (cwd) => `${write(cwd)} [[then]] [[text: Written.]]`,
  command: () => `${bash('mkdir forbidden')} [[then]] [[text: All right.]]`,
  long: () => '[[slow: 5000 words, 5 ms]]',
  waiting: () => bash('mkdir later'),
  death: () => '[[slow: 5000 words, 5 ms]]',
};

const harness: ConformanceHarness = {
  async stage(name) {
    const { provider, options, server, cwd, instance, dispose } = await place();
    // What it can do is known once it was tried.
    const { told } = await checkAgent(commandAgent(options), options);
    if (told !== null) provider.told(told.facts, told.settings);
    const kill = () => {
      for (const { pid } of running(instance)) process.kill(pid, 'SIGKILL');
    };
    const body = () => JSON.stringify(server.requests.filter((one) => one.kind === 'conversation').at(-1)?.body);
    return {
      ...{ provider, cwd, prompt: prompts[name](cwd), dispose, ...(name === 'death' ? { kill } : {}) },
      ...{ again: '[[text: Again.]]', branches: true as const },
      sawImage: (base64: string) => body().includes(base64),
      effort: { level: 'low', reached: () => body().includes('"effort":"low"') },
      unknownSession: '00000000-0000-4000-8000-000000000000',
    };
  },
};

describe.skipIf(process.platform === 'win32')('the adapter for any agent, on a real one', { timeout: 60_000 }, () =>
  providerConformance(harness),
);

describe.skipIf(process.platform === 'win32')('a real agent that was added by its command', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;
  const more: Run[] = [];

  beforeEach(async () => {
    at = await place();
    run = new Run(at);
  });
  afterEach(async () => {
    for (const one of [run, ...more.splice(0)]) {
      await one.session.close();
      expect(brokenLaws(one.events, one.prompts)).toEqual([]);
    }
    expect(running(at.instance)).toEqual([]);
    await at.dispose();
  });

  const begin = (...options: ConstructorParameters<typeof Run>) => {
    const begun = new Run(...options);
    more.push(begun);
    return begun;
  };
  const allowNext = async (from = 0) => {
    const request = await run.next('approval_request', from);
    run.session.answer(request.ref, { decision: 'allow_once' });
    return request;
  };
  const asked = () => at.server.requests.filter((request) => request.kind === 'conversation');

  it('tells in its handshake what it can do: models, efforts, images, branching, tools of the app', async () => {
    await run.turn('[[think: Hm.]] [[text: Hi.]]');
    const { capabilities, models, version } = await at.provider.detect();
    expect(version).toBe('0.100.0');
    expect(capabilities).toMatchObject({
      ...{ resume: true, fork: true, images: true, set_model: true, set_effort: true, mcp_servers: true },
      ...{ reasoning: true, usage: true, cost: true, context: true, slash_commands: true, goals: 'tools' },
      modes: ['ask', 'accept-edits', 'plan', 'full'],
    });
    expect(models.map((model) => model.id)).toContain('haiku');
    expect(models[0]?.efforts).toContain('high');
    expect(
      run
        .of('commands')
        .at(-1)
        ?.commands.map((command) => command.name),
    ).toContain('compact');
    expect(run.of('usage').at(-1)).toMatchObject({ context_window: 1_000_000, context_tokens: expect.any(Number) });
  });

  it('is tried without a question to a model, and leaves nothing running', async () => {
    const { check } = await checkAgent(commandAgent(at.options), { ...at.options });
    expect(check).toMatchObject({ ok: true, name: 'Claude Agent', version: '0.100.0' });
    expect(check.models?.length).toBeGreaterThan(2);
    expect(asked()).toEqual([]);
    const none = commandAgent({ ...at.options, args: [script, '--version'] });
    expect((await checkAgent(none, at.options)).check.problem?.message).toContain('Agent Client Protocol');
  });

  it('uses the model and the effort that are chosen, in the middle of a conversation too', async () => {
    const haiku = begin(at, { model: 'haiku' });
    await haiku.turn('[[text: Hi.]]');
    haiku.session.setModel('sonnet');
    haiku.session.setEffort('low');
    await haiku.turn('[[text: Hi again.]]');
    expect(asked().map((request) => request.model)).toEqual([
      expect.stringContaining('haiku'),
      expect.stringContaining('sonnet'),
    ]);
    expect(haiku.of('notice')).toEqual([]);
    expect(haiku.of('session').at(-1)?.model).toBe('sonnet');
  });

  it('hands on the first words while the rest is still held back', async () => {
    const end = run.turn('[[part: Before the gate.]] [[wait: middle]] [[text: After it.]]');
    await run.next('item_delta');
    expect(run.of('turn_end')).toEqual([]);
    at.server.open('middle');
    expect(await end).toMatchObject({ status: 'completed' });
  });

  it('runs an allowed command and tells its output and its exit code; a refused one does not run', async () => {
    const end = run.turn(`${bash('echo hi; exit 3')} [[then]] [[text: ok]]`);
    const request = await allowNext();
    expect(request).toMatchObject({ command: 'echo hi; exit 3', rule: { match: 'exact' } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(run.of('tool_end')).toEqual([
      expect.objectContaining({ status: 'failed', exit_code: 3, output: expect.stringContaining('hi') }),
    ]);
    const from = run.events.length;
    const refused = run.turn(`${bash('touch never')} [[then]] [[text: ok]]`);
    const { ref, options } = await run.next('approval_request', from);
    const no = options?.find((option) => option.kind === 'reject_once');
    run.session.answer(ref, { decision: 'deny', ...(no === undefined ? {} : { option_id: no.option_id }) });
    await refused;
    expect(existsSync(join(at.cwd, 'never'))).toBe(false);
    expect(run.of('tool_end').at(-1)?.status).toBe('denied');
  });

  it('edits a file and shows the difference', async () => {
    writeFileSync(join(at.cwd, 'b.txt'), 'red\ngreen\nblue\n');
    const file_path = join(at.cwd, 'b.txt');
    const edit = tool('Edit', { file_path, old_string: 'green', new_string: 'yellow' });
    const end = run.turn(`${tool('Read', { file_path })} [[then]] ${edit} [[then]] [[text: ok]]`);
    const request = await allowNext();
    expect(request).toMatchObject({ kind: 'edit', path: file_path, diff: { added: 1, removed: 1, change: 'update' } });
    expect(await end).toMatchObject({ status: 'completed' });
    expect(readFileSync(file_path, 'utf8')).toBe('red\nyellow\nblue\n');
    expect(run.of('file_edit').map(({ diff }) => [diff.path, diff.added, diff.removed])).toEqual([[file_path, 1, 1]]);
  });

  it('asks questions, which are answered in place', async () => {
    const options = ['Red', 'Blue'].map((label) => ({ label, description: label }));
    const question = { question: 'Which colour?', header: 'Colour', multiSelect: false, options };
    const end = run.turn(`${tool('AskUserQuestion', { questions: [question] })} [[then]] [[results]]`);
    const request = await run.next('approval_request');
    expect(request.kind).toBe('question');
    expect(request.questions?.[0]?.options.map((option) => option.label)).toEqual(['Red', 'Blue']);
    const answers = { [request.questions?.[0]?.question ?? '']: 'Blue' };
    run.session.answer(request.ref, { decision: 'allow_once', answers });
    await end;
    expect(run.of('text').at(-1)?.text).toContain('Blue');
    expect(at.provider.capabilities.questions).toBe(true);
  });

  it('keeps parallel tools apart', async () => {
    for (const name of ['x', 'y']) writeFileSync(join(at.cwd, name), `content of ${name}\n`);
    const reads = ['x', 'y'].map((name) => tool('Read', { file_path: join(at.cwd, name) })).join(' ');
    await run.turn(`${reads} [[then]] [[text: ok]]`);
    expect(run.of('tool_start')).toHaveLength(2);
    expect(run.of('tool_end').map((end) => end.status)).toEqual(['completed', 'completed']);
    const outputs = run.of('tool_end').map((end) => end.output ?? '');
    for (const name of ['x', 'y']) expect(outputs.filter((one) => one.includes(`content of ${name}`))).toHaveLength(1);
  });

  it('has what a sub-agent does inside of its call, and shows its plan', async () => {
    const prompt = `${bash('touch by-sub-agent')} [[then]] [[text: Sub done.]]`;
    const task = { description: 'look', prompt, subagent_type: 'general-purpose', run_in_background: false };
    const todos = [{ content: 'A', status: 'in_progress', activeForm: 'Doing A' }];
    const end = run.turn(`${tool('TodoWrite', { todos })} [[then]] ${tool('Task', task)} [[then]] [[text: All done.]]`);
    await allowNext();
    await end;
    const starts = run.of('tool_start');
    const parent = starts.find((start) => start.tool === 'Task');
    expect(starts.find((start) => start.tool === 'Bash')?.parent_tool_call_id).toBe(parent?.tool_call_id);
    expect(run.of('plan').at(-1)?.entries).toEqual([{ text: expect.any(String), status: 'in_progress' }]);
    expect(at.provider.capabilities).toMatchObject({ sub_agents: true, plan: true });
  });

  it('takes a slash command as it was typed, without a model', async () => {
    await run.turn('[[text: Hi.]]');
    const before = asked().length;
    expect(await run.turn('/context')).toMatchObject({ status: 'completed' });
    expect(run.of('text').at(-1)?.text).toContain('Context');
    expect(asked()).toHaveLength(before);
  });

  it('is shown images and files that go with a message', async () => {
    const picture = join(at.cwd, 'dot.png');
    const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    writeFileSync(picture, Buffer.from(dot, 'base64'));
    const notes = join(at.cwd, 'notes.txt');
    writeFileSync(notes, 'remember the milk');
    const kept = { attachment_id: '0'.repeat(64), bytes: 70 };
    await run.turn('[[text: Seen.]]', [
      { ...kept, path: picture, name: 'dot.png', media_type: 'image/png' },
      { ...kept, path: notes, name: 'notes.txt', media_type: 'text/plain' },
    ]);
    const body = JSON.stringify(asked().at(-1)?.body);
    expect(body).toContain('"media_type":"image/png"');
    expect(body).toContain('remember the milk');
  });

  it.each<[string, string, (from: number) => Promise<unknown>]>([
    ['text', '[[slow: 5000 words, 5 ms]]', (from) => run.next('item_delta', from)],
    ['silence', '[[stall]]', async () => at.server.waitFor((request) => request.prompt?.includes('stall') ?? false)],
    ['a question', bash('mkdir later'), (from) => run.next('approval_request', from)],
    [
      'a command, with what hides from it',
      bash(
        `(setsid nohup bash -c 'trap "" TERM; touch started; while :; do perl -e "sleep 1"; done' >/dev/null 2>&1 &); perl -e "sleep 600"`,
      ),
      async (from) => {
        await allowNext(from);
        await expect.poll(() => existsSync(join(at.cwd, 'started')), { timeout: 20_000 }).toBe(true);
      },
    ],
  ])(
    'is stopped in the middle of %s, with all that the turn started, and goes on after',
    async (_what, prompt, until) => {
      await run.turn('[[text: Ready.]]');
      const kept = new Set(running(at.instance).map((process) => process.group));
      const from = run.events.length;
      const stopped = run.turn(prompt);
      await until(from);
      run.session.interrupt();
      expect(await stopped).toMatchObject({ status: 'aborted' });
      // What shares a group with the agent is a helper of its own.
      expect(running(at.instance).filter((process) => !kept.has(process.group))).toEqual([]);
      expect(await run.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
    },
  );

  it('goes on with the conversation after it was killed, and on a branch of it', async () => {
    await run.turn('Remember the word heron. [[text: I will.]]');
    const id = run.of('session').at(-1)?.provider_session_id ?? '';
    // It writes what was said a moment behind.
    const transcripts = () =>
      readFileSync(join(at.options.home, 'projects', at.cwd.replace(/[^A-Za-z0-9]/g, '-'), `${id}.jsonl`), 'utf8');
    await expect
      .poll(
        () => {
          try {
            return transcripts();
          } catch {
            return '';
          }
        },
        { timeout: 20_000 },
      )
      .toContain('I will.');
    for (const { pid } of running(at.instance)) process.kill(pid, 'SIGKILL');
    await run.next('closed');
    const later = begin(at, { resume: id });
    expect(await later.turn('[[text: Heron.]]')).toMatchObject({ status: 'completed' });
    expect(later.of('session').at(-1)?.provider_session_id).toBe(id);
    expect(later.of('text').map((text) => text.text)).toEqual(['Heron.']);
    expect(JSON.stringify(asked().at(-1)?.body)).toContain('Remember the word heron.');
    await later.session.close();
    const branch = begin(at, { resume: id, fork: true });
    expect(await branch.turn('[[text: On a branch.]]')).toMatchObject({ status: 'completed' });
    expect(branch.of('session').at(-1)?.provider_session_id).not.toBe(id);
    expect(JSON.stringify(asked().at(-1)?.body)).toContain('Remember the word heron.');
  });

  it('says when a conversation is not there any more, before anything runs', async () => {
    const lost = begin(at, { resume: '00000000-0000-4000-8000-000000000000' });
    void lost.turn('[[text: Hi.]]');
    expect((await lost.next('resume_lost')).text).toBeTruthy();
    await lost.next('closed');
    expect(asked()).toEqual([]);
  });

  it.each([
    ['[[error: 401]]', 'provider_not_signed_in'],
    ['[[error: 429]]', 'provider_rate_limited'],
    ['[[error: 500]]', 'provider_failed'],
    ['[[cut]]', 'provider_failed'],
    [
      '[[error: 400 {"type":"invalid_request_error","message":"prompt is too long: 1200000 tokens > 1000000 maximum"}]]',
      'context_full',
    ],
  ])('ends the turn clearly, and goes on after: %s', async (prompt, code) => {
    const { status, problem } = await run.turn(prompt);
    expect([status, problem?.code]).toEqual(['failed', code]);
    expect(problem?.next).toBeTruthy();
    expect(JSON.stringify(problem)).not.toContain(fakeAnthropicKey);
    expect(await run.turn('[[text: Now.]]')).toMatchObject({ status: 'completed' });
  });
});
