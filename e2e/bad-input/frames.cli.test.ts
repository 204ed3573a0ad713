import { describe, expect } from 'vitest';
import { limits } from '../../main/protocol/limits.ts';
import { it, openSession, talk } from './app-test-support.ts';

describe.concurrent('frames over the WebSocket that are not as they should be', () => {
  it('are each answered with words, and the connection goes on', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    const command_id = 'bad-frame-0001';
    const bad: [frame: string | Buffer, code: string][] = [
      ['', 'invalid_json'],
      ['{', 'invalid_json'],
      ['\u0000', 'invalid_json'],
      ['null', 'invalid_frame'],
      ['[]', 'invalid_frame'],
      ['42', 'invalid_frame'],
      ['"message"', 'invalid_frame'],
      [JSON.stringify({ type: 'nonsense', command_id }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', command_id }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', command_id, session_id, text: '' }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', command_id, session_id, text: 42 }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', command_id, session_id, text: 'x'.repeat(500_001) }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', session_id, text: 'no id' }), 'invalid_frame'],
      [JSON.stringify({ type: 'message', command_id, session_id: '../../etc', text: 'hi' }), 'invalid_frame'],
      [JSON.stringify({ type: 'attach', command_id, session_id, after_seq: -1 }), 'invalid_frame'],
      [JSON.stringify({ type: 'attach', command_id, session_id, after_seq: 1e300 }), 'invalid_frame'],
      [JSON.stringify({ type: 'new_chat', command_id, cwd: '/tmp', provider: 'demo', mode: 'god' }), 'invalid_frame'],
      [`{"type":"message","command_id":"${command_id}","__proto__":{"text":"x"}}`, 'invalid_frame'],
      ['['.repeat(100_000), 'invalid_json'],
      [Buffer.from([0xff, 0xfe, 0x00]), 'invalid_frame'],
      [
        JSON.stringify({
          type: 'message',
          command_id: 'unknown-0001',
          session_id: 'ses_1M7WFR69R8FZNGPPX8FTEV',
          text: 'hi',
        }),
        'not_found',
      ],
    ];
    const answers = () => client.frames.filter((frame) => frame.type === 'response' && frame.ok === false);
    for (const [index, [frame, code]] of bad.entries()) {
      client.raw(frame);
      await client.until(`an answer to ${String(frame).slice(0, 80)}`, () => answers().length > index);
      const { error } = answers().at(-1)!;
      expect(error.code, String(frame).slice(0, 80)).toBe(code);
      for (const words of [error.message, error.impact, error.next]) expect(words).toMatch(/\w/);
    }
    expect(await talk(client, session_id, 'Still there?')).toMatchObject({ status: 'completed' });
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('that are larger than a frame may be close this connection and no other', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const [client, other] = [await app.connect(), await app.connect()];
    const session_id = await openSession(other, stage.folder());
    client.raw('x'.repeat(limits.frameBytes + 1));
    expect(await client.closed).toBe(1009);
    expect(await talk(other, session_id, 'Still there?')).toMatchObject({ status: 'completed' });
  });

  it('with every character there is arrive and come back as they were', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    const text = 'a\u0000b\u0007\u202e\ud83d\ude80\u2028 "quoted" \\ </script> \ufeff';
    expect(await talk(client, session_id, text)).toMatchObject({ status: 'completed' });
    expect(client.events.find((event) => event.type === 'user_message')?.text).toBe(text);
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('with the longest message there may be arrive, however many bytes its characters take', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    for (const character of ['a', '\u4e00', '\u0007']) {
      const text = character.repeat(limits.promptChars);
      expect(await talk(client, session_id, text)).toMatchObject({ status: 'completed' });
      expect(client.events.filter((event) => event.type === 'user_message').at(-1)?.text).toBe(text);
    }
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('of half a surrogate pair are kept or refused, and never break the log', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    const answer = await client.ask({ type: 'message', session_id, text: 'half \ud83d of one' });
    if (answer.ok) await client.until('its end', (event) => event.type === 'turn_end');
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
    expect(await talk(client, session_id, 'Whole')).toMatchObject({ status: 'completed' });
  });
});
