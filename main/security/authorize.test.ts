import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Principal } from '../orchestrator/ports.ts';
import { Command } from '../protocol/commands.ts';
import { Attach, ClientFrame, Detach, Ping, WatchSessions } from '../protocol/frames.ts';
import { Query, Scope } from '../protocol/queries.ts';
import { authorize, missingScopes } from './authorize.ts';
import { ownerPrincipal } from './principal.ts';
import { frameScopes } from './scopes.ts';

const with_ = (...scopes: Scope[]): Principal => ({
  actor: { kind: 'api_key', id: 'k', via: 'websocket' },
  scopes: new Set(scopes),
});
const ids = { command_id: 'command-1', session_id: 'ses_12345678' };
const frame = (fields: Record<string, unknown>): ClientFrame => ClientFrame.parse({ ...ids, ...fields });

const agent = { id: 'mine', name: 'Mine', command: 'mine', args: [], env: {} };

const rule = { tool: 'Bash', match: 'exact', pattern: 'npm test' };

/** One valid frame of every type. */
const frames: Record<string, ClientFrame> = Object.fromEntries(
  [
    { type: 'attach', after_seq: 0 },
    { type: 'detach' },
    { type: 'watch_sessions' },
    { type: 'ping' },
    { type: 'new_chat', cwd: '/', provider: 'demo' },
    { type: 'message', text: 'x' },
    { type: 'chat_request', text: 'x' },
    { type: 'abort' },
    { type: 'cancel' },
    { type: 'set_workspace_scope', cwd: '/' },
    { type: 'approval_withdraw', approval_id: 'apr_12345678' },
    { type: 'add_session_rule', rule },
    { type: 'rules_create', cwd: '/', provider: 'demo', rule },
    { type: 'history' },
    { type: 'sessions_page' },
    { type: 'approvals_list' },
    { type: 'approval_response', approval_id: 'apr_12345678', decision: 'allow_once' },
    { type: 'queue_edit', queue_id: 'q_12345678', text: 'x' },
    { type: 'queue_remove', queue_id: 'q_12345678' },
    { type: 'queue_move', queue_id: 'q_12345678', before: null },
    { type: 'queue_send_now', queue_id: 'q_12345678' },
    { type: 'set_model', model: null },
    { type: 'set_mode', mode: 'ask' },
    { type: 'set_effort', effort: null },
    { type: 'set_provider', provider: 'demo' },
    { type: 'set_digest', text: null },
    { type: 'fork_session', before_seq: null },
    { type: 'rewind', to_seq: 1 },
    { type: 'keep_going', turn_id: 'turn_12345678' },
    { type: 'remove_session_rule', rule_id: 'rule_12345678' },
    { type: 'set_goal', objective: 'x' },
    { type: 'change_goal', action: 'pause' },
    { type: 'continue_import', import_id: 'x' },
    { type: 'take_over', how: 'reload' },
    { type: 'rename_session', title: 'x' },
    { type: 'archive_session', archived: true },
    { type: 'upload', name: 'x', media_type: 'text/plain', bytes: 0, offset: 0, data: '' },
    { type: 'read_attachment', attachment_id: 'a'.repeat(64), offset: 0 },
    { type: 'file_read', path: '/project/a', offset: 0 },
    { type: 'list_commands' },
    { type: 'files_search', text: '' },
    { type: 'export_page' },
    { type: 'drafts_list' },
    { type: 'draft_get' },
    { type: 'draft_set', text: '', base: 0, written_at: 0 },
    { type: 'settings_get' },
    { type: 'settings_set', settings: {} },
    { type: 'provider_key_set', provider: 'claude', key: 'a-secret-key' },
    { type: 'provider_key_delete', provider: 'claude' },
    { type: 'provider_install', provider: 'claude' },
    { type: 'job', job_id: 'x', offset: 0 },
    { type: 'job_cancel', job_id: 'x' },
    { type: 'open_terminal', provider: 'claude' },
    { type: 'agents_list' },
    { type: 'agents_save', agent },
    { type: 'agents_delete', id: 'mine' },
    { type: 'agents_test', agent },
    { type: 'import_status' },
    { type: 'import_scan' },
    { type: 'imports_list' },
    { type: 'import_read', import_id: 'x' },
    { type: 'search', text: 'x' },
    { type: 'list_providers' },
    { type: 'list_folders' },
    { type: 'verify' },
    { type: 'doctor' },
    { type: 'status' },
    { type: 'stop' },
    { type: 'open_link' },
    { type: 'keys_create', name: 'x', scopes: ['chat'] },
    { type: 'keys_list' },
    { type: 'keys_rotate', id: 'x' },
    { type: 'keys_revoke', id: 'x' },
    { type: 'keys_delete', id: 'x' },
    { type: 'devices_list' },
    { type: 'devices_update', id: 'x' },
    { type: 'devices_revoke', id: 'x' },
    { type: 'devices_delete', id: 'x' },
    { type: 'pairing_create', name: 'x', scopes: ['chat'] },
    { type: 'pairing_cancel', pairing_id: 'x' },
    { type: 'gateway_identity' },
    { type: 'logins_list' },
    { type: 'logins_revoke', id: 'x' },
    { type: 'sign_in_ways' },
    { type: 'password_set', password: null },
    { type: 'oidc_set', oidc: null },
    { type: 'oidc_test', issuer: 'https://id.example' },
    { type: 'sign_in_set', lifetime_hours: 48 },
    { type: 'gateway_get' },
    { type: 'gateway_set', settings: {} },
    { type: 'gateway_check' },
    { type: 'connections_list' },
    { type: 'connections_close', connection_id: 'x' },
    { type: 'data_overview' },
    { type: 'data_task', task_id: 'x' },
    { type: 'backup_make' },
    { type: 'backup_delete', name: 'x' },
    { type: 'backup_look', source: '/x' },
    { type: 'restore_plan', source: '/x' },
    { type: 'restore_cancel' },
    { type: 'export_everything' },
    { type: 'retention_preview', days: 30 },
    { type: 'retention_run', before: 0 },
    { type: 'disk_use' },
    { type: 'log_read' },
    { type: 'costs_get' },
    { type: 'session_get' },
    { type: 'agents_overview' },
    { type: 'reload' },
    { type: 'restart' },
    { type: 'kv_list', agent: 'demo' },
    { type: 'kv_get', agent: 'demo', key: 'x' },
    { type: 'kv_put', agent: 'demo', key: 'x', value: '' },
    { type: 'kv_delete', agent: 'demo', key: 'x' },
    { type: 'rules_list' },
    { type: 'rules_delete', rule_id: 'x' },
  ].map((fields) => [fields.type, frame(fields)]),
);
const protocolTypes = [
  ...[Attach, Detach, WatchSessions, Ping].map((one) => one.shape.type.value),
  ...Command.options.map((one) => one.shape.type.value),
  ...Query.options.map((one) => one.shape.type.value),
].sort();

describe('the scope table', () => {
  it('has a row for every frame type of the protocol, and no other', () => {
    expect(Object.keys(frameScopes).sort()).toEqual(protocolTypes);
    expect(Object.keys(frames).sort()).toEqual(protocolTypes);
  });

  it('lets nobody without a scope do more than ping, detach and compare the public key of the gateway', () => {
    const allowed = protocolTypes.filter((type) => authorize(with_(), frames[type]!) === null);
    expect(allowed).toEqual(['detach', 'gateway_identity', 'ping']);
  });

  it('lets the owner and an admin do everything', () => {
    for (const type of protocolTypes) {
      expect(authorize(ownerPrincipal('window'), frames[type]!), type).toBeNull();
      expect(authorize(with_('admin'), frames[type]!), type).toBeNull();
    }
  });

  it.each([
    [
      'chat',
      [
        ...[
          'abort',
          'cancel',
          'chat_request',
          'change_goal',
          'files_search',
          'keep_going',
          'list_folders',
          'message',
          'new_chat',
          'set_digest',
          'set_goal',
          'upload',
        ],
        ...['queue_edit', 'queue_move', 'queue_remove', 'queue_send_now'],
      ],
    ],
    [
      'sessions:read',
      [
        ...[
          'attach',
          'verify',
          'watch_sessions',
          'read_attachment',
          'list_commands',
          'history',
          'export_page',
          'sessions_page',
          'session_get',
        ],
      ],
    ],
    [
      'sessions:write',
      [
        ...['archive_session', 'rename_session', 'set_mode', 'set_model', 'set_effort', 'set_provider'],
        ...['rewind', 'take_over', 'import_scan', 'set_workspace_scope'],
      ],
    ],
    ['approvals:read', ['rules_list', 'approvals_list']],
    [
      'approvals:write',
      [
        ...['approval_response', 'approval_withdraw', 'add_session_rule', 'remove_session_rule'],
        ...['rules_create', 'rules_delete'],
      ],
    ],
    ['keys:write', ['keys_list', 'keys_rotate', 'keys_revoke', 'keys_delete']],
    ['devices:write', ['devices_list', 'devices_update', 'devices_revoke', 'devices_delete', 'pairing_cancel']],
    ['server:read', ['doctor', 'list_providers', 'settings_get', 'status', 'gateway_get', 'gateway_check']],
    ['server:write', ['settings_set', 'stop', 'reload', 'restart']],
    ['agents:read', ['agents_overview']],
    ['costs:read', ['costs_get']],
    ['kv:read', ['kv_list', 'kv_get']],
    ['kv:write', ['kv_put', 'kv_delete']],
    ['files:read', ['file_read']],
    ['imports:read', ['import_status', 'imports_list', 'import_read']],
  ] as const)('lets %s do exactly its part', (scope, expected) => {
    const allowed = protocolTypes.filter((type) => authorize(with_(scope), frames[type]!) === null);
    expect(allowed).toEqual(['detach', 'gateway_identity', 'ping', ...expected].sort());
  });

  it('gives nobody more by taking a scope away', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...protocolTypes),
        fc.subarray(Scope.options),
        fc.subarray(Scope.options),
        (type, a, b) => {
          const fewer = authorize(with_(...a), frames[type]!) === null;
          const more = authorize(with_(...a, ...b), frames[type]!) === null;
          expect(more || !fewer).toBe(true);
        },
      ),
    );
  });
});

describe('modes in which the agent does not ask', () => {
  it.each(['full', 'accept-edits'])('need approvals:write for %s, in a new chat and in one that exists', (mode) => {
    const start = frame({ type: 'new_chat', cwd: '/', provider: 'demo', mode });
    const change = frame({ type: 'set_mode', mode });
    expect(authorize(with_('chat'), start)?.code).toBe('forbidden');
    expect(authorize(with_('chat', 'approvals:write'), start)).toBeNull();
    expect(authorize(with_('sessions:write'), change)?.message).toContain('approvals:write');
    expect(authorize(with_('sessions:write', 'approvals:write'), change)).toBeNull();
  });

  it('need nothing more for ask and plan, which only take freedom away', () => {
    for (const mode of ['ask', 'plan']) {
      expect(authorize(with_('chat'), frame({ type: 'new_chat', cwd: '/', provider: 'demo', mode }))).toBeNull();
      expect(authorize(with_('sessions:write'), frame({ type: 'set_mode', mode }))).toBeNull();
    }
  });
});

describe('answers and rules', () => {
  it('take chat too, where the answer has the agent go on', () => {
    const answer = frame({ type: 'approval_response', approval_id: 'apr_12345678', decision: 'deny', go_on: true });
    expect(authorize(with_('approvals:write'), answer)?.message).toContain('chat');
    expect(authorize(with_('approvals:write', 'chat'), answer)).toBeNull();
  });

  it('are the business of an admin, where a rule may cover everything', () => {
    const unlimited = { tool: 'Bash', match: 'any', pattern: '', unlimited: true };
    for (const type of ['rules_create', 'add_session_rule']) {
      const asked = frame({ type, cwd: '/', provider: 'demo', rule: unlimited });
      expect(authorize(with_('approvals:write', 'sessions:write', 'chat'), asked)?.message).toContain('admin');
      expect(authorize(with_('admin'), asked)).toBeNull();
    }
  });
});

describe('a chat in one go', () => {
  it('needs approvals:write for a new session in which the agent does not ask', () => {
    const asked = frame({
      type: 'chat_request',
      session_id: undefined,
      cwd: '/',
      provider: 'demo',
      text: 'x',
      mode: 'full',
    });
    expect(authorize(with_('chat'), asked)?.message).toContain('approvals:write');
  });
});

describe('what the agents keep on disk from a terminal', () => {
  it('is not for a key that may read the sessions of the app', () => {
    const reader = with_('sessions:read', 'sessions:write', 'chat');
    for (const type of ['import_status', 'imports_list', 'import_read', 'search', 'continue_import']) {
      expect(authorize(reader, frames[type]!)?.message, type).toContain('imports:read');
    }
  });
});

describe('what is started on this machine, and with which secrets', () => {
  it('is the business of the owner and of an admin alone', () => {
    const everythingElse = Scope.options.filter((scope) => scope !== 'admin');
    for (const type of [
      ...['agents_list', 'agents_save', 'agents_delete', 'agents_test', 'provider_key_set', 'provider_key_delete'],
      ...['provider_install', 'job', 'job_cancel', 'open_terminal'],
    ]) {
      expect(authorize(with_(...everythingElse), frames[type]!)?.code, type).toBe('forbidden');
    }
  });
});

describe('a key that makes keys', () => {
  it('hands out at most what it holds itself', () => {
    const make = (...scopes: Scope[]) => frame({ type: 'keys_create', name: 'x', scopes });
    const maker = with_('keys:write', 'chat');
    expect(authorize(maker, make('chat'))).toBeNull();
    expect(authorize(maker, make('keys:write', 'chat'))).toBeNull();
    expect(authorize(maker, make('chat', 'server:write'))?.message).toContain('server:write');
    expect(authorize(maker, make('admin'))?.message).toContain('admin');
    expect(authorize(with_('chat'), make('chat'))?.message).toContain('keys:write');
  });
});

describe('what is kept of everything', () => {
  it.each([
    { backup_automatic: false },
    { backup_every_hours: 5 },
    { backup_keep: 5 },
    { delete_archived_after_days: 5 },
  ])('is changed by an admin alone, also among the settings (%o)', (change) => {
    const set = frame({ type: 'settings_set', settings: { idle_close_minutes: 5, ...change } });
    expect(authorize(with_('server:write'), set)?.message).toContain('admin');
    expect(authorize(with_('admin'), set)).toBeNull();
  });
});

describe('a refusal', () => {
  it('names what is missing and says what it means and what to do', () => {
    const problem = missingScopes(with_('chat'), ['chat', 'server:read', 'server:write', 'server:read'], '"x"');
    expect(problem?.code).toBe('forbidden');
    expect(problem?.message).toContain('the scopes server:read, server:write,');
    expect(problem?.impact).toBeTruthy();
    expect(problem?.next).toContain('server:read, server:write');
  });
});
