import { bridgeName, type QuarterdeckBridge } from '../main/protocol/ipc.ts';
import { BrowserBridge } from './bridge/browser-bridge.ts';
import { createLateBridge } from './bridge/late-bridge.ts';
import type { Bridge } from './bridge/types.ts';
import { needsSealedLink } from './bridge/which-link.ts';
import { windowBridge } from './bridge/window-bridge.ts';

export type { Bridge, BridgeListener, EndReason, LinkState, SealedControls } from './bridge/types.ts';
export { isOutsideLink } from './bridge/types.ts';

/**
 * The bridge for where this page runs: the app's window (IPC), a browser on this machine or over TLS (WebSocket), or one that was paired, or
 * that stands in a network in clear (the sealed socket, whose cryptography is fetched only then).
 */
export function createBridge(): Bridge {
  const native = (window as unknown as Record<string, QuarterdeckBridge | undefined>)[bridgeName];
  if (native) return windowBridge(native);
  if (!needsSealedLink(location)) return new BrowserBridge();
  // The fragment holds a secret: it leaves the address before anything else happens.
  const fragment = location.hash;
  if (fragment.startsWith('#pair=')) history.replaceState(null, '', location.pathname + location.search);
  return createLateBridge(async () => (await import('./bridge/create-sealed.ts')).createSealedBridge(fragment));
}
