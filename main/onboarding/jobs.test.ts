import { describe, expect, it } from 'vitest';
import { createJobs, type JobContext } from './jobs.ts';

const jobs = (maxChars?: number) =>
  createJobs({
    redact: (line) => line.replaceAll('canary', '[redacted]'),
    ...(maxChars === undefined ? {} : { maxChars }),
  });

/** A job that the test carries out. */
function held(all: ReturnType<typeof jobs>, key = 'k') {
  let context: JobContext | undefined;
  let finish: (end: { ok: boolean; exit_code: number | null }) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const id = all.start({
    key,
    title: 'Title',
    run: (given) => {
      context = given;
      return new Promise((resolve, reject) => {
        finish = resolve;
        fail = reject;
      });
    },
  });
  const ended = async (end: () => void) => {
    end();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    id,
    write: (text: string) => context!.write(text),
    signal: () => context!.signal,
    finish: (ok: boolean, exit_code: number | null = ok ? 0 : 1) => ended(() => finish({ ok, exit_code })),
    fail: (message: string) => ended(() => fail(new Error(message))),
  };
}

describe('a job', () => {
  it('tells its output from any offset on, and how it ended', async () => {
    const all = jobs();
    const job = held(all);
    job.write('one\ntw');
    expect(all.read(job.id, 0)).toMatchObject({ state: 'running', text: 'one\n', offset: 4, title: 'Title' });
    job.write('o\nthree');
    expect(all.read(job.id, 4)).toMatchObject({ text: 'two\n', offset: 8 });
    await job.finish(true);
    expect(all.read(job.id, 8)).toMatchObject({ state: 'done', exit_code: 0, text: 'three\n' });
    expect(all.read(job.id, 999)).toMatchObject({ text: '' });
    expect(all.read('job_other', 0)).toBeNull();
  });

  it('shows no secret, also when it comes in pieces, and no colours', async () => {
    const all = jobs();
    const job = held(all);
    job.write('key: can');
    job.write('ary\n\u001b[32mgreen\u001b[0m\n10%\r50%\r100%\r\n');
    expect(all.read(job.id, 0)?.text).toBe('key: [redacted]\ngreen\n100%\n');
    await job.fail('no canary here');
    expect(all.read(job.id, 0)).toMatchObject({ state: 'failed' });
    expect(all.read(job.id, 0)?.text).not.toContain('canary');
  });

  it('keeps the end of a long output and says that the rest is gone', () => {
    const all = jobs(20);
    const job = held(all);
    for (let n = 10; n < 30; n++) job.write(`${n}\n`);
    expect(all.read(job.id, 0)).toMatchObject({
      text: expect.stringMatching(/^\[earlier output was dropped\]\n/),
      offset: 60,
    });
    expect(all.read(job.id, 0)?.text.endsWith('28\n29\n')).toBe(true);
    expect(all.read(job.id, 57)?.text).toBe('29\n');
  });

  it('runs once for a key at a time', async () => {
    const all = jobs();
    const first = held(all);
    expect(held(all).id).toBe(first.id);
    expect(held(all, 'other').id).not.toBe(first.id);
    await first.finish(false);
    expect(held(all).id).not.toBe(first.id);
  });

  it('is told to end when it is cancelled, once, and says so when it has', async () => {
    const all = jobs();
    const job = held(all);
    expect(all.cancel(job.id)).toBe(true);
    expect(job.signal().aborted).toBe(true);
    await job.finish(false, null);
    expect(all.read(job.id, 0)).toMatchObject({ state: 'cancelled' });
    expect(all.cancel(job.id)).toBe(false);
  });

  it('is ended when all are, and forgotten when many came after it', async () => {
    const all = jobs();
    const job = held(all, 'last');
    const closed = all.close();
    expect(job.signal().aborted).toBe(true);
    await job.finish(false);
    await closed;
    const more = jobs();
    const first = held(more, 'first');
    await first.finish(true);
    for (let n = 0; n < 20; n++) await held(more, `k${n}`).finish(true);
    expect(more.read(first.id, 0)).toBeNull();
  });
});
