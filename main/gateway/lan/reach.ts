import { networkInterfaces } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Log } from '../../orchestrator/ports.ts';
import type { Problem } from '../../protocol/errors.ts';
import type { GatewaySettings, GatewayStatus } from '../../protocol/gateway.ts';
import { say } from '../../protocol/saying.ts';
import { originOf } from '../own-names.ts';
import { listenProblem } from '../problems.ts';
import type { Announcer } from './announce.ts';
import { type Certificate, readOwnCertificate } from './certificate.ts';
import { type BehindDoors, NoRoom, type OpenDoor, openDoor } from './door-server.ts';
import { hostOf, isChosen, type Reachable, reachableInterfaces, type SystemInterfaces } from './interfaces.ts';
import { madeCertificate } from './made-certificate.ts';
import { addressGone, certificateProblem, noSuchInterface, notSaved } from './problems.ts';
import { type ForThisRun, placeOf, urlOf, type WantedDoor, wantedDoors } from './wanted-doors.ts';

/** How often the addresses of this machine are looked at while others may reach it. */
const lookEveryMs = 3_000;
/** How long an address that went away is still listened on: a cable, a sleep or a change of Wi-Fi takes it away for a moment. */
const missMs = 5 * 60_000;
/** How long clients of a door that closes get to hear it. */
const goodbyeMs = 400;
/** Former addresses from which pages may come back. */
const keptOrigins = 32;

/** Where settings of the gateway are kept; a refusal of the disk throws. */
export interface KeptGatewaySettings {
  get(): GatewaySettings;
  set(settings: GatewaySettings): void;
  origins(): readonly string[];
  setOrigins(origins: readonly string[]): void;
}

export interface ReachDeps {
  behind: BehindDoors;
  settings: KeptGatewaySettings;
  /** Path of the Unix socket; null: this system has none. */
  socketPath: string | null;
  /** Folder of a certificate that is made here. */
  tlsFolder: string;
  announcer: Announcer;
  interfaces?: () => SystemInterfaces;
  /** The loopback address changed, because the port did. */
  onMoved: (url: string) => void;
  clock: Clock;
  log: Log;
}

interface Kept {
  door: OpenDoor;
  wanted: WantedDoor;
  /** When the address went away; null: it is there. */
  missedAt: number | null;
}

/** An address at which the gateway can be called. */
export interface GatewayAddress {
  address: string;
  url: string;
}

/** Opens and closes the doors of the gateway as the settings and the addresses of this machine change. */
export class Reach {
  readonly #deps: ReachDeps;
  readonly #doors = new Map<string, Kept>();
  /** Why a wanted door is not open, by place. */
  readonly #problems = new Map<string, { wanted: WantedDoor; problem: Problem }>();
  #loopback = { address: '127.0.0.1', port: 0 };
  #startPort = 0;
  #forThisRun: ForThisRun = null;
  #certificate: Certificate | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #cancelLook: (() => void) | null = null;
  #closed = false;

  constructor(deps: ReachDeps) {
    this.#deps = deps;
  }

  get port(): number {
    return this.#loopback.port;
  }

  /** Base address on this machine, e.g. `http://127.0.0.1:8741`. */
  get url(): string {
    return originOf({ host: hostOf(this.#loopback.address), port: this.port, tls: false });
  }

  /**
   * Opens the door of this machine, then those to the network that the settings ask for. Only the first has to open.
   * @param where.forThisRun - doors to the network beside those of the settings.
   * @throws what the system said about the first.
   */
  async start(where: { address: string; port: number; forThisRun: ForThisRun }): Promise<void> {
    const first: WantedDoor = { kind: 'loopback', address: where.address, port: where.port, tls: false };
    const door = await openDoor(
      { kind: 'loopback', address: where.address, port: where.port, tls: null },
      this.#deps.behind,
    );
    this.#startPort = where.port === 0 ? door.port : where.port;
    this.#loopback = { address: where.address, port: door.port };
    this.#forThisRun = where.forThisRun;
    const wanted = { ...first, port: door.port };
    this.#doors.set(placeOf(wanted), { door, wanted, missedAt: null });
    this.#nameDoors();
    await this.#inTurn(() => this.#follow());
  }

  /** Changes what is named. Refused: nothing has changed. */
  set(change: Partial<GatewaySettings>): Promise<Result<GatewayStatus, Problem>> {
    return this.#inTurn(() => this.#set(change));
  }

  status(): GatewayStatus {
    const settings = this.#deps.settings.get();
    const open = [...this.#doors.values()].map(({ wanted, missedAt }) => ({
      url: urlOf(wanted),
      kind: wanted.kind,
      tls: wanted.tls,
      ...(missedAt === null ? {} : { problem: addressGone, problem_say: say('lan.addressGone') }),
    }));
    const failed = [...this.#problems.values()].map(({ wanted, problem }) => ({
      url: urlOf(wanted),
      kind: wanted.kind,
      tls: wanted.tls,
      problem: problem.message,
      ...(problem.say === undefined ? {} : { problem_say: problem.say }),
    }));
    return {
      settings,
      interfaces: this.#interfaces().map((one) => ({
        name: one.name,
        addresses: [...one.addresses],
        kind: one.kind,
        chosen: isChosen(one, settings.interfaces),
      })),
      listeners: [...open, ...failed],
      certificate_fingerprint: this.#certificate?.fingerprint ?? null,
      certificate_expires_at: this.#certificate?.expiresAt ?? null,
      mdns_name: this.#deps.announcer.name,
    };
  }

  /** Where others can call the gateway now, the best first; its own machine's address where there is no other. */
  addresses(): GatewayAddress[] {
    const order = this.#interfaces().flatMap(({ addresses }) => addresses);
    const lan = [...this.#doors.values()]
      .filter(({ wanted, missedAt }) => wanted.kind === 'lan' && missedAt === null)
      .map(({ wanted }) => wanted)
      .sort((a, b) => order.indexOf(a.address) - order.indexOf(b.address));
    const found = lan.map((wanted) => ({ address: wanted.address, url: urlOf(wanted) }));
    const name = this.#deps.announcer.name;
    if (name !== null && lan[0]) {
      const { port, tls } = lan[0];
      found.push({ address: name, url: originOf({ host: name, port, tls }) });
    }
    return found.length > 0 ? found : [{ address: this.#loopback.address, url: this.url }];
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelLook?.();
    await this.#queue.catch(() => {});
    await this.#deps.announcer.stop();
    await Promise.all([...this.#doors.values()].map(({ door }) => door.close(goodbyeMs)));
    this.#doors.clear();
  }

  /** One change at a time: two that overlap would each undo what the other opened. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => {});
    return done;
  }

  #interfaces(): Reachable[] {
    return reachableInterfaces((this.#deps.interfaces ?? networkInterfaces)());
  }

  #wanted(settings: GatewaySettings): WantedDoor[] {
    const port = settings.port ?? this.#startPort;
    const moved = settings.port !== this.#deps.settings.get().port;
    return wantedDoors({
      settings,
      interfaces: this.#interfaces(),
      forThisRun: this.#forThisRun,
      loopback: moved ? { ...this.#loopback, port } : this.#loopback,
      port,
      socketPath: this.#deps.socketPath,
    });
  }

  async #certificateFor(
    settings: GatewaySettings,
    wanted: readonly WantedDoor[],
  ): Promise<Result<Certificate | null, Problem>> {
    if (settings.tls === 'off') return ok(null);
    const addresses = wanted.filter(({ kind }) => kind === 'lan').map(({ address }) => address);
    const named = settings.extra_hosts.map((host) => host.split(':')[0]!);
    const announced = this.#deps.announcer.name;
    const names = [...new Set(['localhost', ...addresses, ...named, ...(announced === null ? [] : [announced])])];
    const now = this.#deps.clock.now();
    try {
      return settings.tls === 'own'
        ? readOwnCertificate(settings, names.slice(1), now)
        : await madeCertificate(this.#deps.tlsFolder, names, now);
    } catch (error) {
      return err(
        certificateProblem(
          say('certificate.notMade'),
          'A certificate could not be made.',
          'Look at the log file; use a certificate of your own.',
          String(error),
        ),
      );
    }
  }

  async #set(change: Partial<GatewaySettings>): Promise<Result<GatewayStatus, Problem>> {
    const before = this.#deps.settings.get();
    const settings = { ...before, ...change };
    const known = new Set(this.#interfaces().map(({ name }) => name));
    const unknown = (change.interfaces ?? []).filter((name) => !known.has(name));
    if (unknown.length > 0) return err(noSuchInterface(unknown));
    const wanted = this.#wanted(settings);
    const certificate = await this.#certificateFor(settings, wanted);
    if (!certificate.ok) return certificate;

    const replaced: Kept[] = [];
    const opened: { place: string; kept: Kept }[] = [];
    const undo = async () => {
      await Promise.all(opened.map(({ kept }) => kept.door.close(0)));
      for (const { wanted: old } of replaced) {
        const again = await this.#open(old, this.#certificate);
        if (again.ok) this.#doors.set(placeOf(old), again.value);
      }
    };
    for (const one of wanted) {
      const place = placeOf(one);
      const open = this.#doors.get(place);
      if (open && open.wanted.tls === one.tls) continue;
      if (open) {
        // The same address and port cannot be open twice: this one has to go first.
        replaced.push(open);
        this.#doors.delete(place);
        void open.door.close(goodbyeMs);
      }
      const next = await this.#open(one, certificate.value);
      if (!next.ok) {
        await undo();
        return next;
      }
      opened.push({ place, kept: next.value });
    }
    try {
      this.#deps.settings.set(settings);
    } catch (error) {
      this.#deps.log.error('the settings of the gateway could not be kept', { error });
      await undo();
      return err(notSaved);
    }
    for (const { place, kept } of opened) this.#doors.set(place, kept);
    const port = settings.port ?? this.#startPort;
    const moved = settings.port !== before.port && port !== this.#loopback.port;
    if (moved) this.#loopback = { ...this.#loopback, port };
    this.#renew(certificate.value);
    await this.#follow();
    if (moved) this.#deps.onMoved(this.url);
    return ok(this.status());
  }

  async #open(wanted: WantedDoor, certificate: Certificate | null): Promise<Result<Kept, Problem>> {
    const { kind, address, port } = wanted;
    try {
      const place =
        kind === 'unix' ? { kind, path: address } : { kind, address, port, tls: wanted.tls ? certificate : null };
      if (wanted.tls && !certificate) throw new Error('There is no certificate for a door with TLS.');
      return ok({ door: await openDoor(place, this.#deps.behind), wanted, missedAt: null });
    } catch (error) {
      if (error instanceof NoRoom) return err(error.problem);
      const problem = listenProblem(address, port, (error as NodeJS.ErrnoException).code);
      if (!problem) throw error;
      return err(problem);
    }
  }

  /** Opens what is wanted and not open, as far as it goes; closes what is not wanted any more. */
  async #follow(): Promise<void> {
    if (this.#closed) return;
    const settings = this.#deps.settings.get();
    const wanted = this.#wanted(settings);
    const certificate = await this.#certificateFor(settings, wanted);
    if (certificate.ok) this.#renew(certificate.value);
    const places = new Set(wanted.map(placeOf));
    this.#problems.clear();
    for (const one of wanted) {
      const open = this.#doors.get(placeOf(one));
      if (open) {
        open.missedAt = null;
        continue;
      }
      const next = certificate.ok ? await this.#open(one, certificate.value) : certificate;
      if (next.ok) this.#doors.set(placeOf(one), next.value);
      else this.#problems.set(placeOf(one), { wanted: one, problem: next.error });
    }
    const now = this.#deps.clock.now();
    for (const [place, kept] of this.#doors) {
      if (places.has(place)) continue;
      if (this.#isAway(kept, settings)) {
        kept.missedAt ??= now;
        if (now - kept.missedAt < missMs) continue;
      }
      this.#doors.delete(place);
      void kept.door.close(goodbyeMs);
    }
    this.#nameDoors();
    await this.#announce(settings);
    this.#lookAgain();
  }

  /** Nobody chose against it: its address went away. */
  #isAway({ wanted }: Kept, settings: GatewaySettings): boolean {
    if (wanted.kind !== 'lan' || wanted.port !== (settings.port ?? this.#startPort)) return false;
    if (!settings.lan && this.#forThisRun === null) return false;
    return !this.#interfaces().some(({ addresses }) => addresses.includes(wanted.address));
  }

  #renew(certificate: Certificate | null): void {
    if (certificate && this.#certificate && certificate.fingerprint !== this.#certificate.fingerprint) {
      for (const { door, wanted } of this.#doors.values()) if (wanted.tls) door.renew(certificate);
    }
    this.#certificate = certificate;
  }

  #nameDoors(): void {
    const open = [...this.#doors.values()].map(({ wanted }) => wanted).filter(({ kind }) => kind !== 'unix');
    const doors = open.map(({ address, port, tls }) => ({ host: hostOf(address), port, tls }));
    const lan = open.filter(({ kind }) => kind === 'lan');
    const name = this.#deps.announcer.name;
    if (name !== null && lan[0]) doors.push({ host: name, port: lan[0].port, tls: lan[0].tls });
    const kept = this.#deps.settings.origins();
    const fresh = lan
      .map(({ address, port, tls }) => originOf({ host: hostOf(address), port, tls }))
      .filter((origin) => !kept.includes(origin));
    const origins = [...kept, ...fresh].slice(-keptOrigins);
    if (fresh.length > 0) {
      try {
        this.#deps.settings.setOrigins(origins);
      } catch (error) {
        // Pages of these addresses have to be opened anew after a restart; nothing else depends on it.
        this.#deps.log.warn('addresses of the gateway could not be kept', { error });
      }
    }
    this.#deps.behind.names.set({
      doors,
      extraHosts: this.#deps.settings.get().extra_hosts,
      formerOrigins: origins,
    });
  }

  async #announce(settings: GatewaySettings): Promise<void> {
    const lan = [...this.#doors.values()].filter(({ wanted, missedAt }) => wanted.kind === 'lan' && missedAt === null);
    const first = lan[0]?.wanted;
    if (!settings.mdns || !first) await this.#deps.announcer.stop();
    else {
      await this.#deps.announcer.announce({
        addresses: lan.map(({ wanted }) => wanted.address),
        port: first.port,
        tls: first.tls,
      });
    }
    this.#nameDoors();
  }

  /** Addresses come and go without a word from the system: they are looked at, while it matters. */
  #lookAgain(): void {
    this.#cancelLook?.();
    this.#cancelLook = null;
    if (this.#closed || (!this.#deps.settings.get().lan && this.#forThisRun === null)) return;
    this.#cancelLook = this.#deps.clock.after(lookEveryMs, () => {
      this.#inTurn(() => this.#follow()).catch((error: unknown) =>
        this.#deps.log.error('following the addresses of this machine failed', { error }),
      );
    });
  }
}
