import type { SessionId } from '../../main/protocol/ids.ts';
import type { KnownGateway } from './known-gateway.ts';

/** An open or opening sealed socket. */
export interface Channel {
  /** False: it is not open, nothing was sent. */
  send(text: string): boolean;
  close(): void;
}

/** `untrusted`: what answered does not hold the pinned key. */
export type ClosedWhy = 'unreachable' | 'untrusted' | 'closed';

interface ChannelTarget {
  /** `host:port`, or a whole http(s) address. */
  readonly address: string;
  readonly onClosed: (why: ClosedWhy) => void;
}

/** A channel that is let in by a credential, at the gateway that holds `serverKey`. */
export interface CredentialChannel extends ChannelTarget {
  readonly serverKey: string;
  readonly credential: KnownGateway['credential'];
  readonly deviceName: string;
  /** What is followed goes along with the credential. */
  readonly following: () => ReadonlyMap<SessionId, number>;
  readonly onText: (text: string) => void;
}

/** A channel that only asks who is there. */
export interface KeyQuestion extends ChannelTarget {
  readonly serverKey: null;
  readonly onServerKey: (key: string) => void;
}

export type OpenChannel = (options: CredentialChannel | KeyQuestion) => Channel;
