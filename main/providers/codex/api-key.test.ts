import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planKey, readKeySources } from './api-key.ts';

describe('where Codex takes its key from', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'codex-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const config = (text: string) => writeFileSync(join(folder, 'config.toml'), text);

  it('is its own sign-in without settings', () => {
    expect(readKeySources(folder)).toEqual({ variables: [], chosen: null });
  });

  it('is the variable of the model provider that is chosen, wherever it stands', () => {
    config(`model_provider = "b.c" # mine
[model_providers.a]
env_key = "A_KEY"
[model_providers."b.c"]
name = "B"
env_key = 'B_KEY'
# env_key = "COMMENT_KEY"
[mcp_servers.x]
bearer_token_env_var = "X_TOKEN"
`);
    expect(readKeySources(folder)).toEqual({ variables: ['A_KEY', 'B_KEY', 'X_TOKEN'], chosen: 'B_KEY' });
  });

  it('is the sign-in when another provider only stands there, or one without a key is chosen', () => {
    config('[model_providers.a]\nenv_key = "A_KEY"\nmodel_provider = "a"\n');
    expect(readKeySources(folder).chosen).toBeNull();
    config('model_provider = "local"\n[model_providers.local]\nbase_url = "http://127.0.0.1:1"\n');
    expect(readKeySources(folder).chosen).toBeNull();
  });
});

describe('a key of the app', () => {
  it('is told over the protocol, and kept in memory by Codex: not in its arguments, not in its environment', () => {
    const use = planKey('sk-1', { variables: [], chosen: null });
    expect(use.login).toBe('sk-1');
    expect(JSON.stringify([use.args, use.env])).not.toContain('sk-1');
    expect(use.args.join(' ')).toContain('cli_auth_credentials_store="ephemeral"');
  });

  it('goes to the variable of a model provider of the own; without one, nothing is changed', () => {
    expect(planKey('sk-1', { variables: ['A_KEY'], chosen: 'A_KEY' })).toEqual({
      args: [],
      env: { A_KEY: 'sk-1' },
      login: null,
    });
    expect(planKey(null, { variables: [], chosen: null })).toEqual({ args: [], env: {}, login: null });
  });
});
