import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../main/crypto/base64url.ts';
import type { ServerFrame } from '../../main/protocol/frames.ts';
import type { SessionId } from '../../main/protocol/ids.ts';
import type { Channel, ClosedWhy, CredentialChannel, KeyQuestion } from './channel.ts';
import type { KnownGateway } from './known-gateway.ts';
import { answerMs, SealedBridge, type SealedSurroundings } from './sealed-bridge.ts';
import type { LinkState } from './types.ts';

const key = toBase64url(new Uint8Array(32).fill(1));
const session = 'ses_12345678' as SessionId;
const device: KnownGateway = {
  serverKey: key,
  name: 'desk',
  addresses: ['10.0.0.1:8741', '10.0.0.2:8741'],
  credential: { kind: 'device', deviceId: 'dev_1', publicKey: key, secretKey: key },
};
const pairing = {
  serverKey: new Uint8Array(32).fill(1),
  code: new Uint8Array(16).fill(2),
  name: 'Pixel 9',
  hosts: ['10.0.0.9:8741'],
};

/** One attempt to open a channel, in the hands of the test. */
interface Attempt extends Channel {
  readonly options: CredentialChannel | KeyQuestion;
  readonly sent: string[];
  closed: boolean;
}

function place(change: Partial<SealedSurroundings> & { kept?: KnownGateway | null } = {}) {
  let now = 1_000_000;
  let kept: KnownGateway | null = change.kept ?? null;
  const timers = new Set<{ at: number; job: () => void }>();
  const attempts: Attempt[] = [];
  const links: LinkState[] = [];
  const frames: ServerFrame[] = [];
  let wake = (): void => {};
  const bridge = new SealedBridge({
    openChannel(options) {
      const attempt: Attempt = {
        options,
        sent: [],
        closed: false,
        send(text) {
          if (!this.closed) this.sent.push(text);
          return !this.closed;
        },
        close() {
          this.closed = true;
        },
      };
      attempts.push(attempt);
      return attempt;
    },
    recall: async () => kept,
    remember: async (gateway) => {
      kept = gateway;
    },
    forget: async () => {
      kept = null;
    },
    newKeyPair: () => ({ publicKey: key, secretKey: key }),
    fingerprint: (of) => `fingerprint of ${of}`,
    host: '10.0.0.1:8741',
    pairing: null,
    deviceName: 'Chrome on Android',
    now: () => now,
    random: () => 0.5,
    after(ms, job) {
      const timer = { at: now + ms, job };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    onWake: (given) => {
      wake = given;
    },
    ...change,
  });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    bridge,
    attempts,
    links,
    frames,
    kept: () => kept,
    wake: () => wake(),
    last: () => attempts.at(-1)!,
    link: () => links.at(-1),
    settle,
    async start(following = new Map<SessionId, number>()) {
      bridge.connect({
        onLink: (link) => links.push(link),
        onFrame: (frame) => frames.push(frame),
        following: () => following,
      });
      await settle();
    },
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers.delete(next);
        now = next.at;
        next.job();
        await settle();
      }
      now = until;
    },
    async receive(frame: object) {
      const { options } = attempts.at(-1)!;
      if (options.serverKey !== null) options.onText(JSON.stringify(frame));
      await settle();
    },
    async close(why: ClosedWhy) {
      attempts.at(-1)!.options.onClosed(why);
      await settle();
    },
  };
}

const welcome = { type: 'welcome', actor: { kind: 'device', id: 'dev_7', name: 'Pixel 9', via: 'sealed' }, scopes: [] };
const refusal = { type: 'closing', code: 'unauthorized', message: 'This device was revoked.' };

describe('pairing', () => {
  it('keeps its keys before the code is spent, and the device once the gateway knows it', async () => {
    const at = place({ pairing });
    await at.start();
    expect(at.kept()).toMatchObject({
      serverKey: key,
      credential: { kind: 'pairing', code: toBase64url(pairing.code) },
    });
    expect(at.last().options).toMatchObject({ address: '10.0.0.1:8741', serverKey: key });
    await at.receive(welcome);
    expect(at.link()).toEqual({ status: 'open', sealed: true });
    expect(at.kept()?.credential).toMatchObject({ kind: 'device', deviceId: 'dev_7' });
  });

  it('says that the link was used when the gateway refuses it', async () => {
    const at = place({ pairing });
    await at.start();
    await at.receive(refusal);
    expect(at.link()).toMatchObject({ status: 'signed_out', reason: 'pairing_used' });
  });

  it('takes nothing away when the link does not work: what was paired before is still there', async () => {
    const at = place({ pairing, kept: device });
    await at.start();
    await at.receive(refusal);
    expect(at.link()).toMatchObject({ status: 'signed_out', reason: 'pairing_used' });
    expect(at.kept()).toEqual(device);
    at.bridge.reconnectNow();
    await at.settle();
    expect(at.last().options).toMatchObject({ credential: device.credential });
  });

  it('says that a link is damaged, and sends nothing anywhere', async () => {
    const at = place({ pairing: 'broken' });
    await at.start();
    expect(at.link()).toMatchObject({ status: 'signed_out', reason: 'pairing_broken' });
    expect(at.attempts).toEqual([]);
  });
});

describe('a known gateway', () => {
  it('is tried at every address in turn, then after a pause again', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.close('unreachable');
    expect(at.last().options.address).toBe('10.0.0.2:8741');
    expect(at.link()).toMatchObject({ status: 'connecting', target: '10.0.0.2:8741' });
    await at.close('unreachable');
    expect(at.link()).toMatchObject({ status: 'waiting', attempt: 1 });
    const before = at.attempts.length;
    await at.pass(1_000);
    expect(at.attempts.length).toBe(before + 1);
  });

  it('is given up at an address that does not answer in time', async () => {
    const at = place({ kept: device });
    await at.start();
    const first = at.last();
    await at.pass(answerMs);
    expect(first.closed).toBe(true);
    expect(at.last().options.address).toBe('10.0.0.2:8741');
  });

  it('is looked for first where it was found last', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.close('unreachable');
    await at.receive(welcome);
    expect(at.kept()?.addresses[0]).toBe('10.0.0.2:8741');
  });

  it('is told what is followed along with the credential', async () => {
    const at = place({ kept: device });
    await at.start(new Map([[session, 41]]));
    const { options } = at.last();
    expect(options.serverKey !== null && [...options.following()]).toEqual([[session, 41]]);
  });

  it('is tried again at once when a link that lived is lost, and says since when', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.receive(welcome);
    await at.pass(10_000);
    const before = at.attempts.length;
    await at.close('closed');
    expect(at.attempts.length).toBe(before + 1);
    expect(at.link()).toMatchObject({ status: 'connecting', since: 1_010_000 });
    expect(at.bridge.send({ type: 'ping', command_id: 'c' as never })).toBe(false);
  });

  it('is not hammered when it closes every link at once', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.receive(welcome);
    await at.close('closed');
    expect(at.link()).toMatchObject({ status: 'waiting' });
  });

  it('is noticed when it went away without a word', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.receive(welcome);
    const first = at.last();
    at.wake();
    expect(first.sent.at(-1)).toContain('"ping"');
    await at.pass(6_000);
    expect(first.closed).toBe(true);
    expect(at.attempts.length).toBe(2);
  });

  it('is believed in nothing when it does not hold the pinned key', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.close('untrusted');
    await at.close('unreachable');
    expect(at.link()).toMatchObject({ status: 'signed_out', reason: 'untrusted' });
    expect(at.kept()).not.toBeNull();
  });

  it('is found at another address when a stranger sits at the first', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.close('untrusted');
    await at.receive(welcome);
    expect(at.link()).toMatchObject({ status: 'open' });
  });

  it('ends the link for good when it has revoked the device, and nothing is forgotten', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.receive(welcome);
    await at.pass(60_000);
    await at.receive(refusal);
    expect(at.link()).toMatchObject({ status: 'signed_out', reason: 'revoked', problem: { message: refusal.message } });
    const before = at.attempts.length;
    await at.close('closed');
    await at.pass(120_000);
    expect(at.attempts.length).toBe(before);
    expect(at.kept()?.credential.kind).toBe('device');
  });

  it('can be asked again after it has refused', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.receive(refusal);
    at.bridge.reconnectNow();
    await at.settle();
    await at.receive(welcome);
    expect(at.link()).toMatchObject({ status: 'open' });
  });
});

describe('a page that was opened by hand', () => {
  const shown = async (at: ReturnType<typeof place>): Promise<void> => {
    await at.start();
    const { options } = at.last();
    if (options.serverKey === null) options.onServerKey(key);
    await at.settle();
  };

  it('shows the fingerprint of what answers, and sends no key before a person agrees', async () => {
    const at = place();
    await shown(at);
    expect(at.link()).toMatchObject({ status: 'by_hand', fingerprint: `fingerprint of ${key}` });
    expect(at.attempts.length).toBe(1);
    at.bridge.sealed.connectWithKey('qd_secret', false);
    await at.settle();
    expect(at.last().options).toMatchObject({ serverKey: key, credential: { kind: 'api_key', key: 'qd_secret' } });
  });

  it('keeps the key only when the person says so', async () => {
    for (const keep of [false, true]) {
      const at = place();
      await shown(at);
      at.bridge.sealed.connectWithKey('qd_secret', keep);
      await at.settle();
      await at.receive(welcome);
      expect(at.kept() === null).toBe(!keep);
    }
  });

  it('asks again, with the reason, when the key is refused', async () => {
    const at = place();
    await shown(at);
    at.bridge.sealed.connectWithKey('qd_wrong', true);
    await at.settle();
    await at.receive(refusal);
    expect(at.link()).toMatchObject({ status: 'by_hand', problem: { code: 'unauthorized' } });
  });

  it('goes on asking for the fingerprint while nothing answers', async () => {
    const at = place();
    await at.start();
    await at.close('unreachable');
    expect(at.link()).toMatchObject({ status: 'by_hand', fingerprint: null });
    await at.pass(1_000);
    expect(at.attempts.length).toBe(2);
  });

  it('is where forgetting a pairing leads', async () => {
    const at = place({ kept: device });
    await at.start();
    await at.bridge.sealed.forget();
    await at.settle();
    expect(at.kept()).toBeNull();
    expect(at.link()).toMatchObject({ status: 'by_hand' });
  });
});
