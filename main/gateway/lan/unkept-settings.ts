import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultGatewaySettings } from '../../protocol/gateway.ts';
import type { KeptGatewaySettings } from './reach.ts';

/** Settings that last as long as the process, for a gateway that nobody keeps any for. */
export function unkeptSettings(): { settings: KeptGatewaySettings; socketPath: null; tlsFolder: string } {
  let now = defaultGatewaySettings;
  let origins: readonly string[] = [];
  return {
    socketPath: null,
    tlsFolder: join(tmpdir(), `quarterdeck-tls-${process.pid}`),
    settings: {
      get: () => now,
      set: (settings) => {
        now = settings;
      },
      origins: () => origins,
      setOrigins: (next) => {
        origins = next;
      },
    },
  };
}
