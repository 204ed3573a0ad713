import { ClientConnection, type ConnectionDeps } from './connection.ts';
import type { Hall, Principal, Sink } from './ports.ts';

/** The one hall behind all doors: whoever comes in gets the same service. */
export function createHall(deps: ConnectionDeps): Hall {
  const open = new Set<ClientConnection>();
  return {
    connect(principal: Principal, sink: Sink) {
      const connection = new ClientConnection(deps, principal, sink);
      open.add(connection);
      connection.onClose = () => open.delete(connection);
      return connection;
    },
    get connections() {
      return open.size;
    },
  };
}
