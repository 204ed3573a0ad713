import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homePaths } from '../home.ts';
import { type Bench, createBench, jsonLines } from './command-line-test-support.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => bench.dispose());

const made = (name: string) => existsSync(join(bench.work, name));
const startApp = async () => {
  const app = bench.headless('--port', '0', '--json');
  const [line] = await app.said(/\{.*"listening".*\}/);
  return { app, listening: JSON.parse(line) as { url: string; open_url: string; pid: number; home: string } };
};

describe('send without the app', () => {
  it('follows the answer as text and ends with 0', async () => {
    const send = bench.cli('send', '--provider', 'demo', 'hello');
    expect(await send.ended).toBe(0);
    expect(send.out()).toContain('not a language model');
    expect(send.err()).toMatch(/^ses_\S+: Built-in guide, ask, in /);
    expect(send.err()).not.toContain('lost');
  });

  it('gives every durable event, numbered without a gap, and the deltas of the text that becomes final', async () => {
    const send = bench.cli('send', '--provider', 'demo', '--json', 'hello');
    expect(await send.ended).toBe(0);
    const lines = jsonLines(send.out());
    const events = lines.filter((line) => 'seq' in line);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.map((event) => event.type)).toEqual([
      'session_created',
      'user_message',
      'turn_started',
      'provider_session',
      'text',
      'turn_end',
    ]);
    const streamed = lines
      .filter((line) => line.type === 'text_delta')
      .map((line) => line.text)
      .join('');
    const final = events.find((event) => event.type === 'text')?.text as string;
    expect(final.startsWith(streamed)).toBe(true);
    expect(streamed.length).toBeGreaterThan(0);
  });

  it('reads the message from stdin', async () => {
    const send = bench.cliWithInput('send', '--provider', 'demo', '--mode', 'accept-edits');
    send.write('write a.txt: from stdin');
    send.endInput();
    expect(await send.ended).toBe(0);
    expect(readFileSync(join(bench.work, 'a.txt'), 'utf8')).toBe('from stdin\n');
  });

  it('refuses what nobody is there to approve, tells the agent, says what to do, and ends with 4', async () => {
    const send = bench.cli('send', '--provider', 'demo', 'write a.txt: x');
    expect(await send.ended).toBe(4);
    expect(made('a.txt')).toBe(false);
    expect(send.out()).toContain('Nobody was there to approve this');
    expect(send.err()).toContain('--mode accept-edits');
  });

  it('takes approvals as JSON on stdin', async () => {
    const send = bench.cliWithInput('send', '--provider', 'demo', '--json', 'write a.txt: x');
    const [, approval_id] = await send.said(/"approval_id":"(apr_\w+)"/);
    expect(made('a.txt')).toBe(false);
    send.write('not json');
    send.write(JSON.stringify({ type: 'approval_response', approval_id, decision: 'allow_once' }));
    expect(await send.ended).toBe(0);
    expect(made('a.txt')).toBe(true);
    expect(send.err()).toContain('not JSON');
  });

  it('refuses what still waits when stdin ends', async () => {
    const send = bench.cliWithInput('send', '--provider', 'demo', '--json', 'write a.txt: x');
    await send.said(/"approval_id":"(apr_\w+)"/);
    send.endInput();
    expect(await send.ended).toBe(4);
    expect(made('a.txt')).toBe(false);
  });

  it('stops the turn when it is told to on stdin, and ends with 3', async () => {
    const send = bench.cliWithInput('send', '--provider', 'demo', '--json', 'count to 1000 slowly');
    await send.said(/text_delta/);
    send.write('{"type":"abort"}');
    expect(await send.ended).toBe(3);
    expect(jsonLines(send.out()).at(-1)).toMatchObject({ type: 'turn_end', status: 'aborted' });
  });

  it('stops the turn on Ctrl+C, and ends with 3', async () => {
    const send = bench.cli('send', '--provider', 'demo', 'count to 1000 slowly');
    await send.said(/1, /);
    send.child.kill('SIGINT');
    // Under npm it comes twice: once from the terminal, once handed on.
    send.child.kill('SIGINT');
    expect(await send.ended).toBe(3);
    expect(send.err()).toContain('aborted');
  });

  it('ends with 1 when the turn fails, and says what to do', async () => {
    const send = bench.cli('send', '--provider', 'demo', 'fail');
    expect(await send.ended).toBe(1);
    expect(send.err()).toContain('Send another message to go on.');
  });

  it.each([
    [['send', '--provider', 'demo', '--cwd', 'nowhere', 'x'], 'nowhere'],
    [['send', '--session', 'ses_00000000000000000000', 'x'], 'There is no session'],
    [['send', '--provider', 'claude', 'x'], 'not'],
    [['send', '--provider', 'nobody', 'x'], 'Choose one of: '],
    [['show', 'ses_00000000000000000000'], 'There is no session'],
    [['open'], 'not running'],
  ])('ends with 5 when it is refused before it begins: %j', async (args, words) => {
    const call = bench.cli(...args, '--json');
    expect(await call.ended).toBe(5);
    expect(call.err()).toContain(words);
    expect(jsonLines(call.out())).toMatchObject([
      { type: 'error', error: { message: expect.any(String), next: expect.any(String) } },
    ]);
  });

  it('ends with 2 on wrong usage, before it touches anything', async () => {
    const call = bench.cli('send', '--mode', 'yolo', 'x');
    expect(await call.ended).toBe(2);
    expect(existsSync(bench.home)).toBe(false);
  });
});

describe('the other verbs without the app', () => {
  it('list, show and verify what was said, and go on with it', async () => {
    await bench.cli('send', '--provider', 'demo', '--mode', 'full', 'run echo hi').ended;
    const listed = bench.cli('sessions', '--json');
    await listed.ended;
    const [session] = JSON.parse(listed.out()) as { session_id: string }[];
    const show = bench.cli('show', session!.session_id);
    expect(await show.ended).toBe(0);
    expect(show.out()).toContain('> run echo hi');
    expect(show.out()).toContain('done (exit code 0');
    const again = bench.cli('send', '--session', session!.session_id.slice(0, 12), '--mode', 'ask', 'where were we?');
    expect(await again.ended).toBe(0);
    expect(again.out()).toContain('picked up again');
    const verify = bench.cli('verify', '--json');
    expect(await verify.ended).toBe(0);
    expect(JSON.parse(verify.out())).toMatchObject({ ok: true });
  });

  it('find one altered character in the log, and say where', async () => {
    await bench.cli('send', '--provider', 'demo', 'hello').ended;
    const database = new Database(homePaths(bench.home).database);
    database.prepare("UPDATE events SET body = replace(body, 'hello', 'hallo') WHERE seq = 2").run();
    database.close();
    const verify = bench.cli('verify');
    expect(await verify.ended).toBe(1);
    expect(verify.out()).toMatch(/BROKEN ses_\w+: event 2/);
  });

  it('leave nothing behind when their reader has seen enough', async () => {
    const send = bench.cli('send', '--provider', 'demo', '--json', 'big 50000');
    await send.said(/tool_output_delta/);
    send.child.stdout?.destroy();
    expect(await send.ended).toBe(3);
    const sessions = bench.cli('sessions', '--json');
    await sessions.ended;
    expect(JSON.parse(sessions.out())).toMatchObject([{ turn_id: null, status: 'interrupted' }]);
  });

  it('make, list and revoke keys, and show the secret once', async () => {
    const create = bench.cli('keys', 'create', '--name', 'nightly', '--scopes', 'chat,sessions:read', '--json');
    expect(await create.ended).toBe(0);
    const { id, key } = JSON.parse(create.out()) as { id: string; key: string };
    const list = bench.cli('keys', 'list');
    await list.ended;
    expect(list.out()).toContain(id);
    expect(list.out()).not.toContain(key);
    expect(await bench.cli('keys', 'revoke', id).ended).toBe(0);
    expect(await bench.cli('keys', 'revoke', 'nonsense').ended).toBe(5);
    const wrong = bench.cli('keys', 'create', '--name', 'n', '--scopes', 'everything');
    expect(await wrong.ended).toBe(2);
    expect(wrong.err()).toContain('everything');
  });

  it('say that the app does not run', async () => {
    const status = bench.cli('status', '--json');
    expect(await status.ended).toBe(0);
    expect(JSON.parse(status.out())).toMatchObject({ running: false, url: null });
    expect(await bench.cli('stop').ended).toBe(0);
    const doctor = bench.cli('doctor');
    expect(await doctor.ended).toBe(0);
    expect(doctor.out()).toContain('ok    Database');
  });
});

describe('the app without a window', () => {
  it('says in one line where it listens, and ends cleanly on SIGTERM', async () => {
    const { app, listening } = await startApp();
    expect(listening).toMatchObject({ event: 'listening', pid: app.child.pid, home: bench.home });
    expect(listening.open_url.startsWith(`${listening.url}/#open=`)).toBe(true);
    app.child.kill('SIGTERM');
    app.child.kill('SIGTERM');
    expect(await app.ended).toBe(0);
    expect(app.out().trim().split('\n')).toHaveLength(1);
  });

  it('is found by a second start, which shows it and opens nothing twice', async () => {
    const { listening } = await startApp();
    const second = bench.headless('--port', '0', '--json');
    expect(await second.ended).toBe(0);
    expect(JSON.parse(second.out())).toMatchObject({
      event: 'already_running',
      url: listening.url,
      pid: listening.pid,
      open_url: expect.stringContaining('#open='),
    });
  });

  it('says what to do when its port is taken', async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, '127.0.0.1', () => resolve((taken.address() as { port: number }).port));
    });
    try {
      const app = bench.headless('--port', String(port), '--json');
      expect(await app.ended).toBe(1);
      expect(JSON.parse(app.out())).toMatchObject({
        event: 'error',
        error: { message: expect.stringContaining(String(port)), next: expect.any(String) },
      });
    } finally {
      taken.close();
    }
  });

  it('says what to do when its home is a file', async () => {
    writeFileSync(bench.home, 'a file');
    const app = bench.headless('--port', '0', '--json');
    expect(await app.ended).toBe(1);
    expect(JSON.parse(app.out())).toMatchObject({
      event: 'error',
      error: { message: expect.any(String), next: expect.any(String) },
    });
    expect(app.err()).toContain('--home');
  });

  it('says in words that it met a defect while it started, that nothing is lost, and where the log is', async () => {
    // The note that says where the app runs cannot be replaced by a file: nobody foresaw that.
    mkdirSync(join(homePaths(bench.home).running, 'x'), { recursive: true });
    const app = bench.headless('--port', '0', '--json');
    expect(await app.ended).toBe(1);
    expect(JSON.parse(app.out())).toMatchObject({
      event: 'error',
      error: { code: 'internal', impact: expect.stringContaining('lost'), next: expect.stringContaining('logs') },
    });
    expect(app.err()).toMatch(/^Quarterdeck met a defect/);
    const verb = bench.cli('sessions');
    expect(await verb.ended).toBe(5);
    expect(verb.err()).toMatch(/^Quarterdeck met a defect/);
  });

  it.runIf(process.platform === 'linux')(
    'is opened by a second start, which stays until the browser had time to load the page, and leaves its printed link unused',
    async () => {
      const { listening } = await startApp();
      const seen = join(bench.work, 'seen');
      const bin = join(bench.work, 'bin');
      mkdirSync(bin);
      // A browser that takes a moment before it reads the page it was given.
      writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nsleep 1\ncat "\${1#file://}" > ${seen}\n`, { mode: 0o755 });
      const env = {
        PATH: `${bin}:${process.env.PATH}`,
        HOME: bench.work,
        DISPLAY: ':0',
        CI: '',
        QUARTERDECK_NO_BROWSER: '',
      };
      const before = { ...process.env };
      Object.assign(process.env, env);
      const second = bench.headless('--port', '0', '--open');
      process.env = before;
      expect(await second.ended).toBe(0);
      const [printed] = /http:\S+#open=\S+/.exec(second.out()) ?? [''];
      const [loaded] = /http:[^"]+#open=[\w-]+/.exec(readFileSync(seen, 'utf8')) ?? [''];
      expect(printed.startsWith(listening.url)).toBe(true);
      expect(loaded.startsWith(listening.url)).toBe(true);
      expect(loaded).not.toBe(printed);
      expect(readdirSync(bench.work).filter((name) => name.startsWith('quarterdeck-open'))).toEqual([]);
    },
  );

  it('ends with 2 on an argument it does not know', async () => {
    const app = bench.headless('--prot', '1');
    expect(await app.ended).toBe(2);
    expect(app.err()).toContain('--prot');
  });

  it('serves every verb, and ends when it is told to', async () => {
    const { app, listening } = await startApp();
    const send = bench.cli('send', '--provider', 'demo', '--mode', 'accept-edits', 'write a.txt: x');
    expect(await send.ended).toBe(0);
    expect(made('a.txt')).toBe(true);
    const status = bench.cli('status', '--json');
    await status.ended;
    expect(JSON.parse(status.out())).toMatchObject({
      running: true,
      url: listening.url,
      sessions: 1,
      composition: 'headless',
    });
    const open = bench.cli('open');
    expect(await open.ended).toBe(0);
    expect(open.out()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#open=\S+\n$/);
    expect(await bench.cli('stop').ended).toBe(0);
    expect(await app.ended).toBe(0);
  });

  it('lets an approval wait that nobody at this terminal can give, until somebody gives it elsewhere', async () => {
    await startApp();
    const waiting = bench.cli('send', '--provider', 'demo', 'write a.txt: x');
    await waiting.said(/Answer it in the app/);
    const [, session] = await waiting.said(/(ses_\w+):/);
    const show = bench.cli('show', session!, '--json');
    await show.ended;
    const request = jsonLines(show.out()).find((event) => event.type === 'approval_request');
    // Another client, with commands of its own on stdin; its message waits behind the turn that asks.
    const other = bench.cliWithInput('send', '--session', session!, '--json', 'hello');
    other.write(
      JSON.stringify({ type: 'approval_response', approval_id: request?.approval_id, decision: 'allow_once' }),
    );
    expect(await waiting.ended).toBe(0);
    expect(made('a.txt')).toBe(true);
    expect(await other.ended).toBe(0);
    expect(jsonLines(other.out()).map((event) => event.type)).toEqual(
      expect.arrayContaining(['message_queued', 'queue_removed', 'turn_end']),
    );
  });

  it('keeps a turn running when the one who began it leaves', async () => {
    await startApp();
    const send = bench.cli('send', '--provider', 'demo', 'count to 1000 slowly');
    await send.said(/1, /);
    send.child.kill('SIGTERM');
    expect(await send.ended).toBe(3);
    const status = bench.cli('status', '--json');
    await status.ended;
    expect(JSON.parse(status.out())).toMatchObject({ running_turns: 1 });
  });

  it('dies, and the one who followed its turn learns how it stands', async () => {
    const { app } = await startApp();
    const send = bench.cli('send', '--provider', 'demo', '--json', 'count to 1000 slowly');
    await send.said(/text_delta/);
    app.child.kill('SIGKILL');
    expect(await send.ended).toBe(3);
    const events = jsonLines(send.out()).filter((line) => 'seq' in line);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'turn_end', status: 'interrupted' });
  });
});
