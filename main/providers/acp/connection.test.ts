import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AcpConnection } from './connection.ts';

function stage() {
  const written: string[] = [];
  const heard: unknown[][] = [];
  const connection = new AcpConnection((text) => written.push(text), {
    onNotification: (method) => heard.push(['notification', method]),
    onRequest: (id, method) => heard.push(['request', id, method]),
    onUnknown: () => heard.push(['unknown']),
    onGarbage: (text) => heard.push(['garbage', text]),
  });
  return { connection, written, heard };
}

describe('a connection to an agent', () => {
  it('gives each answer to the question it belongs to, in whatever order they come', () => {
    const { connection } = stage();
    const answers: unknown[] = [];
    connection.request('session/set_mode', { sessionId: 's', modeId: 'a' }, (answer) =>
      answers.push(['first', answer.ok]),
    );
    connection.request('session/set_mode', { sessionId: 's', modeId: 'b' }, (answer) =>
      answers.push(['second', answer.ok]),
    );
    expect(connection.hear('{"jsonrpc":"2.0","id":2,"result":{}}')).toBe(true);
    expect(connection.hear('{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"no"}}')).toBe(true);
    expect(connection.hear('{"jsonrpc":"2.0","id":1,"result":{}}')).toBe(false);
    expect(answers).toEqual([
      ['second', true],
      ['first', false],
    ]);
  });

  it('tells what it hears apart before it returns', () => {
    const { connection, heard } = stage();
    for (const line of ['{"method":"a"}', '{"id":0,"method":"b"}', '{"id":"x","method":"c"}', '[]', '{}', 'npm warn'])
      connection.hear(line);
    expect(heard).toEqual([
      ['notification', 'a'],
      ['request', 0, 'b'],
      ['request', 'x', 'c'],
      ['unknown'],
      ['unknown'],
      ['garbage', 'npm warn'],
    ]);
  });

  it('writes one line a message, whatever the words are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { connection, written } = stage();
        connection.request(
          'session/prompt',
          { sessionId: 's', prompt: [{ type: 'text', text: `${text}\u2028\n` }] },
          () => {},
        );
        const [line = ''] = written;
        expect(line.slice(0, -1)).not.toMatch(/[\n\r\u2028\u2029]/);
        expect(JSON.parse(line).params.prompt[0].text).toBe(`${text}\u2028\n`);
      }),
    );
  });

  it('cuts what is nested too deep for those who walk it later', () => {
    const { connection } = stage();
    let told: unknown;
    connection.request('session/set_mode', { sessionId: 's', modeId: 'a' }, (answer) => {
      told = answer;
    });
    const depth = 100_000;
    connection.hear(`{"id":1,"result":{"deep":${'['.repeat(depth)}${']'.repeat(depth)}}}`);
    expect(JSON.stringify(told)).toContain('nested too deep');
  });

  it('never throws on what an agent writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        stage().connection.hear(line);
      }),
    );
  });
});
