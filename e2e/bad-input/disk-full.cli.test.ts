import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { processesMarked, waitGone } from '../tools/process-tree.ts';
import { endOf, it, openSession, type Stage, say, talk } from './app-test-support.ts';
import { type Mounts, noMounts, openMounts } from './mount-test-support.ts';

const reason = noMounts();
if (reason !== null) console.log(`Skipped: the specs with a small disk, because ${reason}.`);

/** A home on a disk of its own of so many kB. */
async function smallDisk(stage: Stage, kilobytes: number): Promise<{ home: string; disk: Mounts; filler: string }> {
  const home = stage.folder('home');
  const disk = await openMounts(`mount -t tmpfs -o size=${kilobytes}k,mode=700 tmpfs "$1"`, home);
  stage.onEnd(disk.close);
  return { home, disk, filler: join(home, 'somebody-elses-file') };
}

/** Fills the disk to the last byte. */
const fill = (disk: Mounts, filler: string): string =>
  disk.run('sh', '-c', 'dd if=/dev/zero of="$1" bs=1k 2>/dev/null || true', 'sh', filler);

const free = (disk: Mounts, filler: string): void => rmSync(disk.outside(filler));

describe.skipIf(reason !== null)('a full disk', () => {
  it('at the start: refuses with words, makes nothing, and starts once there is room', async ({ stage }) => {
    const { home, disk, filler } = await smallDisk(stage, 8192);
    fill(disk, filler);
    const refused = await stage.serveToEnd({ home, wrap: disk.wrap });
    expect(refused.code).toBe(1);
    const error = refused.lines.find((line) => line.event === 'error')?.error as { [part: string]: string };
    expect(error).toMatchObject({ code: 'storage_full', message: expect.stringContaining('full') });
    expect(error.next).toContain('Free some space');
    for (const words of [error.message, error.impact, error.next]) expect(refused.stderr).toContain(words);
    expect(refused.stderr).not.toMatch(/^\s+at /m);
    const verb = await stage.quarterdeck(['sessions'], { home, wrap: disk.wrap });
    expect(verb.code).toBe(5);
    expect(verb.stderr).toContain('Free some space');

    free(disk, filler);
    const app = await stage.serve({ home, wrap: disk.wrap });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    expect(await talk(client, session_id, 'Hello')).toMatchObject({ status: 'completed' });
  });

  it('in the middle of a turn: stops it with words, and all that was said is in the log once there is room', async ({
    stage,
  }) => {
    const { home, disk, filler } = await smallDisk(stage, 8192);
    const app = await stage.serve({ home, wrap: disk.wrap });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    expect(await talk(client, session_id, 'Before')).toMatchObject({ status: 'completed' });
    const turn_id = await say(client, session_id, '[slow] please');
    await client.until('its first words', (frame) => frame.type === 'text_delta' && frame.turn_id === turn_id);
    fill(disk, filler);

    const told = await client.until('a word about the disk', (frame) => frame.type === 'problem');
    expect(told).toMatchObject({ session_id, problem: { code: 'storage_full' } });
    expect(told.problem.message).toContain('full');
    expect(told.problem.impact).toContain('safe');
    expect(told.problem.next).toContain('Free some space');
    // Nobody is told that something was done which is not on disk.
    const refused = await client.ask({ type: 'message', session_id, text: 'Can you hear me?' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'storage_full' } });
    expect(client.events.some((event) => event.type === 'turn_end' && event.turn_id === turn_id)).toBe(false);

    free(disk, filler);
    const end = await endOf(client, turn_id);
    expect(end).toMatchObject({ status: 'failed', problem: { code: 'storage_full', next: expect.any(String) } });
    const answer = client.events.filter((event) => event.type === 'text' && event.turn_id === turn_id);
    const streamed = client.frames
      .filter((frame) => frame.type === 'text_delta' && frame.turn_id === turn_id)
      .map((frame) => frame.text)
      .join('');
    expect(streamed).not.toBe('');
    expect(answer.map((event) => event.text).join('')).toBe(streamed);
    expect(await talk(client, session_id, 'After')).toMatchObject({ status: 'completed' });
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
    expect(client.events.filter((event) => event.type === 'user_message').map((event) => event.text)).toEqual([
      'Before',
      '[slow] please',
      'After',
    ]);
  });

  it('does not keep anybody from stopping a turn', async ({ stage }) => {
    const { home, disk, filler } = await smallDisk(stage, 8192);
    const marker = { name: 'BAD_INPUT_DISK', value: home };
    const app = await stage.serve({ home, wrap: disk.wrap, env: { [marker.name]: marker.value } });
    const client = await app.connect();
    const session_id = await openSession(client, stage.folder());
    const turn_id = await say(client, session_id, '[deaf] please');
    await client.until('its words', (frame) => frame.type === 'text_delta' && frame.turn_id === turn_id);
    fill(disk, filler);
    const answer = await client.ask({ type: 'abort', session_id });
    // Stopped it is, whether or not that could be written down.
    if (!answer.ok) expect(answer.error).toMatchObject({ code: 'storage_full' });
    free(disk, filler);
    const end = await endOf(client, turn_id);
    expect(['aborted', 'failed']).toContain(end.status);
    expect(await waitGone(processesMarked(`${marker.name}=${marker.value}`).filter((pid) => pid !== app.pid))).toEqual(
      [],
    );
    expect((await client.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
  });

  it('at the end: ends within its time, and the next start settles what could not be written', async ({ stage }) => {
    const { home, disk, filler } = await smallDisk(stage, 8192);
    const wrap = disk.wrap;
    const first = await stage.serve({ home, wrap });
    const client = await first.connect();
    const session_id = await openSession(client, stage.folder());
    await talk(client, session_id, 'Before');
    const turn_id = await say(client, session_id, '[slow] please');
    await client.until('its first words', (frame) => frame.type === 'text_delta' && frame.turn_id === turn_id);
    fill(disk, filler);
    await client.until('a word about the disk', (frame) => frame.type === 'problem');
    const asked = performance.now();
    await first.kill('SIGTERM');
    expect(performance.now() - asked).toBeLessThan(5000);

    free(disk, filler);
    const second = await stage.serve({ home, wrap });
    const again = await second.connect();
    await again.ask({ type: 'attach', session_id, after_seq: 0 });
    expect(await endOf(again, turn_id)).toMatchObject({ status: 'interrupted' });
    expect(await talk(again, session_id, 'After')).toMatchObject({ status: 'completed' });
    expect((await again.ask({ type: 'verify' })).result).toMatchObject({ ok: true });
    expect(readFileSync(disk.outside(join(home, 'running.json')), 'utf8')).toContain(`"pid":${second.pid}`);
  });
});
