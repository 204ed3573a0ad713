/** Reads what is in a home into its vault, as a process of its own that may be killed. Arguments: vault, log, home. */
import { Reader } from './reader.ts';

const [vault, log, home] = process.argv.slice(2) as [string, string, string];
const reader = new Reader(
  { vault, log, home, env: {}, scanAfterMs: null, hotMs: 1000, allMs: 60_000, maxLineBytes: 1_000_000 },
  (message) => {
    if ('tell' in message && message.tell === 'grown') process.stdout.write('grown\n');
  },
);
process.stdout.write('begun\n');
const status = await reader.answer('scan', { wait: true });
await reader.answer('close', {});
process.stdout.write(`${JSON.stringify({ ...status, rss_kb: process.resourceUsage().maxRSS })}\n`);
