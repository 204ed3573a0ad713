import { ensurePrograms } from '../tools/ensure-programs.ts';
import { whyNoNetwork } from './network.ts';

/**
 * Why the specs of the network cannot run here, said once; null: they can. Where root builds (CI), they have to: nothing is left out in silence.
 */
export async function networkMissing(): Promise<string | null> {
  if (process.platform !== 'linux') return 'they need Linux';
  const missing = await ensurePrograms({ ip: 'iproute2', tshark: 'tshark' });
  const reason = missing.length > 0 ? `${missing.join(', ')} is not here` : await whyNoNetwork();
  if (reason === null) return null;
  if (process.env.CI && process.getuid?.() === 0)
    throw new Error(`The specs of the network have to run here: ${reason}`);
  console.warn(`The specs of the network are left out: ${reason}.`);
  return reason;
}
