import type { ClientFrame, ServerFrame } from '../main/protocol/frames.ts';
import { bridgeName, type QuarterdeckBridge } from '../main/protocol/ipc.ts';
import { backoffMs } from './store/backoff.ts';
import { newCommandId } from './store/command-id.ts';
import { createFrameParser } from './store/parse-frame.ts';

/** The state of the link to the gateway. `signed_out`: this browser has no access; only a fresh link helps. */
export type LinkState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  /** `retryAt`: milliseconds since 1970. */
  | { readonly status: 'waiting'; readonly attempt: number; readonly retryAt: number }
  | { readonly status: 'signed_out'; readonly reason: 'no_access' | 'link_used' };

export interface BridgeListener {
  onLink(state: LinkState): void;
  onFrame(frame: ServerFrame): void;
}

/** The one door between this page and the gateway, whatever it is made of. */
export interface Bridge {
  readonly kind: 'window' | 'browser';
  connect(listener: BridgeListener): void;
  /** False when the link is not open: nothing was sent. */
  send(frame: ClientFrame): boolean;
  /** Does not wait for the next attempt. */
  reconnectNow(): void;
  /** The system's folder dialog, where there is one. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  /** Opens an http(s) or mailto address outside; anything else is ignored. */
  openExternal(url: string): void;
}

/** The bridge for where this page runs: the app's window (IPC) or a browser (WebSocket). */
export function createBridge(): Bridge {
  const native = (window as unknown as Record<string, QuarterdeckBridge | undefined>)[bridgeName];
  return native ? windowBridge(native) : new BrowserBridge();
}

/** Only these leave the page. */
export function isOutsideLink(url: string): boolean {
  return /^(https?:\/\/|mailto:)/i.test(url.trim());
}

const parseFrame = createFrameParser((message) => console.error(message));

function windowBridge(native: QuarterdeckBridge): Bridge {
  let open = false;
  return {
    kind: 'window',
    connect(listener) {
      listener.onLink({ status: 'connecting' });
      native.onFrame((text) => {
        const frame = parseFrame(text);
        if (!frame) return;
        if (frame.type === 'welcome') {
          open = true;
          listener.onLink({ status: 'open' });
        }
        listener.onFrame(frame);
      });
      native.hello();
    },
    send(frame) {
      if (open) native.send(JSON.stringify(frame));
      return open;
    },
    reconnectNow: () => native.hello(),
    chooseFolder: () => native.chooseFolder(),
    openExternal(url) {
      if (isOutsideLink(url)) void native.openExternal(url);
    },
  };
}

/** Silence after which the other end is asked for a sign of life, and after which the link counts as dead; milliseconds. */
const quietMs = 20_000;
const deadMs = 30_000;

class BrowserBridge implements Bridge {
  readonly kind = 'browser';
  readonly chooseFolder = null;
  #listener: BridgeListener = { onLink: () => {}, onFrame: () => {} };
  #socket: WebSocket | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastHeard = 0;
  #linkUsed = false;

  connect(listener: BridgeListener): void {
    this.#listener = listener;
    listener.onLink({ status: 'connecting' });
    setInterval(() => this.#checkPulse(), 5_000);
    window.addEventListener('online', () => this.reconnectNow());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.reconnectNow();
    });
    void this.#redeemLink().then(() => this.#open());
  }

  send(frame: ClientFrame): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  reconnectNow(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    void this.#open();
  }

  openExternal(url: string): void {
    if (isOutsideLink(url)) window.open(url, '_blank', 'noopener,noreferrer');
  }

  /** A one-time link carries its code in the fragment, which no server and no log sees. It is dropped from the address at once. */
  async #redeemLink(): Promise<void> {
    const code = /^#open=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
    if (!code) return;
    history.replaceState(null, '', location.pathname + location.search);
    try {
      const response = await fetch('/api/v1/open', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code }),
      });
      this.#linkUsed = response.status === 401 || response.status === 429;
    } catch {
      this.#linkUsed = true;
    }
  }

  async #open(): Promise<void> {
    this.#timer = null;
    if (this.#attempt > 0) this.#listener.onLink({ status: 'connecting' });
    let status: number;
    try {
      status = (await fetch('/api/v1/me', { cache: 'no-store' })).status;
    } catch {
      return this.#retryLater();
    }
    if (status === 401 || status === 403) {
      this.#listener.onLink({ status: 'signed_out', reason: this.#linkUsed ? 'link_used' : 'no_access' });
      return;
    }
    if (status !== 200) return this.#retryLater();
    this.#openSocket();
  }

  #openSocket(): void {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/ws`);
    this.#socket = socket;
    this.#lastHeard = Date.now();
    socket.onmessage = ({ data }) => {
      this.#lastHeard = Date.now();
      const frame = typeof data === 'string' ? parseFrame(data) : null;
      if (!frame) return;
      if (frame.type === 'welcome') {
        this.#attempt = 0;
        this.#listener.onLink({ status: 'open' });
      }
      this.#listener.onFrame(frame);
    };
    socket.onclose = () => this.#lost(socket);
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#retryLater();
  }

  #retryLater(): void {
    const waitMs = backoffMs(this.#attempt, Math.random());
    this.#attempt += 1;
    this.#timer = setTimeout(() => void this.#open(), waitMs);
    this.#listener.onLink({ status: 'waiting', attempt: this.#attempt, retryAt: Date.now() + waitMs });
  }

  /** A link can die without a close (sleep, a changed network); nothing but silence tells. */
  #checkPulse(): void {
    const socket = this.#socket;
    if (!socket) return;
    const silentMs = Date.now() - this.#lastHeard;
    if (silentMs > deadMs) {
      socket.close();
      this.#lost(socket);
    } else if (silentMs > quietMs) {
      this.send({ type: 'ping', command_id: newCommandId() });
    }
  }
}
