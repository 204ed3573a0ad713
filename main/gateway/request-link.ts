import type { IncomingMessage } from 'node:http';
import type { Admitted } from './admission.ts';
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
