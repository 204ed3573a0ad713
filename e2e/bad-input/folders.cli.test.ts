import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it, openSession, type Stage, talk, type Wrap } from './app-test-support.ts';
import { noMounts, openMounts } from './mount-test-support.ts';

/** Every refusal says what happened, what it means, what to do; nothing was made. */
async function refusal(stage: Stage, cwd: string, wrap: Wrap = [], env: Record<string, string | undefined> = {}) {
  const home = stage.folder('home');
  if (wrap.includes('setpriv')) chmodSync(home, 0o777);
  const sent = await stage.quarterdeck(['send', '--json', '--provider', 'demo', '--cwd', cwd, 'Hello'], {
    home,
    wrap,
    env,
  });
  const error = sent.lines.find((line) => line.type === 'error')?.error as Record<string, string> | undefined;
  expect(sent.code, sent.stderr).toBe(5);
  for (const words of [error?.message, error?.impact, error?.next]) {
    expect(words).toBeTruthy();
    expect(sent.stderr).toContain(words);
  }
  expect(sent.stderr).not.toMatch(/^\s+at /m);
  const left = await stage.quarterdeck(['sessions', '--all', '--json'], { home, wrap, env });
  expect(JSON.parse(left.stdout)).toEqual([]);
  return error as { code: string; message: string; impact: string; next: string };
}

const mounts = noMounts();
const asRoot = process.getuid?.() === 0;

describe.concurrent('a folder that cannot be used is refused with words, and no session is made', () => {
  it('when it does not exist', async ({ stage }) => {
    const error = await refusal(stage, join(stage.folder('folder'), 'not', 'here'));
    expect(error).toMatchObject({ code: 'folder_missing', message: expect.stringContaining('There is no folder') });
  });

  it('when it is a file', async ({ stage }) => {
    const file = join(stage.folder('folder'), 'notes.txt');
    writeFileSync(file, 'x');
    const error = await refusal(stage, file);
    expect(error).toMatchObject({
      code: 'folder_missing',
      message: expect.stringContaining('is a file, not a folder'),
    });
  });

  it('when its path is longer than any path', async ({ stage }) => {
    const error = await refusal(stage, `/${'very-long/'.repeat(300)}`);
    expect(error.code).toBe('folder_missing');
    const longer = await refusal(stage, `/${'very-long/'.repeat(500)}`);
    expect(longer.message.length).toBeLessThan(5000);
  });

  it('when a part of its path is longer than a name may be', async ({ stage }) => {
    expect((await refusal(stage, `/tmp/${'n'.repeat(300)}`)).code).toBe('folder_missing');
  });

  it('when it is a link that leads in a circle', async ({ stage }) => {
    const folder = stage.folder('folder');
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    expect((await refusal(stage, join(folder, 'a'))).message).toContain('circle');
  });

  it.skipIf(mounts !== null)(
    `when its disk is read-only${mounts ? ` (skipped: ${mounts})` : ''}`,
    async ({ stage }) => {
      const folder = stage.folder('folder');
      const inside = await openMounts('mount -t tmpfs -o ro,size=64k tmpfs "$1"', folder);
      stage.onEnd(inside.close);
      const error = await refusal(stage, folder, inside.wrap);
      expect(error).toMatchObject({ code: 'folder_not_writable', message: expect.stringContaining(folder) });
      expect(error.next).toContain('right to write');
    },
  );

  it('when this user may not open it', async ({ stage }) => {
    const folder = stage.folder('folder');
    chmodSync(folder, 0o000);
    stage.onEnd(() => chmodSync(folder, 0o700));
    // Rights do not bind root: the app runs as somebody else then.
    const wrap = asRoot ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'] : [];
    const error = await refusal(stage, folder, wrap, { HOME: '/tmp' });
    expect(error.code).toBe('folder_not_readable');
  });
});

describe.concurrent('over the WebSocket, a path that no system takes', () => {
  it('is refused with words when it holds NUL or control characters', async ({ stage }) => {
    const app = await stage.serve({ home: stage.folder('home') });
    const client = await app.connect();
    for (const cwd of ['/tmp/\u0000/etc', '/tmp/\u001b[2J', 'relative/path', '\u202e/tmp']) {
      const answer = await client.ask({ type: 'new_chat', cwd, provider: 'demo' });
      expect(answer).toMatchObject({ ok: false, error: { code: 'folder_missing', next: expect.any(String) } });
    }
    expect((await client.ask({ type: 'status' })).result).toMatchObject({ sessions: 0 });
  });
});

describe.concurrent('a folder that vanishes between two turns', () => {
  it('fails the turn with words, keeps the message, and the session goes on when the folder is back', async ({
    stage,
  }) => {
    const home = stage.folder('home');
    const folder = join(stage.folder('folder'), 'project');
    mkdirSync(folder);
    const app = await stage.serve({ home });
    const client = await app.connect();
    const session_id = await openSession(client, folder);
    expect(await talk(client, session_id, 'First')).toMatchObject({ status: 'completed' });
    // The CLI that was started there lives on; a killed one is started anew in the folder.
    await talk(client, session_id, '[die] now');
    renameSync(folder, `${folder}-moved`);

    const end = await talk(client, session_id, 'Is anybody there?');
    expect(end).toMatchObject({ status: 'failed', problem: { code: 'folder_missing' } });
    const { message, impact, next } = end.problem as { [part: string]: string };
    expect(message).toContain(folder);
    expect(impact).toContain('kept');
    expect(next).toContain('Bring the folder back');
    expect(existsSync(folder)).toBe(false);

    renameSync(`${folder}-moved`, folder);
    expect(await talk(client, session_id, 'And now?')).toMatchObject({ status: 'completed' });
    const said = client.events.filter((event) => event.type === 'user_message').map((event) => event.text);
    expect(said).toEqual(['First', '[die] now', 'Is anybody there?', 'And now?']);
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('of the guide: fails the turn with words as well', async ({ stage }) => {
    const home = stage.folder('home');
    const folder = join(stage.folder('folder'), 'project');
    mkdirSync(folder);
    const app = await stage.serve({ home });
    const client = await app.connect();
    const session_id = await openSession(client, folder, { provider: 'demo' });
    rmSync(folder, { recursive: true });
    const end = await talk(client, session_id, 'list the files');
    expect(end).toMatchObject({ status: 'failed', problem: { code: 'folder_missing', next: expect.any(String) } });
    mkdirSync(folder);
    expect(await talk(client, session_id, 'list the files')).toMatchObject({ status: 'completed' });
  });
});
