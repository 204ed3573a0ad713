import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, fields, list, string } from '../acp/wire.ts';
import { parseCommented } from './commented-json.ts';

const pathVariable = 'GEMINI_CLI_SYSTEM_SETTINGS_PATH';

/** What holds in our processes whatever the person's settings say: nothing is reported, and nothing is updated while a session runs. */
const quiet: { readonly [section: string]: Fields } = {
  general: { enableAutoUpdate: false, enableAutoUpdateNotification: false },
  privacy: { usageStatisticsEnabled: false },
  telemetry: { enabled: false },
};

/**
 * The CLI asks a provider that limits it, or fails, ten times, for minutes and without a word. After this many times it says what is wrong, and
 * a person decides.
 */
const maxAttempts = 3;

/** The CLI's own keys; the shells of its tools have no business with them. */
const keys = ['GEMINI_API_KEY', 'GOOGLE_API_KEY'];

export interface QuietSettingsOptions {
  /** A folder of ours. */
  dir: string;
  /** Where the administrator's settings are named. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder: how often the CLI tries again is theirs to say, where they do. */
  home: string;
  /** The variables the CLI gets. */
  childEnv: { readonly [name: string]: string };
  /** It is to use the key it is given, however the person signed in elsewhere. */
  useKey: boolean;
}

/**
 * Writes the system settings (they win over the person's and the project's) for our processes: the administrator's, where there are any, with ours
 * laid over them. The person's own settings are not touched.
 * @returns path of the file, for `GEMINI_CLI_SYSTEM_SETTINGS_PATH`.
 */
export function quietSettings({ dir, env, home, childEnv, useKey }: QuietSettingsOptions): string {
  const given = readSettings(env[pathVariable] || systemPath());
  const merged: { [section: string]: unknown } = { ...given };
  for (const [section, values] of Object.entries(quiet)) merged[section] = { ...fields(given[section]), ...values };
  const own = fields(readSettings(join(env.GEMINI_CLI_HOME || home, '.gemini', 'settings.json')).general);
  if (own.maxAttempts === undefined) merged.general = { maxAttempts, ...fields(merged.general) };
  const security = fields(given.security);
  merged.security = {
    ...security,
    ...(useKey ? { auth: { ...fields(security.auth), selectedType: 'gemini-api-key' } } : {}),
    environmentVariableRedaction: redaction(fields(security.environmentVariableRedaction), childEnv),
  };
  const path = join(dir, 'gemini-system-settings.json');
  const text = `${JSON.stringify(merged, null, 2)}\n`;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (readText(path) !== text) {
    const fresh = `${path}.${process.pid}.tmp`;
    writeFileSync(fresh, text, { mode: 0o600 });
    renameSync(fresh, path);
  }
  return path;
}

/**
 * Takes the CLI's keys, and nothing else, from what its tools run with: by itself it would also take whatever has AUTH or KEY in its name, with which
 * `git` over ssh would find its agent no more.
 */
function redaction(given: Fields, childEnv: { readonly [name: string]: string }): object {
  const names = (value: unknown) => list(value).flatMap((name) => string(name) ?? []);
  const blocked = [...new Set([...names(given.blocked), ...keys])];
  const others = given.enabled === true ? [] : Object.keys(childEnv);
  const allowed = [...new Set([...names(given.allowed), ...others])].filter((name) => !blocked.includes(name)).sort();
  return { ...given, enabled: true, allowed, blocked };
}

/** Where Gemini CLI looks for the administrator's settings. */
function systemPath(): string {
  if (process.platform === 'darwin') return '/Library/Application Support/GeminiCli/settings.json';
  if (process.platform === 'win32') return 'C:\\ProgramData\\gemini-cli\\settings.json';
  return '/etc/gemini-cli/settings.json';
}

/** Settings with comments, as the CLI allows them; empty when there are none or they cannot be read. */
export function readSettings(path: string): Fields {
  const text = readText(path);
  return text === null ? {} : fields(parseCommented(text));
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
