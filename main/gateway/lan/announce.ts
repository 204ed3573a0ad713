/** What is told to the network. */
export interface Announcement {
  /** Of this machine, IPv4 and IPv6. */
  addresses: readonly string[];
  port: number;
  tls: boolean;
}

/** Tells devices on the network that the gateway is here, and under which name. */
export interface Announcer {
  /** `name.local` while it is announced. */
  readonly name: string | null;
  /** Called again with what changed. */
  announce(what: Announcement): Promise<void>;
  /** Says goodbye; nothing when it was silent. */
  stop(): Promise<void>;
}

export const silentAnnouncer: Announcer = { name: null, announce: async () => {}, stop: async () => {} };
