import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** One way of doing it. `run` gives the measures of one round. */
export interface Case<M extends string> {
  name: string;
  run: () => Promise<Record<M, number>>;
}

/** name of the case -> name of the measure -> one value a round, in order. */
export type Measured<M extends string> = Map<string, Record<M, number[]>>;

/** Adds what one round of a case gave. */
export function addRound<M extends string>(measured: Measured<M>, name: string, values: Record<M, number>): void {
  const kept = measured.get(name) ?? ({} as Record<M, number[]>);
  measured.set(name, kept);
  for (const [measure, value] of Object.entries(values) as [M, number][]) {
    kept[measure] ??= [];
    kept[measure].push(value);
  }
}

/**
 * Runs every case once a round, in turn (A B C, C B A, A B C), so that what the machine does meanwhile falls on all of them.
 * @param warmUps - rounds before those that count.
 */
export async function interleave<M extends string>(
  cases: readonly Case<M>[],
  { rounds, warmUps = 1 }: { rounds: number; warmUps?: number },
): Promise<Measured<M>> {
  const measured: Measured<M> = new Map();
  for (let round = -warmUps; round < rounds; round += 1) {
    // There and back, so that no case always comes after the same other one.
    for (const { name, run } of round % 2 === 0 ? cases : cases.toReversed()) {
      // What the case before left behind is not for this one to clear away.
      collectGarbage();
      const values = await run();
      if (round < 0) continue;
      addRound(measured, name, values);
    }
  }
  return measured;
}
