import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');

/** Complaints of the compiler about one project, one line each. */
async function complaints(project: string): Promise<string[]> {
  const stdout = await new Promise<string>((resolve) => {
    execFile(process.execPath, [compiler, '-p', project, '--pretty', 'false'], { cwd: root }, (_error, out) =>
      resolve(out),
    );
  });
  return stdout.split('\n').filter((line) => line.includes('error TS'));
}

describe('the Chromium host', () => {
  it('has every call, event, option and type of electron that main and preload use', { timeout: 60_000 }, async () => {
    const about = /^(main\/(index\.ts|desktop\/|ipc\/)|preload\/|e2e\/host\/)/;
    expect((await complaints(join(root, 'e2e/host/tsconfig.app.json'))).filter((line) => about.test(line))).toEqual([]);
  });

  it('is found out when it lacks something', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(root, 'e2e/host/.probe-'));
    try {
      await writeFile(
        join(folder, 'probe.ts'),
        "import { app, pushNotifications } from 'electron';\napp.dock.bounce();\napp.on('gpu-info-update', () => {});\npushNotifications;\n",
      );
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: '../tsconfig.app.json',
          compilerOptions: { paths: { electron: ['../electron.ts'] } },
          files: ['./probe.ts'],
        }),
      );
      const found = (await complaints(join(folder, 'tsconfig.json'))).filter((line) => line.includes('probe.ts'));
      expect(found.map((line) => /'(pushNotifications|dock|"gpu-info-update")'/.exec(line)?.[1])).toEqual([
        'pushNotifications',
        'dock',
        '"gpu-info-update"',
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is checked against everything that uses electron: nothing outside the desktop rooms imports it', async () => {
    const users: string[] = [];
    for (const zone of ['main', 'preload', 'renderer']) {
      for (const entry of await readdir(join(root, zone), { recursive: true })) {
        if (!/\.(ts|tsx|mts)$/.test(entry) || entry.includes('.test.')) continue;
        const source = await readFile(join(root, zone, entry), 'utf8');
        if (/from 'electron'|import\('electron'\)|require\('electron'\)/.test(source)) users.push(join(zone, entry));
      }
    }
    expect(users).not.toEqual([]);
    for (const file of users) {
      expect(['main', 'main/desktop', 'main/ipc', 'preload'], file).toContain(dirname(file));
      expect(dirname(file) === 'main' ? file : 'main/index.ts').toBe('main/index.ts');
    }
  });
});
