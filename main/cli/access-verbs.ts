import { ok, type Result } from '../base/result.ts';
import type { ApiKey, CreatedKey, Device, PairingOffer, Restrictions } from '../protocol/access.ts';
import type { Problem } from '../protocol/errors.ts';
import type { SessionId } from '../protocol/ids.ts';
import type { Scope } from '../protocol/queries.ts';
import type { AccessCall, Granted } from './access-arguments.ts';
import type { Client } from './client.ts';
import { ago, moment, plainLine, table } from './output.ts';
import { findSession } from './sessions.ts';

interface Shown {
  value: unknown;
  words: string;
}

/** Carries out the verbs of keys, devices and pairings. */
export async function accessVerb(call: AccessCall, client: Client): Promise<Result<Shown, Problem>> {
  switch (call.verb) {
    case 'keys create': {
      const rights = await rightsOf(call, client);
      if (!rights.ok) return rights;
      const created = await client.ask<CreatedKey>({ type: 'keys_create', ...rights.value });
      return created.ok ? ok({ value: created.value, words: createdWords(created.value) }) : created;
    }
    case 'keys list': {
      const listed = await client.ask<{ keys: ApiKey[] }>({ type: 'keys_list' });
      return listed.ok ? ok({ value: listed.value.keys, words: keysTable(listed.value.keys) }) : listed;
    }
    case 'keys rotate': {
      const { id, overlap_ms } = call;
      const made = await client.ask<CreatedKey>({ type: 'keys_rotate', id, overlap_ms });
      if (!made.ok) return made;
      const old = overlap_ms > 0 ? `is good until ${moment(Date.now() + overlap_ms)}` : 'is void';
      return ok({ value: made.value, words: `${createdWords(made.value)}\nThe key before, ${id}, ${old}.` });
    }
    case 'keys revoke':
      return done(
        client,
        { type: 'keys_revoke', id: call.id },
        { id: call.id, revoked: true },
        `Key ${call.id} is revoked; its connections are cut.`,
      );
    case 'keys delete':
      return done(
        client,
        { type: 'keys_delete', id: call.id },
        { id: call.id, deleted: true },
        `Key ${call.id} is off the list.`,
      );
    case 'devices list': {
      const listed = await client.ask<{ devices: Device[] }>({ type: 'devices_list' });
      return listed.ok ? ok({ value: listed.value.devices, words: devicesTable(listed.value.devices) }) : listed;
    }
    case 'devices rename': {
      const { id, name } = call;
      const renamed = await client.ask<Device>({ type: 'devices_update', id, name });
      return renamed.ok ? ok({ value: renamed.value, words: `Device ${id} is "${plainLine(name)}" now.` }) : renamed;
    }
    case 'devices revoke':
      return done(
        client,
        { type: 'devices_revoke', id: call.id },
        { id: call.id, revoked: true },
        `Device ${call.id} is revoked; its connections are cut.`,
      );
    case 'devices delete':
      return done(
        client,
        { type: 'devices_delete', id: call.id },
        { id: call.id, deleted: true },
        `Device ${call.id} is off the list.`,
      );
    case 'pair': {
      const rights = await rightsOf(call, client);
      if (!rights.ok) return rights;
      const offer = await client.ask<PairingOffer>({ type: 'pairing_create', ...rights.value });
      return offer.ok ? ok({ value: offer.value, words: await pairWords(offer.value) }) : offer;
    }
  }
}

async function done(
  client: Client,
  query: { type: 'keys_revoke' | 'keys_delete' | 'devices_revoke' | 'devices_delete'; id: string },
  value: unknown,
  words: string,
): Promise<Result<Shown, Problem>> {
  const answer = await client.ask(query);
  return answer.ok ? ok({ value, words }) : answer;
}

/** Sessions can be named by the beginning of their id, as everywhere on the command line. */
async function rightsOf({ name, scopes, folders, sessions, expires_at }: Granted, client: Client) {
  const found: SessionId[] = [];
  for (const id of sessions) {
    const session = await findSession(client, id);
    if (!session.ok) return session;
    found.push(session.value.session_id);
  }
  const restrictions: Restrictions = {
    ...(folders.length > 0 ? { workspaces: folders } : {}),
    ...(found.length > 0 ? { sessions: found } : {}),
  };
  return ok({ name, scopes: scopes as Scope[], restrictions, expires_at });
}

function createdWords({ id, key, name, scopes, restrictions, expires_at }: CreatedKey): string {
  const ends = expires_at === null ? '' : `, until ${moment(expires_at)}`;
  return `Key ${id} "${plainLine(name)}" (${scopes.join(', ')}${within(restrictions)}${ends}):\n\n  ${key}\n\nThis is the only time it is shown. Take it back with: keys revoke ${id}`;
}

function within({ workspaces, sessions }: Restrictions): string {
  const parts = [...(workspaces ?? []).map(plainLine), ...(sessions ?? [])];
  return parts.length === 0 ? '' : `; only ${parts.join(', ')}`;
}

/** Whether a credential can be used, as one word or a few. */
function stateOf({ revoked_at, expires_at }: Pick<ApiKey, 'revoked_at' | 'expires_at'>): string {
  if (revoked_at !== null) return 'revoked';
  if (expires_at === null) return 'good';
  return expires_at > Date.now() ? `until ${moment(expires_at)}` : 'run out';
}

const usedWords = (used: ApiKey['last_used']): string =>
  used === null ? 'never' : `${ago(used.at, Date.now())} from ${plainLine(used.address)}`;

function keysTable(keys: readonly ApiKey[]): string {
  if (keys.length === 0) return 'There are no keys. `keys create --name N --scopes a,b` makes one.';
  return table(
    ['ID', 'KEY', 'NAME', 'SCOPES', 'LAST USED', 'STATE'],
    keys.map((key) => [
      key.id,
      `${key.prefix}…`,
      plainLine(key.name),
      `${key.scopes.join(',')}${within(key.restrictions)}`,
      usedWords(key.last_used),
      key.replaced_by === null ? stateOf(key) : `${stateOf(key)}, replaced by ${key.replaced_by}`,
    ]),
  );
}

function devicesTable(devices: readonly Device[]): string {
  if (devices.length === 0) return 'There are no devices. `pair --name NAME --scopes SCOPES` lets one in.';
  return table(
    ['ID', 'NAME', 'SCOPES', 'LAST USED', 'STATE'],
    devices.map((device) => [
      device.id,
      plainLine(device.name),
      `${device.scopes.join(',')}${within(device.restrictions)}`,
      usedWords(device.last_used),
      device.online ? 'connected' : stateOf(device),
    ]),
  );
}

async function pairWords({ link, links, fingerprint, expires_at }: PairingOffer): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  const unreachable = links.every(({ reachable }) => !reachable)
    ? '\n\nNo address answered. Let other devices reach the gateway first: Settings, Devices.'
    : '';
  return `${renderUnicodeCompact(link, { ecc: 'L', border: 2 })}\n\n${link}\n\nFingerprint of this gateway, for comparing:  ${fingerprint}\nScan it with the device. It works once, until ${moment(expires_at)}.${unreachable}`;
}
