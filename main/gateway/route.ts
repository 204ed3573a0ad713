import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Principal } from '../orchestrator/ports.ts';
import type { Scope } from '../protocol/queries.ts';
import type { HeaderValues, Refusal } from './http-answer.ts';
import type { Link } from './link.ts';
import type { SignedIn } from './sign-in.ts';

/** `anyone`: no credential is asked for. `signed_in`: any good one. A scope, or several: one that has all of them. */
export type Access = 'anyone' | 'signed_in' | Scope | readonly Scope[];

/** What a handler answers with. `taken`: it has written, or goes on writing, to `call.take()` itself. */
export type Answer =
  | { body: unknown; status?: number; headers?: HeaderValues }
  | { text: string; type: string; status?: number; headers?: HeaderValues }
  | { stream: Readable; type: string; status?: number; headers?: HeaderValues }
  | { status: 204; headers?: HeaderValues }
  | { refusal: Refusal }
  | { taken: true };

/** One request, checked: its credential has the scopes of the route, and its parts fit the schemas of the route. */
export interface Call<Who extends 'anyone' | 'somebody' = 'somebody', P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  /** Parsed JSON; of a `raw` route undefined: its bytes are still in `request`. */
  readonly body: B;
  readonly principal: Who extends 'anyone' ? null : Principal;
  /** How it signed in and until when; null on a route for anyone. */
  readonly signedIn: Who extends 'anyone' ? null : SignedIn;
  readonly link: Link;
  readonly request: IncomingMessage;
  /** Takes the response over, with the headers every answer has; answer with `{taken: true}` then. */
  take(): ServerResponse;
}

/** What a route tells about itself; `docs/openapi.json` is made of it. */
export interface RouteDescription {
  /** Heading it stands under in the document. */
  tag: string;
  /** One line. */
  summary: string;
  description?: string;
}

export interface Route extends RouteDescription {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As Fastify writes it: `:id` is a part of the path, a final `*` the rest of it. */
  url: `/${string}`;
  /** Not optional: no route can be added without saying who may call it. */
  access: Access;
  /**
   * Over what it may be called. `private` (the default): this machine or TLS. `any`: over a network in clear as well; only for what tells nothing
   * and takes no secret.
   */
  link?: 'private' | 'any';
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** The handler gets the body as JSON, whatever is in it, and judges it itself; `body` only documents it. */
  ownBodyCheck?: boolean;
  /** The body is no JSON: its bytes, of any content type, are left in the request for the handler. */
  raw?: boolean;
  /** Largest JSON body, bytes; 16 KiB without it. */
  bodyBytes?: number;
  /** The JSON of a good answer, and its status (200 without one); null: it has no body. Only the document asks, so it is made then. */
  answer: (() => z.ZodType) | null;
  status?: number;
  /** Other content types a good answer can have, e.g. `text/event-stream`, each with what it holds. */
  otherAnswers?: Readonly<Record<string, string>>;
  /** It changes nothing although it is not GET: a cookie is taken without a look at the Origin. */
  readOnly?: boolean;
  /** A command of it is idempotent by the `Idempotency-Key` header. */
  idempotent?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the types of a route's own handler are checked where it is made, by `route()`.
  handle: (call: any) => Answer | Promise<Answer>;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

/** Makes a route whose handler knows the types its schemas give. */
export function route<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  spec: Omit<Route, 'access' | 'params' | 'query' | 'body' | 'handle'> & {
    access: A;
    params?: P;
    query?: Q;
    body?: B;
    handle: (
      call: Call<A extends 'anyone' ? 'anyone' : 'somebody', Parsed<P>, Parsed<Q>, Parsed<B>>,
    ) => Answer | Promise<Answer>;
  },
): Route {
  return spec as unknown as Route;
}

/** The scopes a route needs; none for `anyone` and `signed_in`. */
export const scopesOf = ({ access }: Pick<Route, 'access'>): readonly Scope[] =>
  access === 'anyone' || access === 'signed_in' ? [] : typeof access === 'string' ? [access] : access;
