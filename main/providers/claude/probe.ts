import { tmpdir } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import type { Fields } from '../shared/fields.ts';
import { probeArguments } from './arguments.ts';
import type { ClaudeHost } from './launch.ts';
import { Link } from './link.ts';

/** It answers within half a second; a machine that has just started may take long. */
const patienceMs = 20_000;

export interface Probed {
  /** The answer to `initialize`. */
  initialized: Fields;
  /** The answer to `get_settings`; empty for a version that does not know it. */
  settings: Fields;
}

/**
 * Starts the CLI only to ask it for its models, and ends it. No model is called, no conversation is kept, and it works without a network.
 * @returns null when it did not answer. Never rejects.
 */
export async function probeClaude(host: ClaudeHost, version: string, clock: Clock): Promise<Probed | null> {
  const { promise, resolve } = Promise.withResolvers<Probed | null>();
  const link = new Link(
    { host, cwd: tmpdir(), args: probeArguments, version: () => version, now: () => clock.now() },
    { onTranslated: () => {}, onFlood: () => resolve(null), onGone: () => resolve(null) },
  );
  const cancel = clock.after(patienceMs, () => resolve(null));
  link.control({ subtype: 'initialize' }, (ok, initialized) => {
    if (!ok) return resolve(null);
    link.control({ subtype: 'get_settings' }, (_ok, settings) => resolve({ initialized, settings }));
  });
  const probed = await promise;
  cancel();
  await link.stop();
  return probed;
}
