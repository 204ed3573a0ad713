import { execFile } from 'node:child_process';
import { access, constants, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type AgentCli, agentClis } from './agent-clis.ts';
import { testCacheDir, withCacheLock } from './test-cache.ts';

const run = promisify(execFile);

/**
 * Makes sure a pinned agent CLI is in the test cache and returns the path of its native binary. Fetches it with npm when it is missing;
 * parallel runs wait for one another, and an interrupted fetch leaves nothing that looks finished.
 * @throws Error with advice when it cannot be fetched or does not start.
 */
export async function ensureCli(name: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const cli = agentClis.find((candidate) => candidate.name === name);
  if (cli === undefined)
    throw new Error(`No agent CLI named ${name}; known: ${agentClis.map((known) => known.name).join(', ')}`);
  const platform = platformKey();
  const folder = join(testCacheDir(env), 'clis');
  const installed = join(folder, `${cli.packageName.replace('/', '+')}@${cli.version}-${platform}`);
  const binary = join(installed, 'node_modules', cli.binaryPath(platform));
  if (await isExecutable(binary)) return binary;
  await mkdir(folder, { recursive: true });
  return withCacheLock(`${installed}.lock`, async () => {
    if (await isExecutable(binary)) return binary;
    await removeUnfinished(folder, installed);
    await install(cli, platform, installed, env);
    return binary;
  });
}

/** Fetches every pinned CLI. @returns name -> path of the binary. */
export async function ensureClis(env: NodeJS.ProcessEnv = process.env): Promise<{ [name: string]: string }> {
  const paths: { [name: string]: string } = {};
  for (const { name } of agentClis) paths[name] = await ensureCli(name, env);
  return paths;
}

/** What a killed run left behind. Called under the lock, so nobody is still building there. */
async function removeUnfinished(folder: string, installed: string): Promise<void> {
  const prefix = `${basename(installed)}.building-`;
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function install(cli: AgentCli, platform: string, installed: string, env: NodeJS.ProcessEnv): Promise<void> {
  const spec = `${cli.packageName}@${cli.version}`;
  const building = await mkdtemp(`${installed}.building-`);
  try {
    await writeFile(join(building, 'package.json'), '{"private":true}\n');
    // The package asks for a newer Node than its binary needs (none), so an engine-strict setup must not stop it.
    const flags = [
      cli.omitOptional ? '--omit=optional' : '--include=optional',
      '--ignore-scripts',
      '--engine-strict=false',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    console.error(`Fetching ${spec} for the tests, once, into ${installed} …`);
    await runNpm(['install', spec, '--prefix', building, ...flags], building, env);
    const binary = join(building, 'node_modules', cli.binaryPath(platform));
    if (!(await isExecutable(binary))) throw new Error(`${spec} has no binary for ${platform}: expected ${binary}`);
    // A script is run with the Node that runs the tests, whatever lies first on PATH.
    const [file, ...args] = /\.[cm]?js$/.test(binary) ? [process.execPath, binary] : [binary];
    const { stdout } = await run(file, [...args, '--version'], { env: { PATH: env.PATH, HOME: building } });
    if (!stdout.startsWith(cli.versionOutput)) throw new Error(`${binary} --version said ${JSON.stringify(stdout)}`);
    await rm(installed, { recursive: true, force: true });
    await rename(building, installed);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(
      `${spec} could not be installed, so the tests that drive the real ${cli.name} cannot run.\n${stderr || message}\n` +
        'Check that the npm registry can be reached, or point QUARTERDECK_TEST_CACHE at a folder that already has it.',
      { cause: error },
    );
  }
}

/** Under `npm test` the very npm that runs us is used; elsewhere the one on PATH. */
async function runNpm(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const npmScript = env.npm_execpath;
  if (npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript))
    await run(process.execPath, [npmScript, ...args], { cwd, env });
  else await run('npm', args, { cwd, env, shell: process.platform === 'win32' });
}

/** `linux-x64`, `linux-arm64-musl`, `darwin-arm64`, …: the suffixes that the vendors' platform packages share. */
function platformKey(): string {
  const base = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' && isMusl() ? `${base}-musl` : base;
}

function isMusl(): boolean {
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    console.log(JSON.stringify(await ensureClis()));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
