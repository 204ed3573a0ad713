import type { createAccess } from './access.ts';
import { err, ok, type Result } from './base/result.ts';
import { fingerprintOf } from './crypto/fingerprint.ts';
import type { createFileAccess } from './file-access.ts';
import { createGateway } from './gateway/gateway.ts';
import type { homePaths } from './home.ts';
import type { Hall, Log } from './orchestrator/ports.ts';
import type { Problem } from './protocol/errors.ts';
import type { ServerStatus } from './protocol/views.ts';
import type { ProviderRegistry } from './providers/registry.ts';
import type { createSignIn } from './sign-in.ts';
import { createDuctorChatStore } from './storage/ductor-chat-store.ts';
import { createGatewaySettingsStore } from './storage/gateway-settings-store.ts';
import type { KeyStore } from './storage/key-store.ts';
import type { LoginStore } from './storage/login-store.ts';
import type { Db } from './storage/open-database.ts';
import type { SettingsStore } from './storage/settings-store.ts';

export interface GatewayPlace {
  /** On 127.0.0.1; 0: any. */
  port: number;
  /** The person named this port: when it is taken, that is a problem. Else another one is chosen. */
  portFixed: boolean;
  /** Where the process was that this one took the place of: pages that are open come back there. */
  portBefore?: number | null;
  /** Address beside 127.0.0.1, for this run; 0.0.0.0: every one. */
  host?: string | null;
}

export interface OpenGatewayParts {
  db: Db;
  hall: Hall;
  keys: KeyStore;
  logins: LoginStore;
  ownerToken: string;
  access: ReturnType<typeof createAccess>;
  signIn: ReturnType<typeof createSignIn>;
  files: ReturnType<typeof createFileAccess>;
  settings: SettingsStore;
  registry: ProviderRegistry;
  paths: Pick<ReturnType<typeof homePaths>, 'socket' | 'tls'>;
  rendererDir: string;
  version: string;
  status: () => ServerStatus;
  onMoved: (url: string) => void;
  log: Log;
}

/** Builds the gateway; `listen` opens it where it was last, or was told to. */
export function createOpenGateway(parts: OpenGatewayParts) {
  const { db, hall, keys, logins, access, signIn, files, settings, registry, paths, version, status, log } = parts;
  const gatewaySettings = createGatewaySettingsStore(db);
  const gateway = createGateway({
    hall,
    keys,
    logins,
    ownerToken: parts.ownerToken,
    browserSignIn: signIn.browserSignIn,
    rendererDir: parts.rendererDir,
    sealed: access.sealedCredentials,
    files: {
      roots: files.roots,
      uploads: files.uploads,
      maxUploadBytes: () => settings.get().upload_limit_mib * 1_048_576,
    },
    ductor: {
      store: createDuctorChatStore(db),
      files: files.named,
      defaults: {
        settings: () => ({ cwd: settings.get().ductor_folder, provider: settings.get().ductor_provider }),
        folder: files.chatFolder,
        providers: async () => [...(await registry.detect())],
      },
      allowedOnLan: () => gatewaySettings.get().allow_v1_on_lan,
    },
    log,
    version,
    status,
    lan: {
      settings: gatewaySettings,
      socketPath: process.platform === 'win32' ? null : paths.socket,
      tlsFolder: paths.tls,
      hasCredential: () => [...keys.list(), ...access.devices.list()].some(({ revoked_at }) => revoked_at === null),
      fingerprint: () => {
        const sealed = access.sealedCredentials();
        return sealed.ok ? fingerprintOf(sealed.value.serverKey.publicKey) : '';
      },
      onMoved: parts.onMoved,
    },
    requestsPerSecond: () => settings.get().requests_per_second,
  });

  return {
    gateway,
    /** @returns its base address. */
    async listen(place: GatewayPlace): Promise<Result<string, Problem>> {
      const host = place.host ?? '127.0.0.1';
      const ports = portsToTry(place, gatewaySettings.get().port);
      for (const [at, port] of ports.entries()) {
        const listening = await gateway.listen({ host, port });
        if (listening.ok) return ok(listening.value.url);
        if (listening.error.code !== 'port_taken' || at === ports.length - 1) return err(listening.error);
        log.warn('the usual port is taken; another one is used', { port });
      }
      throw new RangeError('There is always a port to try.');
    },
  };
}

/** One after the other, as long as another program has it. Pure. @param kept - what the settings say; null: nothing. */
export function portsToTry({ port, portFixed, portBefore = null }: GatewayPlace, kept: number | null): number[] {
  const usual = (portFixed ? null : kept) ?? port;
  // A port that was named is that port or none; any port is best the one of before.
  if (portFixed && usual !== 0) return [usual];
  return [...new Set([...(portBefore === null ? [] : [portBefore]), usual, 0])];
}
