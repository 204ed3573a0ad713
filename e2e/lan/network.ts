import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Two computers, made of this one: namespaces of the Linux network, joined by a cable. Nothing in them reaches anything else. */
export interface Network extends AsyncDisposable {
  /** Words before a command that runs on the desk. */
  readonly desk: readonly string[];
  readonly phone: readonly string[];
  /** Addresses that the desk has or has had. */
  readonly addresses: readonly [string, string];
  /** Pulls the cable, or puts it back in. */
  cable(plugged: boolean): Promise<void>;
  /** Frames of the cable that go astray, both ways: nothing arrives and neither end is told, as on a dead wireless link. */
  astray(lost: boolean): Promise<void>;
  /** The desk gets this of its two addresses, and loses the other unless `both`. */
  address(which: 0 | 1, both?: boolean): Promise<void>;
}

const ip = async (...args: string[]) => (await execute('ip', args)).stdout;

/** Why there can be no such network here; null: there can. */
export async function whyNoNetwork(): Promise<string | null> {
  if (process.platform !== 'linux') return 'network namespaces are Linux’s';
  if (process.getuid?.() !== 0) return 'only root makes network namespaces';
  const name = `qd-look-${process.pid}`;
  try {
    await ip('netns', 'add', name);
    await ip('netns', 'del', name);
    return null;
  } catch (error) {
    return `this system does not let root make network namespaces: ${(error as Error).message}`;
  }
}

/** @throws Error when it cannot be made; nothing is left behind then. */
export async function createNetwork(): Promise<Network> {
  const id = randomBytes(3).toString('hex');
  const desk = `qd-desk-${id}`;
  const phone = `qd-phone-${id}`;
  const addresses = ['10.77.0.1', '10.77.0.3'] as const;
  const remove = async () => {
    for (const name of [desk, phone]) await ip('netns', 'del', name).catch(() => {});
  };
  try {
    for (const name of [desk, phone]) {
      await ip('netns', 'add', name);
      await ip('-n', name, 'link', 'set', 'lo', 'up');
    }
    await ip('-n', desk, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'wlan0', 'netns', phone);
    // Without waiting for another machine to claim an IPv6 address: there is none.
    for (const name of [desk, phone]) {
      await execute('ip', ['netns', 'exec', name, 'sysctl', '-qw', 'net.ipv6.conf.all.accept_dad=0']).catch(() => {});
    }
    for (const address of addresses) await ip('-n', desk, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
    await ip('-n', phone, 'addr', 'add', '10.77.0.2/24', 'dev', 'wlan0');
    await ip('-n', desk, 'link', 'set', 'eth0', 'up');
    await ip('-n', phone, 'link', 'set', 'wlan0', 'up');
  } catch (error) {
    await remove();
    throw error;
  }
  const has = async (address: string) => (await ip('-n', desk, 'addr', 'show', 'dev', 'eth0')).includes(`${address}/`);
  const give = async (address: string) => {
    if (!(await has(address))) await ip('-n', desk, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
  };
  return {
    desk: ['ip', 'netns', 'exec', desk],
    phone: ['ip', 'netns', 'exec', phone],
    addresses,
    cable: async (plugged) => void (await ip('-n', phone, 'link', 'set', 'wlan0', plugged ? 'up' : 'down')),
    async astray(lost) {
      // A hardware address that nobody has: the frames are sent, and the other end takes them for somebody else's.
      const nobody = '02:00:00:00:00:99';
      const ends: [string, string, string][] = [
        [phone, 'wlan0', addresses[0]],
        [phone, 'wlan0', addresses[1]],
        [desk, 'eth0', '10.77.0.2'],
      ];
      for (const [name, device, address] of ends) {
        if (lost)
          await ip('-n', name, 'neigh', 'replace', address, 'lladdr', nobody, 'dev', device, 'nud', 'permanent');
        else await ip('-n', name, 'neigh', 'del', address, 'dev', device).catch(() => {});
      }
    },
    async address(which, both = false) {
      // The second address of a network goes with the first one, unless the system is told otherwise: so the order counts.
      await give(addresses[which]);
      const other = addresses[which === 0 ? 1 : 0];
      if (both) await give(other);
      else if (await has(other)) {
        await ip('-n', desk, 'addr', 'del', `${other}/24`, 'dev', 'eth0');
        await give(addresses[which]);
      }
    },
    [Symbol.asyncDispose]: remove,
  };
}

/** Whether a program is here. */
export const hasProgram = (name: string): boolean =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${name}`)) ||
  ['/usr/sbin', '/sbin', '/usr/bin'].some((folder) => existsSync(`${folder}/${name}`));
