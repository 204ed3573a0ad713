import type { IncomingMessage } from 'node:http';
import type { SeenClient } from '../orchestrator/ports.ts';
import type { Admitted } from './admission.ts';
import { browserName } from './browser-name.ts';
import { type Link, linkOf } from './link.ts';

const admissions = new WeakMap<IncomingMessage, Admitted>();

/** Keeps what was found out about a request when it was admitted. */
export const noteAdmission = (request: IncomingMessage, admitted: Admitted): void =>
  void admissions.set(request, admitted);

/** The link of an admitted request. One that nobody looked at is taken for the worst. */
export const linkOfRequest = (request: IncomingMessage): Link =>
  admissions.get(request)?.link ?? linkOf('lan', false, request.socket.remoteAddress ?? '');

/** Whether an admitted request names as its Origin the very address it calls: only a page of ours can. */
export const isFromOwnPage = (request: IncomingMessage): boolean => admissions.get(request)?.sameOrigin ?? false;

/** Where a client speaks from, for lists that people look at. */
export const seenOn = (request: IncomingMessage, door: SeenClient['door']): SeenClient => ({
  door,
  address: linkOfRequest(request).address,
  client: clientName(request.headers['user-agent']),
});

/** A browser and its system, else what it calls itself. */
const clientName = (userAgent = ''): string =>
  userAgent.startsWith('Mozilla/') ? browserName(userAgent) : userAgent.slice(0, 100) || 'unknown';
