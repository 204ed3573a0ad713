import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect } from 'vitest';
import { it } from './bad-input/app-test-support.ts';

const example = join(import.meta.dirname, '../docs/examples/sealed-client.mjs');
const execute = promisify(execFile);

describe('the client of the documentation', () => {
  it('fits on a page', () => {
    expect(readFileSync(example, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  });

  it('pairs by the link, chats, and comes back to exactly the rest', async ({ stage }) => {
    const [home, folder] = [stage.folder('home'), stage.folder()];
    const app = await stage.serve({ home });
    const window = await app.connect();
    const offered = await window.ask({
      type: 'pairing_create',
      name: 'script',
      scopes: ['chat', 'sessions:read'],
    });
    const link = String((offered.result as { link: string }).link);
    const kept = join(folder, 'device.json');
    const say = (prompt: string, from = link) =>
      execute(process.execPath, [example, from, prompt, kept], { cwd: folder, timeout: 20_000 });

    const first = await say('hello');
    expect(first.stdout).toMatch(/^\d+ user_message: hello$/m);
    expect(first.stdout).toContain('built-in guide');
    const { sessions } = JSON.parse(readFileSync(kept, 'utf8')) as { sessions: Record<string, number> };
    const [seen] = Object.values(sessions);

    const second = await say('hello again');
    const numbers = [...second.stdout.matchAll(/^(\d+) (?:user_message|text): /gm)].map(([, number]) => Number(number));
    expect(numbers.length).toBeGreaterThan(1);
    expect(Math.min(...numbers)).toBeGreaterThan(seen!);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(second.stdout).not.toMatch(/user_message: hello$/m);

    const devices = await window.ask({ type: 'devices_list' });
    expect(JSON.stringify(devices.result)).toContain('script');
  });
});
