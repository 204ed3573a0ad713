import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';
import { cliEnvironment, runIdVariable } from '../providers/process/environment.ts';
import { findExecutable, usualPlaces } from '../providers/process/find-executable.ts';

export interface TerminalOptions {
  /** Where CLIs are looked for and started; see `createCliSurroundings`. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder, where the terminal opens. */
  home: string;
  /** A folder of ours for the script that the terminal runs; made when it is missing. */
  folder: string;
  platform?: NodeJS.Platform;
}

/** A command to run where a person sees it and can answer. It comes from an adapter, never from a client. */
export interface TerminalCommand {
  /** Made of the letters, digits and signs of a plain command line, no quotes and no shell control characters. */
  command: string;
  /** The program of the CLI; its folder is put on PATH. */
  program?: string | undefined;
  /** Names of the CLI's own settings (no secrets), which it would have been started with; see `cliEnvironment`. */
  own?: readonly string[];
}

/** How a terminal emulator is told what to run, most likely first. */
const emulators: readonly (readonly [name: string, ...args: string[]])[] = [
  ['x-terminal-emulator', '-e'],
  ['gnome-terminal', '--'],
  ['konsole', '-e'],
  ['xfce4-terminal', '-x'],
  ['kitty'],
  ['alacritty', '-e'],
  ['wezterm', 'start', '--'],
  ['foot'],
  ['xterm', '-e'],
];

const plainCommand = /^[A-Za-z0-9][\w./@:=+, -]*$/;

/**
 * Opens a terminal window that runs a command and stays open behind it. The window is the person's: it is not ended with the app.
 * @returns which program was started.
 */
export async function openTerminal(
  { command, program, own = [] }: TerminalCommand,
  { env, home, folder, platform = process.platform }: TerminalOptions,
): Promise<Result<string, Problem>> {
  if (!plainCommand.test(command)) throw new Error(`not a plain command: ${command}`);
  const path = [...(program === undefined ? [] : [dirname(program)]), ...usualPlaces(env, home)];
  const variables = cliEnvironment(env, { own, path, runId: '' });
  // A mark of ours would have the window ended as if it were a CLI that we left behind.
  delete variables[runIdVariable];
  // A terminal with a server of its own (macOS, Windows) does not get our environment: what matters stands in the script.
  const kept = Object.entries(variables).filter(([name]) => name === 'PATH' || own.includes(name));
  const scripts = writeScript(folder, command, kept, platform);
  if (!scripts.ok) return scripts;
  for (const [file, args] of candidates(scripts.value, variables, home, platform)) {
    if (await started(file, args, variables, home)) return ok(file);
  }
  return err({
    code: 'not_found',
    say: say('terminal.none', { command }),
    message: 'No terminal program was found on this machine.',
    impact: 'Nothing was run.',
    next: `Open a terminal yourself and run: ${command}`,
  });
}

/** @returns the path of a script that runs the command and leaves a shell open. */
function writeScript(
  folder: string,
  command: string,
  variables: readonly (readonly [name: string, value: string])[],
  platform: NodeJS.Platform,
): Result<string, Problem> {
  const windows = platform === 'win32';
  const file = join(folder, windows ? 'sign-in.cmd' : 'sign-in.command');
  const text = windows ? windowsScript(command, variables) : posixScript(command, variables);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    rmSync(file, { force: true });
    writeFileSync(file, text, { mode: 0o700, flag: 'wx' });
    return ok(file);
  } catch (error) {
    return err({
      code: 'storage_failed',
      say: say('terminal.noScript', { file, command }),
      message: `${file}, which the terminal was to run, could not be written.`,
      impact: 'Nothing was run.',
      next: `Open a terminal yourself and run: ${command}`,
      detail: String((error as NodeJS.ErrnoException).code ?? error),
    });
  }
}

function posixScript(command: string, variables: readonly (readonly [name: string, value: string])[]): string {
  const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
  return [
    '#!/bin/sh',
    ...variables.map(([name, value]) => `${name}=${quoted(value)}; export ${name}`),
    'cd ~ || exit',
    `printf '$ %s\\n' '${command}'`,
    command,
    `printf '\\nYou can close this window and go back to Quarterdeck.\\n'`,
    `exec "\${SHELL:-/bin/sh}"`,
    '',
  ].join('\n');
}

/** A value that `cmd.exe` would read as something else is left out; without it the program is looked for on the usual PATH. */
function windowsScript(command: string, variables: readonly (readonly [name: string, value: string])[]): string {
  const set = variables.filter(([, value]) => !/[%"\r\n]/.test(value)).map(([name, value]) => `set "${name}=${value}"`);
  return ['@echo off', ...set, `echo ^> ${command}`, `call ${command}`, ''].join('\r\n');
}

function candidates(
  script: string,
  env: { readonly [name: string]: string },
  home: string,
  platform: NodeJS.Platform,
): (readonly [file: string, args: readonly string[]])[] {
  if (platform === 'darwin') return [['/usr/bin/open', ['-a', 'Terminal', script]]];
  if (platform === 'win32') {
    const cmd = env.ComSpec ?? 'cmd.exe';
    return [
      ['wt.exe', ['new-tab', '--', cmd, '/k', script]],
      [cmd, ['/c', 'start', '', cmd, '/k', script]],
    ];
  }
  const named = env.TERMINAL && /^[\w.-]+$/.test(env.TERMINAL) ? [[env.TERMINAL, '-e'] as const] : [];
  return [...named, ...emulators].flatMap(([name, ...args]) => {
    const found = findExecutable({ name, env, home });
    return found.found ? [[found.path, [...args, script]] as const] : [];
  });
}

/** A terminal that stays for so long has opened; most end at once themselves, because their window belongs to a server. */
const settleMs = 700;

function started(
  file: string,
  args: readonly string[],
  env: { readonly [name: string]: string },
  cwd: string,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], { cwd, env, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => resolve(true), settleMs);
    const tell = (good: boolean) => {
      clearTimeout(timer);
      resolve(good);
    };
    child.once('error', () => tell(false));
    child.once('exit', (code) => tell(code === 0));
    child.unref();
  });
}
