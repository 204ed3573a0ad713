import createMulticastDns, { type MulticastDNS, type ResponsePacket } from 'multicast-dns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../system-clock.ts';
import { type Announcer, createAnnouncer } from './announce.ts';
import { freeName } from './service-records.ts';

/** A group and port of the test's own, on loopback: nothing of the system's answers, and nothing leaves this machine. */
const socket = { ip: '239.255.77.77', port: 15_353, interface: '127.0.0.1', loopback: true };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const what = { addresses: ['127.0.0.1', 'fd00::7'], port: 8741, tls: false };
const fingerprint = 'AB12 CD34 EF56';

let other: MulticastDNS;
let responses: ResponsePacket[];
let announcer: Announcer;
beforeEach(async () => {
  other = createMulticastDns({ ...socket, bind: '0.0.0.0', reuseAddr: true });
  responses = [];
  other.on('response', (packet) => responses.push(packet));
  await new Promise<void>((resolve) => other.once('ready', () => resolve()));
  announcer = createAnnouncer({ fingerprint: () => fingerprint, clock: systemClock, log, socket });
});
afterEach(async () => {
  await announcer.stop();
  await new Promise<void>((resolve) => other.destroy(() => resolve()));
});

const answersIn = () => responses.flatMap(({ answers }) => answers);

describe('the announcement on the network', () => {
  it('tells the service, its port, version and fingerprint and nothing of people, and says goodbye', async () => {
    expect(announcer.name).toBeNull();
    await announcer.announce(what);
    expect(announcer.name).toBe('quarterdeck-ab12.local');
    other.query('_quarterdeck._tcp.local', 'PTR');
    await expect.poll(() => answersIn().some(({ type }) => type === 'SRV')).toBe(true);
    const answers = answersIn();
    expect(answers.find(({ type }) => type === 'SRV')).toMatchObject({
      name: 'quarterdeck-ab12._quarterdeck._tcp.local',
      data: { port: 8741, target: 'quarterdeck-ab12.local' },
    });
    expect(
      answers.filter(({ type }) => type === 'A' || type === 'AAAA').map((one) => 'data' in one && one.data),
    ).toEqual(expect.arrayContaining(['127.0.0.1', 'fd00::7']));
    const txt = answers.find(({ type }) => type === 'TXT') as unknown as { data: Buffer[] };
    expect(txt.data.map(String)).toEqual(['v=2', 'fp=AB12 CD34', 'tls=0']);
    const { hostname, userInfo } = await import('node:os');
    const everything = JSON.stringify(answers);
    for (const secret of [hostname(), userInfo().username]) expect(everything).not.toContain(`"${secret}`);
    responses.length = 0;
    await announcer.stop();
    await expect.poll(() => answersIn().some((one) => 'ttl' in one && one.ttl === 0)).toBe(true);
    expect(announcer.name).toBeNull();
  });

  it('takes another name when a device on the network has this one', async () => {
    other.on('query', ({ questions }) => {
      if (questions.some(({ name }) => name === 'quarterdeck-ab12.local')) {
        other.respond([{ name: 'quarterdeck-ab12.local', type: 'A', ttl: 120, data: '10.9.9.9' }]);
      }
    });
    await announcer.announce(what);
    expect(announcer.name).toBe('quarterdeck-ab12-2.local');
  });

  it('has a name without a fingerprint too', () => {
    expect(freeName('', 0)).toBe('quarterdeck');
    expect(freeName('Xy-9 …', 2)).toBe('quarterdeck-xy9-3');
  });
});
