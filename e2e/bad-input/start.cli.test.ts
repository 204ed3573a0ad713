import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, openSession, type Ran, talk } from './app-test-support.ts';
import { noMounts, openMounts } from './mount-test-support.ts';

const usualPort = 8741;

/** The start ended with words for a person and a line for a script, and without a stack trace. */
function refusalOf(ran: Ran): { code: string; message: string; impact: string; next: string } {
  expect(ran.code, ran.stderr).toBe(1);
  const error = ran.lines.find((line) => line.event === 'error')?.error as ReturnType<typeof refusalOf>;
  for (const words of [error?.message, error?.impact, error?.next]) {
    expect(words).toBeTruthy();
    expect(ran.stderr).toContain(words);
  }
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  return error;
}

async function occupy(port: number) {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  // Whoever else has it does as well.
  await Promise.race([once(server, 'listening'), once(server, 'error')]).catch(() => {});
  return server;
}

describe.concurrent('a port that is taken', () => {
  it('and was asked for by name: is refused with the port and another one to try', async ({ stage }) => {
    const server = await occupy(0);
    stage.onEnd(() => server.close());
    const { port } = server.address() as AddressInfo;
    const home = stage.folder('home');
    const error = refusalOf(await stage.serveToEnd({ home, args: ['--port', String(port)] }));
    expect(error).toMatchObject({ code: 'port_taken', message: expect.stringContaining(String(port)) });
    expect(error.next).toContain(`--port ${port + 1}`);
    // The home is free again at once.
    expect((await stage.quarterdeck(['sessions'], { home })).code).toBe(0);
  });

  it('and is only the usual one: another one is used', async ({ stage }) => {
    const server = await occupy(usualPort);
    stage.onEnd(() => server.close());
    const app = await stage.serve({ home: stage.folder('home'), usualPort: true });
    expect(Number(new URL(app.url).port)).not.toBe(usualPort);
    expect((await (await app.connect()).ask({ type: 'status' })).ok).toBe(true);
  });
});

const mounts = noMounts();

describe.concurrent('a home that cannot be used', () => {
  it('because it is a file', async ({ stage }) => {
    const home = join(stage.folder('home'), 'file');
    writeFileSync(home, 'precious');
    const error = refusalOf(await stage.serveToEnd({ home }));
    expect(error.message).toContain(home);
    expect(error.next).toContain('--home');
    expect(readFileSync(home, 'utf8')).toBe('precious');
    expect((await stage.quarterdeck(['sessions'], { home })).code).toBe(5);
  });

  it('because it lies below a file, or its name is too long', async ({ stage }) => {
    const file = join(stage.folder('home'), 'file');
    writeFileSync(file, '');
    for (const home of [join(file, 'home'), join('/tmp', 'n'.repeat(300))]) {
      expect(refusalOf(await stage.serveToEnd({ home })).next).toContain('--home');
    }
  });

  it.skipIf(mounts !== null)(
    `because its disk is read-only${mounts ? ` (skipped: ${mounts})` : ''}; what is there can be read again later`,
    async ({ stage }) => {
      const home = stage.folder('home');
      const app = await stage.serve({ home });
      const client = await app.connect();
      await talk(client, await openSession(client, stage.folder()), 'Keep this');
      await app.kill();
      const disk = await openMounts('mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"', home);
      stage.onEnd(disk.close);
      const error = refusalOf(await stage.serveToEnd({ home, wrap: disk.wrap }));
      expect(error).toMatchObject({ code: 'storage_failed', message: expect.stringContaining(home) });
      expect(error.next).toContain('writable');
      const verb = await stage.quarterdeck(['sessions'], { home, wrap: disk.wrap });
      expect(verb.code).toBe(5);
      expect(verb.stderr).toContain('writable');
      await disk.close();
      expect((await stage.quarterdeck(['verify'], { home })).stdout).toContain('whole');
    },
  );

  it('because it belongs to somebody else', async ({ stage }) => {
    const home = stage.folder('home');
    chmodSync(home, 0o500);
    stage.onEnd(() => chmodSync(home, 0o700));
    const wrap = process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
    expect(refusalOf(await stage.serveToEnd({ home, wrap, env: { HOME: '/tmp' } })).next).toContain('--home');
    expect(readdirSync(home)).toEqual([]);
  });

  it('because what shall be its database is a folder', async ({ stage }) => {
    const home = stage.folder('home');
    mkdirSync(join(home, 'quarterdeck.db'));
    const ran = await stage.serveToEnd({ home });
    refusalOf(ran);
    expect(existsSync(join(home, 'quarterdeck.db'))).toBe(true);
  });

  it('is no trouble when it is a link to a folder', async ({ stage }) => {
    const home = join(stage.folder('home'), 'link');
    symlinkSync(stage.folder('real'), home);
    expect((await stage.quarterdeck(['sessions'], { home })).code).toBe(0);
  });
});

describe.concurrent('two at once', () => {
  it('two starts: one runs, the other shows it and ends well', async ({ stage }) => {
    const home = stage.folder('home');
    const first = stage.serve({ home });
    const second = stage.serve({ home });
    const all = await Promise.allSettled([first, second]);
    const running = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(running).toHaveLength(1);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain('exit code 0');
    const shown = JSON.parse(/\{"event":"already_running".*\}/.exec(refused[0]!)![0]) as { [field: string]: unknown };
    expect(shown).toMatchObject({ url: running[0]!.url, pid: running[0]!.pid, home });
    expect(String(shown.open_url)).toContain(running[0]!.url);
    // The link lets a browser in.
    expect((await fetch(String(shown.open_url).split('#')[0]!)).status).toBeLessThan(500);
  });

  it('four verbs without an app: each gets its answer, one after the other', async ({ stage }) => {
    const home = stage.folder('home');
    const cwd = stage.folder();
    const ran = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        stage.quarterdeck(['send', '--json', '--provider', 'claude', '--cwd', cwd, `Number ${n}`], { home }),
      ),
    );
    expect(ran.map(({ code, stderr }) => [code, /^\s+at /m.test(stderr)])).toEqual(Array(4).fill([0, false]));
    const listed = await stage.quarterdeck(['sessions', '--json'], { home });
    expect(JSON.parse(listed.stdout)).toHaveLength(4);
    expect((await stage.quarterdeck(['verify'], { home })).code).toBe(0);
  });

  it('a verb while the app starts: is answered by one of them', async ({ stage }) => {
    const home = stage.folder('home');
    const [app, verb] = await Promise.all([stage.serve({ home }), stage.quarterdeck(['status', '--json'], { home })]);
    expect(verb.code, verb.stderr).toBe(0);
    expect(app.url).toContain('127.0.0.1');
  });
});
