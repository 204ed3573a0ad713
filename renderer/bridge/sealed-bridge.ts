import { toBase64url } from '../../main/crypto/base64url.ts';
import type { Pairing } from '../../main/crypto/pairing-link.ts';
import type { Problem } from '../../main/protocol/errors.ts';
import type { ClientFrame, ServerFrame } from '../../main/protocol/frames.ts';
import { backoffMs } from '../store/backoff.ts';
import { t } from '../strings/index.ts';
import type { Channel, OpenChannel } from './channel.ts';
import { parseFrame } from './frames-in.ts';
import type { KnownGateway } from './known-gateway.ts';
import { Pulse } from './pulse.ts';
import { type Bridge, type BridgeListener, type EndReason, openOutside, type SealedControls } from './types.ts';

/** How long one address gets to answer before the next is tried, milliseconds. */
export const answerMs = 5_000;
const pulseEveryMs = 1_000;
/** A link that lives shorter than this is no proof that the next attempt will do better, milliseconds. */
const shortMs = 3_000;

/** What the bridge needs of the page and the machine; in tests, of the test. */
export interface SealedSurroundings {
  readonly openChannel: OpenChannel;
  readonly recall: () => Promise<KnownGateway | null>;
  readonly remember: (gateway: KnownGateway) => Promise<void>;
  readonly forget: () => Promise<void>;
  /** Of a public key, for comparing by eye. */
  readonly fingerprint: (publicKey: string) => string;
  /** A fresh X25519 key pair, base64url. */
  readonly newKeyPair: () => { publicKey: string; secretKey: string };
  /** `host:port` this page came from. */
  readonly host: string;
  readonly pairing: Pairing | 'broken' | null;
  readonly deviceName: string;
  readonly now: () => number;
  readonly random: () => number;
  readonly after: (ms: number, job: () => void) => () => void;
  readonly onWake: (wake: () => void) => void;
}

type Outcome = 'open' | 'ended' | 'unreachable' | 'untrusted';

/**
 * The sealed link: whoever is in between learns and changes nothing. It stays with the gateway whose key is pinned, tries every address it is known
 * by, and says at every moment how it stands.
 */
export class SealedBridge implements Bridge {
  readonly kind = 'browser';
  readonly chooseFolder = null;
  readonly openExternal = openOutside;
  readonly sealed: SealedControls;
  readonly #on: SealedSurroundings;
  #listener: BridgeListener = { onLink: () => {}, onFrame: () => {} };
  #gateway: KnownGateway | null = null;
  /** What this page was let in by before it was opened with a pairing link: a link that does not work takes nothing away. */
  #former: KnownGateway | null = null;
  /** A key that is not to be kept over reloads. */
  #keep = true;
  /** Key of the gateway at this address, as its handshake said it: what a person compares. */
  #seenKey: string | null = null;
  #channel: Channel | null = null;
  /** The attempt that is under way. */
  #trying: Channel | null = null;
  #welcomed = false;
  #ended = false;
  #pulse: Pulse | null = null;
  #attempt = 0;
  #lostAt: number | undefined;
  #openedAt = Number.NEGATIVE_INFINITY;
  #cancelRetry: (() => void) | null = null;
  /** Counts what is going on; an answer to something older counts no more. */
  #round = 0;

  constructor(surroundings: SealedSurroundings) {
    this.#on = surroundings;
    const bridge = this;
    this.sealed = {
      get gatewayName() {
        return bridge.#gateway?.name || null;
      },
      connectWithKey: (key, keep) => this.#connectWithKey(key, keep),
      forget: () => this.#forget(),
    };
  }

  connect(listener: BridgeListener): void {
    this.#listener = listener;
    listener.onLink({ status: 'connecting' });
    this.#beat();
    this.#on.onWake(() => {
      this.reconnectNow();
      this.#pulse?.wake();
    });
    void this.#begin();
  }

  send(frame: ClientFrame): boolean {
    const sent = this.#welcomed && (this.#channel?.send(JSON.stringify(frame)) ?? false);
    if (sent && frame.type !== 'ping') this.#pulse?.used();
    return sent;
  }

  reconnectNow(): void {
    if (this.#ended) {
      this.#ended = false;
      this.#attempt = 0;
      void this.#tryAll();
      return;
    }
    if (!this.#cancelRetry) return;
    this.#cancelRetry();
    this.#cancelRetry = null;
    void this.#tryAll();
  }

  async #begin(): Promise<void> {
    const { pairing } = this.#on;
    if (pairing === 'broken') {
      this.#gateway = await this.#on.recall();
      return this.#end('pairing_broken');
    }
    if (pairing) {
      const kept = await this.#on.recall();
      this.#former = kept?.credential.kind === 'pairing' ? null : kept;
      this.#gateway = {
        serverKey: toBase64url(pairing.serverKey),
        name: pairing.name,
        addresses: unique([this.#on.host, ...pairing.hosts]),
        credential: { kind: 'pairing', code: toBase64url(pairing.code), ...this.#on.newKeyPair() },
      };
      // Kept before the code is spent: a page that is closed in between comes back with the same keys.
      await this.#on.remember(this.#gateway);
    } else this.#gateway = await this.#on.recall();
    if (this.#gateway) await this.#tryAll();
    else await this.#askByHand();
  }

  /** Tries the known addresses in their order until one answers as the gateway it is. */
  async #tryAll(): Promise<void> {
    const gateway = this.#gateway;
    if (!gateway) return this.#askByHand();
    this.#round += 1;
    const round = this.#round;
    let untrusted = false;
    for (const address of unique([...gateway.addresses, this.#on.host])) {
      this.#listener.onLink({ status: 'connecting', since: this.#lostAt, target: address });
      const outcome = await this.#try(gateway, address, round);
      if (round !== this.#round || outcome === 'open' || outcome === 'ended') return;
      untrusted ||= outcome === 'untrusted';
    }
    if (untrusted) this.#end('untrusted');
    else this.#retryLater();
  }

  #try(gateway: KnownGateway, address: string, round: number): Promise<Outcome> {
    return new Promise((resolve) => {
      let settled = false;
      const settle = (outcome: Outcome): void => {
        if (settled) return;
        settled = true;
        cancelTimeout();
        if (this.#trying === channel) this.#trying = null;
        resolve(outcome);
      };
      const cancelTimeout = this.#on.after(answerMs, () => {
        channel.close();
        settle('unreachable');
      });
      const channel = this.#on.openChannel({
        address,
        serverKey: gateway.serverKey,
        credential: gateway.credential,
        deviceName: this.#on.deviceName,
        following: () => this.#listener.following?.() ?? new Map(),
        onText: (text) => {
          if (settled && this.#channel !== channel) return;
          const frame = parseFrame(text);
          if (!frame || round !== this.#round) return;
          this.#pulse?.heard();
          if (frame.type === 'welcome') {
            this.#opened(gateway, address, channel, frame);
            settle('open');
          } else if (this.#refused(frame)) settle('ended');
          if (!this.#ended) this.#listener.onFrame(frame);
        },
        onClosed: (why) => {
          if (this.#channel === channel) this.#lost();
          settle(why === 'untrusted' ? 'untrusted' : 'unreachable');
        },
      });
      this.#trying = channel;
    });
  }

  #opened(gateway: KnownGateway, address: string, channel: Channel, welcome: ServerFrame & { type: 'welcome' }): void {
    this.#channel = channel;
    this.#welcomed = true;
    if (this.#on.now() - this.#openedAt > shortMs) this.#attempt = 0;
    this.#openedAt = this.#on.now();
    this.#lostAt = undefined;
    this.#pulse = new Pulse({
      now: this.#on.now,
      send: (frame) => this.send(frame),
      onDead: () => {
        channel.close();
        if (this.#channel === channel) this.#lost();
      },
    });
    const deviceId = welcome.actor.id;
    const { credential } = gateway;
    this.#gateway = {
      ...gateway,
      addresses: unique([address, ...gateway.addresses]),
      credential:
        credential.kind === 'pairing' && deviceId
          ? { kind: 'device', deviceId, publicKey: credential.publicKey, secretKey: credential.secretKey }
          : credential,
    };
    if (this.#keep) void this.#on.remember(this.#gateway);
    this.#listener.onLink({ status: 'open', sealed: true });
  }

  /** Is this the gateway's last word about what this page is let in by? */
  #refused(frame: ServerFrame): boolean {
    const problem: Problem | null =
      frame.type === 'closing'
        ? { code: frame.code, message: frame.message }
        : frame.type === 'response' && !frame.ok && frame.command_id === null
          ? frame.error
          : null;
    if (problem?.code !== 'unauthorized') return false;
    this.#drop();
    const kind = this.#gateway?.credential.kind;
    if (kind === 'pairing' && this.#former) {
      this.#gateway = this.#former;
      this.#former = null;
      void this.#on.remember(this.#gateway);
    }
    if (kind === 'api_key') void this.#askByHand(problem);
    else this.#end(kind === 'pairing' ? 'pairing_used' : 'revoked', problem);
    return true;
  }

  #lost(): void {
    this.#drop();
    this.#lostAt ??= this.#on.now();
    // The network may only have changed: another attempt is made at once, unless the link did not even live for a moment.
    if (this.#on.now() - this.#openedAt > shortMs) void this.#tryAll();
    else this.#retryLater();
  }

  #drop(): void {
    const channel = this.#channel;
    this.#channel = null;
    this.#pulse = null;
    this.#welcomed = false;
    channel?.close();
  }

  #end(reason: EndReason, problem?: Problem): void {
    this.#round += 1;
    this.#ended = true;
    this.#listener.onLink({ status: 'signed_out', reason, problem });
  }

  #retryLater(): void {
    const waitMs = backoffMs(this.#attempt, this.#on.random());
    this.#attempt += 1;
    this.#lostAt ??= this.#on.now();
    this.#cancelRetry = this.#on.after(waitMs, () => {
      this.#cancelRetry = null;
      void this.#tryAll();
    });
    this.#listener.onLink({
      status: 'waiting',
      attempt: this.#attempt,
      retryAt: this.#on.now() + waitMs,
      since: this.#lostAt,
      target: this.#gateway?.addresses.join(', '),
    });
  }

  /** Learns the key of what answers here, for a person to compare, and waits for theirs. */
  async #askByHand(problem?: Problem): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.#ended = false;
    this.#gateway = null;
    this.#seenKey = null;
    this.#listener.onLink({ status: 'by_hand', fingerprint: null, problem });
    const key = await this.#askForKey();
    if (round !== this.#round) return;
    if (key === null) {
      this.#cancelRetry = this.#on.after(backoffMs(this.#attempt, this.#on.random()), () => {
        this.#cancelRetry = null;
        void this.#askByHand(problem ?? unreachable());
      });
      this.#attempt += 1;
      this.#listener.onLink({ status: 'by_hand', fingerprint: null, problem: problem ?? unreachable() });
      return;
    }
    this.#attempt = 0;
    this.#seenKey = key;
    const shown = problem?.message === unreachable().message ? undefined : problem;
    this.#listener.onLink({ status: 'by_hand', fingerprint: this.#on.fingerprint(key), problem: shown });
  }

  #askForKey(): Promise<string | null> {
    return new Promise((resolve) => {
      const cancelTimeout = this.#on.after(answerMs, () => channel.close());
      const done = (key: string | null): void => {
        cancelTimeout();
        resolve(key);
      };
      const channel = this.#on.openChannel({
        address: this.#on.host,
        serverKey: null,
        onServerKey: (key) => {
          done(key);
          channel.close();
        },
        onClosed: () => done(null),
      });
    });
  }

  #connectWithKey(key: string, keep: boolean): void {
    if (!this.#seenKey) return;
    this.#keep = keep;
    this.#attempt = 0;
    this.#gateway = {
      serverKey: this.#seenKey,
      name: '',
      addresses: [this.#on.host],
      credential: { kind: 'api_key', key },
    };
    void this.#tryAll();
  }

  async #forget(): Promise<void> {
    this.#round += 1;
    this.#trying?.close();
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#drop();
    await this.#on.forget();
    this.#attempt = 0;
    this.#keep = true;
    // Until a key was typed there is nothing to wait for.
    void this.#askByHand();
  }

  #beat(): void {
    this.#on.after(pulseEveryMs, () => {
      this.#pulse?.check();
      this.#beat();
    });
  }
}

const unreachable = (): Problem => ({ code: 'internal', message: t.link.byHand.unreachable });

const unique = (addresses: readonly string[]): string[] => [...new Set(addresses)];
