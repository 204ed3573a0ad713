import type { Bridge, BridgeListener, SealedControls } from './types.ts';
import { openOutside } from './types.ts';

/** A bridge whose code comes later: until then nothing is open, and that is said. */
export function createLateBridge(load: () => Promise<Bridge>): Bridge {
  let bridge: Bridge | null = null;
  let listener: BridgeListener | null = null;
  const start = async (): Promise<void> => {
    try {
      bridge = await load();
    } catch {
      // The gateway went away between the page and its parts.
      const waitMs = 2_000;
      setTimeout(() => void start(), waitMs);
      listener?.onLink({ status: 'waiting', attempt: 1, retryAt: Date.now() + waitMs });
      return;
    }
    if (listener) bridge.connect(listener);
  };
  return {
    kind: 'browser',
    chooseFolder: null,
    openExternal: openOutside,
    connect(given) {
      listener = given;
      given.onLink({ status: 'connecting' });
      void start();
    },
    send: (frame) => bridge?.send(frame) ?? false,
    reconnectNow: () => bridge?.reconnectNow(),
    get sealed(): SealedControls | null {
      return bridge?.sealed ?? null;
    },
  };
}
