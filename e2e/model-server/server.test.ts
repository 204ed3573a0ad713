import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from './server.ts';

interface SseEvent {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: the test asserts the shape it reads.
  data: any;
}

describe('the scripted model server at its Anthropic door', () => {
  let server: ModelServer;

  beforeEach(async () => {
    server = await startModelServer({ deltaMs: 0 });
  });
  afterEach(() => server.close());

  function ask(prompt: string, more: object = {}, signal?: AbortSignal): Promise<Response> {
    const body = {
      model: 'claude-test',
      stream: true,
      messages: [{ role: 'user', content: prompt }],
      tools: [{}],
      ...more,
    };
    return fetch(`${server.url}/v1/messages?beta=true`, {
      method: 'POST',
      body: JSON.stringify(body),
      signal: signal ?? null,
    });
  }

  async function events(prompt: string): Promise<SseEvent[]> {
    return parse(await (await ask(prompt)).text());
  }

  function parse(stream: string): SseEvent[] {
    return stream
      .split('\n\n')
      .filter((event) => event !== '')
      .map((event) => {
        const [name = '', data = ''] = event.split('\n');
        return { name: name.slice('event: '.length), data: JSON.parse(data.slice('data: '.length)) };
      });
  }

  it('sends a message as the streaming API does, every event named like its type', async () => {
    const sent = await events('[[think: hm]] [[text: one two]] [[tool: Bash {"command":"ls"}]]');
    expect(sent.every((event) => event.name === event.data.type)).toBe(true);
    expect(sent.map((event) => event.data.delta?.type ?? event.data.content_block?.type ?? event.name)).toEqual([
      'message_start',
      'ping',
      'thinking',
      'thinking_delta',
      'signature_delta',
      'content_block_stop',
      'text',
      'text_delta',
      'text_delta',
      'content_block_stop',
      'tool_use',
      'input_json_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(sent.at(-2)?.data).toMatchObject({ delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 4 } });
  });

  /** The chunks of the transfer encoding (RFC 9112, 7.1): what the server wrote at once, however TCP delivers it. */
  async function chunks(prompt: string): Promise<string[]> {
    const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: prompt }], tools: [{}] });
    const socket = connect(server.port, '127.0.0.1');
    const head = ['POST /v1/messages HTTP/1.1', 'Host: x', 'Connection: close', `Content-Length: ${body.length}`];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    let received = '';
    for await (const part of socket) received += String(part);
    const framed = received.slice(received.indexOf('\r\n\r\n') + 4);
    return framed.split('\r\n').filter((_, index) => index % 2 === 1);
  }

  it('writes every event as a chunk of its own, so that none waits for the next', async () => {
    const events = (await chunks('[[text: a b c d e f]]')).filter((chunk) => chunk !== '');
    expect(events.filter((event) => event.includes('text_delta'))).toHaveLength(6);
    expect(events.every((event) => event.split('event: ').length === 2 && event.endsWith('\n\n'))).toBe(true);
  });

  it('gives the same answer as one message where no stream is asked for', async () => {
    const response = await ask('[[think: hm]] [[text: one two]] [[tool: Bash {"command":"ls"}]]', { stream: false });
    expect(await response.json()).toMatchObject({
      type: 'message',
      stop_reason: 'tool_use',
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'one two' },
        { type: 'tool_use', name: 'Bash', input: { command: 'ls' } },
      ],
    });
  });

  it('refuses as often as the script says, then answers', async () => {
    const statuses = [];
    for (let request = 0; request < 4; request += 1)
      statuses.push((await ask('[[error: 429 x2]] [[text: ok]]')).status);
    expect(statuses).toEqual([429, 429, 200, 200]);
  });

  it('counts the faults of two sessions apart', async () => {
    const session = (id: string) => ({ metadata: { user_id: JSON.stringify({ session_id: id }) } });
    expect((await ask('[[error: 500 x1]]', session('a'))).status).toBe(500);
    expect((await ask('[[error: 500 x1]]', session('b'))).status).toBe(500);
    expect((await ask('[[error: 500 x1]]', session('a'))).status).toBe(200);
  });

  it('sends type, message and headers of an error as the script says', async () => {
    const response = await ask('[[error: 429 {"message":"slow down","headers":{"retry-after":"7"}}]]');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({
      type: 'error',
      error: { type: 'rate_limit_error', message: 'slow down' },
    });
  });

  it('puts an error after the first words into the stream', async () => {
    const sent = await events('[[text: some]] [[error: 529]]');
    expect(sent.at(-1)).toMatchObject({ name: 'error', data: { error: { type: 'overloaded_error' } } });
    expect(server.requests.at(-1)).toMatchObject({ outcome: 'failed', status: 200 });
  });

  it('keeps the block of a [[part]] open across a gate, so that one block is cut in two', async () => {
    const answer = events('[[part: one ]] [[wait: middle]] [[text: two]] [[think: three]]');
    server.open('middle');
    const shapes = (await answer).map(
      (event) => event.data.content_block?.type ?? event.data.delta?.text ?? event.name,
    );
    expect(shapes.slice(2, 7)).toEqual(['text', 'one', 'two', 'content_block_stop', 'thinking']);
  });

  it('closes an open block at the end of the message', async () => {
    expect((await events('[[part: one]]')).at(-3)?.name).toBe('content_block_stop');
  });

  it('delivers everything written before a cut', async () => {
    const received = (await chunks('[[part: a b c]] [[cut]]')).join('');
    expect(received.split('text_delta').length - 1).toBe(3);
    expect(received).not.toContain('content_block_stop');
  });

  it('cuts the connection in the middle of a stream', async () => {
    await expect((await ask('[[text: some]] [[cut]]')).text()).rejects.toThrow();
    expect(server.requests.at(-1)?.outcome).toBe('cut');
  });

  it('ends a truncated stream properly but without its last events', async () => {
    expect((await events('[[text: some]] [[truncate]]')).at(-1)?.name).toBe('content_block_stop');
  });

  it('sends not even headers while it stalls at the beginning, and notices that the client left', async () => {
    const client = new AbortController();
    const answer = ask('[[stall]]', {}, client.signal);
    const record = await server.waitFor((request) => request.prompt === '[[stall]]');
    expect(record).toMatchObject({ outcome: 'running', status: null });
    client.abort();
    await expect(answer).rejects.toThrow();
    expect(await server.waitFor((request) => request.outcome === 'client_closed')).toBe(record);
  });

  it('waits at a gate until it is opened, also from outside the process', async () => {
    const answer = events('[[wait: a gate]] [[text: through]]');
    await server.waitFor((request) => request.prompt !== null);
    expect((await fetch(`${server.url}/control/open/a%20gate`, { method: 'POST' })).status).toBe(204);
    expect((await answer).some((event) => event.data.delta?.text === 'through')).toBe(true);
  });

  it('overrides stop reason and usage', async () => {
    const sent = await events('[[text: half]] [[stop: max_tokens]] [[usage: {"cache_read_input_tokens":900}]]');
    expect(sent.at(-2)?.data).toMatchObject({
      delta: { stop_reason: 'max_tokens' },
      usage: { cache_read_input_tokens: 900 },
    });
  });

  it('answers a request for a title with what its schema wants and runs no script', async () => {
    const format = {
      type: 'json_schema',
      schema: { type: 'object', properties: { title: { type: 'string' }, urgent: { type: 'boolean' } } },
    };
    const response = await ask('Title for: [[error: 500]]', { stream: false, tools: [], output_config: { format } });
    const message = (await response.json()) as { content: { text: string }[] };
    expect(JSON.parse(message.content[0]?.text ?? '')).toEqual({ title: 'Scripted', urgent: false });
    expect(server.requests.at(-1)?.kind).toBe('side');
  });

  it('counts tokens and answers the probe', async () => {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(400) }] });
    const counted = await fetch(`${server.url}/v1/messages/count_tokens`, { method: 'POST', body });
    expect(((await counted.json()) as { input_tokens: number }).input_tokens).toBeGreaterThan(90);
    expect((await fetch(server.url, { method: 'HEAD' })).status).toBe(200);
    expect(server.requests.map((request) => request.kind)).toEqual(['count_tokens', 'probe']);
  });

  it('keeps only as many requests as it was told', async () => {
    const small = await startModelServer({ keepRequests: 2 });
    for (let request = 0; request < 3; request += 1) await fetch(small.url, { method: 'HEAD' });
    expect(small.requests.map((request) => request.number)).toEqual([2, 3]);
    await small.close();
  });
});
