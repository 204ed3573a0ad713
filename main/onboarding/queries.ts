import { refuseQuery } from '../orchestrator/connection.ts';
import type { Log, QueryHandlers } from '../orchestrator/ports.ts';
import type { Problem } from '../protocol/errors.ts';
import type { ProviderId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { ProviderKeyKeeper } from '../security/provider-keys.ts';
import type { InfoCompleter } from './complete-info.ts';
import { type Installer, installCli } from './install-cli.ts';
import type { Jobs } from './jobs.ts';
import type { openTerminal } from './open-terminal.ts';

export interface OnboardingParts {
  registry: ProviderRegistry;
  keys: ProviderKeyKeeper;
  jobs: Jobs;
  installer: Installer;
  completer: Pick<InfoCompleter, 'installed'>;
  log: Log;
  /** Only where a person sits in front of this machine: opens a terminal window. Null elsewhere. */
  terminal: typeof openTerminal | null;
  /** A folder of ours for what a terminal runs. */
  terminalFolder: string;
}

type OnboardingQueries = Pick<
  QueryHandlers,
  'provider_key_set' | 'provider_key_delete' | 'provider_install' | 'job' | 'job_cancel' | 'open_terminal'
>;

/** Names of settings (no secrets) that say where a CLI keeps its sign-in: it must be the same one that the app uses. */
const placesOfSignIn = ['CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'GEMINI_CLI_HOME'];

/** One line of visible characters; more is not known of the keys of all providers, and none is asked over the network. */
const keyShape = /^[\x21-\x7e]+$/;

/** What a person can do about a CLI: store a key for it, install it, sign in. */
export function createOnboardingQueries(parts: OnboardingParts): OnboardingQueries {
  const { registry, keys, jobs, installer, completer, log, terminal, terminalFolder } = parts;
  const infoOf = async (provider: ProviderId): Promise<ProviderInfo | null> =>
    (await registry.detect()).find((info) => info.id === provider) ?? null;

  return {
    async provider_key_set({ provider, key }) {
      const info = await infoOf(provider);
      if (info === null) return refuseQuery(unknownProvider(provider));
      if (info.key_variable === undefined) return refuseQuery(takesNoKey(info.name));
      if (!keyShape.test(key)) return refuseQuery(notAKey(info.name));
      const kept = keys.set(provider, key);
      if (!kept.ok) return refuseQuery(kept.error);
      log.info('an API key was stored', { provider, by: kept.value });
      void registry.lookAfresh();
      return { kept_by: kept.value, restarted: registry.restartIdle(provider) };
    },
    provider_key_delete({ provider }) {
      if (!keys.remove(provider)) return refuseQuery(noKey());
      log.info('an API key was removed', { provider });
      void registry.lookAfresh();
      return { restarted: registry.restartIdle(provider) };
    },
    async provider_install({ provider }) {
      const info = await infoOf(provider);
      if (info === null) return refuseQuery(unknownProvider(provider));
      const { npm_package: npmPackage, name } = info;
      if (npmPackage === undefined) return refuseQuery(notOnNpm(name));
      const job_id = jobs.start({
        key: `install ${provider}`,
        title: `Installing ${name} (${npmPackage})`,
        async run(context) {
          const end = await installCli(installer, { provider, npmPackage }, context);
          log.info('a CLI was installed', { provider, npmPackage, ok: end.ok, exit_code: end.exit_code });
          if (!end.ok) return end;
          completer.installed(provider);
          const now = (await registry.lookAfresh()).find((one) => one.id === provider);
          if (now?.path)
            context.write(`Quarterdeck uses ${now.path}${now.version ? `, version ${now.version}` : ''}.\n`);
          return end;
        },
      });
      return { job_id };
    },
    job: ({ job_id, offset }) => jobs.read(job_id, offset) ?? refuseQuery(noJob()),
    job_cancel: ({ job_id }) => {
      if (jobs.read(job_id, 0) === null) return refuseQuery(noJob());
      return { cancelled: jobs.cancel(job_id) };
    },
    async open_terminal({ provider }) {
      const info = await infoOf(provider);
      if (info === null) return refuseQuery(unknownProvider(provider));
      const { sign_in_command: command, path: program, name } = info;
      if (command === undefined) return refuseQuery(noCommand(name));
      if (terminal === null) return refuseQuery(noScreen(command));
      const { env, home } = installer;
      const opened = await terminal({ command, program, own: placesOfSignIn }, { env, home, folder: terminalFolder });
      return opened.ok ? { opened: opened.value } : refuseQuery(opened.error);
    },
  };
}

const nothing = 'Nothing was changed.';

const unknownProvider = (provider: string): Problem => ({
  code: 'provider_unknown',
  say: say('agents.unknown', { id: provider }),
  message: `There is no agent named "${provider}".`,
  impact: nothing,
  next: 'Look at the list of agents again.',
});

const takesNoKey = (name: string): Problem => ({
  code: 'invalid_frame',
  say: say('keys.notTaken', { name }),
  message: `${name} takes no API key from the app.`,
  impact: 'Nothing was stored.',
  next: 'Sign in with it in a terminal.',
});

const notAKey = (name: string): Problem => ({
  code: 'invalid_frame',
  say: say('keys.notAKey', { name }),
  message: `That is not an API key for ${name}: it has spaces, line breaks or letters that no key has.`,
  impact: 'Nothing was stored.',
  next: 'Copy the key again, only the key itself.',
});

const noKey = (): Problem => ({
  code: 'not_found',
  say: say('keys.none'),
  message: 'There is no stored API key for this agent, or it was removed already.',
  impact: nothing,
  next: 'Look at the list of agents again.',
});

const notOnNpm = (name: string): Problem => ({
  code: 'not_found',
  say: say('install.notOnNpm', { name }),
  message: `${name} cannot be installed from here: it does not come from npm.`,
  impact: nothing,
  next: 'Install it as its documentation says, then look again.',
});

const noJob = (): Problem => ({
  code: 'not_found',
  say: say('install.noJob'),
  message: 'There is no such job (any more): only the last ones are kept, and none over a restart.',
  impact: nothing,
  next: 'Look at the list of agents: it says what is installed.',
});

const noCommand = (name: string): Problem => ({
  code: 'not_found',
  say: say('signIn.noCommand', { name }),
  message: `${name} has no command for signing in.`,
  impact: nothing,
  next: 'Sign in as its documentation says, then look again.',
});

const noScreen = (command: string): Problem => ({
  code: 'not_found',
  say: say('terminal.noScreen', { command }),
  message: 'A terminal window can be opened only by the app with a window: this one runs without.',
  impact: 'Nothing was run.',
  next: `Run this in a terminal on the machine where Quarterdeck runs: ${command}`,
});
