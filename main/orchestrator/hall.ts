import { ClientConnection, type ConnectionDeps } from './connection.ts';
import type { Hall, OpenClient, Principal, Sink } from './ports.ts';

/** The hall, and who is in it. */
export interface RegisteredHall extends Hall {
  /** In the order in which they came. */
  clients(): readonly OpenClient[];
}

/**
 * The one hall behind all doors: whoever comes in gets the same service.
 * @param now - milliseconds since 1970.
 */
export function createHall(deps: ConnectionDeps, now: () => number = Date.now): RegisteredHall {
  const open = new Map<ClientConnection, OpenClient>();
  let count = 0;
  return {
    connect(principal: Principal, sink: Sink) {
      const connection = new ClientConnection(deps, principal, sink);
      open.set(connection, {
        connection_id: `con_${++count}`,
        principal,
        seen: sink.seen,
        connected_at: now(),
        get sessions() {
          return connection.sessions;
        },
        end: (code, message) => sink.close(code, message),
      });
      connection.onClose = () => open.delete(connection);
      return connection;
    },
    clients: () => [...open.values()],
    get connections() {
      return open.size;
    },
  };
}
