import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linkOf } from '../link.ts';
import { DoorWorld, token } from './door-test-support.ts';

let world: DoorWorld;
beforeEach(async () => {
  world = new DoorWorld();
  await world.listen();
});
afterEach(async () => {
  await world.end();
  world.close();
});

const answer = (text: string) => {
  world.provider.say({ type: 'text', item_id: `i${Math.random()}`, text }, { type: 'turn_end', status: 'completed' });
};

describe('the handshake of version 1', () => {
  it('is answered with a fresh key, the chat, the agents that are ready, and the active agent and model in their own fields', async () => {
    const first = await world.enter({ chat_id: 7, channel_id: 3 });
    const second = await world.enter();
    expect(first.frames[0]).toMatchObject({
      type: 'auth_ok',
      chat_id: 7,
      channel_id: 3,
      active_provider: 'scripted',
      active_model: 'small',
      providers: [
        { id: 'scripted', name: 'Scripted', color: '#A1A1AA', models: ['small', 'large'] },
        { id: 'other', name: 'Other', color: '#A1A1AA', models: [] },
      ],
    });
    expect(second.frames[0]).not.toHaveProperty('channel_id');
    expect(first.frames[0]!.e2e_pk).not.toBe(second.frames[0]!.e2e_pk);
    expect(first.wire[0]).not.toContain('/secret/place');
  });

  it.each([
    [true, 1],
    [false, 1],
    [-4, 1],
    [0, 1],
    ['9', 1],
    [1.5, 1],
    [2 ** 60, 1],
    [null, 1],
    [[5], 1],
    [12, 12],
  ])(
    'takes chat_id and channel_id %j for %j: what is no positive whole number is the default',
    async (given, chat_id) => {
      const client = await world.enter({ chat_id: given, channel_id: given });
      expect(client.frames[0]!.chat_id).toBe(chat_id);
      expect(client.frames[0]!.channel_id).toBe(given === 12 ? 12 : undefined);
    },
  );

  it.each([
    ['not JSON', 'hello'],
    ['an array', '[]'],
    ['null', 'null'],
    ['another type', '{"type":"message"}'],
    ['a number', '4'],
  ])('refuses %s as auth_required and closes', async (_what, frame) => {
    const client = await world.client();
    client.socket.send(frame);
    expect(await client.next()).toMatchObject({ type: 'error', code: 'auth_required' });
    expect((await client.closed).code).toBe(1000);
  });

  it('refuses a binary first frame as auth_required', async () => {
    const client = await world.client();
    client.socket.send(Buffer.from(JSON.stringify({ type: 'auth', token })));
    expect(await client.next()).toMatchObject({ code: 'auth_required' });
  });

  it.each([
    ['a wrong token', { token: 'qd_wrong' }],
    ['a token beyond ASCII', { token: 'schlüssel🔑' }],
    ['no token', {}],
    ['a token that is no text', { token: 5 }],
    ['a very long token', { token: 'q'.repeat(100_000) }],
  ])('refuses %s as auth_failed, counts it and closes', async (_what, fields) => {
    const client = await world.client();
    client.hello(fields);
    expect(await client.next()).toMatchObject({ type: 'error', code: 'auth_failed' });
    await client.closed;
    expect(world.failures).toBe(1);
    expect(world.hall.connections).toBe(0);
  });

  it.each([
    ['none', undefined],
    ['not base64', '!!!!'],
    ['31 bytes', Buffer.alloc(31, 1).toString('base64')],
    ['33 bytes', Buffer.alloc(33, 1).toString('base64')],
    ['all zero', Buffer.alloc(32).toString('base64')],
    ['of order one', Buffer.from([1, ...Array(31).fill(0)]).toString('base64')],
    ['no text', 7],
    [
      'of order eight',
      Buffer.from('e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800', 'hex').toString('base64'),
    ],
  ])('refuses a public key that is %s as auth_failed: there is no session in clear', async (_what, e2e_pk) => {
    const client = await world.client();
    client.hello({ token, e2e_pk });
    expect(await client.next()).toMatchObject({ type: 'error', code: 'auth_failed' });
    await client.closed;
    expect(world.failures).toBe(0);
  });

  it('is refused over a network in clear until the person lets it in, whatever the token is', async () => {
    world.link = linkOf('lan', false, '192.168.1.9');
    for (const fields of [{ token }, { token: 'qd_wrong' }]) {
      const client = await world.client();
      client.hello(fields);
      expect(await client.next()).toMatchObject({ code: 'auth_failed', message: expect.stringContaining('rotate') });
    }
    world.allowedOnLan = true;
    const client = await world.enter();
    world.allowedOnLan = false;
    client.send({ type: 'message', text: 'still here?' });
    expect((await client.closed).code).toBe(1008);
    expect(world.provider.heard).toEqual([]);
    world.link = linkOf('lan', true, '192.168.1.9');
    await world.enter();
  });
});

describe('a conversation', () => {
  it('streams text, tools and status, and ends each message with one result whose text is what was streamed', async () => {
    const client = await world.enter();
    const said = client.say('  hello  ');
    await world.heard(1);
    expect(world.provider.heard[0]).toMatchObject({ type: 'prompt', text: 'hello' });
    const { say } = world.provider;
    say.call(world.provider, { type: 'item_delta', item_id: 'r', kind: 'reasoning', text: 'hm' });
    await new Promise((resolve) => setImmediate(resolve));
    world.provider.say(
      { type: 'reasoning', item_id: 'r', text: 'hm' },
      { type: 'item_delta', item_id: 'a', kind: 'text', text: 'Grüße' },
    );
    await new Promise((resolve) => setImmediate(resolve));
    world.provider.say(
      { type: 'text', item_id: 'a', text: 'Grüße 🎉' },
      { type: 'tool_start', tool_call_id: 'c', tool: 'Bash', kind: 'execute', title: 'ls', input: {} },
      { type: 'tool_end', tool_call_id: 'c', status: 'completed' },
      { type: 'tool_start', tool_call_id: 'd', tool: 'Read', kind: 'read', title: 'x', input: {} },
      { type: 'tool_end', tool_call_id: 'd', status: 'completed' },
      { type: 'text', item_id: 'b', text: 'done' },
      { type: 'turn_end', status: 'completed' },
    );
    const { result, before } = await said;
    expect(result).toEqual({ type: 'result', text: 'Grüße 🎉\n\ndone', stream_fallback: false, files: [] });
    const deltas = before.filter(({ type }) => type === 'text_delta').map(({ data }) => data);
    expect(deltas.join('')).toBe(result.text);
    expect(before.filter(({ type }) => type === 'tool_activity').map(({ data }) => data)).toEqual(['Shell', 'Read']);
    expect(before[0]).toEqual({ type: 'system_status', data: 'thinking' });
    expect(before[1]).toEqual({ type: 'system_status', data: null });
  });

  it('says stream_fallback where the agent took back what it had streamed', async () => {
    const client = await world.enter();
    const said = client.say('hello');
    await world.heard(1);
    world.provider.say({ type: 'item_delta', item_id: 'a', kind: 'text', text: 'wrong' });
    await new Promise((resolve) => setImmediate(resolve));
    world.provider.say(
      { type: 'item_replace', item_id: 'a', kind: 'text', text: 'right' },
      { type: 'text', item_id: 'a', text: 'right' },
      { type: 'turn_end', status: 'completed' },
    );
    expect((await said).result).toMatchObject({ text: 'right', stream_fallback: true });
  });

  it('aborts a running turn on the same socket at once: abort_ok with one killed, and an empty result', async () => {
    const client = await world.enter();
    client.send({ type: 'message', text: 'long' });
    await world.heard(1);
    client.send({ type: 'abort' });
    const frames = await client.until('abort_ok');
    const rest = frames.some(({ type }) => type === 'result') ? [] : [await client.next()];
    expect(frames.at(-1)).toEqual({ type: 'abort_ok', killed: 1 });
    expect([...frames, ...rest].find(({ type }) => type === 'result')).toMatchObject({ text: '' });
    client.send({ type: 'message', text: ' /STOP ' });
    expect(await client.next()).toEqual({ type: 'abort_ok', killed: 0 });
  });

  it('kills the turn of its own session and no other', async () => {
    const client = await world.enter({ chat_id: 1 });
    const neighbour = await world.enter({ chat_id: 2 });
    client.send({ type: 'message', text: 'one' });
    await world.heard(1);
    neighbour.send({ type: 'message', text: 'two' });
    await world.heard(2);
    client.send({ type: 'abort' });
    await client.until('abort_ok');
    expect(world.orchestrator.runningTurns).toBe(1);
  });

  it('keeps messages that arrive during a turn in order, each with its own result; an abort takes those that wait along', async () => {
    const client = await world.enter();
    client.send({ type: 'message', text: 'one' });
    client.send({ type: 'message', text: 'two' });
    await world.heard(1);
    answer('first');
    expect((await client.until('result')).at(-1)).toMatchObject({ text: 'first' });
    await world.heard(2);
    answer('second');
    expect((await client.until('result')).at(-1)).toMatchObject({ text: 'second' });

    for (const text of ['three', 'four', 'five']) client.send({ type: 'message', text });
    client.send({ type: 'abort' });
    const frames = await client.until('abort_ok');
    while (frames.filter(({ type }) => type === 'result').length < 3) frames.push(await client.next());
    expect(frames.filter(({ type }) => type === 'result').map(({ text }) => text)).toEqual(['', '', '']);
    expect(world.provider.heard.filter(({ type }) => type === 'prompt')).toHaveLength(3);
  });

  it('is an ordinary session: the window sees what was said, and by whom', async () => {
    const client = await world.enter();
    client.send({ type: 'message', text: 'from afar' });
    await world.heard(1);
    const window = world.connect();
    const [summary] = world.orchestrator.summaries();
    await window.result({ type: 'attach', session_id: summary!.session_id, after_seq: 0 });
    expect(window.events().find(({ type }) => type === 'user_message')).toMatchObject({
      text: 'from afar',
      by: { kind: 'owner', via: 'ductor' },
    });
    expect(summary!.cwd).toBe('/chats');
  });

  it('tells a client nothing of turns that others began', async () => {
    const client = await world.enter();
    const said = client.say('mine');
    await world.heard(1);
    answer('a');
    await said;
    const window = world.connect();
    const { session_id } = world.orchestrator.summaries()[0]!;
    await window.result({ type: 'message', session_id, text: 'theirs' });
    await world.heard(2);
    answer('b');
    client.send({ type: 'message', text: '' });
    expect(await client.next()).toMatchObject({ type: 'error', code: 'empty' });
  });

  it('goes on without its client, and is found again by its chat, also after a restart', async () => {
    const client = await world.enter({ chat_id: 5, channel_id: 6 });
    client.send({ type: 'message', text: 'go on alone' });
    await world.heard(1);
    client.socket.terminate();
    await client.closed;
    answer('done alone');
    await new Promise((resolve) => setImmediate(resolve));
    expect(world.orchestrator.runningTurns).toBe(0);
    const [before] = world.orchestrator.summaries();
    expect(before).toMatchObject({ status: 'idle', preview: 'done alone' });

    await world.end();
    world.crash();
    world.start();
    await world.listen();
    const again = await world.enter({ chat_id: 5, channel_id: 6 });
    const said = again.say('back');
    await world.heard(1);
    answer('welcome back');
    expect((await said).result).toMatchObject({ text: 'welcome back' });
    expect(world.orchestrator.summaries()).toHaveLength(1);
    const other = await world.enter({ chat_id: 5 });
    other.send({ type: 'message', text: 'elsewhere' });
    await world.heard(2);
    expect(world.orchestrator.summaries()).toHaveLength(2);
  });

  it('opens one session for one chat, though two clients begin it at once', async () => {
    const both = await Promise.all([world.enter({ chat_id: 9 }), world.enter({ chat_id: 9 })]);
    for (const client of both) client.send({ type: 'message', text: 'hi' });
    await world.heard(1);
    answer('x');
    await world.heard(2);
    expect(world.orchestrator.summaries()).toHaveLength(1);
  });

  it('names the files of its answer, those alone that the client may have', async () => {
    const client = await world.enter();
    const said = client.say('files?');
    await world.heard(1);
    answer('see <file:/project/a%20b.txt> and <file:/etc/passwd> and <file:relative>');
    expect((await said).result).toMatchObject({
      text: 'see <file:/project/a%20b.txt> and <file:/etc/passwd> and <file:relative>',
      files: [{ path: '/project/a b.txt', name: 'a b.txt', is_image: false }],
    });
  });

  it('says what went wrong as internal_error in place of the result, never as if it were the answer', async () => {
    const client = await world.enter();
    const said = client.say('x');
    await world.heard(1);
    world.provider.say({
      type: 'turn_end',
      status: 'failed',
      problem: { code: 'provider_failed', message: 'The CLI fell over.', next: 'Try again.' },
    });
    expect((await said).result).toEqual({
      type: 'error',
      code: 'internal_error',
      message: 'The CLI fell over. Try again.',
    });
  });
});

describe('what a credential may not do', () => {
  it('has no handler: a key that may only read is in, and chats with nobody', async () => {
    const client = await world.enter({}, 'qd_reader');
    const { result } = await client.say('hello');
    expect(result).toMatchObject({ type: 'error', code: 'no_handler', message: expect.stringContaining('chat') });
    expect(world.provider.heard).toEqual([]);
    expect(world.orchestrator.summaries()).toEqual([]);
  });

  it('is refused to a key that may only read, verb by verb, in a chat that has a session with a turn under way', async () => {
    const before = await world.enter({}, 'qd_reader_before');
    const said = before.say('work');
    await world.heard(1);
    const client = await world.enter({}, 'qd_reader');
    for (const text of ['more', '/new', '/model large', '/model other', '/diagnose', '/compact']) {
      expect((await client.say(text)).result, text).toMatchObject({ type: 'error', code: 'no_handler' });
    }
    for (const stop of [{ type: 'abort' }, { type: 'message', text: '/stop' }]) {
      client.send(stop);
      expect((await client.until('error')).at(-1), JSON.stringify(stop)).toMatchObject({ code: 'no_handler' });
    }
    expect(world.provider.heard.map(({ type }) => type)).toEqual(['prompt']);
    expect(world.orchestrator.summaries()).toMatchObject([{ model: null, provider: 'scripted', status: 'running' }]);
    answer('done');
    expect((await said).result).toMatchObject({ type: 'result', text: 'done' });
  });

  it('is not done by a slash command either', async () => {
    const client = await world.enter({}, 'qd_chatter');
    const said = client.say('hi');
    await world.heard(1);
    answer('x');
    await said;
    expect((await client.say('/model large')).result).toMatchObject({ code: 'no_handler' });
    expect((await client.say('/diagnose')).result).toMatchObject({ code: 'no_handler' });
  });
});

describe('a chat', () => {
  it('of a narrowed key is its own, where the key may work, and outlives the key’s rotation', async () => {
    const owner = await world.enter({ chat_id: 1 });
    const said = owner.say('mine');
    await world.heard(1);
    answer('a');
    await said;
    const narrow = await world.enter({ chat_id: 1 }, 'qd_narrow');
    narrow.send({ type: 'message', text: 'mine too' });
    await world.heard(2);
    answer('b');
    await narrow.until('result');
    const rotated = await world.enter({ chat_id: 1 }, 'qd_rotated');
    rotated.send({ type: 'message', text: 'and mine' });
    await world.heard(3);
    const cwds = world.orchestrator.summaries().map(({ cwd }) => cwd);
    expect(cwds.sort()).toEqual(['/chats', '/narrow']);
  });

  it('is not held up by a client that left while it was being opened', async () => {
    await world.end();
    world.close();
    let hangs = true;
    world = new DoorWorld({
      folders: {
        inspect: (path) => {
          if (!hangs) return Promise.resolve({ ok: true, path });
          hangs = false;
          return new Promise(() => {});
        },
      },
    });
    await world.listen();
    const left = await world.enter();
    left.send({ type: 'message', text: 'never' });
    while (hangs) await new Promise((resolve) => setImmediate(resolve));
    left.socket.terminate();
    await left.closed;
    const next = await world.enter();
    const said = next.say('hello');
    await world.heard(1);
    answer('here');
    expect((await said).result).toMatchObject({ text: 'here' });
  });
});

describe('a frame that should not be', () => {
  it('runs nothing when a captured one is sent again, and the connection goes on', async () => {
    const client = await world.enter();
    const captured = client.send({ type: 'message', text: 'once' });
    await world.heard(1);
    answer('ok');
    await client.until('result');
    client.socket.send(captured);
    expect(await client.next()).toMatchObject({ code: 'decrypt_failed' });
    const said = client.say('twice');
    await world.heard(2);
    answer('ok');
    await said;
    expect(world.provider.heard.filter(({ type }) => type === 'prompt')).toHaveLength(2);
  });

  it('is refused when it is one of the server’s own, sent back', async () => {
    const client = await world.enter();
    await client.say('');
    client.socket.send(client.wire.at(-1)!);
    expect(await client.next()).toMatchObject({
      code: 'decrypt_failed',
      message: expect.stringContaining('this server'),
    });
  });

  it('is decrypt_failed where it cannot be opened or is no object, and the connection stays', async () => {
    const client = await world.enter();
    const flipped = Buffer.from(client.seal('{"type":"abort"}'), 'base64');
    flipped[flipped.length - 1]! ^= 1;
    const bad = [
      '{"type":"message","text":"in clear"}',
      '',
      '====',
      'AAAA',
      flipped.toString('base64'),
      client.seal('not json'),
      client.seal('[1]'),
      client.seal('null'),
      client.seal('7'),
      client.seal(''),
      client.seal(Uint8Array.of(0xff, 0xfe)),
      `${client.seal('{}')}\n`,
      client.seal('{}').replace(/=*$/, '!'),
      client.seal('{"type":"abort"}').slice(0, -8),
    ];
    for (const frame of bad) {
      client.socket.send(frame);
      expect(await client.next(), JSON.stringify(frame)).toMatchObject({ type: 'error', code: 'decrypt_failed' });
    }
    expect(world.provider.heard).toEqual([]);
    client.send({ type: 'abort' });
    expect(await client.next()).toEqual({ type: 'abort_ok', killed: 0 });
  });

  it('cannot be read with the keys of another client', async () => {
    const one = await world.enter();
    const other = await world.enter();
    other.socket.send(one.seal('{"type":"message","text":"x"}'));
    expect(await other.next()).toMatchObject({ code: 'decrypt_failed' });
  });

  it('of an unknown type, or of none, is told so with its name', async () => {
    const client = await world.enter();
    for (const [value, named] of [
      [{ type: 'ping' }, 'ping'],
      [{}, 'undefined'],
      [{ type: 5 }, 'number'],
      [{ type: '__proto__' }, '__proto__'],
    ] as const) {
      client.send(value);
      expect(await client.next()).toMatchObject({ code: 'unknown_type', message: expect.stringContaining(named) });
    }
  });

  it('that is binary means nothing, and one over 4 MiB closes with 1009', async () => {
    const client = await world.enter();
    client.socket.send(Buffer.from('x'));
    client.send({ type: 'abort' });
    expect(await client.next()).toMatchObject({ type: 'abort_ok' });
    client.socket.send('A'.repeat(4_194_305));
    expect((await client.closed).code).toBe(1009);
  });

  it('is never the same twice, though what is said is', async () => {
    const client = await world.enter();
    await client.say('');
    await client.say('');
    expect(client.wire.at(-1)).not.toBe(client.wire.at(-2));
  });
});

describe('slash commands', () => {
  it('answer in a result, also while a turn runs, and honestly where there is no such part', async () => {
    const client = await world.enter();
    expect((await client.say('/status')).result.text).toContain('no session yet');
    client.send({ type: 'message', text: 'work' });
    await world.heard(1);
    expect((await client.say('/status')).result.text).toMatch(/scripted.*works/);
    expect((await client.say('/sessions')).result.text).toContain('→');
    for (const command of ['/tasks', '/memory', '/cron', '/upgrade']) {
      expect((await client.say(command)).result).toMatchObject({
        type: 'result',
        text: expect.stringMatching(/no|not/),
      });
    }
    answer('ok');
    expect((await client.until('result')).at(-1)).toMatchObject({ text: 'ok' });
  });

  it('/new begins a fresh session in the same folder, and keeps the one before', async () => {
    const client = await world.enter();
    client.send({ type: 'message', text: 'one' });
    await world.heard(1);
    answer('x');
    await client.until('result');
    expect((await client.say('/new')).result.text).toContain('new session');
    client.send({ type: 'message', text: 'two' });
    await world.heard(2);
    answer('y');
    expect((await client.until('result')).at(-1)).toMatchObject({ text: 'y' });
    const summaries = world.orchestrator.summaries();
    expect(summaries).toHaveLength(2);
    expect(new Set(summaries.map(({ cwd }) => cwd)).size).toBe(1);
  });

  it('/model lists, chooses a model or an agent, and names what there is not', async () => {
    const client = await world.enter();
    expect((await client.say('/model')).result.text).toContain('scripted: small, large');
    expect((await client.say('/model nonsense')).result.text).toContain('no agent and no model');
    expect((await client.say('/model large')).result.text).toContain('large');
    expect(world.orchestrator.summaries()[0]).toMatchObject({ provider: 'scripted', model: 'large' });
    expect((await client.say('/model other')).result.text).toContain('other');
    expect(world.orchestrator.summaries()[0]).toMatchObject({ provider: 'other' });
  });

  it('/diagnose says what needs a look, and which agents are ready', async () => {
    const client = await world.enter();
    expect((await client.say('/diagnose')).result.text).toBe(
      'Something needs a look.\n! Disk: nearly full\nAgents:\n- Scripted: ready',
    );
  });

  it('of the agent go to the agent', async () => {
    const client = await world.enter();
    client.send({ type: 'message', text: '/compact now' });
    await world.heard(1);
    expect(world.provider.heard[0]).toMatchObject({ text: '/compact now' });
  });
});

it('closing the app closes every client with 1001', async () => {
  const client = await world.enter();
  world.door.close();
  expect(await client.closed).toEqual({ code: 1001, reason: 'server shutdown' });
});

it('tells whoever said nothing in time, and closes', async () => {
  const client = await world.client();
  world.door.timedOut(world.lastSocket!);
  expect(await client.next()).toMatchObject({ type: 'error', code: 'auth_timeout' });
  expect((await client.closed).code).toBe(1000);
});
