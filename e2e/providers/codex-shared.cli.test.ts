import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codexPlace, command, onlyCodexRuns, pids } from './codex-place-test-support.ts';

describe.runIf(existsSync('/proc'))('ten conversations in one real Codex', { timeout: 120_000 }, () => {
  it('go on when one of them is stopped in the middle of a command that is deaf to SIGTERM', async () => {
    const at = await codexPlace();
    try {
      const folder = (name: string) => {
        const path = join(at.cwd, name);
        mkdirSync(path);
        return path;
      };
      const stubborn = at.begin({ mode: 'full' }, folder('stubborn'));
      const talkers = Array.from({ length: 5 }, (_, n) => at.begin({}, folder(`talker-${n}`)));
      const workers = Array.from({ length: 4 }, (_, n) => at.begin({ mode: 'full' }, folder(`worker-${n}`)));

      const deaf = `trap '' TERM HUP INT; (setsid nohup bash -c 'trap "" TERM; while :; do sleep 1; done' >/dev/null 2>&1 &); touch begun; while :; do sleep 1; done`;
      const stopped = stubborn.turn(command(deaf, { yield_time_ms: 60_000 }));
      const talk = talkers.map((run, n) => run.turn(`[[part: "One ${n}. "]] [[wait: stopped]] [[text: Two ${n}.]]`));
      const work = workers.map((run, n) =>
        run.turn(
          `${command(`touch begun; until [ -e go ]; do sleep 0.1; done; echo done ${n}`, { yield_time_ms: 100_000 })} [[then]] [[results]]`,
        ),
      );
      const begun = (name: string) =>
        expect.poll(() => existsSync(join(at.cwd, name, 'begun')), { timeout: 40_000 }).toBe(true);
      await Promise.all([
        begun('stubborn'),
        ...workers.map((_, n) => begun(`worker-${n}`)),
        ...talkers.map((run) => run.next('item_delta')),
        stubborn.next('tool_start'),
      ]);
      const before = pids(at.instance);
      stubborn.session.interrupt();
      expect(await stopped).toMatchObject({ status: 'aborted' });
      expect(stubborn.of('tool_end')).toEqual([expect.objectContaining({ status: 'cancelled' })]);
      expect(before.length).toBeGreaterThan(5);
      for (const run of [...talkers, ...workers]) expect(run.of('turn_end')).toEqual([]);

      at.server.open('stopped');
      for (const n of workers.keys()) mkdirSync(join(at.cwd, `worker-${n}`, 'go'));
      for (const end of await Promise.all([...talk, ...work])) expect(end).toMatchObject({ status: 'completed' });
      expect(talkers.map((run) => run.of('text').map(({ text }) => text))).toEqual(
        talkers.map((_, n) => [`One ${n}. Two ${n}.`]),
      );
      for (const [n, run] of workers.entries()) {
        expect(run.of('tool_end')).toEqual([expect.objectContaining({ status: 'completed', output: `done ${n}\n` })]);
      }
      // One process for all, and nothing of what was stopped.
      await onlyCodexRuns(at.instance);
      expect(await stubborn.turn('[[text: Still here.]]')).toMatchObject({ status: 'completed' });
    } finally {
      await at.dispose();
    }
  });
});
