import type { Announcement } from './announce.ts';

export const serviceType = '_quarterdeck._tcp.local';
/** The version of the sealed transport: a client knows whether to try. */
const sealedVersion = '2';

/** One record as multicast DNS carries it. */
export type ServiceRecord = { name: string; ttl: number; flush?: boolean; class?: 'IN' } & (
  | { type: 'PTR'; data: string }
  | { type: 'SRV'; data: { target: string; port: number; priority: number; weight: number } }
  | { type: 'TXT'; data: string[] }
  | { type: 'A' | 'AAAA'; data: string }
);

/** `quarterdeck-ab12`, and with a number where others have that name. */
export const freeName = (fingerprint: string, attempt: number): string => {
  const short = fingerprint
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 4)
    .toLowerCase();
  return `quarterdeck${short && `-${short}`}${attempt === 0 ? '' : `-${attempt + 1}`}`;
};

/**
 * What is told: that a gateway is here, where, which version it speaks, and the beginning of its key's fingerprint, so that a person can tell two
 * apart. No name of a person, a machine or a folder.
 * @param ttl - seconds; 0: goodbye.
 */
export function recordsOf(
  name: string,
  { addresses, port, tls }: Announcement,
  fingerprint: string,
  ttl: number,
): { answers: ServiceRecord[]; additionals: ServiceRecord[] } {
  const instance = `${name}.${serviceType}`;
  const host = `${name}.local`;
  return {
    answers: [
      { name: '_services._dns-sd._udp.local', type: 'PTR', ttl, data: serviceType },
      { name: serviceType, type: 'PTR', ttl, data: instance },
    ],
    additionals: [
      { name: instance, type: 'SRV', ttl, flush: true, data: { target: host, port, priority: 0, weight: 0 } },
      {
        name: instance,
        type: 'TXT',
        ttl,
        flush: true,
        data: [`v=${sealedVersion}`, `fp=${fingerprint.slice(0, 9)}`, `tls=${tls ? 1 : 0}`],
      },
      ...addresses.map((data) => ({
        name: host,
        type: data.includes(':') ? ('AAAA' as const) : ('A' as const),
        ttl,
        flush: true,
        data,
      })),
    ],
  };
}

/** Whether these answers claim the name for an address that is not ours. */
export const speaksFor = (
  name: string,
  answers: readonly { name: string; type: string; data?: unknown }[],
  own: readonly string[],
): boolean =>
  answers.some(
    (answer) =>
      answer.name.toLowerCase() === `${name}.local` &&
      (answer.type === 'A' || answer.type === 'AAAA') &&
      !own.includes(String(answer.data)),
  );
