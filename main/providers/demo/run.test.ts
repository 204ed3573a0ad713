import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processesOfRuns } from '../process/process-table.ts';
import { type Bench, createBench } from './guide-test-support.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await createBench();
});
afterEach(() => bench.dispose());

const left = () => processesOfRuns((id) => id.startsWith(`test-${process.pid}.`));
const output = () =>
  bench
    .of('item_delta')
    .filter((event) => event.kind === 'tool_output')
    .map((event) => event.text)
    .join('');

describe('a command run by the guide', () => {
  it('runs in the folder of the session, with its output and its exit code told', async () => {
    const events = await bench.turn('run pwd; echo oops >&2; exit 3');
    const [end] = bench.of('tool_end', events);
    expect(end).toMatchObject({ status: 'failed', exit_code: 3 });
    expect(end?.output).toContain(bench.folder);
    expect(end?.output).toContain('oops');
    expect(output()).toBe(end?.output);
  });

  it('asks for exactly the command that it runs', async () => {
    const events = await bench.turn('run echo one && echo two');
    expect(bench.of('approval_request', events)).toMatchObject([
      { kind: 'execute', command: 'echo one && echo two', rule: { match: 'exact', pattern: 'echo one && echo two' } },
    ]);
    expect(bench.of('tool_end', events)).toMatchObject([{ status: 'completed', output: 'one\ntwo\n', exit_code: 0 }]);
  });

  it('does not run when it is denied', async () => {
    await bench.turn('run touch made.txt', { decision: 'deny' });
    expect(existsSync(path.join(bench.folder, 'made.txt'))).toBe(false);
  });

  it('shows output while the command still runs', async () => {
    bench.prompt('run echo begun; while [ ! -e go ]; do sleep 0.01; done; echo done');
    await bench.until(() => bench.of('approval_request').length === 1);
    bench.session.answer(bench.of('approval_request')[0]!.ref, { decision: 'allow_once' });
    await bench.until(() => output().includes('begun'));
    expect(bench.of('tool_end')).toEqual([]);
    bench.session.interrupt();
    await bench.until(() => bench.of('turn_end').length === 1);
  });

  it('is gone with everything it started when the turn is stopped, also what ran away into a session of its own', async () => {
    bench.prompt('run sleep 300 & setsid sleep 300 & (trap "" TERM; echo $$ > pid; sleep 300)');
    await bench.until(() => bench.of('approval_request').length === 1);
    bench.session.answer(bench.of('approval_request')[0]!.ref, { decision: 'allow_once' });
    await bench.until(
      () => (statSync(path.join(bench.folder, 'pid'), { throwIfNoEntry: false })?.size ?? 0) > 0 && left().length >= 4,
    );
    expect(await readFile(path.join(bench.folder, 'pid'), 'utf8')).toMatch(/^\d+\n$/);
    bench.session.interrupt();
    await bench.until(() => bench.of('turn_end').length === 1);
    expect(left()).toEqual([]);
    expect(bench.of('tool_end')).toMatchObject([{ status: 'cancelled' }]);
    expect(bench.of('turn_end')).toMatchObject([{ status: 'aborted' }]);
  });

  it('leaves nothing behind in the background', async () => {
    await bench.turn('run sleep 300 & echo started');
    expect(left()).toEqual([]);
    expect(bench.of('tool_end')).toMatchObject([{ status: 'completed', output: 'started\n' }]);
  });

  it('keeps beginning and end of an output that is too long to keep, and says how much is missing', async () => {
    const events = await bench.turn('run i=0; while [ $i -lt 40000 ]; do echo "line $i"; i=$((i+1)); done');
    const text = bench.of('tool_end', events)[0]?.output ?? '';
    expect(text.startsWith('line 0\nline 1\n')).toBe(true);
    expect(text.endsWith('line 39999\n')).toBe(true);
    expect(text).toMatch(/… \(\d+ characters left out\) …/);
    expect(text.length).toBeLessThan(200_000);
    expect(output().length).toBeLessThan(200_000);
  });

  it('does not hand our own secrets on', async () => {
    process.env.GUIDE_TEST_TOKEN = 'tell-nobody-about-this';
    try {
      const events = await bench.turn('run env');
      expect(JSON.stringify(events)).not.toContain('tell-nobody-about-this');
    } finally {
      delete process.env.GUIDE_TEST_TOKEN;
    }
  });
});
