import { z } from 'zod';
import { ApiKey, CreatedKey, Device, PairingOffer, Restrictions } from '../../protocol/access.ts';
import { Scope } from '../../protocol/queries.ts';
import { type Answer, type Route, route } from '../route.ts';
import { answered, askHall, commandIdOf, type OwnCall } from './ask.ts';
import type { RestDeps } from './deps.ts';

const time = z.number().int().nonnegative();
const Id = z.object({ id: z.string().min(1).max(64) });
const name = z.string().trim().min(1).max(200);
const scopes = z.array(Scope).min(1).max(Scope.options.length);
const Granted = z.object({
  name,
  scopes,
  restrictions: Restrictions.optional(),
  /** Null or absent: never. */
  expires_at: time.nullable().optional(),
});
/** A key as it is listed, with `revoked` as other gateways say it. */
export const RestKey = ApiKey.extend({ revoked: z.boolean() });
const restKey = (key: ApiKey) => ({ ...key, revoked: key.revoked_at !== null });
const noBody: Answer = { status: 204 };

/** Keys and devices: what may come in from outside. */
export function accessRoutes({ hall }: RestDeps): Route[] {
  const ask = (call: OwnCall, frame: object) => askHall(hall, call, frame);
  const done = async (call: OwnCall, frame: object): Promise<Answer> => {
    const answer = await ask(call, frame);
    return answer.ok ? noBody : answered(answer);
  };
  return [
    route({
      method: 'GET',
      url: '/api/v1/keys',
      access: 'keys:write',
      tag: 'Keys',
      summary: 'Keys, the newest first, revoked ones too. Never a secret.',
      answer: () => z.array(RestKey),
      handle: async (call) =>
        answered(await ask(call, { type: 'keys_list' }), ({ keys }: { keys: ApiKey[] }) => keys.map(restKey)),
    }),
    route({
      method: 'POST',
      url: '/api/v1/keys',
      access: 'keys:write',
      tag: 'Keys',
      summary: 'Makes a key. `key` is its secret, and this is the only time it is told.',
      description:
        'Nobody hands out more than they hold: the caller needs every scope it gives. A retry makes no second key: it answers 409 with the id of the first, and never its secret again.',
      idempotent: true,
      body: Granted,
      status: 201,
      answer: () => CreatedKey,
      handle: async (call) => answered(await ask(call, { type: 'keys_create', ...call.body, once: commandIdOf(call) })),
    }),
    route({
      method: 'POST',
      url: '/api/v1/keys/:id/rotate',
      access: 'keys:write',
      tag: 'Keys',
      summary: 'A new secret with the same rights, in one transaction; the old one is good for `overlap_ms` more.',
      description:
        'A key is rotated once. A retry makes no second secret: it answers 409 with the id of the key that took its place.',
      idempotent: true,
      params: Id,
      body: z.object({ overlap_ms: z.number().int().min(0).max(2_592_000_000).optional() }).optional(),
      answer: () => CreatedKey,
      handle: async (call) => answered(await ask(call, { type: 'keys_rotate', id: call.params.id, ...call.body })),
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/keys/:id',
      access: 'keys:write',
      tag: 'Keys',
      summary: 'Revokes a key: its connections close at once, its next request gets 401.',
      params: Id,
      status: 204,
      answer: null,
      handle: (call) => done(call, { type: 'keys_revoke', id: call.params.id }),
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/keys/:id/permanent',
      access: 'keys:write',
      tag: 'Keys',
      summary: 'Takes a key off the list that was revoked before, or has run out.',
      params: Id,
      status: 204,
      answer: null,
      handle: (call) => done(call, { type: 'keys_delete', id: call.params.id }),
    }),
    route({
      method: 'GET',
      url: '/api/v1/devices',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Paired devices, the newest first.',
      answer: () => z.array(Device),
      handle: async (call) =>
        answered(await ask(call, { type: 'devices_list' }), ({ devices }: { devices: Device[] }) => devices),
    }),
    route({
      method: 'PATCH',
      url: '/api/v1/devices/:id',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Renames or narrows a device; counts for its open connections at once.',
      params: Id,
      body: Granted.partial(),
      answer: () => Device,
      handle: async (call) => answered(await ask(call, { type: 'devices_update', id: call.params.id, ...call.body })),
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/devices/:id',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Revokes a device: its connections close at once, and it cannot come back without a new pairing.',
      params: Id,
      status: 204,
      answer: null,
      handle: (call) => done(call, { type: 'devices_revoke', id: call.params.id }),
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/devices/:id/permanent',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Takes a device off the list that was revoked before.',
      params: Id,
      status: 204,
      answer: null,
      handle: (call) => done(call, { type: 'devices_delete', id: call.params.id }),
    }),
    route({
      method: 'POST',
      url: '/api/v1/pairings',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Offers a pairing, good once and for ten minutes: the link that a QR code shows.',
      body: Granted,
      status: 201,
      answer: () => PairingOffer,
      handle: async (call) => answered(await ask(call, { type: 'pairing_create', ...call.body })),
    }),
    route({
      method: 'DELETE',
      url: '/api/v1/pairings/:id',
      access: 'devices:write',
      tag: 'Devices',
      summary: 'Takes an offer back that nobody took yet.',
      params: Id,
      status: 204,
      answer: null,
      handle: (call) => done(call, { type: 'pairing_cancel', pairing_id: call.params.id }),
    }),
  ];
}
