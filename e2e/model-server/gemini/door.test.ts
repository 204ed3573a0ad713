import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelServer, startModelServer } from '../server.ts';

describe('the scripted model server at its Gemini door', () => {
  let server: ModelServer;

  beforeEach(async () => {
    server = await startModelServer({ deltaMs: 0 });
  });
  afterEach(() => server.close());

  function ask(prompt: string, method = 'streamGenerateContent?alt=sse', more: object = {}): Promise<Response> {
    const contents = [{ role: 'user', parts: [{ text: prompt }] }];
    const body = JSON.stringify({ contents, tools: [{}], ...more });
    return fetch(`${server.url}/v1beta/models/gemini-2.5-pro:${method}`, { method: 'POST', body });
  }

  async function chunks(prompt: string) {
    const text = await (await ask(prompt)).text();
    const lines = text.split('\n\n').filter((event) => event !== '');
    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
    return lines.map((line) => JSON.parse(line.slice('data: '.length)));
  }

  it('streams thought, text and whole calls, and ends with a reason and the usage', async () => {
    const sent = await chunks('[[think: hm]] [[text: one two]] [[tool: read_file {"path":"a"}]]');
    expect(sent.flatMap((chunk) => chunk.candidates[0].content.parts)).toEqual([
      { text: '**Thinking** hm', thought: true },
      { text: 'one ' },
      { text: 'two' },
      expect.objectContaining({ functionCall: { id: expect.any(String), name: 'read_file', args: { path: 'a' } } }),
    ]);
    expect(sent.at(-1)).toMatchObject({
      candidates: [{ finishReason: 'STOP' }],
      usageMetadata: { candidatesTokenCount: 4 },
    });
    expect(server.requests).toMatchObject([
      { kind: 'conversation', door: 'gemini', model: 'gemini-2.5-pro', outcome: 'completed' },
    ]);
  });

  it('gives the same answer whole where no stream is asked for', async () => {
    const whole = await (await ask('[[text: one two]] [[stop: max_tokens]]', 'generateContent')).json();
    expect(whole).toMatchObject({
      candidates: [{ content: { parts: [{ text: 'one ' }, { text: 'two' }] }, finishReason: 'MAX_TOKENS' }],
    });
  });

  it('fails as Google does', async () => {
    const response = await ask('[[error: 429 {"headers":{"retry-after":"1"}}]]');
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.json()).toEqual({
      error: { code: 429, message: 'Scripted 429', status: 'RESOURCE_EXHAUSTED' },
    });
  });

  it('answers what the CLI asks for itself without running a script', async () => {
    const responseJsonSchema = {
      type: 'object',
      properties: { reasoning: { type: 'string' }, score: { type: 'integer' } },
    };
    const more = { tools: [], generationConfig: { responseJsonSchema } };
    const response = await ask('[[error: 500]]', 'generateContent', more);
    const answer = (await response.json()) as { candidates: { content: { parts: { text: string }[] } }[] };
    expect(JSON.parse(answer.candidates[0]?.content.parts[0]?.text ?? '')).toEqual({ reasoning: 'Scripted', score: 1 });
    expect(server.requests).toMatchObject([{ kind: 'side' }]);
  });

  it('counts tokens', async () => {
    expect(await (await ask('hello', 'countTokens')).json()).toEqual({ totalTokens: expect.any(Number) });
    expect(server.requests).toMatchObject([{ kind: 'count_tokens' }]);
  });
});
