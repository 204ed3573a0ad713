import { createHash } from 'node:crypto';
import type { Hall } from '../../orchestrator/ports.ts';
import { type Answered, type Asked, HallClient } from '../hall-client.ts';
import type { Answer, Call } from '../route.ts';

/** A call of somebody who has signed in. */
export type OwnCall = Pick<Call, 'principal' | 'request'>;

const idleSink = { busy: () => false, onceDrained: (callback: () => void) => callback(), close: () => {} };

/**
 * Asks the hall one thing on behalf of a request: the request is a client of the hall for as long as the answer takes, with the rights and the
 * restrictions of its credential.
 */
export async function askHall(hall: Hall, call: OwnCall, frame: Asked | object, part = ''): Promise<Answered> {
  const client = new HallClient(hall, call.principal, idleSink, () => {});
  try {
    return await client.answerTo(frame as Asked, commandIdOf(call, part));
  } finally {
    client.close();
  }
}

/** The hall's answer as an answer of the route. */
export function answered(answer: Answered, shape: (result: never) => unknown = (result) => result): Answer {
  return answer.ok ? { body: shape(answer.result as never) } : { refusal: { problem: answer.error } };
}

const maxKeyChars = 255;

/**
 * The `command_id` that the `Idempotency-Key` of a request stands for; undefined without one. The same key means the same command only for the same
 * credential at the same address.
 * @param part - tells the commands of one request apart.
 */
export function commandIdOf({ principal: { actor }, request }: OwnCall, part = ''): string | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '' || key.length > maxKeyChars) return undefined;
  const path = (request.url ?? '').split('?', 1)[0];
  const bound = JSON.stringify([actor.kind, actor.id ?? '', request.method, path, key, part]);
  return createHash('sha256').update(bound).digest('base64url');
}
