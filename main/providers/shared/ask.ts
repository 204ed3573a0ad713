import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { startable } from '../process/startable.ts';

const timeoutMs = 5000;
const outputBytes = 256 * 1024;

export interface Asked {
  stdout: string;
  stderr: string;
  /** How it failed, e.g. "exit code 1", "no answer in 5 s". */
  failure?: string;
}

/** Runs a CLI for one short answer. Never throws; ends it after five seconds. */
export function ask(file: string, args: readonly string[], env: { [name: string]: string }): Promise<Asked> {
  return new Promise((resolve) => {
    const options = {
      env,
      cwd: tmpdir(),
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
      maxBuffer: outputBytes,
      windowsHide: true,
    };
    const command = startable({ file, args }, env);
    if (command === null) return resolve({ stdout: '', stderr: '', failure: 'EINVAL' });
    try {
      const child = execFile(command.file, [...command.args], options, (error, stdout, stderr) => {
        if (error === null) return resolve({ stdout, stderr });
        const failure = error.killed
          ? `no answer in ${timeoutMs / 1000} s`
          : typeof error.code === 'number'
            ? `exit code ${error.code}`
            : String(error.code);
        return resolve({ stdout, stderr, failure });
      });
      child.stdin?.end();
    } catch (error) {
      resolve({ stdout: '', stderr: '', failure: (error as NodeJS.ErrnoException).code ?? 'not started' });
    }
  });
}
