import type { Gateway } from '../gateway.ts';
import { checkAddresses } from './queries.ts';

/** Where a device can call the gateway, each address tried from here. None: this app has no gateway. */
export async function pairingAddresses(gateway: Gateway | null) {
  if (gateway === null) return [];
  const checked = new Map((await checkAddresses(gateway)).map(({ url, reachable }) => [url, reachable] as const));
  return gateway.addresses().map(({ address, url }) => ({ address, url, reachable: checked.get(url) ?? false }));
}
