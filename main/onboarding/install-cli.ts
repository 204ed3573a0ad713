import { existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cliEnvironment } from '../providers/process/environment.ts';
import { findExecutable, usualPlaces } from '../providers/process/find-executable.ts';
import { newRunId } from '../providers/process/run-id.ts';
import type { RunRecords } from '../providers/process/run-records.ts';
import { buildingMark, putInPlace, removeFolder } from './installed-clis.ts';
import type { JobContext } from './jobs.ts';
import { runCommand } from './run-command.ts';

export interface Installer {
  /** Where CLIs are looked for and started; see `createCliSurroundings`. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  home: string;
  instance: string;
  /** The app's folder for CLIs; one folder for each provider is made in it. */
  clisDir: string;
  records?: RunRecords | undefined;
  /** Handed in by tests. */
  findNpm?: (installer: Pick<Installer, 'env' | 'home'>) => NpmCommand | null;
}

export interface NpmCommand {
  file: string;
  args: readonly string[];
  /** Folders that have to be on PATH for it. */
  beside: readonly string[];
}

export interface Installation {
  provider: string;
  /** Name on npm. */
  npmPackage: string;
  /** A version or a tag. Named always: without one npm takes an older version where the newest asks for a newer Node than npm runs on. */
  version?: string;
}

/** What is npm's own of the environment: where packages come from, and how its proxy and certificates are set. */
const npmVariables = [
  'NPM_CONFIG_*',
  'NPM_TOKEN',
  'npm_config_registry',
  'npm_config_cafile',
  'npm_config_cache',
  'npm_config_proxy',
  'npm_config_https_proxy',
  'npm_config_noproxy',
];

/** How npm is started; null where there is none. On Windows and for a link to its script it is started with a Node of our finding. */
export function findNpm({ env, home }: Pick<Installer, 'env' | 'home'>): NpmCommand | null {
  const npm = findExecutable({ name: 'npm', env, home, programInPackage: 'node_modules/npm/bin/npm-cli.js' });
  if (!npm.found) return null;
  const script = realScript(npm.path);
  const beside = [dirname(npm.path)];
  if (script === null) return { file: npm.path, args: [], beside };
  const near = join(dirname(npm.path), process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(near)) return { file: near, args: [script], beside };
  const node = findExecutable({ name: 'node', env, home });
  return node.found ? { file: node.path, args: [script], beside: [...beside, dirname(node.path)] } : null;
}

/**
 * Installs a CLI from npm into a folder of the app, in the place of what stood there. It is built beside it and tried before it takes the place, so
 * that a failed or cancelled installation changes nothing; what runs of the former one goes on (`putInPlace`). Nothing is installed for the whole
 * machine.
 */
export async function installCli(
  installer: Installer,
  { provider, npmPackage, version = 'latest' }: Installation,
  { write, signal }: JobContext,
): Promise<{ ok: boolean; exit_code: number | null }> {
  const npm = (installer.findNpm ?? findNpm)(installer);
  if (npm === null) {
    write(
      'npm was not found on this machine. Install Node.js (https://nodejs.org), which brings npm, then try again.\n',
    );
    return { ok: false, exit_code: null };
  }
  const { env, home, instance, clisDir, records } = installer;
  mkdirSync(clisDir, { recursive: true, mode: 0o700 });
  const building = mkdtempSync(join(clisDir, `.${provider}${buildingMark}`));
  try {
    writeFileSync(join(building, 'package.json'), '{"private":true}\n');
    const path = [...npm.beside, ...usualPlaces(env, home)].filter((folder) => existsSync(folder));
    const run = (file: string, args: readonly string[], until = signal) => {
      const runId = newRunId(instance);
      const variables = cliEnvironment(env, { own: npmVariables, path, runId });
      return runCommand({ file, args, cwd: building, env: variables, runId, records }, write, until);
    };
    const spec = `${npmPackage}@${version}`;
    const args = ['install', spec, '--prefix', building, ...flags];
    write(`$ npm install ${spec}\n`);
    const npmEnd = await run(npm.file, [...npm.args, ...args]);
    if (signal.aborted) {
      write('Cancelled. What was there before is unchanged.\n');
      return { ok: false, exit_code: npmEnd.code };
    }
    if (npmEnd.code !== 0) {
      write(
        `npm ${npmEnd.errno ? `could not be started (${npmEnd.errno})` : `ended with exit code ${npmEnd.code}`}. Nothing was changed.\n`,
      );
      return { ok: false, exit_code: npmEnd.code };
    }
    const program = findExecutable({ name: provider, env: { PATH: '' }, home: building, places: [binOf(building)] });
    if (!program.found || !program.path.startsWith(building)) {
      write(`${spec} was fetched but brings no program named "${provider}". Nothing was changed.\n`);
      return { ok: false, exit_code: 0 };
    }
    write(`$ ${provider} --version\n`);
    const tried = await run(program.path, ['--version'], AbortSignal.any([signal, AbortSignal.timeout(tryMs)]));
    if (tried.code !== 0) {
      write(`${provider} was fetched but does not start here. Nothing was changed.\n`);
      return { ok: false, exit_code: tried.code };
    }
    write(`Installed in ${putInPlace(clisDir, provider, building)}.\n`);
    return { ok: true, exit_code: 0 };
  } finally {
    await removeFolder(building);
  }
}

/** What npm puts programs into. */
const binOf = (folder: string) => join(folder, 'node_modules', '.bin');

const tryMs = 30_000;
const flags = [
  '--include=optional',
  '--engine-strict=false',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--no-package-lock',
  '--no-progress',
  '--color=false',
  '--foreground-scripts',
  '--loglevel=http',
];

function realScript(path: string): string | null {
  try {
    const real = realpathSync(path);
    return /\.[cm]?js$/.test(real) ? real : null;
  } catch {
    return null;
  }
}

/** The program the app itself installed for a provider; null when there is none. */
export function ownProgram(clisDir: string, provider: string): string | null {
  const folder = binOf(join(clisDir, provider));
  const found = findExecutable({ name: provider, env: { PATH: folder }, home: folder });
  return found.found && found.path.startsWith(clisDir) ? found.path : null;
}
