import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CodexTestEnvOptions {
  /** Base URL of the scripted model server. */
  modelUrl: string;
  /** Becomes `CODEX_HOME` and the parent of HOME; made when missing. Threads to be resumed live here. */
  configDir: string;
  /** Tries after a failed request and after a broken stream: 2 by default. */
  maxRetries?: number;
}

/** A key that no service knows; the request log shows it in `authorization`. */
export const fakeCodexKey = 'sk-codex-quarterdeck-test-key';
export const fakeCodexKeyVariable = 'SCRIPTED_API_KEY';

/** Nothing listens on the discard port: whatever does not go to loopback fails at once instead of leaving the machine. */
const nowhere = 'http://127.0.0.1:9';

/**
 * The complete environment for a Codex that neither sees the user's own settings nor talks to anything but the model server: telemetry, the
 * look for updates and the look for plugins are off. Nothing is inherited but PATH and the temporary folder.
 */
export function codexTestEnv({ modelUrl, configDir, maxRetries = 2 }: CodexTestEnvOptions): { [name: string]: string } {
  const home = join(configDir, 'home');
  mkdirSync(home, { recursive: true });
  writeIfMissing(join(configDir, 'config.toml'), config(modelUrl, maxRetries));
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    LANG: 'C.UTF-8',
    HOME: home,
    SHELL: '/bin/bash',
    CODEX_HOME: configDir,
    [fakeCodexKeyVariable]: fakeCodexKey,
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
  };
}

function config(modelUrl: string, maxRetries: number): string {
  return `model = "gpt-5.5"
model_provider = "scripted"
check_for_update_on_startup = false

[model_providers.scripted]
name = "Scripted"
base_url = "${modelUrl}/v1"
env_key = "${fakeCodexKeyVariable}"
wire_api = "responses"
request_max_retries = ${maxRetries}
stream_max_retries = ${maxRetries}

[analytics]
enabled = false

[features]
plugins = false
`;
}

function writeIfMissing(path: string, content: string): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
