import { z } from 'zod';
import { SessionId } from './ids.ts';
import { limits } from './limits.ts';
import { Once, query } from './query.ts';
import { Scope } from './scope.ts';

/** Times are milliseconds since 1970. */
const time = z.number().int().nonnegative();
const name = z.string().trim().min(1).max(200);
const scopes = z.array(Scope).min(1).max(Scope.options.length);
const accessId = z.string().min(1).max(64);

/**
 * What a credential is narrowed to. An absent list does not narrow; a session must satisfy both. Whatever lies outside does not exist for the
 * holder: it is neither listed nor found.
 */
export const Restrictions = z.object({
  /** Absolute folders; sessions in them and below. */
  workspaces: z.array(z.string().min(1).max(limits.pathChars)).min(1).max(50).optional(),
  sessions: z.array(SessionId).min(1).max(200).optional(),
});
export type Restrictions = z.infer<typeof Restrictions>;

/** When, from where and with what a credential was last used. Coarse: written at most once a minute. */
export const LastUsed = z.object({
  at: time,
  /** Peer address, e.g. "192.168.1.20"; "local socket" for the Unix door. */
  address: z.string().max(100),
  /** What the client said it is: a browser's name and system, or the User-Agent cut to 100 characters. */
  client: z.string().max(100),
});
export type LastUsed = z.infer<typeof LastUsed>;

/** A key as it is listed: never the secret. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** First characters of the secret, to tell keys apart. */
  prefix: z.string(),
  scopes: z.array(Scope),
  restrictions: Restrictions,
  created_at: time,
  /** Null: never ends by itself. */
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
  last_used: LastUsed.nullable(),
  revoked_at: time.nullable(),
  /** The key that took its place when it was rotated; it itself is good until `expires_at`. */
  replaced_by: z.string().nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

/** Answer of `keys_create` and `keys_rotate`; the only time the secret is shown. */
export const CreatedKey = ApiKey.extend({ key: z.string() });
export type CreatedKey = z.infer<typeof CreatedKey>;

/** A paired phone, tablet or other computer, known by its own key pair. */
export const Device = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the device's public key: eight groups of four characters, for comparing by eye. */
  fingerprint: z.string(),
  scopes: z.array(Scope),
  restrictions: Restrictions,
  created_at: time,
  expires_at: time.nullable(),
  last_used: LastUsed.nullable(),
  revoked_at: time.nullable(),
  /** It has an open connection now. */
  online: z.boolean(),
});
export type Device = z.infer<typeof Device>;

/** A pairing that waits for its device. */
export const PairingOffer = z.object({
  pairing_id: z.string(),
  /** `http://HOST:PORT/#pair=…`: what the QR code says. Works once. */
  link: z.string(),
  /** The same link for each address at which this machine can be reached, the best first. */
  links: z.array(z.object({ address: z.string(), link: z.string(), reachable: z.boolean() })),
  /** Of the gateway's own key: shown here and on the device, for comparing by eye. */
  fingerprint: z.string(),
  expires_at: time,
});
export type PairingOffer = z.infer<typeof PairingOffer>;

/** A browser that was signed in by a link, a password or an identity provider. */
export const Login = z.object({
  id: z.string(),
  name: z.string(),
  by: z.enum(['link', 'password', 'oidc']),
  email: z.string().nullable(),
  address: z.string().nullable(),
  created_at: time,
  last_seen_at: time,
  expires_at: time,
  /** It is the one that asks. */
  current: z.boolean(),
});
export type Login = z.infer<typeof Login>;

/** Sign-in by an identity provider (OpenID Connect, authorization code with PKCE). */
export const OidcSettings = z.object({
  issuer: z.url().max(500),
  client_id: z.string().min(1).max(300),
  /** Who may come in; nobody when it is empty. Compared without regard to case; the provider must say that it verified the address. */
  allowed_emails: z.array(z.email().max(320)).max(100),
});
export type OidcSettings = z.infer<typeof OidcSettings>;

const lifetimeHours = z.number().int().min(1).max(720);
const trustedProxies = z.array(z.union([z.ipv4(), z.ipv6()])).max(20);

/** How a browser can sign in. */
export const SignInWays = z.object({
  password: z.boolean(),
  /** The client secret itself is never told. */
  oidc: OidcSettings.extend({ secret_stored: z.boolean() }).nullable(),
  /** A login by password or identity provider ends this long after it began, however much it is used. */
  lifetime_hours: lifetimeHours,
  /** Addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed; of anybody else they are not. */
  trusted_proxies: trustedProxies,
});
export type SignInWays = z.infer<typeof SignInWays>;

/**
 * Makes a key. Nobody hands out more than they hold. Answer: `CreatedKey`. Sent again with the same `once`, it makes no second one: the answer is
 * `conflict` with the id of the first, and never its secret again.
 */
export const KeysCreate = query('keys_create', {
  once: Once.optional(),
  name,
  scopes,
  restrictions: Restrictions.optional(),
  expires_at: time.nullable().optional(),
});
/** Answer: `{keys: ApiKey[]}`, newest first. */
export const KeysList = query('keys_list', {});
/** A new secret with the same rights, in one transaction. The old one is good for `overlap_ms` more (default 0: void at once). Answer: `CreatedKey`. */
export const KeysRotate = query('keys_rotate', {
  id: accessId,
  overlap_ms: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400_000)
    .optional(),
});
/** Voids it at once and closes its connections. */
export const KeysRevoke = query('keys_revoke', { id: accessId });
/** Takes a key off the list that was revoked before, or has run out. */
export const KeysDelete = query('keys_delete', { id: accessId });

/** Answer: `{devices: Device[]}`, newest first. */
export const DevicesList = query('devices_list', {});
/** Renames or narrows; counts for open connections at once. Answer: `Device`. */
export const DevicesUpdate = query('devices_update', {
  id: accessId,
  name: name.optional(),
  scopes: scopes.optional(),
  restrictions: Restrictions.optional(),
  expires_at: time.nullable().optional(),
});
export const DevicesRevoke = query('devices_revoke', { id: accessId });
/** Takes a device off the list that was revoked before. */
export const DevicesDelete = query('devices_delete', { id: accessId });

/** Offers a pairing, good once and for ten minutes. Answer: `PairingOffer`; a `device_paired` frame follows when a device took it. */
export const PairingCreate = query('pairing_create', {
  name,
  scopes,
  restrictions: Restrictions.optional(),
  /** When the device's access will end; null: never. */
  expires_at: time.nullable().optional(),
});
export const PairingCancel = query('pairing_cancel', { pairing_id: accessId });
/** Fingerprint of the gateway's own key, for a device that is let in by address and key. Answer: `{fingerprint, public_key}` (base64url). */
export const GatewayIdentity = query('gateway_identity', {});

/** Answer: `{logins: Login[]}`. */
export const LoginsList = query('logins_list', {});
export const LoginsRevoke = query('logins_revoke', { id: accessId });
/** Answer: `SignInWays`. */
export const SignInWaysGet = query('sign_in_ways', {});
/**
 * Sets, changes or removes (null) the password. Where there is one, `current` is needed from everybody but the owner at this machine. Ends every
 * other login, whichever way it came in.
 */
export const PasswordSet = query('password_set', {
  password: z.string().min(8).max(1000).nullable(),
  current: z.string().max(1000).optional(),
});
/**
 * Null: no identity provider. `client_secret` absent: the stored one stays, as long as issuer and client do. Ends the logins of whoever is not
 * allowed any more. Answer: `SignInWays`.
 */
export const OidcSet = query('oidc_set', {
  oidc: OidcSettings.nullable(),
  client_secret: z.string().min(1).max(1000).optional(),
});
/** Asks the identity provider who it is. Answer: `{issuer, authorization_endpoint}`. */
export const OidcTest = query('oidc_test', { issuer: z.url().max(500) });
/** Counts for logins from now on. Answer: `SignInWays`. */
export const SignInSet = query('sign_in_set', {
  lifetime_hours: lifetimeHours.optional(),
  trusted_proxies: trustedProxies.optional(),
});

export const accessQueries = [
  KeysCreate,
  KeysList,
  KeysRotate,
  KeysRevoke,
  KeysDelete,
  DevicesList,
  DevicesUpdate,
  DevicesRevoke,
  DevicesDelete,
  PairingCreate,
  PairingCancel,
  GatewayIdentity,
  LoginsList,
  LoginsRevoke,
  SignInWaysGet,
  PasswordSet,
  OidcSet,
  OidcTest,
  SignInSet,
] as const;
