import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ClaudeTestEnvOptions {
  /** Base URL of the scripted model server. */
  modelUrl: string;
  /** Becomes `CLAUDE_CONFIG_DIR` and the parent of HOME; made when missing. Sessions to be resumed live here. */
  configDir: string;
  /** API requests after a failed one: 2 by default, 10 in the wild, which takes minutes. */
  maxRetries?: number;
}

/** A key that no service knows; the request log shows it in `x-api-key`. */
export const fakeAnthropicKey = 'sk-ant-api03-quarterdeck-test-key';

/** Nothing listens on the discard port: whatever does not go to loopback fails at once instead of leaving the machine. */
const nowhere = 'http://127.0.0.1:9';

/**
 * The complete environment for a Claude Code that neither sees the user's own settings nor talks to anything but the model server.
 * Nothing is inherited but PATH and the temporary folder. With it `claude -p` starts without a question.
 */
export function claudeTestEnv({ modelUrl, configDir, maxRetries = 2 }: ClaudeTestEnvOptions): {
  [name: string]: string;
} {
  const home = join(configDir, 'home');
  mkdirSync(home, { recursive: true });
  writeIfMissing(join(configDir, '.claude.json'), { hasCompletedOnboarding: true, autoUpdates: false, theme: 'dark' });
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    TMPDIR: process.env.TMPDIR ?? '/tmp',
    LANG: 'C.UTF-8',
    HOME: home,
    SHELL: '/bin/bash',
    CLAUDE_CONFIG_DIR: configDir,
    ANTHROPIC_BASE_URL: modelUrl,
    ANTHROPIC_API_KEY: fakeAnthropicKey,
    CLAUDE_CODE_MAX_RETRIES: String(maxRetries),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    DISABLE_BUG_COMMAND: '1',
    CLAUDE_CODE_DISABLE_OFFICIAL_MARKETPLACE_AUTOINSTALL: '1',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    NO_PROXY: '127.0.0.1,localhost',
  };
}

function writeIfMissing(path: string, content: object): void {
  try {
    writeFileSync(path, `${JSON.stringify(content)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
