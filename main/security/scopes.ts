import type { ClientFrame } from '../protocol/frames.ts';
import type { Scope } from '../protocol/queries.ts';
import type { PermissionMode, RuleRequest } from '../protocol/values.ts';

type FrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;
/** All of these are needed. Where it depends on what the frame asks for, a function of the frame. */
export type Needs<F> = readonly Scope[] | ((frame: F) => readonly Scope[]);

/**
 * A mode in which the agent acts without asking answers approvals in advance, so it needs what answering one needs. `ask` and `plan` only
 * ever take freedom away from the agent.
 */
const needsOfMode = (mode: PermissionMode): readonly Scope[] =>
  mode === 'full' || mode === 'accept-edits' ? ['approvals:write'] : [];

/** A rule that may cover everything is the business of whoever may do everything. */
const needsOfRule = (rule: RuleRequest): readonly Scope[] => (rule.unlimited ? ['admin'] : []);

/** Whoever changes these decides what is kept of everything. */
const protectsData = ['backup_automatic', 'backup_every_hours', 'backup_keep', 'delete_archived_after_days'] as const;

/** Where a row depends on the frame, in words: for the reference of the protocol. */
export const frameScopeNotes: Partial<Record<ClientFrame['type'], string>> = {
  new_chat: '`approvals:write` for the modes `full` and `accept-edits`',
  chat_request: '`approvals:write` for a new session in the modes `full` and `accept-edits`',
  set_mode: '`approvals:write` for the modes `full` and `accept-edits`',
  continue_import: '`approvals:write` for the modes `full` and `accept-edits`',
  approval_response: '`chat` with `go_on`',
  add_session_rule: '`admin` with `unlimited`',
  rules_create: '`admin` with `unlimited`',
  settings_set: '`admin` for what concerns backups and deletion',
  keys_create: 'every scope the key gets',
  devices_update: 'every scope the device gets',
  pairing_create: 'every scope the device gets',
};

/**
 * What every frame of the protocol needs. The type makes a missing row a compile error; a test compares the table with the protocol's own
 * list, so that it also fails where nothing is compiled.
 */
export const frameScopes: { readonly [T in ClientFrame['type']]: Needs<FrameOf<T>> } = {
  // Tells only that the connection lives, or takes from it what it was given.
  ping: [],
  detach: [],

  attach: ['sessions:read'],
  watch_sessions: ['sessions:read'],
  verify: ['sessions:read'],

  new_chat: (frame) => ['chat', ...needsOfMode(frame.mode)],
  message: ['chat'],
  // A session of its own, or words for one that exists: then the core looks at that one's mode.
  chat_request: (frame) => ['chat', ...(frame.session_id || !frame.mode ? [] : needsOfMode(frame.mode))],
  abort: ['chat'],
  cancel: ['chat'],
  queue_edit: ['chat'],
  queue_remove: ['chat'],
  queue_move: ['chat'],
  queue_send_now: ['chat'],
  // Choosing where a chat works is part of opening it.
  list_folders: ['chat'],

  set_model: ['sessions:write'],
  set_mode: (frame) => ['sessions:write', ...needsOfMode(frame.mode)],
  set_effort: ['sessions:write'],
  set_provider: ['sessions:write'],
  set_digest: ['chat'],
  fork_session: ['chat', 'sessions:read'],
  rewind: ['sessions:write'],
  // Where an agent that acts without asking works is a question of approvals too: the core looks at the mode.
  set_workspace_scope: ['sessions:write'],
  history: ['sessions:read'],
  export_page: ['sessions:read'],
  sessions_page: ['sessions:read'],
  keep_going: ['chat'],
  take_over: ['sessions:write'],
  continue_import: (frame) => ['chat', 'imports:read', ...needsOfMode(frame.mode)],
  // A goal is a message that says itself again.
  set_goal: ['chat'],
  change_goal: ['chat'],
  rename_session: ['sessions:write'],
  archive_session: ['sessions:write'],

  // To have the agent go on is to speak to it.
  approval_response: (frame) => ['approvals:write', ...(frame.go_on ? (['chat'] as const) : [])],
  approval_withdraw: ['approvals:write'],
  approvals_list: ['approvals:read'],
  add_session_rule: (frame) => ['approvals:write', ...needsOfRule(frame.rule)],
  remove_session_rule: ['approvals:write'],
  rules_list: ['approvals:read'],
  rules_create: (frame) => ['approvals:write', ...needsOfRule(frame.rule)],
  // Takes back a lasting answer.
  rules_delete: ['approvals:write'],

  upload: ['chat'],
  read_attachment: ['sessions:read'],
  file_read: ['files:read'],
  list_commands: ['sessions:read'],
  // What is being written is for those who may read what is said there, and write.
  drafts_list: ['chat', 'sessions:read'],
  draft_get: ['chat', 'sessions:read'],
  draft_set: ['chat', 'sessions:read'],
  // Mentioning a file is part of writing to an agent, which could list them itself.
  files_search: ['chat'],
  // Everything the person ever said to these CLIs, not only here.
  import_status: ['imports:read'],
  import_scan: ['sessions:write'],
  imports_list: ['imports:read'],
  import_read: ['imports:read'],
  search: ['sessions:read', 'imports:read'],

  settings_get: ['server:read'],
  settings_set: ({ settings }) => [
    'server:write',
    ...(protectsData.some((name) => settings?.[name] !== undefined) ? (['admin'] as const) : []),
  ],
  // What is started on this machine, and with which secrets, is the owner's alone.
  provider_key_set: ['admin'],
  provider_key_delete: ['admin'],
  provider_install: ['admin'],
  job: ['admin'],
  job_cancel: ['admin'],
  open_terminal: ['admin'],
  // Command lines and variables may hold secrets.
  agents_list: ['admin'],
  agents_save: ['admin'],
  agents_delete: ['admin'],
  agents_test: ['admin'],

  list_providers: ['server:read'],
  doctor: ['server:read'],
  status: ['server:read'],
  stop: ['server:write'],

  // The link signs a browser in as the owner.
  open_link: ['admin'],
  // Nobody hands out more than they hold: a key that makes keys cannot make itself a stronger one.
  keys_create: (frame) => ['keys:write', ...frame.scopes],
  keys_list: ['keys:write'],
  // What the key may do is checked again where the key is known.
  keys_rotate: ['keys:write'],
  keys_revoke: ['keys:write'],
  keys_delete: ['keys:write'],

  devices_list: ['devices:write'],
  devices_update: (frame) => ['devices:write', ...(frame.scopes ?? [])],
  devices_revoke: ['devices:write'],
  devices_delete: ['devices:write'],
  pairing_create: (frame) => ['devices:write', ...frame.scopes],
  pairing_cancel: ['devices:write'],
  // A public key: whoever holds any credential may compare it.
  gateway_identity: [],

  // Whoever signs in by one of these may do what the owner may.
  logins_list: ['admin'],
  logins_revoke: ['admin'],
  sign_in_ways: ['admin'],
  password_set: ['admin'],
  oidc_set: ['admin'],
  oidc_test: ['admin'],
  sign_in_set: ['admin'],

  gateway_get: ['server:read'],
  // Opens this machine to a network.
  gateway_set: ['admin'],
  gateway_check: ['server:read'],
  connections_list: ['admin'],
  connections_close: ['admin'],

  // Everything anybody ever said here, and what becomes of it.
  data_overview: ['admin'],
  data_task: ['admin'],
  backup_make: ['admin'],
  backup_delete: ['admin'],
  backup_look: ['admin'],
  restore_plan: ['admin'],
  restore_cancel: ['admin'],
  export_everything: ['admin'],
  retention_preview: ['admin'],
  retention_run: ['admin'],
  disk_use: ['admin'],
  // Names folders, sessions and devices of everybody.
  log_read: ['admin'],

  session_get: ['sessions:read'],
  agents_overview: ['agents:read'],
  costs_get: ['costs:read'],
  reload: ['server:write'],
  restart: ['server:write'],
  kv_list: ['kv:read'],
  kv_get: ['kv:read'],
  kv_put: ['kv:write'],
  kv_delete: ['kv:write'],
};
