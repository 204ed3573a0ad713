import type { ClientFrame } from '../../main/protocol/frames.ts';
import { backoffMs } from '../store/backoff.ts';
import { parseFrame } from './frames-in.ts';
import { onWake } from './on-wake.ts';
import { Pulse } from './pulse.ts';
import { type Bridge, type BridgeListener, openOutside } from './types.ts';

/** A browser on a private link (this machine, TLS): a plain WebSocket, let in by the cookie of a login. */
export class BrowserBridge implements Bridge {
  readonly kind = 'browser';
  readonly chooseFolder = null;
  readonly openExternal = openOutside;
  #listener: BridgeListener = { onLink: () => {}, onFrame: () => {} };
  #socket: WebSocket | null = null;
  #pulse: Pulse | null = null;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lostAt: number | undefined;
  #linkUsed = false;

  connect(listener: BridgeListener): void {
    this.#listener = listener;
    listener.onLink({ status: 'connecting' });
    setInterval(() => this.#pulse?.check(), 1_000);
    onWake(() => {
      this.reconnectNow();
      this.#pulse?.wake();
    });
    void this.#redeemLink().then(() => this.#open());
  }

  send(frame: ClientFrame): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    if (frame.type !== 'ping') this.#pulse?.used();
    return true;
  }

  reconnectNow(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    void this.#open();
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
    if (this.#attempt > 0) this.#listener.onLink({ status: 'connecting', since: this.#lostAt });
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
    const pulse = new Pulse({
      now: Date.now,
      send: (frame) => this.send(frame),
      onDead: () => {
        socket.close();
        this.#lost(socket);
      },
    });
    this.#pulse = pulse;
    socket.onmessage = ({ data }) => {
      pulse.heard();
      const frame = typeof data === 'string' ? parseFrame(data) : null;
      if (!frame) return;
      if (frame.type === 'welcome') {
        this.#attempt = 0;
        this.#lostAt = undefined;
        this.#listener.onLink({ status: 'open' });
      }
      this.#listener.onFrame(frame);
    };
    socket.onclose = () => this.#lost(socket);
  }

  #lost(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#pulse = null;
    this.#retryLater();
  }

  #retryLater(): void {
    const waitMs = backoffMs(this.#attempt, Math.random());
    this.#attempt += 1;
    this.#lostAt ??= Date.now();
    this.#timer = setTimeout(() => void this.#open(), waitMs);
    this.#listener.onLink({
      status: 'waiting',
      attempt: this.#attempt,
      retryAt: Date.now() + waitMs,
      since: this.#lostAt,
    });
  }
}
