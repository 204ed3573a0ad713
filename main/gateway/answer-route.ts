import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { errors } from '../protocol/errors.ts';
import { authHeaders, bodyOf, type Refusal } from './http-answer.ts';
import { wrongPart } from './problems.ts';
import { linkOfRequest } from './request-link.ts';
import type { Answer, Call, Route } from './route.ts';
import type { RouteGuards } from './route-guards.ts';

const json = 'application/json; charset=utf-8';

/** Checks the parts of a request that was let in, has its route answer, and sends the answer. */
export async function answerRoute(
  route: Route,
  guards: RouteGuards,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const params = parse(route.params, request.params, 'path');
  if ('refusal' in params) return sendRefusal(reply, params.refusal);
  const query = parse(route.query, request.query, 'query');
  if ('refusal' in query) return sendRefusal(reply, query.refusal);
  const body = route.ownBodyCheck ? { value: request.body } : parse(route.body, request.body ?? undefined, 'body');
  if ('refusal' in body) return sendRefusal(reply, body.refusal);
  const signedIn = guards.who(request.raw);
  const call = {
    params: params.value,
    query: query.value,
    body: body.value,
    signedIn,
    principal: signedIn?.principal ?? null,
    link: linkOfRequest(request.raw),
    request: request.raw,
    take: () => {
      reply.hijack();
      return reply.raw;
    },
  } as unknown as Call;
  return send(reply, await route.handle(call), route.status);
}

function parse(
  schema: z.ZodType | undefined,
  value: unknown,
  where: string,
): { value: unknown } | { refusal: Refusal } {
  if (!schema) return { value: undefined };
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue?.path.map(String).join('.') ?? '';
  return { refusal: { problem: wrongPart(where, field.slice(0, 100), issue?.message ?? 'no reason was given') } };
}

function send(reply: FastifyReply, answer: Answer, status = 200): FastifyReply {
  if ('taken' in answer) return reply;
  if ('refusal' in answer) return sendRefusal(reply, answer.refusal);
  reply.code(answer.status ?? status).headers({ ...answer.headers });
  if ('body' in answer) return reply.type(json).send(JSON.stringify(answer.body));
  if ('text' in answer) return reply.type(answer.type).send(answer.text);
  if ('stream' in answer) return reply.type(answer.type).send(answer.stream);
  return reply.send();
}

export function sendRefusal(reply: FastifyReply, refusal: Refusal, status?: number): FastifyReply {
  return reply
    .code(status ?? errors[refusal.problem.code].http)
    .headers(authHeaders(refusal))
    .type(json)
    .send(bodyOf(refusal));
}
