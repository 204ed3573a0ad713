import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claudeTestEnv } from './claude-env.ts';

describe('the environment of a Claude Code under test', () => {
  let configDir: string;
  beforeEach(() => {
    configDir = mkdtempSync(join(tmpdir(), 'claude-env-'));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(configDir, { recursive: true, force: true });
  });

  it("takes over none of the user's own settings", () => {
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'a real secret');
    vi.stubEnv('CLAUDE_CODE_USE_BEDROCK', '1');
    const env = claudeTestEnv({ modelUrl: 'http://127.0.0.1:1', configDir });
    expect(env).not.toHaveProperty('ANTHROPIC_AUTH_TOKEN');
    expect(env).not.toHaveProperty('CLAUDE_CODE_USE_BEDROCK');
    expect(env).toMatchObject({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1', CLAUDE_CONFIG_DIR: configDir });
    expect(env.HOME?.startsWith(configDir)).toBe(true);
  });

  it('leaves a configuration that is already there as it is, so that a session can be resumed', () => {
    writeFileSync(join(configDir, '.claude.json'), '{"mine":true}');
    claudeTestEnv({ modelUrl: 'http://127.0.0.1:1', configDir });
    expect(readFileSync(join(configDir, '.claude.json'), 'utf8')).toBe('{"mine":true}');
  });
});
