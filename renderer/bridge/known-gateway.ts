import { fromBase64url } from '../../main/crypto/base64url.ts';
import { keptRecords } from './kept-records.ts';

/** The gateway this page belongs to: its pinned key, and by what this page is let in there. Keys are 32 bytes in base64url. */
export interface KnownGateway {
  readonly serverKey: string;
  readonly name: string;
  /** `host:port`, the one that worked last first. */
  readonly addresses: readonly string[];
  readonly credential:
    | { readonly kind: 'device'; readonly deviceId: string; readonly publicKey: string; readonly secretKey: string }
    /** Asked for and not answered yet: the same keys are offered again, so that a lost answer is no lost pairing. */
    | { readonly kind: 'pairing'; readonly code: string; readonly publicKey: string; readonly secretKey: string }
    | { readonly kind: 'api_key'; readonly key: string };
}

const records = keptRecords('gateways');
/** One gateway serves this page's origin. */
const current = 'current';

export async function recallGateway(): Promise<KnownGateway | null> {
  const value = await records.get(current);
  return isKnownGateway(value) ? value : null;
}

export async function rememberGateway(gateway: KnownGateway): Promise<void> {
  await records.set(current, gateway);
}

export const forgetGateway = (): Promise<void> => records.delete(current);

const isKey = (value: unknown): boolean => typeof value === 'string' && fromBase64url(value)?.length === 32;

function isKnownGateway(value: unknown): value is KnownGateway {
  const { serverKey, name, addresses, credential } = (value ?? {}) as Partial<KnownGateway>;
  if (!isKey(serverKey) || typeof name !== 'string' || !Array.isArray(addresses)) return false;
  if (!addresses.every((one) => typeof one === 'string')) return false;
  switch (credential?.kind) {
    case 'device':
      return typeof credential.deviceId === 'string' && isKey(credential.publicKey) && isKey(credential.secretKey);
    case 'pairing':
      return typeof credential.code === 'string' && isKey(credential.publicKey) && isKey(credential.secretKey);
    case 'api_key':
      return typeof credential.key === 'string';
    default:
      return false;
  }
}
