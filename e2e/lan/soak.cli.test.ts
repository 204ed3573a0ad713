import { describe, expect, it } from 'vitest';
import { networkMissing } from './needs-network.ts';
import { networkFaults, phoneFaults, soak } from './soak.ts';

const missing = await networkMissing();
const runs = 30;

describe.skipIf(missing !== null)('phones on a network that fails them', () => {
  it('have every durable event exactly once, in order, and the same words as the desk', async () => {
    const seed = Number(process.env.SOAK_SEED ?? Date.now() % 1_000_000_000);
    console.log(`Again with these faults: SOAK_SEED=${seed}`);
    const report = await soak({
      runs,
      seed,
      phones: 3,
      long: false,
      withinMs: 150_000,
      say: (line) => console.log(line),
    });
    console.log(JSON.stringify(report));
    expect(report.failures).toEqual([]);
    expect(report.runs).toBe(runs);
    expect(report.events).toBeGreaterThan(runs * 5);
    expect(report.reconnections).toBeGreaterThan(5);
    for (const fault of [...networkFaults, ...phoneFaults, 'twice']) {
      expect(report.faults[fault] ?? 0, fault).toBeGreaterThan(1);
    }
  }, 180_000);
});
