import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codexTestEnv, fakeCodexKeyVariable } from './codex-env.ts';

describe('the environment of a Codex under test', () => {
  let configDir: string;
  beforeEach(() => {
    configDir = mkdtempSync(join(tmpdir(), 'codex-env-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(configDir, { recursive: true, force: true });
  });

  it("takes over none of the user's own settings", () => {
    vi.stubEnv('OPENAI_API_KEY', 'a real secret');
    vi.stubEnv('CODEX_HOME', '/home/somebody/.codex');
    const env = codexTestEnv({ modelUrl: 'http://127.0.0.1:1', configDir });
    expect(env).not.toHaveProperty('OPENAI_API_KEY');
    expect(env.CODEX_HOME).toBe(configDir);
    expect(env.HOME?.startsWith(configDir)).toBe(true);
  });

  it('talks to the model server only, and looks for neither updates nor plugins', () => {
    codexTestEnv({ modelUrl: 'http://127.0.0.1:1', configDir });
    const config = readFileSync(join(configDir, 'config.toml'), 'utf8');
    expect(config).toContain('base_url = "http://127.0.0.1:1/v1"');
    expect(config).toContain(`env_key = "${fakeCodexKeyVariable}"`);
    for (const off of ['check_for_update_on_startup = false', 'enabled = false', 'plugins = false'])
      expect(config).toContain(off);
  });

  it('leaves a configuration that is already there as it is, so that a thread can be resumed', () => {
    writeFileSync(join(configDir, 'config.toml'), 'model = "mine"\n');
    codexTestEnv({ modelUrl: 'http://127.0.0.1:1', configDir });
    expect(readFileSync(join(configDir, 'config.toml'), 'utf8')).toBe('model = "mine"\n');
  });
});
