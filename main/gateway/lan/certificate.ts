import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { err, ok, type Result } from '../../base/result.ts';
import type { Problem } from '../../protocol/errors.ts';
import { say } from '../../protocol/saying.ts';
import type { TlsMaterial } from './door-server.ts';
import { certificateProblem } from './problems.ts';

export interface Certificate extends TlsMaterial {
  /** SHA-256 of the certificate: hex pairs with colons. */
  fingerprint: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const namesOf = (certificate: X509Certificate): string =>
  certificate.subjectAltName ?? certificate.subject ?? 'no names at all';

export const covers = (certificate: X509Certificate, name: string): boolean =>
  isIP(name) ? certificate.checkIP(name) !== undefined : certificate.checkHost(name) !== undefined;

/**
 * A certificate and its key, if a browser could take them: whole, belonging together, good now.
 * @param pem.cert - the certificate first, those that signed it after it.
 */
export function readCertificate(pem: TlsMaterial, now: number): Result<Certificate, Problem> {
  const again = 'Name the PEM file of a certificate and the PEM file of its key, without a passphrase.';
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem.cert);
  } catch (error) {
    return err(
      certificateProblem(
        say('certificate.notOne'),
        'The certificate file does not hold a certificate (PEM).',
        again,
        String(error),
      ),
    );
  }
  try {
    if (!certificate.checkPrivateKey(createPrivateKey(pem.key))) {
      return err(certificateProblem(say('certificate.otherKey'), 'The key does not belong to the certificate.', again));
    }
  } catch (error) {
    return err(
      certificateProblem(
        say('certificate.noKey'),
        'The key file does not hold a private key that can be read.',
        again,
        String(error),
      ),
    );
  }
  const expiresAt = Date.parse(certificate.validTo);
  if (expiresAt <= now) {
    return err(
      certificateProblem(
        say('certificate.over', { date: certificate.validTo }),
        `The certificate ran out on ${certificate.validTo}.`,
        'Renew it, then try again.',
      ),
    );
  }
  if (Date.parse(certificate.validFrom) > now) {
    return err(
      certificateProblem(
        say('certificate.notYet', { date: certificate.validFrom }),
        `The certificate is not good before ${certificate.validFrom}.`,
        'Check the clock of this machine, or wait.',
      ),
    );
  }
  return ok({ ...pem, fingerprint: certificate.fingerprint256, expiresAt });
}

/**
 * The person's own certificate.
 * @param names - under which the gateway is called; it has to be good for one of them at least. None: it is called by nobody yet.
 */
export function readOwnCertificate(
  files: { cert_file: string | null; key_file: string | null },
  names: readonly string[],
  now: number,
): Result<Certificate, Problem> {
  if (files.cert_file === null || files.key_file === null) {
    return err(
      certificateProblem(
        say('certificate.notNamed'),
        'No certificate and key are named.',
        'Name both files, or have a certificate made here.',
      ),
    );
  }
  const pem = { cert: '', key: '' };
  for (const [part, path] of [
    ['cert', files.cert_file],
    ['key', files.key_file],
  ] as const) {
    try {
      pem[part] = readFileSync(path, 'utf8');
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      return err(
        certificateProblem(
          say('certificate.unreadable', { path }),
          `${path} cannot be read.`,
          'Check that the file is there and that this user may read it.',
          code,
        ),
      );
    }
  }
  const read = readCertificate(pem, now);
  if (!read.ok) return read;
  const certificate = new X509Certificate(pem.cert);
  if (names.length > 0 && !names.some((name) => covers(certificate, name))) {
    return err(
      certificateProblem(
        say('certificate.otherName', { names: namesOf(certificate) }),
        `The certificate is for ${namesOf(certificate)}, and this gateway is called by none of these.`,
        'Add a name of the certificate to the names the gateway may be called by, or use another certificate.',
      ),
    );
  }
  return read;
}
