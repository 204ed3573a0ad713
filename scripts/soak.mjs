// `npm run soak [-- --runs 1000 --seed N --phones 5]`: phones on a network that fails them; see e2e/lan/soak.ts. Needs Linux and root.
import { parseArgs } from 'node:util';
import { whyNoNetwork } from '../e2e/lan/network.ts';
import { soak } from '../e2e/lan/soak.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
    phones: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '120' },
  },
});
const reason = await whyNoNetwork();
if (reason !== null) {
  console.error(`No soak here: ${reason}.`);
  process.exit(1);
}
console.log(`seed ${values.seed}`);
const report = await soak({
  runs: Number(values.runs),
  seed: Number(values.seed),
  phones: Number(values.phones),
  long: true,
  withinMs: Number(values.minutes) * 60_000,
  say: (line) => console.log(line),
});
console.log(JSON.stringify(report, null, 2));
process.exit(report.failures.length === 0 && report.runs === Number(values.runs) ? 0 : 1);
