import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccessWorld, codeOf, createAccessWorld, holder, seen, testKeychain } from './access-test-support.ts';
import { toBase64url } from './crypto/base64url.ts';
import { readPairingLink } from './crypto/pairing-link.ts';
import { owner } from './orchestrator/world-test-support.ts';
import type { ApiKey, CreatedKey, Device, PairingOffer } from './protocol/access.ts';
import { keyPrincipal } from './security/principal.ts';

let one: AccessWorld;
beforeEach(() => {
  one = createAccessWorld();
});
afterEach(() => one.world.close());

const newKey = (fields: object = {}, principal = owner) =>
  one.ask<CreatedKey>({ type: 'keys_create', name: 'nightly', scopes: ['chat'], ...fields }, principal);
const listed = async () => (await one.ask<{ keys: ApiKey[] }>({ type: 'keys_list' })).keys;
const folder = (name: string) => {
  const path = join(one.world.folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};
const devicePk = new Uint8Array(32).fill(7);
const offered = async (fields: object = {}, principal = owner) => {
  const asked = { type: 'pairing_create' as const, name: 'Pixel 9', scopes: ['chat', 'sessions:read'], ...fields };
  const offer = await one.ask<PairingOffer>(asked, principal);
  return { offer, code: toBase64url(readPairingLink(offer.link)!.code) };
};
const take = (code: string) => one.sealed().pair({ code, devicePublicKey: devicePk, deviceName: 'ignored' }, seen);
const paired = async (fields: object = {}) => {
  const { code } = await offered(fields);
  const found = take(code);
  if (!found.ok || !found.device_id) throw new Error('not paired');
  return { id: found.device_id, principal: found.principal };
};

describe('a key', () => {
  it('is good until its time is over', async () => {
    const { key } = await newKey({ expires_at: one.clock.now() + 1000 });
    expect(one.sealed().key(key, seen)).toMatchObject({ ok: true, expiresAt: one.clock.now() + 1000 });
    one.clock.advance(1000);
    expect(one.sealed().key(key, seen)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('cannot be made with a time that is over, or a folder that is not there', async () => {
    expect(await codeOf(newKey({ expires_at: one.clock.now() }))).toBe('invalid_frame');
    const missing = { restrictions: { workspaces: [join(one.world.folder, 'missing')] } };
    expect(await codeOf(newKey(missing))).toBe('folder_missing');
    expect(await listed()).toEqual([]);
  });

  it('is narrowed to the real folder behind a link', async () => {
    symlinkSync(folder('real'), join(one.world.folder, 'link'));
    const { restrictions } = await newKey({ restrictions: { workspaces: [join(one.world.folder, 'link')] } });
    expect(restrictions.workspaces).toEqual([folder('real')]);
  });

  it('is rotated at once: the new secret has the same rights, the old one is void', async () => {
    const old = await newKey({ restrictions: { workspaces: [folder('a')] }, expires_at: one.clock.now() + 9e6 });
    const made = await one.ask<CreatedKey>({ type: 'keys_rotate', id: old.id });
    const { scopes, restrictions, expires_at } = old;
    expect(made).toMatchObject({ name: 'nightly', scopes, restrictions, expires_at });
    expect(one.keys.find(old.key)).toBeNull();
    expect(one.keys.find(made.key)?.id).toBe(made.id);
    expect(one.keys.get(old.id)).toMatchObject({ replaced_by: made.id, revoked_at: one.clock.now() });
  });

  it('is rotated with an overlap in which both are good, and not twice', async () => {
    const old = await newKey();
    const made = await one.ask<CreatedKey>({ type: 'keys_rotate', id: old.id, overlap_ms: 5000 });
    expect(await codeOf(one.ask({ type: 'keys_rotate', id: old.id }))).toBe('conflict');
    one.clock.advance(4999);
    expect([one.keys.find(old.key)?.replaced_by, one.keys.find(made.key)?.id]).toEqual([made.id, made.id]);
    one.clock.advance(1);
    expect(one.keys.find(old.key)).toBeNull();
    expect(one.keys.find(made.key)).not.toBeNull();
  });

  it('that ends soon is not prolonged by an overlap', async () => {
    const ends = one.clock.now() + 1000;
    const old = await newKey({ expires_at: ends });
    await one.ask({ type: 'keys_rotate', id: old.id, overlap_ms: 5000 });
    expect(one.keys.get(old.id)?.expires_at).toBe(ends);
  });

  it('is rotated wholly or not at all', async () => {
    const old = await newKey();
    one.world.db.exec("CREATE TRIGGER no BEFORE UPDATE ON api_keys BEGIN SELECT RAISE(ABORT, 'disk'); END");
    expect(await codeOf(one.ask({ type: 'keys_rotate', id: old.id, overlap_ms: 5 }))).toBe('storage_failed');
    expect((await listed()).map(({ id }) => id)).toEqual([old.id]);
    expect(one.keys.find(old.key)).not.toBeNull();
  });

  it('is deleted only after it was revoked or has run out', async () => {
    const [kept, ended] = [await newKey(), await newKey({ expires_at: one.clock.now() + 10 })];
    expect(await codeOf(one.ask({ type: 'keys_delete', id: kept.id }))).toBe('conflict');
    await one.ask({ type: 'keys_revoke', id: kept.id });
    expect(await codeOf(one.ask({ type: 'keys_revoke', id: kept.id }))).toBe('not_found');
    one.clock.advance(10);
    for (const { id } of [kept, ended]) await one.ask({ type: 'keys_delete', id });
    expect(await listed()).toEqual([]);
  });

  it('says when, from where and with what it was last used, at most once a minute, and only when it was good', async () => {
    const { key, id } = await newKey();
    one.sealed().key(`${key}x`, seen);
    expect(one.keys.get(id)?.last_used).toBeNull();
    const at = one.clock.now();
    one.sealed().key(key, seen);
    one.clock.advance(59_999);
    one.sealed().key(key, { address: '10.0.0.1', client: `curl\n\u001b[31m${'x'.repeat(500)}` });
    expect(one.keys.get(id)).toMatchObject({ last_used_at: at, last_used: { at, ...seen } });
    one.clock.advance(1);
    one.sealed().key(key, { address: '10.0.0.1', client: `curl\n\u001b[31m${'x'.repeat(500)}` });
    const used = one.keys.get(id)?.last_used;
    expect(used).toMatchObject({ at: at + 60_000, address: '10.0.0.1' });
    expect(used?.client).toMatch(/^curl \[31mx+$/);
    expect(used?.client).toHaveLength(100);
  });
});

describe('nobody hands out more than they hold', () => {
  it('neither scopes, nor folders, nor sessions, nor time', async () => {
    const [a, b] = [folder('a'), folder('b')];
    const ends = one.clock.now() + 1000;
    const keyMaker = holder(['keys:write', 'chat'], { workspaces: [a] }, ends);
    const good = { scopes: ['chat'], restrictions: { workspaces: [folder('a/deep')] }, expires_at: ends };
    expect(await codeOf(newKey(good, keyMaker))).toBe('granted');
    for (const more of [
      { scopes: ['chat', 'sessions:read'] },
      { scopes: ['admin'] },
      { restrictions: { workspaces: [a, b] } },
      { restrictions: { sessions: ['ses_12345678'] } },
      { restrictions: {} },
      { restrictions: { workspaces: [join(a, '..', 'b')] } },
      { expires_at: ends + 1 },
      { expires_at: null },
    ]) {
      expect(await codeOf(newKey({ ...good, ...more }, keyMaker)), JSON.stringify(more)).toBe('forbidden');
      expect(await codeOf(offered({ ...good, ...more }, { ...keyMaker })), JSON.stringify(more)).toBe('forbidden');
    }
  });

  it('also not by way of a link inside of what they hold that leads out of it', async () => {
    folder('b');
    symlinkSync(join(one.world.folder, 'b'), join(folder('a'), 'way-out'));
    const keyMaker = holder(['keys:write', 'chat'], { workspaces: [folder('a')] });
    expect(await codeOf(newKey({ restrictions: { workspaces: [join(folder('a'), 'way-out')] } }, keyMaker))).toBe(
      'forbidden',
    );
  });

  it('and a narrowed one learns nothing of folders outside', async () => {
    const keyMaker = holder(['keys:write', 'chat'], { workspaces: [folder('a')] });
    const ask = (path: string) => newKey({ restrictions: { workspaces: [path] } }, keyMaker).catch((e) => e.problem);
    expect(await ask(folder('b'))).toEqual(await ask(join(one.world.folder, 'missing')));
  });

  it('by rotating a key that may do more', async () => {
    const strong = await newKey({ scopes: ['admin'] });
    expect(await codeOf(one.ask({ type: 'keys_rotate', id: strong.id }, holder(['keys:write'])))).toBe('forbidden');
    expect(one.keys.find(strong.key)).not.toBeNull();
  });

  it('and who is narrowed does not see keys and devices that reach further', async () => {
    const wide = await newKey();
    const inside = await newKey({ restrictions: { workspaces: [folder('a')] } });
    const device = await paired();
    const narrow = holder(['keys:write', 'devices:write', 'chat'], { workspaces: [folder('a')] });
    const { keys } = await one.ask<{ keys: ApiKey[] }>({ type: 'keys_list' }, narrow);
    expect(keys.map(({ id }) => id)).toEqual([inside.id]);
    for (const type of ['keys_rotate', 'keys_revoke', 'keys_delete'] as const) {
      expect(await codeOf(one.ask({ type, id: wide.id }, narrow)), type).toBe('not_found');
    }
    expect((await one.ask<{ devices: Device[] }>({ type: 'devices_list' }, narrow)).devices).toEqual([]);
    for (const type of ['devices_update', 'devices_revoke', 'devices_delete'] as const) {
      expect(await codeOf(one.ask({ type, id: device.id, name: 'x' }, narrow)), type).toBe('not_found');
    }
  });

  it('by changing a device: to take away needs nothing, to give anything needs all that comes of it', async () => {
    const { id } = await paired({ scopes: ['admin'], restrictions: { workspaces: [folder('a')] } });
    const manager = holder(['devices:write', 'chat']);
    const change = (fields: object) => codeOf(one.ask({ type: 'devices_update', id, ...fields }, manager));
    expect(await change({ restrictions: {} })).toBe('forbidden');
    expect(await change({ name: 'Old phone' })).toBe('granted');
    expect(await change({ restrictions: { workspaces: [folder('a/deep')] } })).toBe('granted');
    expect(await change({ scopes: ['chat'] })).toBe('granted');
    expect(await change({ scopes: ['chat', 'kv:read'] })).toBe('forbidden');
    expect(one.access.devices.get(id)).toMatchObject({ name: 'Old phone', scopes: ['chat'] });
  });
});

describe('a pairing', () => {
  it('makes a device with the name and the rights that the owner chose', async () => {
    const fields = { restrictions: { workspaces: [folder('a')] }, expires_at: one.clock.now() + 9e8 };
    const { offer, code } = await offered(fields);
    const said = readPairingLink(offer.link)!;
    expect(said).toMatchObject({ name: 'Pixel 9', hosts: ['127.0.0.1:8741'] });
    expect(said.serverKey).toEqual(one.sealed().serverKey.publicKey);
    expect(one.sealed().pair({ code, devicePublicKey: devicePk, deviceName: 'x' }, seen)).toMatchObject({
      ok: true,
      by: 'device',
      expiresAt: fields.expires_at,
      principal: { actor: { kind: 'device', name: 'Pixel 9', via: 'sealed' }, restrictions: fields.restrictions },
    });
    const [device] = (await one.ask<{ devices: Device[] }>({ type: 'devices_list' })).devices;
    expect(device).toMatchObject({ name: 'Pixel 9', scopes: ['chat', 'sessions:read'], online: false, ...fields });
    expect(device?.last_used).toEqual({ at: one.clock.now(), ...seen });
    expect(one.sealed().devicePublicKey(device!.id)).toEqual(Buffer.from(devicePk));
  });

  it('works once', async () => {
    const { code } = await offered();
    expect(take(code).ok).toBe(true);
    expect(take(code)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('works for ten minutes', async () => {
    const [first, second] = [await offered(), await offered()];
    one.clock.advance(10 * 60_000 - 1);
    expect(take(first.code).ok).toBe(true);
    one.clock.advance(1);
    expect(take(second.code)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('can be taken back', async () => {
    const { offer, code } = await offered();
    await one.ask({ type: 'pairing_cancel', pairing_id: offer.pairing_id });
    expect(take(code).ok).toBe(false);
    expect(await codeOf(one.ask({ type: 'pairing_cancel', pairing_id: offer.pairing_id }))).toBe('not_found');
  });

  it('falls with the key that offered it', async () => {
    const key = await newKey({ scopes: ['devices:write', 'chat'] });
    const { code } = await offered({ scopes: ['chat'] }, keyPrincipal(one.keys.get(key.id)!, 'http'));
    await one.ask({ type: 'keys_revoke', id: key.id });
    expect(take(code).ok).toBe(false);
  });

  it('is not used up when the disk does not take the device', async () => {
    const { code } = await offered();
    one.world.db.exec("CREATE TRIGGER no BEFORE INSERT ON devices BEGIN SELECT RAISE(ABORT, 'disk'); END");
    expect(() => take(code)).toThrow();
    one.world.db.exec('DROP TRIGGER no');
    expect(take(code).ok).toBe(true);
  });

  it('refuses what is no code and no key', async () => {
    const { code } = await offered();
    for (const wrong of ['', 'x', 'A'.repeat(22), `${code}A`, `${code.slice(0, -1)}`, 'ü'.repeat(22)]) {
      expect(take(wrong)).toEqual({ ok: false, reason: 'invalid' });
    }
    const short = { code, devicePublicKey: new Uint8Array(31), deviceName: 'x' };
    expect(one.sealed().pair(short, seen).ok).toBe(false);
  });

  it('is told to those who may manage devices, and not to others', async () => {
    const [manager, reader] = [one.connect(holder(['devices:write'])), one.connect(holder(['sessions:read']))];
    const elsewhere = one.connect(holder(['devices:write'], { workspaces: [folder('b')] }));
    const { offer, code } = await offered();
    take(code);
    expect(manager.frames).toContainEqual(
      expect.objectContaining({ type: 'device_paired', pairing_id: offer.pairing_id }),
    );
    expect(manager.frames).toContainEqual({ type: 'access_changed', what: 'devices' });
    for (const client of [reader, elsewhere]) {
      expect(client.frames.some(({ type }) => type === 'device_paired')).toBe(false);
    }
    expect(reader.frames.map(({ type }) => type)).toEqual(['welcome']);
  });

  it('is not offered by an app that no device could reach', async () => {
    one.world.close();
    one = createAccessWorld({ addresses: [] });
    expect(await codeOf(offered())).toBe('not_found');
  });

  it('offers each address, those that answer first', async () => {
    one.world.close();
    const at = (address: string, reachable: boolean) => ({ address, url: `http://${address}:8741`, reachable });
    one = createAccessWorld({ addresses: [at('10.0.0.1', false), at('192.168.1.2', true)] });
    const { offer } = await offered();
    expect(offer.links.map(({ address, reachable }) => [address, reachable])).toEqual([
      ['192.168.1.2', true],
      ['10.0.0.1', false],
    ]);
    expect(offer.link).toBe(offer.links[0]?.link);
    expect(offer.link.startsWith('http://192.168.1.2:8741/#pair=')).toBe(true);
  });
});

describe('revoking', () => {
  it('a device closes its connections in the same tick, and nothing they sent is taken any more', async () => {
    const { id, principal } = await paired();
    const client = one.connect(principal);
    expect((await one.ask<{ devices: Device[] }>({ type: 'devices_list' })).devices[0]?.online).toBe(true);
    one.access.devices.revoke(id);
    expect(client.closed).toBe('unauthorized');
    const before = client.frames.length;
    client.connection?.receive(JSON.stringify({ type: 'ping', command_id: 'command-1' }));
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.frames.length).toBe(before);
    expect(one.sealed().devicePublicKey(id)).toBeNull();
    expect(one.sealed().device(id, seen)).toEqual({ ok: false, reason: 'invalid' });
  });

  it('a key closes its connections, rotating one without overlap too', async () => {
    const [first, second] = [await newKey(), await newKey()];
    const clients = [first, second].map((key) => one.connect(keyPrincipal(key, 'websocket')));
    await one.ask({ type: 'keys_revoke', id: first.id });
    expect(clients.map(({ closed }) => closed)).toEqual(['unauthorized', null]);
    await one.ask({ type: 'keys_rotate', id: second.id });
    expect(clients[1]?.closed).toBe('unauthorized');
  });

  it('a device is final: it can be deleted then, and not changed', async () => {
    const { id } = await paired();
    expect(await codeOf(one.ask({ type: 'devices_delete', id }))).toBe('conflict');
    await one.ask({ type: 'devices_revoke', id });
    expect(await codeOf(one.ask({ type: 'devices_update', id, name: 'x' }))).toBe('not_found');
    await one.ask({ type: 'devices_delete', id });
    expect((await one.ask<{ devices: Device[] }>({ type: 'devices_list' })).devices).toEqual([]);
  });

  it('narrowing a device counts at once: its connection is closed to come back with less', async () => {
    const { id, principal } = await paired();
    const client = one.connect(principal);
    await one.ask({ type: 'devices_update', id, name: 'Renamed' });
    expect(client.closed).toBeNull();
    await one.ask({ type: 'devices_update', id, scopes: ['sessions:read'] });
    expect(client.closed).toBe('access_changed');
    const again = one.sealed().device(id, seen);
    expect(again.ok && [...again.principal.scopes]).toEqual(['sessions:read']);
  });

  it('a device whose time is over does not come in', async () => {
    const { id } = await paired({ expires_at: one.clock.now() + 1000 });
    one.clock.advance(1000);
    expect(one.sealed().devicePublicKey(id)).toBeNull();
    expect(one.sealed().device(id, seen).ok).toBe(false);
  });
});

describe("the gateway's own key", () => {
  const identity = () => one.ask<{ fingerprint: string; public_key: string }>({ type: 'gateway_identity' });

  it('is made once and is the same after a restart', async () => {
    const before = await identity();
    expect(before.fingerprint.split(' ')).toHaveLength(8);
    one.restart();
    expect(await identity()).toEqual(before);
  });

  it('is wrapped: its secret half stands nowhere in the home, and is taken out of what leaves the process', async () => {
    const { secretKey } = one.sealed().serverKey;
    one.world.db.pragma('wal_checkpoint(TRUNCATE)');
    const forms = [
      Buffer.from(secretKey).toString('latin1'),
      Buffer.from(secretKey).toString('base64url'),
      Buffer.from(secretKey).toString('hex'),
    ];
    for (const file of readdirSync(one.world.folder)) {
      const bytes = readFileSync(join(one.world.folder, file), 'latin1');
      for (const form of forms) expect(bytes.includes(form), file).toBe(false);
    }
    expect(one.secrets.redact(`key=${forms[1]}`)).not.toContain(forms[1]);
    expect(one.secrets.redact(`key=${forms[2]}`)).not.toContain(forms[2]);
  });

  it('that lies in a keychain which is not here is not replaced: the app says so', async () => {
    one.world.close();
    one = createAccessWorld({ safeStorage: testKeychain });
    const before = await identity();
    one.restart({ safeStorage: null });
    expect(await codeOf(identity())).toBe('storage_failed');
    expect(await codeOf(offered())).toBe('storage_failed');
    expect(one.access.sealedCredentials().ok).toBe(false);
    one.restart({ safeStorage: testKeychain });
    expect(await identity()).toEqual(before);
  });

  it('that another key file wrapped is not replaced either', async () => {
    const { readFileSync: read, rmSync, writeFileSync } = await import('node:fs');
    await identity();
    const path = join(one.world.folder, 'secrets.key');
    const kept = read(path);
    rmSync(path);
    one.restart();
    expect(await codeOf(identity())).toBe('storage_failed');
    writeFileSync(path, kept, { mode: 0o600 });
    expect(await codeOf(identity())).toBe('granted');
  });
});
