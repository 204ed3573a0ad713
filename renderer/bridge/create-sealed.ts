import { fromBase64url, toBase64url } from '../../main/crypto/base64url.ts';
import { fingerprintOf } from '../../main/crypto/fingerprint.ts';
import { readPairingLink } from '../../main/crypto/pairing-link.ts';
import { tweetnacl } from '../../main/crypto/primitives.ts';
import { describeBrowser } from './device-name.ts';
import { forgetGateway, recallGateway, rememberGateway } from './known-gateway.ts';
import { onWake } from './on-wake.ts';
import { SealedBridge } from './sealed-bridge.ts';
import { openSealedChannel } from './sealed-channel.ts';
import { rememberSealed } from './which-link.ts';

/** The sealed bridge on a real page. @param fragment - of the address this page was opened with; taken out of it before. */
export function createSealedBridge(fragment: string): SealedBridge {
  return new SealedBridge({
    openChannel: openSealedChannel,
    recall: recallGateway,
    async remember(gateway) {
      rememberSealed(true);
      await rememberGateway(gateway);
    },
    async forget() {
      rememberSealed(false);
      await forgetGateway();
    },
    newKeyPair() {
      const { publicKey, secretKey } = tweetnacl.keyPair();
      return { publicKey: toBase64url(publicKey), secretKey: toBase64url(secretKey) };
    },
    fingerprint: (publicKey) => fingerprintOf(fromBase64url(publicKey)!),
    host: location.host,
    pairing: fragment.startsWith('#pair=') ? (readPairingLink(fragment) ?? 'broken') : null,
    deviceName: describeBrowser(navigator.userAgent),
    now: Date.now,
    random: Math.random,
    after(ms, job) {
      const timer = setTimeout(job, ms);
      return () => clearTimeout(timer);
    },
    onWake,
  });
}
