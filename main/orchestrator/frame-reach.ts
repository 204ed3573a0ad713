import type { Problem } from '../protocol/errors.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import type { SessionId } from '../protocol/ids.ts';
import { say } from '../protocol/saying.ts';
import type { Principal } from './ports.ts';
import { noSession } from './problems.ts';
import { isNarrowed } from './restrictions.ts';

/**
 * What a frame reaches, for those who are narrowed to some folders or sessions:
 * - `shared`: nothing that lies in a session or a folder, or only what is the client's own;
 * - `session`: the session it names, which has to be one that exists for them;
 * - `opens`: a folder in which a session is opened or moved to; the core compares its real path. A session it names has to exist for them too;
 * - `filtered`: many things, of which the answer holds only what exists for them;
 * - `machine`: the app or the machine as a whole. Who is narrowed does not reach it, with whatever scopes.
 */
export type Reach = 'shared' | 'session' | 'opens' | 'filtered' | 'machine';

/** The type makes a missing row a compile error; a test compares the table with the protocol's own list. */
export const frameReach: { readonly [T in ClientFrame['type']]: Reach } = {
  ping: 'shared',
  detach: 'shared',
  attach: 'session',
  watch_sessions: 'filtered',
  verify: 'filtered',

  new_chat: 'opens',
  chat_request: 'opens',
  fork_session: 'opens',
  continue_import: 'opens',
  set_workspace_scope: 'opens',
  list_folders: 'filtered',
  files_search: 'opens',

  message: 'session',
  abort: 'session',
  cancel: 'session',
  queue_edit: 'session',
  queue_remove: 'session',
  queue_move: 'session',
  queue_send_now: 'session',
  set_model: 'session',
  set_mode: 'session',
  set_effort: 'session',
  set_provider: 'session',
  set_digest: 'session',
  rewind: 'session',
  keep_going: 'session',
  take_over: 'session',
  set_goal: 'session',
  change_goal: 'session',
  rename_session: 'session',
  archive_session: 'session',
  approval_response: 'session',
  approval_withdraw: 'session',
  add_session_rule: 'session',
  remove_session_rule: 'session',
  history: 'session',
  read_attachment: 'session',
  list_commands: 'session',
  export_page: 'session',

  sessions_page: 'filtered',
  approvals_list: 'filtered',
  rules_list: 'filtered',
  rules_create: 'filtered',
  rules_delete: 'filtered',
  imports_list: 'filtered',
  import_read: 'filtered',
  search: 'filtered',
  file_read: 'filtered',
  list_providers: 'filtered',
  session_get: 'session',
  costs_get: 'filtered',
  agents_overview: 'shared',

  // What is sent up is kept by who sent it.
  upload: 'shared',
  drafts_list: 'filtered',
  draft_get: 'filtered',
  draft_set: 'filtered',
  settings_get: 'shared',
  gateway_identity: 'shared',

  // Counts and paths of everything that was ever said to these CLIs.
  import_status: 'machine',
  import_scan: 'machine',
  settings_set: 'machine',
  provider_key_set: 'machine',
  provider_key_delete: 'machine',
  provider_install: 'machine',
  job: 'machine',
  job_cancel: 'machine',
  open_terminal: 'machine',
  agents_list: 'machine',
  agents_save: 'machine',
  agents_delete: 'machine',
  agents_test: 'machine',
  data_overview: 'machine',
  data_task: 'machine',
  backup_make: 'machine',
  backup_delete: 'machine',
  backup_look: 'machine',
  restore_plan: 'machine',
  restore_cancel: 'machine',
  export_everything: 'machine',
  retention_preview: 'machine',
  retention_run: 'machine',
  disk_use: 'machine',
  log_read: 'machine',
  doctor: 'machine',
  status: 'machine',
  stop: 'machine',
  reload: 'machine',
  restart: 'machine',
  // What scripts keep belongs to no folder and no session.
  kv_list: 'machine',
  kv_get: 'machine',
  kv_put: 'machine',
  kv_delete: 'machine',
  // These let somebody in who is not narrowed.
  open_link: 'machine',
  logins_list: 'machine',
  logins_revoke: 'machine',
  sign_in_ways: 'machine',
  password_set: 'machine',
  oidc_set: 'machine',
  oidc_test: 'machine',
  sign_in_set: 'machine',
  gateway_get: 'machine',
  gateway_set: 'machine',
  gateway_check: 'machine',
  connections_list: 'machine',
  connections_close: 'machine',

  keys_create: 'filtered',
  keys_list: 'filtered',
  keys_rotate: 'filtered',
  keys_revoke: 'filtered',
  keys_delete: 'filtered',
  devices_list: 'filtered',
  devices_update: 'filtered',
  devices_revoke: 'filtered',
  devices_delete: 'filtered',
  pairing_create: 'filtered',
  pairing_cancel: 'filtered',
};

/**
 * The question of every frame after its scopes: does what it names exist for whoever asks?
 * @param exists - whether a session does. @returns null when it does; else the very words that are said of a session that was never there.
 */
export function outOfReach(
  principal: Principal,
  frame: ClientFrame,
  exists: (session_id: SessionId) => boolean,
): Problem | null {
  if (!isNarrowed(principal)) return null;
  if (frameReach[frame.type] === 'machine') return wholeMachine(frame.type);
  if (frame.type === 'detach') return null;
  const named = 'session_id' in frame ? frame.session_id : undefined;
  if (named === undefined) return null;
  // Null: a session that is yet to be made, which lies in no folder that they reach.
  return named !== null && exists(named) ? null : noSession;
}

/** What is said to who is narrowed and asks for something of the whole machine. */
export const wholeMachine = (type: string): Problem => ({
  code: 'forbidden',
  say: say('reach.wholeMachine', { type }),
  message: `"${type}" concerns the whole machine, and this credential is narrowed to some folders or sessions.`,
  impact: 'It was not carried out; nothing changed.',
  next: 'Use a key that is not narrowed, or ask the owner to do it in the window.',
});
