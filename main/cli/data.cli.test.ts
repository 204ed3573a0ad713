import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, createBench, jsonLines } from './command-line-test-support.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => bench.dispose());

/** What a verb printed with --json. */
async function answer<T = Record<string, unknown>>(...args: string[]): Promise<T> {
  const running = bench.cli(...args, '--json');
  expect(await running.ended, running.err()).toBe(0);
  return jsonLines(running.out())[0] as T;
}
const titles = async () => (await answer<{ title: string }[]>('sessions')).map(({ title }) => title);

describe('the data on the command line', () => {
  it('is backed up, lost, restored and exported, with the app and without it', async () => {
    await bench.cli('send', '--provider', 'demo', '--mode', 'full', 'Say hello once').ended;
    const before = await titles();
    expect(before).toHaveLength(1);
    const { backup } = await answer<{ backup: { path: string; name: string } }>('backup');

    const app = bench.headless('--port', '0', '--json');
    await app.said(/"event":"listening"/);
    await bench.cli('send', '--provider', 'demo', '--mode', 'full', 'Say something else').ended;
    expect(await titles()).toHaveLength(2);

    const shown = await answer<{ loses: { missing: number } }>('restore', backup.name, '--look');
    expect(shown.loses.missing).toBe(1);
    const unasked = bench.cli('restore', backup.name);
    expect(await unasked.ended).toBe(5);
    expect(unasked.err()).toContain('Nobody agreed to it.');
    expect(await titles()).toHaveLength(2);

    // The server puts a fresh process in its own place, which opens the backup.
    expect(await answer('restore', backup.name, '--yes')).toMatchObject({ restarting: true });
    await app.said(/(?:"event":"listening"[\s\S]*){2}/);
    expect(app.err()).toContain('was restored');
    expect(await titles()).toEqual(before);
    await bench.cli('stop').ended;

    // And back, by the copy that was kept; nothing runs now.
    const kept = readdirSync(join(bench.home, 'backups')).find((name) => name.includes('before-restore'))!;
    const back = bench.cli('restore', join(bench.home, 'backups', kept), '--yes');
    expect(await back.ended, back.err()).toBe(0);
    expect(back.err()).toContain('was restored');
    expect(await titles()).toHaveLength(2);

    const { path, sessions } = await answer<{ path: string; sessions: number }>('export', '--all', '--out', bench.work);
    expect(sessions).toBe(2);
    expect(readFileSync(path).subarray(0, 2).toString()).toBe('PK');

    writeFileSync(join(bench.work, 'notes.txt'), 'no backup');
    const refused = bench.cli('restore', 'notes.txt', '--yes');
    expect(await refused.ended).toBe(5);
    expect(refused.err()).toContain('it is no database');
    expect(await titles()).toHaveLength(2);
  });
});
