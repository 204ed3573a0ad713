import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the person's configuration says that Codex takes a key from. */
export interface KeySources {
  /** Variables it reads a key from: `env_key` of a model provider, `bearer_token_env_var` of an MCP server. */
  variables: string[];
  /** `env_key` of the model provider that is chosen; null: the built-in one, which is signed in to. */
  chosen: string | null;
}

/**
 * Reads config.toml with patterns instead of a TOML parser: a name too many is a variable the person named there themselves. Profiles are not
 * looked at.
 * @param folder - CODEX_HOME.
 */
export function readKeySources(folder: string): KeySources {
  let config: string;
  try {
    config = readFileSync(join(folder, 'config.toml'), 'utf8');
  } catch {
    return { variables: [], chosen: null };
  }
  const names = config.matchAll(/^[^#\n]*\b(?:env_key|bearer_token_env_var)\s*=\s*["']([A-Za-z_]\w*)["']/gm);
  const variables = [...new Set([...names].map((match) => match[1] as string))];
  const top = config.split(/^\s*\[/m, 1)[0] ?? '';
  const provider = /^\s*model_provider\s*=\s*["']([^"'\n]+)["']/m.exec(top)?.[1];
  return { variables, chosen: provider === undefined ? null : envKeyOf(config, provider) };
}

function envKeyOf(config: string, provider: string): string | null {
  const bare = provider.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const header = new RegExp(`^\\s*\\[\\s*model_providers\\s*\\.\\s*["']?${bare}["']?\\s*\\]`, 'm');
  const found = header.exec(config);
  if (found === null) return null;
  const section = config.slice(found.index + found[0].length).split(/^\s*\[/m, 1)[0] ?? '';
  return /^\s*env_key\s*=\s*["']([A-Za-z_]\w*)["']/m.exec(section)?.[1] ?? null;
}

/** How a key that the app keeps reaches one child, and nothing else. */
export interface KeyUse {
  args: readonly string[];
  env: { readonly [name: string]: string };
  /** Told by `account/login/start`, over stdin. */
  login: string | null;
}

/**
 * A model provider of the person's own reads its key from a variable, so it gets it there; the shells of its tools get that variable emptied, as
 * with one of the person's own. The built-in one ignores `OPENAI_API_KEY` and is signed in over the protocol, with its credentials kept in
 * memory (`cli_auth_credentials_store = "ephemeral"`): the person's own sign-in on disk is neither read nor changed.
 */
export function planKey(key: string | null, { chosen }: KeySources): KeyUse {
  if (key === null) return { args: [], env: {}, login: null };
  if (chosen !== null) return { args: [], env: { [chosen]: key }, login: null };
  return { args: ['-c', 'cli_auth_credentials_store="ephemeral"'], env: {}, login: key };
}

/** What a key for the built-in model provider is called. */
export const usualKeyVariable = 'OPENAI_API_KEY';
