import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long another apt-get may keep its locks before we give up, in seconds. */
const aptLockSeconds = 600;

/** The words before `apt-get`: none for root, `sudo -n` where that needs no password, `null` where neither helps. */
export async function rightToInstall(): Promise<string[] | null> {
  const works = (command: string, args: string[]) =>
    run(command, args).then(
      () => true,
      () => false,
    );
  if (!(await works('apt-get', ['--version']))) return null;
  if (process.getuid?.() === 0) return [];
  return (await works('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
}

/** dpkg's lock is waited for by apt-get itself; the lock of the package lists it only reports, so that one is tried again. */
export async function aptGet(prefix: string[], args: string[]): Promise<void> {
  const command = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-q',
    '-o',
    `DPkg::Lock::Timeout=${aptLockSeconds}`,
    ...args,
  ];
  const deadline = performance.now() + aptLockSeconds * 1000;
  for (;;) {
    try {
      await run(command[0] as string, command.slice(1), { maxBuffer: 64 * 1024 * 1024 });
      return;
    } catch (error) {
      const { stderr = '' } = error as { stderr?: string };
      if (!/Could not get lock|Unable to (?:acquire|lock)/.test(stderr) || performance.now() > deadline) throw error;
      await setTimeout(2000);
    }
  }
}
