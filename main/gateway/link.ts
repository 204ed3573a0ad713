/** What a client's bytes travel over. Decides which doors are open to it; never who it is. */
export interface Link {
  readonly kind: 'loopback' | 'lan' | 'unix';
  readonly tls: boolean;
  /** Nobody between can read: this machine, or TLS. Plain doors are open on private links only. */
  readonly private: boolean;
  /** Peer address; "local socket" on a Unix socket. */
  readonly address: string;
}

export const linkOf = (kind: Link['kind'], tls: boolean, address: string): Link => ({
  kind,
  tls,
  private: tls || kind !== 'lan',
  address,
});
