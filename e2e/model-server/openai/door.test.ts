import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../server.ts';
import { offeredTools, readTranscript } from './read.ts';

describe('the scripted model server at its OpenAI door', () => {
  let server: ModelServer;

  beforeEach(async () => {
    server = await startModelServer({ deltaMs: 0 });
  });
  afterEach(() => server.close());

  const said = (role: string, text: string) => ({ type: 'message', role, content: [{ type: 'input_text', text }] });
  const tools = [
    { type: 'function', name: 'exec_command' },
    { type: 'custom', name: 'apply_patch' },
  ];

  function ask(input: object[], more: object = {}): Promise<Response> {
    const body = JSON.stringify({ model: 'gpt-test', stream: true, input, tools, prompt_cache_key: 'thread', ...more });
    return fetch(`${server.url}/v1/responses`, { method: 'POST', body });
  }

  // biome-ignore lint/suspicious/noExplicitAny: the test asserts the shape it reads.
  async function events(prompt: string, before: object[] = []): Promise<any[]> {
    const stream = await (await ask([...before, said('user', prompt)])).text();
    return stream
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => {
        const [name = '', data = ''] = event.split('\n');
        const parsed = JSON.parse(data.slice('data: '.length));
        expect(name).toBe(`event: ${parsed.type}`);
        return parsed;
      });
  }

  it('sends a response as the streaming API does, numbered, and closes what it opened', async () => {
    const sent = await events('[[think: hm]] [[text: one two]] [[tool: exec_command {"cmd":"ls"}]]');
    expect(sent.map((event) => event.sequence_number)).toEqual(sent.map((_event, index) => index));
    expect(sent.map((event) => event.type.replace('response.', ''))).toEqual([
      'created',
      'output_item.added',
      'reasoning_summary_part.added',
      'reasoning_summary_text.delta',
      'reasoning_summary_text.done',
      'output_item.done',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'output_item.done',
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
      'completed',
    ]);
    const { output, usage } = sent.at(-1).response;
    expect(output).toMatchObject([
      { type: 'reasoning', summary: [{ text: 'hm' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'one two' }] },
      { type: 'function_call', name: 'exec_command', arguments: '{"cmd":"ls"}' },
    ]);
    expect(usage.total_tokens).toBe(usage.input_tokens + usage.output_tokens);
  });

  it('gives a freeform tool the text of its input, and names the namespace of a tool', async () => {
    const sent = await events('[[tool: apply_patch {"input":"*** Begin"}]] [[tool: agents.spawn {"a":1}]]');
    expect(sent.at(-1).response.output).toMatchObject([
      { type: 'custom_tool_call', name: 'apply_patch', input: '*** Begin' },
      { type: 'function_call', name: 'spawn', namespace: 'agents', arguments: '{"a":1}' },
    ]);
  });

  it('goes on with the next step after the results of tools, whatever was steered in without markers', async () => {
    const called = [
      said('user', '[[tool: exec_command {"cmd":"ls"}]] [[then]] [[results]]'),
      { type: 'function_call', call_id: 'c1', name: 'exec_command', arguments: '{"cmd":"ls"}' },
      { type: 'function_call_output', call_id: 'c1', output: 'a.txt' },
    ];
    const sent = await events('Please hurry.', called);
    expect(sent.at(-1).response.output[0].content[0].text).toBe('a.txt');
    const steered = await events('[[text: Steered.]]', called);
    expect(steered.at(-1).response.output[0].content[0].text).toBe('Steered.');
  });

  it('takes what the CLI wraps around a prompt for nothing a person said', () => {
    const { turns } = readTranscript({
      input: [
        said('developer', 'Be good.'),
        said('user', '<environment_context>\n  <cwd>/x</cwd>\n</environment_context>'),
        said('user', '# AGENTS.md instructions for /x\n\nBe quick.'),
        said('user', 'First'),
        said('assistant', 'Half'),
        said('user', '<turn_aborted>\nstopped\n</turn_aborted>'),
        said('user', 'Second'),
      ],
    });
    expect(turns).toMatchObject([
      { role: 'user', prompts: ['First'] },
      { role: 'assistant', text: 'Half' },
      { role: 'user', prompts: ['Second'] },
    ]);
  });

  it('finds the tools of newer models, which stand among the messages and in namespaces', () => {
    const added = [{ type: 'namespace', name: 'functions', tools: [{ type: 'custom', name: 'exec' }] }];
    expect(offeredTools({ input: [{ type: 'additional_tools', tools: added }] }).map((tool) => tool.name)).toEqual([
      'functions',
      'exec',
    ]);
  });

  it('fails as an HTTP status before the first item and as an event after it', async () => {
    const refused = await ask([
      said('user', '[[error: 429 {"type":"insufficient_quota","headers":{"retry-after":"7"}}]]'),
    ]);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await refused.json()).toMatchObject({ error: { type: 'insufficient_quota', code: 'insufficient_quota' } });
    const sent = await events('[[text: some]] [[error: 500]]');
    expect(sent.at(-1)).toMatchObject({ type: 'response.failed', response: { error: { type: 'server_error' } } });
  });

  it('tells an answer that is cut short as incomplete', async () => {
    const sent = await events('[[text: half]] [[stop: max_tokens]]');
    expect(sent.at(-1)).toMatchObject({
      type: 'response.incomplete',
      response: { incomplete_details: { reason: 'max_output_tokens' } },
    });
  });

  it('refuses a WebSocket at once, so that the CLI does not wait for one', async () => {
    expect((await fetch(`${server.url}/v1/responses`)).status).toBe(426);
    expect(server.requests.at(-1)?.kind).toBe('probe');
  });

  it('runs no script for a request without tools, nor for a summary', async () => {
    await (await ask([said('user', 'Title for: [[error: 500]]')], { tools: [] })).text();
    expect(server.requests.at(-1)).toMatchObject({ kind: 'side', outcome: 'completed' });
    const summary = 'You are performing a CONTEXT CHECKPOINT COMPACTION. Sum up.';
    await (await ask([said('user', '[[error: 500]]'), said('user', summary)])).text();
    expect(server.requests.at(-1)).toMatchObject({ kind: 'side', outcome: 'completed' });
  });
});
