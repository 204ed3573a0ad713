import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { type Saying, say } from '../../protocol/saying.ts';

export interface CheckedAddress {
  url: string;
  reachable: boolean;
  /** Why not, in words. */
  problem?: string;
  problem_say?: Saying;
}

const answerWithinMs = 3_000;

/**
 * Calls an address of the gateway as a client on the network would, from this machine. It finds what this machine can find: an address that is
 * gone, a port that is blocked here, another program. A wall between the rooms of a house it does not.
 * @param fingerprint - of the certificate that has to be shown there; null: no TLS.
 */
export function checkAddress(url: string, fingerprint: string | null): Promise<CheckedAddress> {
  return new Promise((resolve) => {
    const done = (problem?: string, problem_say?: Saying) => {
      clearTimeout(timer);
      asked.destroy();
      resolve(
        problem === undefined
          ? { url, reachable: true }
          : { url, reachable: false, problem, ...(problem_say && { problem_say }) },
      );
    };
    const { request } = process.getBuiltinModule(url.startsWith('https:') ? 'node:https' : 'node:http');
    // Whose certificate it is, is asked below: nobody else vouches for one that was made here.
    const options = { agent: false, ...(fingerprint === null ? {} : { rejectUnauthorized: false, servername: '' }) };
    const asked = request(`${url}/api/v1/health`, options);
    const timer = setTimeout(
      () => done('It does not answer. A firewall on this machine may block it.', say('lan.noAnswer')),
      answerWithinMs,
    );
    asked.on('error', (error: NodeJS.ErrnoException) =>
      done(
        `It cannot be called (${error.code ?? error.message}).`,
        say('lan.notCalled', { code: error.code ?? error.message }),
      ),
    );
    asked.on('response', (response) => {
      if (fingerprint !== null) {
        const shown = (response.socket as TLSSocket).getPeerCertificate().raw;
        if (new X509Certificate(shown).fingerprint256 !== fingerprint) {
          done('Another certificate than ours is shown there.', say('lan.otherCertificate'));
          return;
        }
      }
      if (response.statusCode === 200) done();
      else
        done(
          `It answers with status ${response.statusCode}: another program may be there.`,
          say('lan.otherProgram', { status: response.statusCode ?? 0 }),
        );
    });
    asked.end();
  });
}
