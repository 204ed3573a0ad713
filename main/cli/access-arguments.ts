import { resolve } from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { scopeNames } from '../protocol/scope-names.ts';

/** What a key or a device gets. */
export interface Granted {
  name: string;
  scopes: string[];
  /** Absolute folders. */
  folders: string[];
  sessions: string[];
  /** Milliseconds since 1970; null: never. */
  expires_at: number | null;
}

export type AccessCall =
  | { verb: 'keys list' | 'devices list' }
  | ({ verb: 'keys create' | 'pair' } & Granted)
  | { verb: 'keys rotate'; id: string; overlap_ms: number }
  | { verb: 'devices rename'; id: string; name: string }
  | { verb: 'keys revoke' | 'keys delete' | 'devices revoke' | 'devices delete'; id: string };

export const accessOptions = {
  name: { type: 'string' },
  scopes: { type: 'string' },
  folder: { type: 'string', multiple: true },
  session: { type: 'string', multiple: true },
  expires: { type: 'string' },
  overlap: { type: 'string' },
} as const;

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** "90m", "12h" or "30d" in milliseconds; null: none of these. */
export function readSpan(text: string): number | null {
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * units[unit as keyof typeof units];
}

/** A span from now on, or a date. */
function readExpiry(text: string | undefined, now: number): Result<number | null, string> {
  if (text === undefined || text === 'never') return ok(null);
  const span = readSpan(text);
  const at = span === null ? Date.parse(text) : now + span;
  if (Number.isNaN(at)) return err(`--expires is a time like 12h, 30d or 2027-01-31, or "never"; not "${text}".`);
  return at > now ? ok(at) : err('--expires lies in the past.');
}

const list = (value: Values[string]): string[] => (Array.isArray(value) ? value.map(String) : []);

function readGranted(verb: string, values: Values, now: number, cwd: string): Result<Granted, string> {
  if (!values.name) return err(`${verb} needs --name.`);
  const scopes = String(values.scopes ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  if (scopes.length === 0) return err(`${verb} needs --scopes, e.g. --scopes sessions:read,chat.`);
  const unknown = scopes.find((scope) => !(scopeNames as readonly string[]).includes(scope));
  if (unknown !== undefined) return err(`"${unknown}" is not a scope. The scopes are ${scopeNames.join(', ')}.`);
  const expires = readExpiry(values.expires as string | undefined, now);
  if (!expires.ok) return expires;
  const folders = list(values.folder).map((folder) => resolve(cwd, folder));
  return ok({
    name: String(values.name),
    scopes,
    folders,
    sessions: list(values.session),
    expires_at: expires.value,
  });
}

/** What follows `keys`. */
export function readKeysCall(words: string[], values: Values, now: number, cwd: string): Result<AccessCall, string> {
  const [action, id, ...rest] = words;
  if (rest.length > 0) return err(`"${rest[0]}" is too much.`);
  if (action === 'list' && id === undefined) return ok({ verb: 'keys list' });
  if (action === 'revoke' || action === 'delete') {
    return id
      ? ok({ verb: `keys ${action}`, id })
      : err(`keys ${action} needs the ID of a key; \`keys list\` shows them.`);
  }
  if (action === 'rotate') {
    if (!id) return err('keys rotate needs the ID of a key; `keys list` shows them.');
    const overlap_ms = values.overlap === undefined ? 0 : readSpan(String(values.overlap));
    if (overlap_ms === null) return err('--overlap is a time like 30m, 12h or 7d.');
    return ok({ verb: 'keys rotate', id, overlap_ms });
  }
  if (action !== 'create' || id !== undefined) {
    return err('keys is followed by create, list or revoke, rotate or delete ID.');
  }
  const granted = readGranted('keys create', values, now, cwd);
  return granted.ok ? ok({ verb: 'keys create', ...granted.value }) : granted;
}

/** What follows `devices`. */
export function readDevicesCall(words: string[]): Result<AccessCall, string> {
  const [action, id, ...name] = words;
  if (action === 'list' && id === undefined) return ok({ verb: 'devices list' });
  if (action !== 'rename' && action !== 'revoke' && action !== 'delete') {
    return err('devices is followed by list, rename ID NAME, revoke ID or delete ID.');
  }
  if (!id) return err(`devices ${action} needs the ID of a device; \`devices list\` shows them.`);
  if (action !== 'rename' && name.length > 0) return err(`"${name[0]}" is too much.`);
  if (action !== 'rename') return ok({ verb: `devices ${action}`, id });
  return name.length > 0
    ? ok({ verb: 'devices rename', id, name: name.join(' ') })
    : err('devices rename needs a NAME.');
}

export function readPairCall(words: string[], values: Values, now: number, cwd: string): Result<AccessCall, string> {
  if (words.length > 0) return err('pair takes options only: --name and --scopes.');
  const granted = readGranted('pair', values, now, cwd);
  return granted.ok ? ok({ verb: 'pair', ...granted.value }) : granted;
}
