import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { say, sayWith } from '../../protocol/saying.ts';
import type { ProviderInfo } from '../../protocol/values.ts';
import type { Named } from '../acp/problems.ts';
import { fields, string } from '../acp/wire.ts';
import { isOlder } from '../shared/version.ts';
import { findGemini, type GeminiHost, installCommand, missingProblem } from './launch.ts';
import { readSettings } from './quiet-settings.ts';

/** The one this app was tried with. */
export const triedVersion = '0.61.0';
/** Older ones do not know `--acp` and were never tried. */
export const oldestVersion = '0.50.0';

export type Detected = Pick<ProviderInfo, 'state' | 'path' | 'version' | 'known_good' | 'account' | 'problem'>;

/**
 * Looks for Gemini CLI: where it is, which version, signed in or not. Nothing is started (`gemini --version` takes most of a second): the version
 * stands in its package, the sign-in in its settings. "Signed in" means that a credential is there; whether it is good shows at the first message.
 */
export function detectGemini(agent: Named, host: GeminiHost): Detected {
  const found = findGemini(host);
  if (!found.found) {
    const [rejected] = found.rejected;
    const { say: said, message, next = '' } = missingProblem(agent, found);
    return rejected === undefined
      ? { state: 'not_found', problem: { say: said, message, next, command: installCommand } }
      : {
          state: 'broken',
          path: rejected.path,
          problem: {
            say: sayWith(
              said,
              say('next.agentCommand', {
                name: agent.name,
                ...agent.words.say,
                path: rejected.path,
                errno: rejected.errno,
              }),
            ),
            message,
            next,
          },
        };
  }
  const { path } = found;
  const version = packageVersion(path);
  const known = { path, ...(version === undefined ? {} : { version, known_good: knownGood(version) }) };
  if (version !== undefined && isOlder(version, oldestVersion)) {
    const message = `${agent.name} ${version} is older than ${oldestVersion}, the oldest version this app works with.`;
    return {
      ...known,
      state: 'too_old',
      problem: {
        say: say('hint.tooOld', { name: agent.name, version, oldest: oldestVersion }),
        message,
        next: 'Update it.',
        command: `${installCommand}@latest`,
      },
    };
  }
  const account = accountOf(host);
  if (account !== null) return { ...known, state: 'ready', account };
  const problem = {
    say: say('hint.noCredential', { name: agent.name, ...agent.words.say }),
    message: `${agent.name} is installed but has no credential.`,
    next: agent.words.signIn,
  };
  return { ...known, state: 'not_signed_in', problem };
}

function knownGood(version: string): 'tried' | 'newer' | 'older' {
  if (isOlder(version, triedVersion)) return 'older';
  return isOlder(triedVersion, version) ? 'newer' : 'tried';
}

/** From `package.json` above the program, links followed; undefined for an installation of another kind (a wrapper, a single binary). */
function packageVersion(path: string): string | undefined {
  let folder: string;
  try {
    folder = dirname(realpathSync(path));
  } catch {
    return undefined;
  }
  for (let up = 0; up < 4; up++, folder = dirname(folder)) {
    const text = read(join(folder, 'package.json'));
    if (text === null) continue;
    try {
      const { name, version } = fields(JSON.parse(text));
      if (name === '@google/gemini-cli') return string(version);
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** How it is signed in; null when no credential is there. Never the secret. */
function accountOf({ env, home }: GeminiHost): string | null {
  const folder = join(env.GEMINI_CLI_HOME || home, '.gemini');
  const { selectedType } = fields(fields(readSettings(join(folder, 'settings.json')).security).auth);
  const type = string(selectedType);
  if (env.GEMINI_API_KEY) return 'API key';
  // A model server of one's own; the CLI asks for no key then.
  if (env.GOOGLE_GEMINI_BASE_URL) return 'Gateway';
  if (env.GOOGLE_GENAI_USE_VERTEXAI === 'true' && (env.GOOGLE_API_KEY || env.GOOGLE_CLOUD_PROJECT)) return 'Vertex AI';
  if (existsSync(join(folder, 'oauth_creds.json')) && (type === undefined || type === 'oauth-personal')) {
    const active = string(fields(parse(read(join(folder, 'google_accounts.json')))).active);
    return active === undefined ? 'Google account' : `Google account ${active}`;
  }
  // Stored by the CLI itself, in its encrypted file or in the system's keychain; which only it can open.
  if (existsSync(join(folder, 'gemini-credentials.json'))) return 'API key (kept by Gemini CLI)';
  if (
    [join(folder, '.env'), join(home, '.env')].some((path) =>
      /^\s*(?:export\s+)?GEMINI_API_KEY=\S/m.test(read(path) ?? ''),
    )
  )
    return 'API key';
  if (type === 'gemini-api-key') return 'API key (kept by Gemini CLI)';
  return type === 'vertex-ai' ? 'Vertex AI' : type === 'gateway' ? 'Gateway' : null;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
