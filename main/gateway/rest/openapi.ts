import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { Problem } from '../../protocol/errors.ts';
import * as values from '../../protocol/values.ts';
import * as views from '../../protocol/views.ts';
import { type Route, scopesOf } from '../route.ts';

const json = 'application/json';

/** The shapes that stand in many answers, once each. */
const named: Readonly<Record<string, unknown>> = { ...values, ...views };

const Refusal = Problem.extend({ error: z.string() }).meta({
  id: 'Problem',
  description: 'Why it was not carried out: what happened, what it means, what to do next. `error` is `message` again.',
});

/** Statuses every refusal can have, with the codes that come with them in docs/protocol.md. */
const refusals: readonly [number, string][] = [
  [400, 'The request does not fit its schema.'],
  [401, 'No credential, or one that is not valid; `X-Auth-Failure` says which.'],
  [403, 'A scope is missing, another page asks, or the link can be read by others.'],
  [404, 'There is no such thing, or not for this credential.'],
  [409, 'It was done before, or something stands in its way.'],
  [429, 'Too much at once; `Retry-After` says how long to wait.'],
];

/** The document of these routes (OpenAPI 3.1), from the very schemas that check the requests. */
export function openApiDocument(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const one of routes) {
    const path = pathOf(one.url);
    paths[path] = { ...paths[path], [one.method.toLowerCase()]: operation(one) };
  }
  const schemas = Object.fromEntries(
    Object.entries(named)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType),
  );
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Quarterdeck',
      version,
      description:
        'The plain HTTP door of Quarterdeck, on this machine and over TLS. Send `Authorization: Bearer <key>`; never a token in the address. Times are milliseconds since 1970.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:8741', description: 'This machine' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key (`qd_…`), or the token of the owner.' },
      },
    },
  });
}

/** `/kv/:agent/*` is `/kv/{agent}/{key}` there. */
export const pathOf = (url: string): string => url.replace(/:([a-z_]+)/g, '{$1}').replace(/\*$/, '{key}');

function operation(route: Route): ZodOpenApiOperationObject {
  const scopes = scopesOf(route);
  const open = route.access === 'anyone';
  const idempotency = 'The same key again gets the first answer again and has no second effect.';
  return {
    operationId: `${route.method.toLowerCase()}${pathOf(route.url).replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) => next?.toUpperCase() ?? '')}`,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, scopes.length > 0 && `Needs ${scopes.map((one) => `\`${one}\``).join(' and ')}.`]
      .filter(Boolean)
      .join('\n\n'),
    security: open ? [] : [{ key: [...scopes] }],
    'x-link': route.link ?? 'private',
    requestParams: {
      ...(route.params ? { path: pathSchema(route.params) } : {}),
      ...(route.query ? { query: route.query as z.ZodObject } : {}),
      ...(route.idempotent
        ? { header: z.object({ 'Idempotency-Key': z.string().min(1).max(255).optional().describe(idempotency) }) }
        : {}),
    },
    ...(route.body || route.raw ? { requestBody: requestBody(route) } : {}),
    responses: {
      [String(route.status ?? 200)]: {
        description: 'It was carried out.',
        ...(route.answer === null && !route.otherAnswers ? {} : { content: contentOf(route) }),
      },
      ...Object.fromEntries(
        refusals
          .filter(([status]) => !open || (status !== 401 && status !== 403))
          .map(([status, description]) => [String(status), { description, content: { [json]: { schema: Refusal } } }]),
      ),
    },
  } as ZodOpenApiOperationObject;
}

function requestBody(route: Route): object {
  if (route.raw || !route.body) return { required: true, content: { '*/*': {} } };
  return { required: !route.body.safeParse(undefined).success, content: { [json]: { schema: route.body } } };
}

function contentOf({ answer, otherAnswers }: Route): object {
  const others = Object.entries(otherAnswers ?? {}).map(([type, description]) => [
    type,
    { schema: { type: 'string', description } },
  ]);
  return { ...(answer ? { [json]: { schema: answer() } } : {}), ...Object.fromEntries(others) };
}

/** The rest of a path is called `*` by the router, and `key` in the document. */
function pathSchema(params: z.ZodType): z.ZodObject {
  const { '*': key, ...shape } = (params as z.ZodObject).shape as Record<string, z.ZodType>;
  return z.object(key ? { ...shape, key } : shape);
}
