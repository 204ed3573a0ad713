/** The kinds of `system` lines that are known and need no reading of their own. */

/** Told by other lines as well, or of no use to a person. `task_*` and `background_tasks_changed` are read before. */
const silent = new Set([
  'thinking_tokens',
  'hook_started',
  'hook_progress',
  'hook_response',
  'stop_hook_summary',
  'files_persisted',
  'file_snapshot',
  'checkpoint_done',
  'session_state_changed',
  'session_metadata',
  'session_title_changed',
  'vcs_state_changed',
  'shell_cwd',
  'permission_denied',
  'permission_retry',
  'permission_check_status',
  'post_turn_summary',
  'task_summary',
  'away_summary',
  'turn_starting',
  'turn_duration',
  'turn_began_before_init',
  'turn_handoff_available',
  'turn_preempted',
  'init_milestone',
  'per_turn_effort_changed',
  'control_request_progress',
  'elicitation_complete',
  'memory_recall',
  'memory_saved',
  'plugin_install',
  'mirror_error',
  'api_error',
  'agents_killed',
  'inherited_asks_settled',
  'late_allow_not_run',
  'message_rated',
  'feedback_draft_queued',
  'code_change_published',
  'bridge_state',
  'bridge_status',
  'cloud_session_status',
  'cloud_session_delta',
  'worker_shutting_down',
]);
export function isSilent(subtype: string): boolean {
  // `ui_*` is for the CLI's own window.
  return silent.has(subtype) || subtype.startsWith('ui_');
}

/** Lines that are words for a person, in `content` or `text`, and how much they matter. */
export const spoken: { readonly [subtype: string]: 'info' | 'warning' | 'error' } = {
  informational: 'info',
  notification: 'info',
  scheduled_task_fire: 'info',
  instruction_size_warning: 'warning',
  file_attachments_missing: 'warning',
  model_fallback: 'warning',
  model_consent_fallback: 'warning',
  model_refusal_fallback: 'warning',
  model_refusal_no_fallback: 'warning',
};
