import { createFileRoutes, type FileRouteDeps } from './files/routes.ts';
import { metricsRoutes } from './gateway-metrics.ts';
import type { Metrics } from './metrics.ts';
import type { RestDeps } from './rest/deps.ts';
import { openApiRoutes } from './rest/openapi-routes.ts';
import { createRestRoutes } from './rest/routes.ts';
import type { Route } from './route.ts';
import { createRoutes, type RouteDeps } from './routes.ts';

export interface AllRouteDeps extends RouteDeps, RestDeps {
  metrics: Metrics;
  /** Without it there are no routes for files. */
  files?: FileRouteDeps;
}

/** The one table of every route of this gateway. The document of the API and the tests read it too, without any of the parts. */
export function createAllRoutes(deps: AllRouteDeps): readonly Route[] {
  const routes: Route[] = [
    ...createRoutes(deps),
    ...createRestRoutes(deps),
    ...(deps.files ? createFileRoutes(deps.files) : []),
    ...metricsRoutes(deps.metrics),
    ...openApiRoutes(() => routes, deps.version),
  ];
  return routes;
}
