import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homePaths } from '../home.ts';
import { type Bench, createBench, jsonLines } from './command-line-test-support.ts';

let bench: Bench;
beforeEach(() => {
  bench = createBench();
});
afterEach(() => bench.dispose());

const done = async (...args: string[]): Promise<string> => {
  const verb = bench.cli(...args);
  expect(await verb.ended, verb.err()).toBe(0);
  return verb.out();
};

describe('send --attach', () => {
  it('brings files to the agent, kept once in the data folder, and shows them in the transcript', async () => {
    const text = 'x\n'.repeat(700_000);
    writeFileSync(join(bench.work, 'long.txt'), text);
    writeFileSync(join(bench.work, 'same.txt'), text);
    const out = await done('send', '--provider', 'demo', '--attach', 'long.txt', '--attach', 'same.txt', 'what is it?');
    expect(out).toContain('2 files came with your message');
    expect(out).toContain('long.txt');
    const { attachments } = homePaths(bench.home);
    const kept = readdirSync(attachments).filter((name) => name !== 'uploads');
    expect(kept).toHaveLength(1);
    expect(readFileSync(join(attachments, kept[0]!, 'content'), 'utf8')).toBe(text);
    const [session] = JSON.parse(await done('sessions', '--json')) as { session_id: string }[];
    expect(await done('show', session!.session_id)).toContain('  + long.txt (text/plain)');
  });

  it('opens no session when a file is not there', async () => {
    const send = bench.cli('send', '--provider', 'demo', '--attach', 'gone.png', 'look');
    expect(await send.ended).toBe(5);
    expect(send.err()).toContain('there is no such file');
    expect(JSON.parse(await done('sessions', '--json'))).toEqual([]);
  });
});

describe('fork', () => {
  it('opens a session with what was said before an entry, and tells the agent of it', async () => {
    const first = jsonLines(await done('send', '--provider', 'demo', '--json', 'hello'));
    const session_id = String(first.find((line) => 'seq' in line)?.session_id);
    await done('send', '--session', session_id, 'write a.txt: no', '--mode', 'full');
    expect(existsSync(join(bench.work, 'a.txt'))).toBe(true);
    const log = jsonLines(await done('show', session_id, '--json'));
    const second = log.filter((event) => event.type === 'user_message')[1];
    const fork = (await done('fork', session_id, '--before', String(second?.seq), '--title', 'Other')).trim();
    const shown = await done('show', fork);
    expect(shown).toContain('> hello');
    expect(shown).not.toContain('a.txt');
    expect(await done('sessions')).toContain('Other');
    expect(await done('verify')).toContain('every hash fits');
    const told = jsonLines(await done('send', '--session', fork, '--json', 'help'));
    expect(told.find((event) => event.type === 'turn_started')?.digest).toContain('hello');
    const bad = bench.cli('fork', 'ses_nothing_like_it');
    expect(await bad.ended).toBe(5);
  });
});

describe('switch', () => {
  it('goes on with another agent, and refuses one that is not there', async () => {
    const first = jsonLines(await done('send', '--provider', 'demo', '--json', 'hello'));
    const session_id = String(first.find((line) => 'seq' in line)?.session_id);
    expect(await done('switch', session_id, 'claude', '--model', 'opus')).toContain('goes on with claude');
    const log = jsonLines(await done('show', session_id, '--json'));
    expect(log.at(-1)).toMatchObject({ type: 'digest', by: { kind: 'app' } });
    expect(log.find((event) => event.type === 'session_changed')).toMatchObject({ provider: 'claude', model: 'opus' });
    const bad = bench.cli('switch', session_id, 'nobody');
    expect(await bad.ended).toBe(5);
    expect(bad.err()).toContain('no agent called "nobody"');
  });
});

describe('keep_going on stdin', () => {
  it('is understood beside answers and stopping', async () => {
    const send = bench.cliWithInput('send', '--provider', 'demo', '--json', 'count to 1000 slowly');
    await send.said(/text_delta/);
    send.write('{"type":"keep_going"}');
    send.write('{"type":"nonsense"}');
    await send.said(/Not understood on stdin: only approval_response, keep_going and abort are/);
    expect(send.err()).not.toContain('"keep_going"}');
    send.write('{"type":"abort"}');
    expect(await send.ended).toBe(3);
  });
});
