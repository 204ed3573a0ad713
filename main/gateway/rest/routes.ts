import type { Route } from '../route.ts';
import { approvalRoutes } from './approvals.ts';
import { chatRoutes } from './chat.ts';
import type { RestDeps } from './deps.ts';
import { eventRoutes } from './events.ts';
import { accessRoutes } from './keys.ts';
import { kvRoutes } from './kv.ts';
import { ruleRoutes } from './rules.ts';
import { serverRoutes } from './server.ts';
import { sessionRoutes } from './sessions.ts';

/** The API for scripts: each route is a client of the hall for as long as its answer takes. */
export function createRestRoutes(deps: RestDeps): Route[] {
  return [
    ...chatRoutes(deps),
    ...sessionRoutes(deps),
    ...eventRoutes(deps),
    ...approvalRoutes(deps),
    ...ruleRoutes(deps),
    ...accessRoutes(deps),
    ...kvRoutes(deps),
    ...serverRoutes(deps),
  ];
}
