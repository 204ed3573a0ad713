import type { Scope } from '../../../main/protocol/queries.ts';

/**
 * The scopes that open something, by what they mean to a person. A test compares them with the tables of the doors: one that opens nothing is
 * not offered, and one that opens something is not left out.
 */
export const scopeGroups = {
  sessions: ['chat', 'sessions:read', 'sessions:write'],
  approvals: ['approvals:read', 'approvals:write'],
  files: ['files:read', 'files:write', 'imports:read'],
  computer: ['agents:read', 'server:read', 'server:write', 'costs:read', 'kv:read', 'kv:write', 'health'],
  access: ['keys:write', 'devices:write', 'admin'],
} as const satisfies Record<string, readonly Scope[]>;

export const offeredScopes: readonly Scope[] = Object.values(scopeGroups).flat();

/** Choices for a device that need no study of the list. */
export const presets = {
  everyday: offeredScopes.filter(
    (scope) => !['admin', 'keys:write', 'devices:write', 'server:write', 'kv:write'].includes(scope),
  ),
  follow: ['chat', 'sessions:read', 'approvals:read', 'approvals:write', 'files:read', 'files:write', 'server:read'],
  read: ['sessions:read', 'approvals:read', 'files:read', 'server:read', 'costs:read'],
} as const satisfies Record<string, readonly Scope[]>;
export type Preset = keyof typeof presets | 'custom';

const sameSet = (one: readonly Scope[], other: readonly Scope[]): boolean =>
  one.length === other.length && one.every((scope) => other.includes(scope));

/** The preset that gives exactly these rights. */
export function presetOf(scopes: readonly Scope[]): Preset {
  for (const name of ['everyday', 'follow', 'read'] as const) if (sameSet(presets[name], scopes)) return name;
  return 'custom';
}
