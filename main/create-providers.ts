import { homedir } from 'node:os';
import { join } from 'node:path';
import { CustomAgents } from './agents/custom-agents.ts';
import type { Clock } from './base/clock.ts';
import type { SessionBus } from './bus/session-bus.ts';
import { createNotUnderstood } from './diagnostics/not-understood.ts';
import type { Onboarding } from './onboarding/onboarding.ts';
import type { Log } from './orchestrator/ports.ts';
import { ClaudeProvider } from './providers/claude/adapter.ts';
import { CodexProvider } from './providers/codex/adapter.ts';
import { createDemoProvider } from './providers/demo/adapter.ts';
import { GeminiProvider } from './providers/gemini/adapter.ts';
import type { RunRecords } from './providers/process/run-records.ts';
import { createStartCli } from './providers/process/start-cli.ts';
import { ProviderRegistry } from './providers/registry.ts';
import type { KnownSecrets } from './security/known-secrets.ts';
import { createAgentStore } from './storage/agent-store.ts';
import type { NotUnderstoodStore } from './storage/not-understood-store.ts';
import type { Db } from './storage/open-database.ts';

export interface ProviderParts {
  db: Db;
  home: string;
  instance: string;
  clock: Clock;
  records: RunRecords;
  onboarding: Onboarding;
  notUnderstood: NotUnderstoodStore;
  secrets: KnownSecrets;
  redactText: (text: string) => string;
  bus: Pick<SessionBus, 'providers'>;
  log: Log;
}

/** The agents of this app: those it knows, and those the person added by their command line. */
export function createProviders(parts: ProviderParts) {
  const { db, home, instance, clock, records, onboarding, notUnderstood, secrets, redactText, bus, log } = parts;
  const host = {
    clock,
    instance,
    env: onboarding.env,
    home: homedir(),
    startCli: createStartCli({ records }),
    keys: onboarding.keys,
    ready: onboarding.looking.beforeLook,
  };
  const registry = new ProviderRegistry(
    [
      new ClaudeProvider(host),
      new CodexProvider(host),
      new GeminiProvider({ ...host, settingsDir: join(home, 'gemini') }),
      createDemoProvider({ clock, instance }),
    ],
    {
      ...onboarding.looking,
      watch: { redaction: secrets, notUnderstood: createNotUnderstood({ store: notUnderstood, redactText, log }) },
    },
  );
  const agents = new CustomAgents({ store: createAgentStore(db), registry, host, keys: onboarding.keys, log });
  registry.changed.on((providers) => bus.providers.emit([...providers]));
  return { registry, agents };
}
