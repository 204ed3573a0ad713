import { z } from 'zod';
import { CommandId, SessionId } from './ids.ts';
import { limits } from './limits.ts';

const query = <const T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), command_id: CommandId, ...shape });

/** Scopes a key can have. `admin` implies all. */
export const Scope = z.enum([
  'admin',
  'chat',
  'sessions:read',
  'sessions:write',
  'approvals:read',
  'approvals:write',
  'keys:write',
  'server:read',
  'server:write',
]);
export type Scope = z.infer<typeof Scope>;

/** Questions: they change nothing in a session and may be asked again at will. `command_id` only correlates the answer. */
export const ListProviders = query('list_providers', { refresh: z.boolean().optional() });
/** Folders in a folder, for choosing one where there is no native dialog. Answer: `FolderListing`. */
export const ListFolders = query('list_folders', { path: z.string().max(limits.pathChars).optional() });
/** Checks the hash chain of one session, or of all. Answer: `VerifyReport`. */
export const Verify = query('verify', { session_id: SessionId.optional() });
/** The state of this machine and of every part. Answer: `DoctorReport`. */
export const Doctor = query('doctor', {});
/** Answer: `ServerStatus`. */
export const Status = query('status', {});
/** Ends the app cleanly. */
export const Stop = query('stop', {});
/** A fresh one-time link for a browser on this machine. Answer: `{open_url}`. */
export const OpenLink = query('open_link', {});
export const KeysCreate = query('keys_create', {
  name: z.string().trim().min(1).max(200),
  scopes: z.array(Scope).min(1).max(20),
});
export const KeysList = query('keys_list', {});
export const KeysRevoke = query('keys_revoke', { id: z.string().min(1).max(64) });
/** Rules left by "Always allow". */
export const RulesList = query('rules_list', {});
export const RulesDelete = query('rules_delete', { rule_id: z.string().min(1).max(80) });

export const Query = z.discriminatedUnion('type', [
  ListProviders,
  ListFolders,
  Verify,
  Doctor,
  Status,
  Stop,
  OpenLink,
  KeysCreate,
  KeysList,
  KeysRevoke,
  RulesList,
  RulesDelete,
]);
export type Query = z.infer<typeof Query>;
export type QueryOf<T extends Query['type']> = Extract<Query, { type: T }>;
