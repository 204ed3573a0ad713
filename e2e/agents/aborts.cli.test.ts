import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { say, script, slowly, think } from '../steps/script.ts';
import { commandOf, waitGone } from '../tools/process-tree.ts';
import { startAppPlace } from './app-place.ts';
import { acp, claude, codex, type Dialect, gemini } from './dialects.ts';

const agents = [claude, codex, gemini, acp];
/** Other moments in every run, so that many come together over the runs; `ABORTS=200` tries as many in one. */
const aborts = Number(process.env.ABORTS ?? 80);
/** Names the moments of a run: `ABORTS_SEED=… ` makes the same ones again. */
const seed = Number(process.env.ABORTS_SEED ?? Date.now() % 1_000_000);

/** Mulberry32, 0 to 1: the same row of numbers for the same seed. */
function numbers(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Sessions of each agent that are stopped side by side. */
const lanes = 2;

/** One that SIGTERM does not end, two that leave the tree of their parent, and one in the foreground. */
const runaway = `(setsid nohup perl -e '$SIG{TERM}="IGNORE"; sleep 911' >/dev/null 2>&1 &); (perl -e 'fork and exit; sleep 912' &); perl -e "sleep 913"`;

const works: readonly ((dialect: Dialect) => string)[] = [
  () => script('Talk.', [slowly(3000, 3)]),
  () => script('Think.', [think('Hmm. '), slowly(3000, 3)]),
  (dialect) => script('Run.', [dialect.command(runaway)]),
  (dialect) => script('Both.', [dialect.command(runaway), dialect.command('perl -e "sleep 914"')], [say('Done.')]),
];

describe('stop, again and again', { timeout: 300_000 }, () => {
  it(`leaves no process after ${aborts} stops at random moments`, async () => {
    const place = await startAppPlace('aborts', agents, { deltaMs: 2 });
    const { folder, app } = place;
    try {
      const ends: string[] = [];
      const lane = async (dialect: Dialect, number: number) => {
        const random = numbers(seed + number);
        const session = await app.session({
          cwd: folder,
          provider: dialect.provider,
          mode: 'full',
          model: dialect.model,
        });
        for (let done = 0; done < aborts / agents.length / lanes; done += 1) {
          const work = works[Math.floor(random() * works.length)]!;
          const turn = await session.say(work(dialect));
          await wait(random() * 350);
          await session.abort(turn);
          ends.push((await session.ended(turn)).status);
        }
        const last = await session.turn(script('And now?', [say('Still here.')]));
        expect(last.status).toBe('completed');
      };
      await Promise.all(
        agents.flatMap((dialect, at) => Array.from({ length: lanes }, (_, of) => lane(dialect, at * lanes + of))),
      );
      expect(ends, `seed ${seed}`).toHaveLength(aborts);
      expect(
        ends.filter((status) => status !== 'aborted'),
        `seed ${seed}`,
      ).toEqual([]);
      const runaways = place.running().filter((pid) => /sleep 91\d/.test(commandOf(pid)));
      expect((await waitGone(runaways)).map(commandOf), `seed ${seed}`).toEqual([]);
    } finally {
      await place.end();
    }
  });
});
