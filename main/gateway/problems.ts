import type { Problem } from '../protocol/errors.ts';
import { say } from '../protocol/saying.ts';

export const unauthorized = (reason: 'missing' | 'invalid'): Problem => ({
  code: 'unauthorized',
  say: say('gateway.unauthorized', { reason }),
  message:
    reason === 'missing'
      ? 'This needs a sign-in, and none was shown.'
      : 'The credential is not valid, or was revoked, or has expired.',
  impact: 'Nothing was read or changed.',
  next: 'In a browser: sign in again; starting Quarterdeck on its machine shows a fresh link. In a script: send "Authorization: Bearer <key>".',
});

export const rateLimited = (waitMs: number): Problem => ({
  code: 'rate_limited',
  say: say('gateway.rateLimited', { seconds: Math.ceil(waitMs / 1000) }),
  message: 'Too many sign-ins failed.',
  impact: 'This one was refused; who shows a valid credential is not held up.',
  next: `Wait ${Math.ceil(waitMs / 1000)} s, then try once with a fresh link or key.`,
});

export const tooManyRequests = (waitMs: number): Problem => ({
  code: 'rate_limited',
  say: say('gateway.tooManyRequests', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) }),
  message: 'This key makes more requests than the settings allow one key.',
  impact: 'This one was not carried out; running turns go on.',
  next: `Wait ${Math.max(1, Math.ceil(waitMs / 1000))} s, then go on more slowly.`,
});

export const linkUsed: Problem = {
  code: 'unauthorized',
  say: say('gateway.linkUsed'),
  message: 'This link was used before, or is older than ten minutes.',
  impact: 'This browser is not signed in; nothing else changed.',
  next: 'Start Quarterdeck again on this machine: it finds the one that runs and shows a fresh link.',
};

export const noNonce: Problem = {
  code: 'invalid_frame',
  message: 'The nonce is missing or not 32 bytes in base64url.',
  impact: 'Nothing was proved.',
  next: 'Send a JSON object: {"nonce": "<32 random bytes in base64url>"}.',
};

/** A sign-in that the disk did not take. Null: it failed for another reason. */
export function signInNotKept(error: unknown): Problem | null {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  if (code !== 'SQLITE_FULL' && !code.startsWith('SQLITE_IOERR')) return null;
  return {
    code: 'storage_full',
    say: say('gateway.signInNotKept'),
    message: 'The disk of this machine is full or does not take writes, so the sign-in could not be kept.',
    impact: 'This browser is not signed in yet; the link was not used up.',
    next: 'Free some space, then open the same link again.',
    detail: code,
  };
}

export const needsOwnPage: Problem = {
  code: 'origin_refused',
  say: say('gateway.needsOwnPage'),
  message: 'Only the page of this gateway may do this.',
  impact: 'Nothing was changed.',
  next: 'Open the page in a browser and do it there.',
};

/** Below `/api` in clear over a network: the sealed door is there for that. */
export const linkNotPrivate: Problem = {
  code: 'link_not_private',
  say: say('gateway.linkNotPrivate'),
  message: 'This address is answered on this machine and over TLS only.',
  impact: 'Nothing was read or changed; whatever was sent could be read on the network.',
  next: 'Pair this device with the QR code (its messages are sealed), or switch TLS on in Settings > Network.',
};

export const noTokenInUrl: Problem = {
  code: 'unauthorized',
  message: 'A token in an address is not taken: addresses stand in histories and logs.',
  impact: 'The connection was not opened. Whoever can read such a log may have the token.',
  next: 'Send "Authorization: Bearer <key>", or {"type":"auth","key":"<key>"} as the first frame; rotate the key if it was a real one.',
};

export const wrongMethod = (method: string, allowed: string): Problem => ({
  code: 'invalid_frame',
  message: `This address does not take ${method}.`,
  impact: 'Nothing was read or changed.',
  next: `It takes ${allowed}.`,
});

/** Part of a request that does not fit its schema. @param where - `body`, `query` or `path`. */
export const wrongPart = (where: string, field: string, why: string): Problem => ({
  code: 'invalid_frame',
  message: field ? `The field "${field}" of the ${where} is not right: ${why}.` : `The ${where} is not right: ${why}.`,
  impact: 'It was not carried out.',
  next: 'docs/rest.md and /api/v1/openapi.json list every route and its fields.',
});

export const noSuchRoute: Problem = {
  code: 'not_found',
  say: say('gateway.noSuchRoute'),
  message: 'There is nothing at this address.',
  impact: 'Nothing was read or changed.',
  next: 'docs/protocol.md lists what this gateway answers.',
};

export const defect: Problem = {
  code: 'internal',
  say: say('internal'),
  message: 'Something went wrong inside Quarterdeck.',
  impact: 'This was not carried out. Everything stored before is safe.',
  next: 'Try again; if it happens again, please report it with the log file.',
};

export const tooManyConnections = (limit: number): Problem => ({
  code: 'overloaded',
  say: say('gateway.tooManyConnections', { limit }),
  message: `${limit} connections are open, which is the limit.`,
  impact: 'This one was closed; sessions go on.',
  next: 'Close pages or scripts that are not needed; this client tries again by itself.',
});

/** Why the port could not be opened. Null: for a reason nobody foresaw. */
export function listenProblem(host: string, port: number, errno: string | undefined): Problem | null {
  const impact = 'Browsers and scripts cannot reach Quarterdeck; nothing that was stored is touched.';
  switch (errno) {
    case 'EADDRINUSE':
      return {
        code: 'port_taken',
        say: say('gateway.portTaken', { port, host, other: port + 1 }),
        message: `Port ${port} on ${host} is taken by another program.`,
        impact,
        next: `Start with another port (--port ${port + 1}), or stop the program that uses ${port}.`,
        detail: errno,
      };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'port_taken',
        say: say('gateway.portForbidden', { port }),
        message: `The system does not let Quarterdeck open port ${port}.`,
        impact,
        next: 'Start with a port of 1024 or above, e.g. --port 8741.',
        detail: errno,
      };
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
      return {
        code: 'port_taken',
        say: say('gateway.noSuchAddress', { host }),
        message: `This machine has no address ${host}.`,
        impact,
        next: 'Start without --host, which uses 127.0.0.1.',
        detail: errno,
      };
    default:
      return null;
  }
}

export const notAnAddress = (host: string): Problem => ({
  code: 'forbidden',
  say: say('gateway.notAnAddress', { host }),
  message: `${host} is not an address of a machine.`,
  impact: 'The gateway was not started.',
  next: 'Start without --host, or name an address of this machine, e.g. --host 192.168.1.10.',
});
