import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { homePaths } from '../home.ts';

const program = join(import.meta.dirname, '..', 'headless.ts');

it.skipIf(process.platform === 'win32')(
  'a thread that hangs in a file does not keep the app from ending, cleanly up to it',
  { timeout: 30_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quarterdeck-stuck-'));
    const home = join(folder, 'quarterdeck');
    mkdirSync(join(folder, '.gemini', 'tmp'), { recursive: true });
    const pipe = join(folder, '.gemini', 'projects.json');
    execFileSync('mkfifo', [pipe]);
    const env = { PATH: process.env.PATH, HOME: folder, SHELL: '/bin/false' };
    const app = spawn(process.execPath, [program, '--home', home, '--port', '0'], { env, stdio: 'ignore' });
    const ended = new Promise((resolve) => app.on('close', (code, signal) => resolve(code ?? signal)));
    try {
      // Opened as soon as the thread reads it, which then never comes to its end.
      const writer = await open(pipe, 'w');
      app.kill('SIGTERM');
      expect(await ended).toBe('SIGKILL');
      expect(existsSync(homePaths(home).running)).toBe(false);
      await writer.close();
    } finally {
      app.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
