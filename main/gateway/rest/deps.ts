import type { Clock } from '../../base/clock.ts';
import type { Hall, Log } from '../../orchestrator/ports.ts';
import type { OpenConnections } from '../open-connection.ts';

/** What the routes of the API are made of. They hold nothing and decide nothing: all of it is the hall's. */
export interface RestDeps {
  hall: Hall;
  clock: Clock;
  log: Log;
  connections: OpenConnections;
}
