/**
 * `node:http`, without its ES module form. An `import` of it reads every export at once, and three of them (`WebSocket` and its events) are
 * lazy getters that load the whole of undici: 20 ms before the gateway listens, for what it never uses.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule('node:http');

/** A module of its own with the same lazy getters; loaded only where TLS is switched on. */
export const createTlsServer: typeof import('node:https').createServer = ((...given: [never, never]) =>
  process.getBuiltinModule('node:https').createServer(...given)) as never;
