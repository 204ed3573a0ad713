import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBench } from './command-line-test-support.ts';

const bench = createBench();
const text = readFileSync(join(import.meta.dirname, '../../docs/examples/curl.md'), 'utf8');
/** Each block with what it prints. */
const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```\s+```text\n([\s\S]*?)```/g)].map(([, run, prints]) => ({
  run: run!,
  prints: prints!,
}));

/** As it stands, but for `…`, which is anything. */
const pattern = (prints: string): RegExp =>
  new RegExp(
    `^${prints
      .trim()
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*?')}$`,
  );

let printed: string[];
beforeAll(async () => {
  const server = bench.headless('--json', '--port', '0');
  const [, url] = await server.said(/"url":"(http:[^"]+)"/);
  const separator = '-- next block --';
  const script = blocks.map(({ run }) => `${run}\necho; echo '${separator}'`).join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    env: {
      ...process.env,
      URL: url,
      TOKEN: readFileSync(join(bench.home, 'owner-token'), 'utf8').trim(),
      FOLDER: bench.work,
    },
    timeout: 50_000,
  });
  printed = stdout.split(separator).map((one) => one.trim());
});
afterAll(() => bench.dispose());

describe('docs/examples/curl.md', () => {
  it('has every block of its own accord', () => {
    expect(blocks.length).toBe(text.match(/```sh/g)?.length);
    expect(blocks.length).toBeGreaterThanOrEqual(8);
  });

  it.each(blocks.map((block, at) => [block.run.split('\n')[0]!, block, at] as const))(
    'prints what it says: %s',
    (_name, { prints }, at) => {
      expect(printed[at]).toMatch(pattern(prints));
    },
  );
});
