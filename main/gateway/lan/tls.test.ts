import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownerToken } from '../gateway-test-support.ts';
import { call, openSocket, startLanGateway } from './lan-test-support.ts';
import { madeCertificate } from './made-certificate.ts';
import { checkAddresses } from './queries.ts';

let world: Awaited<ReturnType<typeof startLanGateway>>;
beforeEach(async () => {
  world = await startLanGateway();
});
afterEach(() => world.stop());

const bearer = { authorization: `Bearer ${ownerToken}` };
const secureUrl = () => `https://127.0.0.2:${world.port}`;
const madeAt = Date.now();
const day = 86_400_000;

describe('a certificate that is made here', () => {
  it('lets clients in that know it, to every door, and tells its fingerprint', async () => {
    world.clock.advance(madeAt - world.clock.now());
    const on = await world.set({ lan: true, tls: 'made' });
    if (!on.ok) throw new Error(on.error.message);
    const ca = readFileSync(join(world.folder, 'tls', 'cert.pem'), 'utf8');
    expect(on.value.certificate_fingerprint).toBe(new X509Certificate(ca).fingerprint256);
    expect(on.value.certificate_expires_at).toBeGreaterThan(madeAt + 360 * day);
    expect((await call(`${secureUrl()}/api/v1/me`, { ca, headers: bearer })).status).toBe(200);
    const { frame, socket } = await openSocket(`${secureUrl().replace('https', 'wss')}/api/v1/ws`, {
      ca,
      headers: { ...bearer, origin: secureUrl() },
    });
    expect(frame).toContain('welcome');
    socket.terminate();
    await expect(call(`${secureUrl()}/api/v1/health`)).rejects.toThrow();
    expect(await checkAddresses(world.gateway)).toEqual([{ url: secureUrl(), reachable: true }]);
  });

  it('takes no TLS before 1.2', async () => {
    world.clock.advance(madeAt - world.clock.now());
    await world.set({ lan: true, tls: 'made' });
    const old = await new Promise<string>((resolve) => {
      const socket = connect({
        host: '127.0.0.2',
        port: world.port,
        rejectUnauthorized: false,
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      socket.on('secureConnect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused'));
    });
    expect(old).not.toBe('connected');
  });

  it('can be switched off and on again on the same address', async () => {
    world.clock.advance(madeAt - world.clock.now());
    await world.set({ lan: true });
    expect((await world.set({ tls: 'made' })).ok).toBe(true);
    expect((await call(`${secureUrl()}/api/v1/health`, { rejectUnauthorized: false })).status).toBe(200);
    expect((await world.set({ tls: 'off' })).ok).toBe(true);
    expect((await call(`http://127.0.0.2:${world.port}/api/v1/health`)).status).toBe(200);
  });

  it('keeps its key (0600) and is made anew when a name is missing or it runs out soon', async () => {
    const folder = join(world.folder, 'made');
    const at = async (names: string[], now: number) => {
      const made = await madeCertificate(folder, names, now);
      if (!made.ok) throw new Error(made.error.message);
      return new X509Certificate(made.value.cert);
    };
    const first = await at(['localhost', '10.0.0.1'], madeAt);
    expect(statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(first.checkIP('10.0.0.1')).toBe('10.0.0.1');
    expect((await at(['localhost', '10.0.0.1'], madeAt + day)).fingerprint256).toBe(first.fingerprint256);
    const second = await at(['localhost', '10.0.0.1', 'fd00::1', 'desk.local'], madeAt);
    expect(second.checkIP('fd00::1')).toBe('fd00::1');
    expect(second.checkHost('desk.local')).toBe('desk.local');
    expect(second.fingerprint256).not.toBe(first.fingerprint256);
    const third = await at(['localhost'], madeAt + 380 * day);
    expect(third.fingerprint256).not.toBe(second.fingerprint256);
    const keyOf = (one: X509Certificate) => one.publicKey.export({ type: 'spki', format: 'pem' });
    expect(keyOf(second)).toBe(keyOf(first));
    expect(keyOf(third)).toBe(keyOf(first));
    expect(third.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
  });
});

describe('a certificate of the person', () => {
  const own = async (names: string[], made = madeAt) => {
    const folder = join(world.folder, `own-${names.join('-')}-${made}`);
    const result = await madeCertificate(folder, names, made);
    if (!result.ok) return { cert_file: join(folder, 'cert.pem'), key_file: join(folder, 'key.pem') };
    return { cert_file: join(folder, 'cert.pem'), key_file: join(folder, 'key.pem') };
  };
  const refusal = async (files: { cert_file: string | null; key_file: string | null }) => {
    const answer = await world.set({ lan: true, tls: 'own', ...files });
    if (answer.ok) throw new Error('taken');
    expect(world.settings.get()).toMatchObject({ lan: false, tls: 'off' });
    return answer.error.message;
  };

  it('is used when it is whole, good now and for a name the gateway is called by', async () => {
    world.clock.advance(madeAt - world.clock.now());
    const files = await own(['127.0.0.2']);
    expect((await world.set({ lan: true, tls: 'own', ...files })).ok).toBe(true);
    const ca = readFileSync(files.cert_file, 'utf8');
    expect((await call(`${secureUrl()}/api/v1/health`, { ca })).status).toBe(200);
  });

  it('is refused in words when it is not', async () => {
    world.clock.advance(madeAt - world.clock.now());
    const good = await own(['127.0.0.2']);
    const other = await own(['127.0.0.9']);
    const expired = await own(['127.0.0.2'], madeAt - 500 * day);
    const early = await own(['127.0.0.2'], madeAt + 100 * day);
    const nonsense = join(world.folder, 'nonsense.pem');
    writeFileSync(nonsense, 'hello');
    expect(await refusal({ cert_file: null, key_file: null })).toContain('No certificate');
    expect(await refusal({ ...good, cert_file: '/nowhere/cert.pem' })).toContain('cannot be read');
    expect(await refusal({ ...good, cert_file: nonsense })).toContain('does not hold a certificate');
    expect(await refusal({ ...good, key_file: nonsense })).toContain('does not hold a private key');
    expect(await refusal({ ...good, key_file: other.key_file })).toContain('does not belong');
    expect(await refusal(expired)).toContain('ran out');
    expect(await refusal(early)).toContain('not good before');
    expect(await refusal(other)).toContain('127.0.0.9');
  });
});
