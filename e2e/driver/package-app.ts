import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appDir, nodePath } from './built-app.ts';

/** Where a binary keeps its fuses: a sentinel, the version, how many there are, one character each (@electron/fuses, README). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The fuses of a fresh Electron, in the order of `FuseV1Options`: run-as-node on, cookies plain, NODE_OPTIONS and inspect on, ... */
const freshFuses = '10110001';

/**
 * Makes what looks to electron-builder like an unpacked Electron for Linux: a "binary" that only has fuses. So the real asar is built and the
 * real fuses are flipped where Electron's runtime cannot be downloaded.
 */
async function makeElectronDist(folder: string): Promise<string> {
  await mkdir(join(folder, 'locales'), { recursive: true });
  await mkdir(join(folder, 'resources'));
  const binary = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, freshFuses.length]), Buffer.from(freshFuses)]);
  await writeFile(join(folder, 'electron'), binary);
  await chmod(join(folder, 'electron'), 0o755);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak'])
    await writeFile(join(folder, file), '');
  return folder;
}

/**
 * Packages the built app for Linux with the repository's electron-builder.yml.
 * @param folder - an empty folder to work in.
 * @returns the path of the app's binary and of its archive.
 */
export async function packageApp(folder: string, arch: 'x64' | 'arm64'): Promise<{ binary: string; archive: string }> {
  const dist = await makeElectronDist(join(folder, 'electron'));
  const output = join(folder, 'dist');
  await promisify(execFile)(
    nodePath,
    [
      join(appDir, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', `--${arch}`, `-c.electronDist=${dist}`, `-c.directories.output=${output}`],
    ],
    { cwd: appDir, env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 16 * 1024 * 1024 },
  );
  const unpacked = join(output, arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`);
  return { binary: join(unpacked, 'quarterdeck'), archive: join(unpacked, 'resources/app.asar') };
}
