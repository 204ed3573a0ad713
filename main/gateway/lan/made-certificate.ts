import { createPrivateKey, generateKeyPairSync, randomBytes, type webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { ok, type Result } from '../../base/result.ts';
import type { Problem } from '../../protocol/errors.ts';
import { type Certificate, covers, readCertificate } from './certificate.ts';

const day = 86_400_000;
/** Browsers refuse certificates that are good for longer (398 days). */
const goodForMs = 397 * day;
const renewBeforeMs = 30 * day;

/**
 * A certificate made here, kept in a folder of the home: `key.pem` (0600) and `cert.pem`. It is made anew, with the same key, when it runs out within
 * 30 days or lacks a name. Nobody else vouches for it: people compare its fingerprint.
 * @param names - addresses and host names it has to be good for.
 */
export async function madeCertificate(
  folder: string,
  names: readonly string[],
  now: number,
): Promise<Result<Certificate, Problem>> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = keptKey(join(folder, 'key.pem'));
  const path = join(folder, 'cert.pem');
  const kept = readKept(path);
  if (kept !== null) {
    const read = readCertificate({ cert: kept, key }, now);
    const certificate = read.ok ? new X509Certificate(kept) : null;
    if (
      read.ok &&
      certificate &&
      read.value.expiresAt - now > renewBeforeMs &&
      names.every((name) => covers(certificate, name))
    ) {
      return ok(read.value);
    }
  }
  const cert = await make(key, names, now);
  replace(path, cert);
  return readCertificate({ cert, key }, now);
}

function readKept(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function keptKey(path: string): string {
  const kept = readKept(path);
  if (kept !== null) {
    try {
      createPrivateKey(kept);
      chmodSync(path, 0o600);
      return kept;
    } catch {
      // Not a key, whatever it is: one is made in its place, and the certificate with it.
    }
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  replace(path, pem);
  return pem;
}

/** Whole or not at all. */
function replace(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
  renameSync(temporary, path);
}

async function make(key: string, names: readonly string[], now: number): Promise<string> {
  // Its parts find one another by decorators, which need this.
  await import('@abraham/reflection');
  const x509 = await import('@peculiar/x509');
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const secret = createPrivateKey(key);
  const jwk = secret.export({ format: 'jwk' }) as webcrypto.JsonWebKey;
  const { d: _secret, ...open } = jwk;
  const keys = {
    privateKey: await subtle.importKey('jwk', jwk, algorithm, true, ['sign']),
    publicKey: await subtle.importKey('jwk', open, algorithm, true, ['verify']),
  };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: `0${randomBytes(15).toString('hex')}`,
    name: 'CN=Quarterdeck',
    // Clocks of phones are not always right.
    notBefore: new Date(now - day),
    notAfter: new Date(now - day + goodForMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}
