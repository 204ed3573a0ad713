/**
 * The environment a CLI gets. Tools that the agent runs see all of it, so it holds what the person's own shell would have, without the traces
 * of whatever started us and without secrets that are not this CLI's business.
 */

/** Set for every CLI we start; inherited by everything it starts, however far it runs away. */
export const runIdVariable = 'QUARTERDECK_RUN_ID';

/** Names, comma separated, that are passed on although they look like secrets: `GITHUB_TOKEN,AWS_*`. */
const passVariable = 'QUARTERDECK_PASS_ENV';

/** Left by an agent session or a tool runner around us; a CLI that sees them believes that it runs inside that one. */
const foreign = [
  'QUARTERDECK_*',
  'CLAUDE*',
  'CODEX_*',
  'GEMINI_CLI*',
  'CURSOR_*',
  'AI_AGENT',
  'AMP_CURRENT_THREAD_ID',
  'AUGMENT_AGENT',
  'CLINE_ACTIVE',
  'COPILOT_CLI',
  'GOOSE_TERMINAL',
  'OPENCODE',
  'OPENCODE_BIN_PATH',
  'OPENCODE_SERVER',
  'QWEN_CODE',
  'TRAE_AI_SHELL_ID',
  'npm_*',
  'INIT_CWD',
  'ELECTRON_*',
  'CHROME_DESKTOP',
  'ORIGINAL_XDG_CURRENT_DESKTOP',
  'NODE_CHANNEL_*',
  'NODE_UNIQUE_ID',
  'NODE_V8_COVERAGE',
  'NODE_COMPILE_CACHE',
  'VSCODE_INSPECTOR_OPTIONS',
  'VITEST*',
  // An AppImage that mounted us; its libraries are not for others.
  'APPDIR',
  'APPIMAGE',
  'ARGV0',
  'OWD',
];

/** Changes every Node program, a debugger of ours among them; passed on only when the person names it. */
const onlyNamed = ['NODE_OPTIONS'];

/** Lists of folders into which an AppImage puts its own. */
const folderLists = ['PATH', 'LD_LIBRARY_PATH', 'XDG_DATA_DIRS', 'GSETTINGS_SCHEMA_DIR', 'PYTHONPATH', 'PERLLIB'];

const secretName =
  /(?:^|_)(?:API_?KEY|ACCESS_KEY|PRIVATE_KEY|KEY|TOKEN|PAT|CREDENTIALS?)(?:_|$)|SECRET|PASSWORD|PASSWD|PASSPHRASE/i;
const passwordInUrl = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i;
const proxyName = /^(?:https?|all|ftp|no)_proxy$/i;

export interface EnvironmentRules {
  /** This CLI's own sign-in and settings, passed whatever they look like. `*` at the end stands for the rest of a name. */
  own: readonly string[];
  /** Folders that have to be on PATH, added behind what is there. */
  path?: readonly string[];
  /** Value of the run marker. */
  runId: string;
}

/** @returns the variables for one run of a CLI. `base` is our own environment. */
export function cliEnvironment(
  base: NodeJS.ProcessEnv,
  { own, path = [], runId }: EnvironmentRules,
): { [name: string]: string } {
  const passed = (base[passVariable] ?? '').split(',').map((name) => name.trim());
  const result: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(base)) {
    if (value === undefined) continue;
    const wanted = matches(name, own) || (matches(name, passed) && !matches(name, foreign));
    const usual = !matches(name, foreign) && !matches(name, onlyNamed) && !looksSecret(name, value);
    if (wanted || usual) result[name] = value;
  }
  if (base.APPDIR) leaveAppImage(result, base.APPDIR);
  const pathName = Object.keys(result).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  result[pathName] = extendPath(result[pathName] ?? '', path);
  result[runIdVariable] = runId;
  return result;
}

/** Values that must not be shown when the CLI prints them: those of secret-looking variables it was given. */
export function secretValues(environment: { readonly [name: string]: string }): string[] {
  return Object.entries(environment)
    .filter(([name, value]) => value.length >= 8 && secretName.test(name))
    .map(([, value]) => value);
}

function leaveAppImage(environment: { [name: string]: string }, folder: string): void {
  for (const name of folderLists) {
    const value = environment[name];
    if (value === undefined) continue;
    const entries = value.split(':').filter((entry) => entry !== '' && !`${entry}/`.startsWith(`${folder}/`));
    if (entries.length > 0) environment[name] = entries.join(':');
    else delete environment[name];
  }
}

function looksSecret(name: string, value: string): boolean {
  return secretName.test(name) || (passwordInUrl.test(value) && !proxyName.test(name));
}

function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern !== '' && name === pattern,
  );
}

function extendPath(path: string, folders: readonly string[]): string {
  const separator = process.platform === 'win32' ? ';' : ':';
  const entries = path.split(separator).filter((entry) => entry !== '');
  for (const folder of folders) if (!entries.includes(folder)) entries.push(folder);
  return entries.join(separator);
}
