import type { IncomingMessage } from 'node:http';
import { type Link, linkOf } from './link.ts';

const links = new WeakMap<IncomingMessage, Link>();

/** Keeps what was found out about a request's link when it was admitted. */
export const noteLink = (request: IncomingMessage, link: Link): void => void links.set(request, link);

/** The link of an admitted request. One that nobody looked at is taken for the worst. */
export const linkOfRequest = (request: IncomingMessage): Link =>
  links.get(request) ?? linkOf('lan', false, request.socket.remoteAddress ?? '');
