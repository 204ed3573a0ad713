/** Bounds that belong to the contract: every door applies them, every client may rely on them. Characters are UTF-16 code units. */
export const limits = {
  /** One frame from a client, bytes. Any prompt of `promptChars` fits, also where every character takes six bytes of JSON (`\\u0007`). */
  frameBytes: 4_194_304,
  /** One prompt, characters. */
  promptChars: 500_000,
  /** What a provider is told of what it has not seen, characters. */
  digestChars: 100_000,
  /** Images and files with one message. */
  attachmentsPerMessage: 20,
  /** One image or file, bytes. */
  attachmentBytes: 52_428_800,
  /** One piece of an upload or download, bytes before base64: small enough that what a person waits for is never long behind one. */
  chunkBytes: 262_144,
  /** A title, characters. */
  titleChars: 200,
  /** A path, characters. */
  pathChars: 4_096,
  /** Of what is typed of a file's path. */
  fileSearchChars: 300,
  /** Messages waiting in the queue of one session. */
  queueLength: 100,
  /** Durable events in one replay frame. */
  replayEventsPerFrame: 64,
  /** Durable events in one answer to `history`, and in the `tail` of an `attach`. */
  historyEvents: 1_000,
  /** Characters of events in one answer to `history`, above which it ends early; never before its first event. */
  historyChars: 1_048_576,
  /** Lines in one answer to `sessions_page`, `approvals_list` or `rules_list`. */
  pageLength: 200,
  /** Tool output that is kept in the log, characters; the middle of a longer one is cut out and counted. */
  toolOutputChars: 200_000,
  /** Tool input that is kept in the log, characters of JSON. */
  toolInputChars: 400_000,
  /** A finished block of text or reasoning, characters; a longer one is split in the log. */
  blockChars: 4_000_000,
  /** One raw line of a CLI that was not understood, characters kept. */
  rawLineChars: 20_000,
  /** One line of a CLI's output, bytes. A longer one ends the turn with an error. */
  cliLineBytes: 64 * 1_048_576,
  /** An open item is written to disk at most this often, milliseconds: what a killed process can lose. */
  checkpointMs: 100,
  /** Bytes waiting in a connection's socket above which deltas are merged instead of sent. */
  connectionBusyBytes: 65_536,
  /** Connections open at once, all clients together. */
  connections: 2_048,
  /** Of one key, device or sign-in: one that leaked must not take the place of all others. The owner is not bounded by it. */
  connectionsPerCredential: 256,
  /** Sessions one connection may follow at once. */
  attachmentsPerConnection: 200,
  /** One value of the key-value store, bytes. */
  kvValueBytes: 65_536,
  /** Keys of one agent in it. */
  kvKeysPerAgent: 1_000,
  /** Agents with keys in it. */
  kvAgents: 100,
} as const;
