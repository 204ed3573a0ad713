import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { McpServer } from '../../main/orchestrator/ports.ts';
import { Run } from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import { fakeAnthropicKey } from '../tools/claude-env.ts';
import { allowNext, bash, expectNothingLeft, lastBody, type Place, place } from './claude-place-test-support.ts';

let at: Place;

beforeEach(async () => {
  at = await place();
});
afterEach(async () => {
  await expectNothingLeft(at);
  await at.dispose();
});

/** One session from its start to its close; what it said must obey the laws. */
async function withRun(options: ConstructorParameters<typeof Run>[1], play: (run: Run) => Promise<void>, where = at) {
  const run = new Run(where, options);
  try {
    await play(run);
  } finally {
    await run.session.close();
  }
  expect(brokenLaws(run.events, run.prompts)).toEqual([]);
}

describe('the models of the real Claude Code', { timeout: 60_000 }, () => {
  it('are known with their efforts before the first conversation, without a question to the model', async () => {
    const learned = new Promise<void>((resolve) => at.provider.changed.on(resolve));
    expect((await at.provider.detect()).models.every((model) => model.efforts === undefined)).toBe(true);
    await learned;
    const { models } = await at.provider.detect();
    expect(models.find((model) => model.id === 'opus')).toMatchObject({
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
      default_effort: expect.any(String),
    });
    expect(at.server.requests.filter((request) => request.kind === 'conversation')).toEqual([]);
    await expectNothingLeft(at);
  });

  it('and the effort are those that were chosen, from the start and from one turn to the next', async () => {
    await withRun({ model: 'haiku', effort: 'low' }, async (run) => {
      await run.turn('[[text: One.]]');
      expect(lastBody(at.server)).toMatchObject({
        model: expect.stringContaining('haiku'),
        output_config: { effort: 'low' },
      });
      run.session.setModel('opus');
      run.session.setEffort('high');
      await run.turn('[[text: Two.]]');
      expect(lastBody(at.server)).toMatchObject({
        model: expect.stringContaining('opus'),
        output_config: { effort: 'high' },
      });
      run.session.setEffort(null);
      await run.turn('[[text: Three.]]');
      expect(lastBody(at.server)).toMatchObject({ output_config: { effort: 'medium' } });
      expect(run.of('notice')).toEqual([]);
    });
  });

  it('are asked for their thinking in words', async () => {
    await withRun({}, async (run) => {
      await run.turn('[[think: Let me see.]] [[text: Yes.]]');
      expect(lastBody(at.server)).toMatchObject({ thinking: { display: 'summarized' } });
      expect(run.of('reasoning').map((one) => one.text)).toEqual(['Let me see.']);
    });
  });
});

describe('the slash commands of the real Claude Code', { timeout: 60_000 }, () => {
  it('are told before the first message, and work as text', async () => {
    await withRun({}, async (run) => {
      const { commands } = await run.next('commands');
      expect(commands.map((command) => command.name)).toEqual(expect.arrayContaining(['compact', 'context', 'init']));
      await run.turn('[[text: Something to remember.]]');
      expect(await run.turn('/context')).toMatchObject({ status: 'completed' });
      expect(run.of('text').at(-1)?.text).toContain('Context Usage');
    });
  });

  it('make room in the context, and tell how much', async () => {
    await withRun({}, async (run) => {
      await run.turn('[[big: 100 KB]]');
      expect(await run.turn('/compact keep the numbers')).toMatchObject({ status: 'completed' });
      expect(run.of('compaction')).toEqual([
        { type: 'compaction', trigger: 'manual', tokens_before: expect.any(Number), tokens_after: expect.any(Number) },
      ]);
      const [one] = run.of('compaction');
      expect(one?.tokens_after).toBeLessThan(one?.tokens_before ?? 0);
      expect(run.of('usage').at(-1)?.context_tokens).toBe(one?.tokens_after);
      expect(run.of('text')).toHaveLength(1);
      expect(await run.turn('[[text: Going on.]]')).toMatchObject({ status: 'completed' });
    });
  });

  it('clear the conversation, which is said and remembered', async () => {
    await withRun({}, async (run) => {
      await run.turn('[[text: One.]]');
      const before = run.of('session').at(-1)?.provider_session_id;
      await run.turn('/clear');
      expect(run.of('notice').map((notice) => notice.code)).toEqual(['conversation_cleared']);
      expect(run.of('session').at(-1)?.provider_session_id).not.toBe(before);
    });
  });
});

/** A tool server with one tool, which answers what it was told, or what the person answers to the form it asks for first. */
async function toolServer(form?: object): Promise<{ server: McpServer; authorizations: unknown[]; close(): void }> {
  const authorizations: unknown[] = [];
  let answered: (given: unknown) => void = () => {};
  const http = createServer(async (request, response) => {
    authorizations.push(request.headers.authorization);
    if (request.method !== 'POST') return void response.writeHead(405).end();
    let text = '';
    for await (const chunk of request) text += chunk;
    const { id, method, params, result: given } = JSON.parse(text);
    if (id === 'form') answered(given);
    if (id === undefined || id === 'form') return void response.writeHead(202).end();
    const results: { [method: string]: () => unknown } = {
      initialize: () => ({
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: 'deck', version: '1' },
      }),
      'tools/list': () => ({ tools: [{ name: 'report', description: 'd', inputSchema: { type: 'object' } }] }),
      'tools/call': () => ({ content: [{ type: 'text', text: `noted: ${params.arguments.text}` }] }),
    };
    if (method === 'tools/call' && form !== undefined) {
      const given = new Promise((resolve) => {
        answered = resolve;
      });
      const say = (message: object) => response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', ...message })}\n\n`);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      say({ id: 'form', method: 'elicitation/create', params: form });
      say({ id, result: { content: [{ type: 'text', text: JSON.stringify(await given) }] } });
      return void response.end();
    }
    const result = results[method]?.();
    const answer = result === undefined ? { error: { code: -32601, message: 'unknown' } } : { result };
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`;
  const close = () => {
    http.closeAllConnections();
    http.close();
  };
  return { server: { name: 'deck', url, headers: { Authorization: 'Bearer deck-token' } }, authorizations, close };
}

describe('a tool server of this app in the real Claude Code', { timeout: 60_000 }, () => {
  it('is used from the first message on without asking; its token is neither in the arguments nor in the environment', async () => {
    const tools = await toolServer();
    try {
      await withRun({ mcp_servers: [tools.server] }, async (run) => {
        expect(await run.turn('[[tool: mcp__deck__report {"text":"half"}]] [[then]] [[results]]')).toMatchObject({
          status: 'completed',
        });
        expect(run.of('text').at(-1)?.text).toBe('noted: half');
        expect(run.of('approval_request')).toEqual([]);
        expect(new Set(tools.authorizations)).toEqual(new Set(['Bearer deck-token']));
        const end = run.turn(
          `${bash('cat /proc/*/cmdline /proc/*/environ 2>/dev/null | tr "\\0" "\\n" | grep -c deck-toke[n]')} [[then]] [[results]]`,
        );
        await allowNext(run);
        await end;
        expect(run.of('tool_end').at(-1)?.output).toBe('0');
      });
    } finally {
      tools.close();
    }
  });

  it('leaves the servers of the person’s own as they are: they are there too, and asked about', async () => {
    const [tools, own] = [await toolServer(), await toolServer()];
    try {
      const settings = join(at.configDir, '.claude.json');
      const mine = { type: 'http', url: own.server.url, headers: own.server.headers };
      writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), mcpServers: { mine } }));
      await withRun({ mcp_servers: [tools.server] }, async (run) => {
        const end = run.turn(
          '[[tool: mcp__mine__report {"text":"a"}]] [[tool: mcp__deck__report {"text":"b"}]] [[then]] [[results]]',
        );
        expect(await run.next('approval_request')).toMatchObject({ tool: 'mcp__mine__report' });
        await allowNext(run);
        expect(await end).toMatchObject({ status: 'completed' });
        expect(
          run
            .of('tool_end')
            .map((one) => one.output)
            .sort(),
        ).toEqual(['noted: a', 'noted: b']);
        expect(run.of('approval_request')).toHaveLength(1);
      });
    } finally {
      tools.close();
      own.close();
    }
  });

  it.each([
    ['filled in', { decision: 'allow_once', answers: { 'Which colour?': 'Blue' } }, 'accept', '"colour":"blue"'],
    ['refused', { decision: 'deny' }, 'decline', 'decline'],
  ] as const)('can ask the person for something: %s', async (_what, answer, action, words) => {
    const tools = await toolServer({
      message: 'Please choose.',
      requestedSchema: {
        type: 'object',
        properties: {
          colour: {
            type: 'string',
            description: 'Which colour?',
            oneOf: [
              { const: 'red', title: 'Red' },
              { const: 'blue', title: 'Blue' },
            ],
          },
        },
      },
    });
    try {
      await withRun({ mcp_servers: [tools.server] }, async (run) => {
        const end = run.turn('[[tool: mcp__deck__report {"text":"x"}]] [[then]] [[results]]');
        const request = await run.next('approval_request');
        expect(request).toMatchObject({
          kind: 'question',
          title: 'Please choose.',
          questions: [{ question: 'Which colour?', options: [{ label: 'Red' }, { label: 'Blue' }] }],
        });
        run.session.answer(request.ref, answer);
        expect(await end).toMatchObject({ status: 'completed' });
        expect(run.of('text').at(-1)?.text).toContain(`"action":"${action}"`);
        expect(run.of('text').at(-1)?.text).toContain(words);
        const ends = run.of('tool_end').filter((one) => one.tool_call_id === request.tool_call_id);
        expect(ends.map((one) => one.status)).toEqual([action === 'accept' ? 'completed' : 'denied']);
      });
    } finally {
      tools.close();
    }
  });

  it('that does not answer is said, and the message is sent all the same', async () => {
    const server = { name: 'deck', url: 'http://127.0.0.1:9/mcp', headers: {} };
    await withRun({ mcp_servers: [server] }, async (run) => {
      expect(await run.turn('[[text: Without.]]')).toMatchObject({ status: 'completed' });
      expect(run.of('notice').map((notice) => notice.code)).toEqual(['tool_server_failed']);
    });
  });
});

describe('a key that the app keeps', { timeout: 60_000 }, () => {
  const key = 'sk-ant-api03-kept-by-the-app';

  it('signs the real Claude Code in, before any other, and is not seen by its tools', async () => {
    const kept = await place({}, { get: () => key });
    try {
      expect(await kept.provider.detect()).toMatchObject({
        state: 'ready',
        key_stored: true,
        key_variable: 'ANTHROPIC_API_KEY',
        known_good: 'tried',
        npm_package: '@anthropic-ai/claude-code',
      });
      await withRun(
        {},
        async (run) => {
          const end = run.turn(`${bash('env; tr "\\0" "\\n" < /proc/$PPID/environ')} [[then]] [[text: ok]]`);
          await allowNext(run);
          expect(await end).toMatchObject({ status: 'completed' });
          const sent = kept.server.requests.find((request) => request.kind === 'conversation')?.headers['x-api-key'];
          expect(sent).toBe(key);
          const output = run.of('tool_end').at(-1)?.output ?? '';
          expect(output).toContain('PATH=');
          expect(output).not.toContain(key);
          expect(output).not.toContain(fakeAnthropicKey);
        },
        kept,
      );
      await expectNothingLeft(kept);
    } finally {
      await kept.dispose();
    }
  });
});
