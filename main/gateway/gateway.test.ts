import { connect as tcpConnect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import { createGateway } from './gateway.ts';
import { problemIn, startTestGateway, type TestGateway, type TestSocket } from './gateway-test-support.ts';

let world: TestGateway;
beforeEach(async () => {
  world = await startTestGateway();
});
afterEach(() => world.stop());

describe('listening', () => {
  it('answers with its address, and health needs no credential', async () => {
    expect(world.url).toBe(`http://127.0.0.1:${world.port}`);
    const answer = await world.http('/api/v1/health');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toEqual({ status: 'ok', ws_enabled: true });
  });

  it('says which port is taken and what to do, and can try another one', async () => {
    const second = createGateway(world.deps);
    const refused = await second.listen({ port: world.port });
    if (refused.ok) throw new Error('listens twice');
    expect(refused.error.code).toBe('port_taken');
    expect(refused.error.message).toContain(String(world.port));
    expect(refused.error.next).toContain('--port');
    expect(refused.error.impact).toBeTruthy();
    expect((await second.listen({ port: 0 })).ok).toBe(true);
    await second.close();
  });

  it.each(['example.org', '999.1.1.1', ''])('refuses to listen on "%s"', async (host) => {
    const second = createGateway(world.deps);
    expect(await second.listen({ host, port: 0 })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    await second.close();
  });

  it('gives links whose code is in the fragment only', () => {
    expect(world.gateway.openLink()).toMatch(new RegExp(`^${world.url}/#open=qdc_[A-Za-z0-9_-]{22}$`));
  });
});

describe('connections', () => {
  it('brings frames to the hall and back, as they are', async () => {
    const client = await world.enter();
    client.socket.send('{"type":"ping","command_id":"ääääääää"}');
    expect(await client.frame((frame) => frame.includes('ping'))).toBe('{"type":"ping","command_id":"ääääääää"}');
    expect(world.hall.clients[0]?.principal.actor).toEqual({ kind: 'owner', via: 'websocket' });
  });

  it('sends a frame in the tick in which it is given', async () => {
    const client = await world.enter();
    const { sink } = world.hall.clients[0]!;
    sink.send('one');
    sink.send('two');
    await client.frame((frame) => frame === 'two');
    expect(client.frames.slice(-2)).toEqual(['one', 'two']);
  });

  it('tells the hall when a client is gone', async () => {
    const client = await world.enter();
    const gone = new Promise<void>((resolve) => {
      const entry = world.hall.clients[0]!;
      Object.defineProperty(entry, 'gone', { set: () => resolve(), get: () => true });
    });
    client.socket.terminate();
    await gone;
  });

  it('answers a binary frame with invalid_frame and goes on', async () => {
    const client = await world.enter();
    client.socket.send(Buffer.from('{"type":"ping"}'));
    expect(JSON.parse(await client.frame((frame) => frame.includes('invalid_frame')))).toMatchObject({
      type: 'response',
      command_id: null,
      ok: false,
      error: { code: 'invalid_frame' },
    });
    client.socket.send('still here');
    await client.frame((frame) => frame === 'still here');
    expect(world.hall.clients[0]?.received).toEqual(['still here']);
  });

  it('takes a frame of exactly the limit and closes with 1009 at one byte more, before the hall sees it', async () => {
    const client = await world.enter();
    client.socket.send('x'.repeat(limits.frameBytes));
    await client.frame((frame) => frame.length === limits.frameBytes);
    client.socket.send('x'.repeat(limits.frameBytes + 1));
    expect((await client.closed).code).toBe(1009);
    expect(world.hall.clients[0]?.received).toHaveLength(1);
  });

  it('closes only the connection behind which a defect happened', async () => {
    const [broken, other] = [await world.enter(), await world.enter()];
    broken.socket.send('defect');
    expect((await broken.closed).code).toBe(1011);
    expect(world.logged.some(({ level }) => level === 'error')).toBe(true);
    other.socket.send('fine');
    await other.frame((frame) => frame === 'fine');
  });

  it('closes the connection with a reason when the hall cannot take it', async () => {
    world.hall.connect = () => {
      throw new Error('a defect in the hall');
    };
    const connected = await world.connect({ headers: world.bearer(world.deps.ownerToken) });
    if (!connected.ok) throw new Error('refused');
    expect(await connected.client.frame((frame) => frame.includes('closing'))).toContain('internal');
    expect((await connected.client.closed).code).toBe(1011);
    expect(world.logged.some(({ level }) => level === 'error')).toBe(true);
  });

  it('closes with 1013 what comes above the limit, and lets it in when there is room', async () => {
    const clients: TestSocket[] = [];
    // A few at a time: hundreds at once may be more than a busy machine takes in.
    while (clients.length < limits.connections) {
      const more = Math.min(64, limits.connections - clients.length);
      clients.push(...(await Promise.all(Array.from({ length: more }, () => world.enter()))));
    }
    const connected = await world.connect({ headers: world.bearer(world.deps.ownerToken) });
    if (!connected.ok) throw new Error('refused');
    expect(await connected.client.frame((frame) => frame.includes('closing'))).toContain('overloaded');
    expect((await connected.client.closed).code).toBe(1013);
    clients[0]!.socket.close();
    await clients[0]!.closed;
    await world.enter();
  });

  it('does not negotiate compression', async () => {
    const connected = await world.connect({ headers: world.bearer(world.deps.ownerToken), perMessageDeflate: true });
    if (!connected.ok) throw new Error('refused');
    expect(connected.client.socket.extensions).toBe('');
  });
});

describe('backpressure', () => {
  it('is busy while a client does not read, and calls back once when it has read', async () => {
    const client = await world.enter();
    const { sink } = world.hall.clients[0]!;
    expect(sink.busy()).toBe(false);
    client.socket.pause();
    const frame = 'x'.repeat(256 * 1024);
    let sent = 0;
    while (!sink.busy()) {
      sink.send(frame);
      sent += 1;
    }
    let calls = 0;
    const drained = new Promise<void>((resolve) =>
      sink.onceDrained(() => {
        calls += 1;
        resolve();
      }),
    );
    client.socket.resume();
    await drained;
    expect(sink.busy()).toBe(false);
    sink.send('last');
    await client.frame((text) => text === 'last');
    expect(client.frames.filter((text) => text === frame)).toHaveLength(sent);
    expect(calls).toBe(1);
  });

  it('calls back also when it is not busy at all', async () => {
    await world.enter();
    const { sink } = world.hall.clients[0]!;
    await new Promise<void>((resolve) => sink.onceDrained(resolve));
  });

  it('cuts off a client that makes answers pile up and reads none', async () => {
    const client = await world.enter();
    const entry = world.hall.clients[0]!;
    client.socket.pause();
    const frame = 'x'.repeat(8 * 1024 * 1024);
    for (let sent = 0; sent < 40 && !entry.gone; sent += 1) entry.sink.send(frame);
    expect(entry.gone).toBe(true);
    client.socket.resume();
    expect((await client.closed).code).toBe(1006);
  });
});

describe('dead peers', () => {
  const beat = async (client: { socket: { once: (event: 'ping', listener: () => void) => unknown } }) => {
    const pinged = new Promise<void>((resolve) => client.socket.once('ping', resolve));
    world.clock.advance(30_000);
    await pinged;
  };

  it('keeps a peer that answers pings', async () => {
    const client = await world.enter();
    const server = world.hall.clients[0]!;
    for (let period = 0; period < 3; period += 1) {
      await beat(client);
      // The pong was written before this frame, so the echo proves that it arrived.
      client.socket.send(`period ${period}`);
      await client.frame((frame) => frame === `period ${period}`);
    }
    expect(server.gone).toBe(false);
  });

  it('ends a connection whose peer was silent for a whole period after a ping', async () => {
    const connected = await world.connect({ headers: world.bearer(world.deps.ownerToken), autoPong: false });
    if (!connected.ok) throw new Error('refused');
    await beat(connected.client);
    world.clock.advance(30_000);
    expect((await connected.client.closed).code).toBe(1006);
    expect(world.hall.clients[0]?.gone).toBe(true);
  });
});

describe('closing', () => {
  it('tells every client, and ends although one of them does not react', async () => {
    const client = await world.enter();
    const deaf = await world.enter();
    deaf.socket.pause();
    const idle = tcpConnect(world.port, '127.0.0.1');
    const cut = new Promise<void>((resolve) => idle.on('close', () => resolve()));
    idle.on('error', () => {});
    await new Promise<void>((resolve) => idle.on('connect', resolve));
    await world.gateway.close();
    expect(await client.frame((frame) => frame.includes('closing'))).toContain('shutting_down');
    expect((await client.closed).code).toBe(1001);
    await cut;
    expect(world.hall.connections).toBe(0);
    await expect(world.http('/api/v1/health')).rejects.toThrow();
  });
});

describe('the page', () => {
  it('is served with a content policy that lets in nothing foreign', async () => {
    const answer = await world.http('/');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('<title>Quarterdeck</title>');
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${world.port}`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('says so when it was never built', async () => {
    const bare = await startTestGateway({ rendererDir: '/nowhere' });
    const answer = await bare.http('/');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('npm run build');
    expect(answer.headers['content-type']).toContain('text/html');
    await bare.stop();
  });

  it('has no route that answers without the security headers, whatever is asked', async () => {
    for (const path of ['/', '/nothing', '/api/v1/me', '/api/v1/nothing', '/%ff', '/%00', '//', '/api/v1/open']) {
      const answer = await world.http(path);
      expect(answer.headers['content-security-policy'], path).toContain("default-src 'none'");
      expect(answer.headers['x-content-type-options'], path).toBe('nosniff');
    }
  });
});

describe('bodies', () => {
  const post = (headers: Record<string, string>, body: string) =>
    world.http('/api/v1/open', { method: 'POST', headers: { ...world.own, ...headers }, body });

  it('must be marked as JSON, which no form of another page can do', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await post({ 'content-type': type }, '{"code":"x"}');
      expect(answer.status, type).toBe(415);
      expect(problemIn(answer).code).toBe('invalid_frame');
    }
  });

  it('must be JSON and small', async () => {
    const json = { 'content-type': 'application/json' };
    expect(problemIn(await post(json, '{')).code).toBe('invalid_json');
    expect(problemIn(await post(json, JSON.stringify({ code: 'x'.repeat(20_000) }))).code).toBe('frame_too_large');
    for (const body of ['null', '[]', '7', '{}', '{"code":7}', '{"code":null}']) {
      expect(problemIn(await post(json, body)).code, body).toBe('unauthorized');
    }
  });
});

describe('methods', () => {
  it('that an address does not have are refused with 405 and the ones it has, before a credential is looked at', async () => {
    for (const [method, path, allow] of [
      ['DELETE', '/api/v1/health', 'GET, HEAD, OPTIONS'],
      ['GET', '/api/v1/open', 'POST, OPTIONS'],
      ['PUT', '/api/v1/me', 'GET, HEAD, OPTIONS'],
    ] as const) {
      const answer = await world.http(path, { method });
      expect([answer.status, answer.headers.allow], `${method} ${path}`).toEqual([405, allow]);
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'invalid_frame', error: /.+/, next: /.+/ });
    }
  });

  it('are told by OPTIONS, without a word to another page', async () => {
    const headers = { ...world.own, 'access-control-request-method': 'POST' };
    const answer = await world.http('/api/v1/me', { method: 'OPTIONS', headers });
    expect([answer.status, answer.headers.allow, answer.text]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('HEAD answers what GET does, without the body', async () => {
    const answer = await world.http('/api/v1/health', { method: 'HEAD' });
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect((await world.http('/api/v1/me', { method: 'HEAD' })).status).toBe(401);
  });
});

describe('a refusal', () => {
  it('says why in the words of a problem, and again as "error"', async () => {
    const missing = await world.http('/api/v1/me');
    expect(JSON.parse(missing.text).error).toBe(problemIn(missing).message);
    expect(missing.headers['x-auth-failure']).toBe('credential-missing');
    const wrong = await world.http('/api/v1/me', { headers: world.bearer('qd_wrong') });
    expect([wrong.status, wrong.headers['x-auth-failure']]).toEqual([401, 'credential-invalid']);
    const { key } = world.keys.create({ name: 'k', scopes: ['chat'] });
    const lacking = await world.http('/api/v1/status', { headers: world.bearer(key) });
    expect([lacking.status, lacking.headers['x-auth-failure']]).toEqual([403, undefined]);
  });
});
