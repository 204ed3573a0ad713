import { z } from 'zod';
import { accessQueries } from './access.ts';
import { dataQueries } from './data.ts';
import { draftQueries } from './drafts.ts';
import { exportQueries } from './export.ts';
import { filesQueries } from './files.ts';
import { gatewayQueries } from './gateway.ts';
import { ApprovalId, ProviderId, SessionId } from './ids.ts';
import { kvQueries } from './kv.ts';
import { limits } from './limits.ts';
import { mentionQueries } from './mentions.ts';
import { Once, query } from './query.ts';
import { serverQueries } from './server-queries.ts';
import { CustomAgent, Settings } from './settings.ts';
import { RuleRequest } from './values.ts';
import { SessionSummary } from './views.ts';

export { Scope } from './scope.ts';

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
/**
 * Rules left by "Always allow" or made by a person (`rules`, of folders), and those of sessions. Those that have run out are not in it. Answer:
 * `{rules: FolderRule[], session_rules: SessionRule[]}`.
 */
export const RulesList = query('rules_list', {});
/**
 * Makes a rule for every session of one agent in one folder. The same rule again is the same rule. Refused when it could not be kept to: an empty
 * pattern, a folder that does not exist, or (unless an admin says `unlimited`) everything a tool can do that runs programs. Answer: `FolderRule`.
 */
export const RulesCreate = query('rules_create', {
  /** Sent again with the same one, it makes no second rule, and the answer is that of the first. */
  once: Once.optional(),
  cwd: z.string().min(1).max(limits.pathChars),
  provider: ProviderId,
  rule: RuleRequest,
  /** Milliseconds since 1970; absent: when a person takes it back. */
  expires_at: z.number().int().positive().optional(),
});
/** Takes back a rule of a folder; one of a session is taken back with `remove_session_rule`. */
export const RulesDelete = query('rules_delete', { rule_id: z.string().min(1).max(80) });

const page = {
  /** `next` of the page before. */
  cursor: z.string().min(1).max(300).optional(),
  limit: z.number().int().min(1).max(limits.pageLength).default(50),
};
/**
 * Events of a session before `before_seq` (absent: the newest), in order, for reading a long session backwards. Answer: `{events, seq, next}`:
 * `seq` is the last event of the session, `next` is the `before_seq` of the page before this one, null at the beginning.
 */
export const History = query('history', {
  session_id: SessionId,
  before_seq: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(limits.historyEvents).default(200),
});
/**
 * The list of sessions by pages, newest first. A session that changes meanwhile may come on an earlier page than the one that is read; `watch_sessions`
 * tells of it. Answer: `{sessions: SessionSummary[], next: string | null, total}`: `total` is how many there are altogether.
 */
export const SessionsPage = query('sessions_page', {
  ...page,
  /** Words that stand in the title, the folder, the last thing said or the goal, in any order, whatever their case. */
  text: z.string().trim().min(1).max(500).optional(),
  archived: z.boolean().optional(),
  status: z.array(SessionSummary.shape.status).min(1).max(10).optional(),
  /** Sessions in this folder and below. */
  folder: z.string().min(1).max(limits.pathChars).optional(),
  provider: ProviderId.optional(),
});
/**
 * Approvals of all sessions, newest first: those that wait, or those that were answered, with who answered, from where, and for which bytes. Answer:
 * `{approvals: ApprovalRecord[], next: string | null}`.
 */
export const ApprovalsList = query('approvals_list', {
  ...page,
  status: z.enum(['pending', 'answered']).optional(),
  session_id: SessionId.optional(),
  approval_id: ApprovalId.optional(),
});

/**
 * Brings one image or file, piece by piece, before the message it goes with. The first piece has no `upload_id`; each answer says how far it
 * is, so that a lost connection goes on where it was. Answer: `{upload_id, offset}`, after the last piece `{attachment}`.
 */
export const Upload = query('upload', {
  upload_id: z.string().min(8).max(64).optional(),
  name: z.string().min(1).max(255),
  media_type: z.string().min(1).max(100),
  /** Of the whole file. */
  bytes: z.number().int().nonnegative().max(limits.attachmentBytes),
  offset: z.number().int().nonnegative(),
  /** Base64. */
  data: z.string().max(Math.ceil(limits.chunkBytes / 3) * 4),
});
/** One piece of an attachment that stands in this session. Answer: `{data (base64), bytes, media_type, name}`. */
export const ReadAttachment = query('read_attachment', {
  session_id: SessionId,
  attachment_id: z.string().regex(/^[0-9a-f]{64}$/),
  offset: z.number().int().nonnegative(),
});
/** Slash commands of the CLI, as far as they are known for this session. Answer: `{commands: SlashCommand[]}`. */
export const ListCommands = query('list_commands', { session_id: SessionId });

/** Answer: `{settings}`. */
export const SettingsGet = query('settings_get', {});
/** Only what is named changes. Answer: `{settings}`. */
export const SettingsSet = query('settings_set', { settings: Settings.partial() });

/**
 * Keeps an API key for a provider. It is never told again, and not tried out. Answer: `{kept_by: 'keychain' | 'key_file', restarted: {now, later}}`,
 * how many open conversations use it at once and how many from their next start on.
 */
export const ProviderKeySet = query('provider_key_set', {
  provider: ProviderId,
  key: z.string().trim().min(8).max(1000),
});
/** Answer: `{restarted: {now, later}}`. */
export const ProviderKeyDelete = query('provider_key_delete', { provider: ProviderId });
/** Installs or updates a CLI from npm into the app's own folder. Answer: `{job_id}`; `job` tells its output. */
export const ProviderInstall = query('provider_install', { provider: ProviderId });
/** Output of a job from `offset` on. Answer: `JobOutput`. */
export const Job = query('job', { job_id: z.string().max(64), offset: z.number().int().nonnegative() });
/** Answer: `{cancelled}`: false when it had ended. */
export const JobCancel = query('job_cancel', { job_id: z.string().max(64) });
/** Opens a terminal window on the machine of the app with the sign-in command of this provider in it; only where the app has a window. Answer: `{opened}`. */
export const OpenTerminal = query('open_terminal', { provider: ProviderId });

/** Agents the person added by their command line. Answer: `{agents: CustomAgent[]}`. */
export const AgentsList = query('agents_list', {});
/** Adds or changes one, by `id`. */
export const AgentsSave = query('agents_save', { agent: CustomAgent });
export const AgentsDelete = query('agents_delete', { id: ProviderId });
/** Starts it, asks who it is, and ends it. Answer: `AgentCheck`. */
export const AgentsTest = query('agents_test', { agent: CustomAgent });

/** How far reading the CLIs' own conversations is. Answer: `ImportStatus`. Whoever asks is told of changes (`import_status`). */
export const ImportStatusQuery = query('import_status', {});
/** Looks now. */
export const ImportScan = query('import_scan', {});
/** Conversations in the vault, newest first. Answer: `{imports: ImportedSession[], next: string | null}`. */
export const ImportsList = query('imports_list', {
  provider: ProviderId.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
/** Messages of one, from number `after` on; follows it live from then on (`import_changed`). Answer: `{session: ImportedSession, items: ImportedItem[]}`. */
export const ImportRead = query('import_read', {
  import_id: z.string().min(1).max(200),
  after: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(200),
});
/** Words in the vault and in the sessions of this app. Answer: `{hits: SearchHit[], more: boolean}`. */
export const Search = query('search', {
  text: z.string().trim().min(1).max(500),
  limit: z.number().int().min(1).max(100).default(30),
});

export const Query = z.discriminatedUnion('type', [
  ListProviders,
  ListFolders,
  Verify,
  Doctor,
  Status,
  Stop,
  OpenLink,
  ...accessQueries,
  ...gatewayQueries,
  ...exportQueries,
  ...dataQueries,
  ...filesQueries,
  ...kvQueries,
  ...draftQueries,
  ...mentionQueries,
  ...serverQueries,
  RulesList,
  RulesCreate,
  RulesDelete,
  History,
  SessionsPage,
  ApprovalsList,
  Upload,
  ReadAttachment,
  ListCommands,
  SettingsGet,
  SettingsSet,
  ProviderKeySet,
  ProviderKeyDelete,
  ProviderInstall,
  Job,
  JobCancel,
  OpenTerminal,
  AgentsList,
  AgentsSave,
  AgentsDelete,
  AgentsTest,
  ImportStatusQuery,
  ImportScan,
  ImportsList,
  ImportRead,
  Search,
]);
export type Query = z.infer<typeof Query>;
export type QueryOf<T extends Query['type']> = Extract<Query, { type: T }>;
