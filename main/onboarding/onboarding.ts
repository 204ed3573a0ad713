import { isAbsolute } from 'node:path';
import type { Log, QueryHandlers } from '../orchestrator/ports.ts';
import { secretValues } from '../providers/process/environment.ts';
import type { RunRecords } from '../providers/process/run-records.ts';
import type { ProviderRegistry, RegistryOptions } from '../providers/registry.ts';
import { createKeyFileBox } from '../security/key-file-box.ts';
import { onceAvailable, type SafeStorage } from '../security/keychain-box.ts';
import type { KnownSecrets } from '../security/known-secrets.ts';
import { createProviderKeys, type ProviderKeyKeeper, type WrappedKeys } from '../security/provider-keys.ts';
import { createCliSurroundings } from './cli-surroundings.ts';
import { createInfoCompleter } from './complete-info.ts';
import { tidyInstallations } from './installed-clis.ts';
import { createJobs } from './jobs.ts';
import { openTerminal } from './open-terminal.ts';
import { createOnboardingQueries } from './queries.ts';

export interface OnboardingOptions {
  /** Our own environment. */
  env: NodeJS.ProcessEnv;
  /** The person's home folder. */
  userHome: string;
  /** Names this app's runs; see `instanceName`. */
  instance: string;
  composition: 'desktop' | 'headless' | 'cli';
  /** Electron's `safeStorage`, in the composition that has it. */
  safeStorage: SafeStorage | null;
  /** Of the home; see `homePaths`. */
  paths: { secretsKey: string; clis: string; terminal: string };
  store: WrappedKeys;
  /** Filled with what this process is entrusted with. */
  secrets: KnownSecrets;
  /** Takes out what looks like a secret, besides those that are known. */
  redactText: (text: string) => string;
  records: RunRecords;
  log: Log;
}

export interface Onboarding {
  /** The environment for adapters: its PATH grows when the login shell has answered. */
  readonly env: NodeJS.ProcessEnv;
  readonly keys: ProviderKeyKeeper;
  /** For the registry: what is done around looking for CLIs. */
  readonly looking: Pick<RegistryOptions, 'beforeLook' | 'complete'>;
  queries(registry: ProviderRegistry): ReturnType<typeof createOnboardingQueries> & Partial<QueryHandlers>;
  /** The person looks again: what the login shell said before does not count. */
  renew(): void;
  /** Ends running installations, and a login shell that still answers. */
  close(): Promise<void>;
}

/** The parts of finding, installing and signing in CLIs, put together. */
export function createOnboarding(options: OnboardingOptions): Onboarding {
  const {
    userHome: home,
    instance,
    composition,
    safeStorage,
    paths,
    store,
    secrets,
    redactText,
    records,
    log,
  } = options;
  for (const value of secretValues(options.env as { [name: string]: string })) if (isTelling(value)) secrets.add(value);
  // No CLI of ours runs yet: those of a killed app were ended before.
  void tidyInstallations(paths.clis);
  const surroundings = createCliSurroundings({ env: options.env, home, instance, clisDir: paths.clis });
  const { env } = surroundings;
  const keychain = onceAvailable(safeStorage);
  const keyFile = createKeyFileBox(paths.secretsKey, () =>
    log.warn('other users of this machine could read the key file of stored API keys; its rights were narrowed'),
  );
  const keys = createProviderKeys({ store, keychain, keyFile, secrets });
  const completer = createInfoCompleter({ env, clisDir: paths.clis, keys });
  const jobs = createJobs({ redact: (line) => redactText(secrets.redact(line)) });
  return {
    env,
    keys,
    looking: { beforeLook: surroundings.ready, complete: completer.complete },
    queries: (registry) =>
      createOnboardingQueries({
        registry,
        keys,
        jobs,
        installer: { env, home, instance, clisDir: paths.clis, records },
        completer,
        log,
        terminal: composition === 'desktop' ? openTerminal : null,
        terminalFolder: paths.terminal,
      }),
    renew: surroundings.renew,
    async close() {
      await Promise.all([jobs.close(), surroundings.close()]);
    },
  };
}

/**
 * Whether the value of a secret-looking variable can be taken out of everything without harm. `POSTGRES_PASSWORD=postgres` is a word that people
 * and agents use; the path of a file of credentials is no secret itself.
 */
function isTelling(value: string): boolean {
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && !/\s/.test(value) && !isAbsolute(value);
}
