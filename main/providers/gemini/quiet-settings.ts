import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, fields } from '../acp/wire.ts';
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

/**
 * Writes the system settings (they win over the person's and the project's) for our processes: the administrator's, where there are any, with ours
 * laid over them. The person's own settings are not touched.
 * @param home - the person's home folder: how often the CLI tries again is theirs to say, where they do.
 * @returns path of the file, for `GEMINI_CLI_SYSTEM_SETTINGS_PATH`.
 */
export function quietSettings(dir: string, env: NodeJS.ProcessEnv, home: string): string {
  const given = readSettings(env[pathVariable] || systemPath());
  const merged: { [section: string]: unknown } = { ...given };
  for (const [section, values] of Object.entries(quiet)) merged[section] = { ...fields(given[section]), ...values };
  const own = fields(readSettings(join(env.GEMINI_CLI_HOME || home, '.gemini', 'settings.json')).general);
  if (own.maxAttempts === undefined) merged.general = { maxAttempts, ...fields(merged.general) };
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
