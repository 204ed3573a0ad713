import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../out/main');

export interface Running {
  readonly child: ChildProcess;
  /** What was written so far. */
  out(): string;
  err(): string;
  /** Settles when what was written (stdout, then stderr) matches; rejects when the process ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<number | string>;
  write(line: string): void;
  endInput(): void;
}

/** A home and a folder of their own, and the real programs, as they are built. */
export function createBench() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cli-')));
  const home = join(folder, 'home');
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'work-')));
  const started: ChildProcess[] = [];

  function run(script: string, args: string[], input: 'open' | 'none'): Running {
    const env = {
      ...process.env,
      QUARTERDECK_HOME: home,
      QUARTERDECK_IMPORTS: 'off',
      QUARTERDECK_CLAUDE_PATH: join(folder, 'no-claude-here'),
    };
    const stdio = [input === 'open' ? 'pipe' : 'ignore', 'pipe', 'pipe'] as const;
    const child = spawn(process.execPath, [join(built, script), ...args], { cwd: work, env, stdio: [...stdio] });
    started.push(child);
    let [out, err] = ['', ''];
    let looks: (() => void)[] = [];
    const look = () => {
      for (const one of looks) one();
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      out += String(chunk);
      look();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      err += String(chunk);
      look();
    });
    const ended = new Promise<number | string>((resolve) => {
      child.on('close', (code, signal) => resolve(code ?? signal ?? 'gone'));
    });
    return {
      child,
      out: () => out,
      err: () => err,
      said: (pattern) =>
        new Promise((resolve, reject) => {
          const check = () => {
            const found = pattern.exec(out) ?? pattern.exec(err);
            if (!found) return;
            looks = looks.filter((one) => one !== check);
            resolve(found);
          };
          looks.push(check);
          check();
          void ended.then((code) => reject(new Error(`ended (${code}) before it said ${pattern}:\n${out}\n${err}`)));
        }),
      ended,
      write: (line) => void child.stdin?.write(`${line}\n`),
      endInput: () => void child.stdin?.end(),
    };
  }

  return {
    home,
    work,
    cli: (...args: string[]) => run('cli.js', args, 'none'),
    cliWithInput: (...args: string[]) => run('cli.js', args, 'open'),
    headless: (...args: string[]) => run('headless.js', args, 'none'),
    async dispose() {
      for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      rmSync(work, { recursive: true, force: true });
    },
  };
}

export type Bench = ReturnType<typeof createBench>;

/** The lines of JSON in an output. */
export const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
