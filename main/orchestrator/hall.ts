import type { ErrorCode } from '../protocol/errors.ts';
import { ClientConnection, type ConnectionDeps } from './connection.ts';
import type { Hall, OpenClient, Principal, Sink } from './ports.ts';

/** The hall, and who is in it. */
export interface RegisteredHall extends Hall {
  /** In the order in which they came. */
  clients(): readonly OpenClient[];
  /** Ends the connections of these principals at once, whatever door they came through: nothing they sent is taken any more. @returns how many. */
  closeWhere(matches: (principal: Principal) => boolean, code: ErrorCode, message: string): number;
}

/**
 * The one hall behind all doors: whoever comes in gets the same service.
 * @param now - milliseconds since 1970.
 */
export function createHall(deps: ConnectionDeps, now: () => number = Date.now): RegisteredHall {
  const open = new Map<ClientConnection, OpenClient>();
  let count = 0;
  const tellPresence = ({ actor }: Principal) => {
    if (actor.kind === 'device') deps.bus.accessChanged.emit('devices');
  };
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
        follows: (sessionId) => connection.follows(sessionId),
        end: (code, message) => sink.close(code, message),
      });
      connection.onClose = () => {
        open.delete(connection);
        tellPresence(principal);
      };
      tellPresence(principal);
      return connection;
    },
    clients: () => [...open.values()],
    get connections() {
      return open.size;
    },
    closeWhere(matches, code, message) {
      const matching = [...open].filter(([, { principal }]) => matches(principal));
      for (const [connection, client] of matching) {
        // Before the door hears of it: a door may take a moment to say goodbye.
        connection.close();
        client.end(code, message);
      }
      return matching.length;
    },
  };
}
