import type { Settings } from './settings.ts';

/** What holds as long as the person has set nothing else. By itself, so that a page can have it without the schemas. */
export const defaultSettings: Settings = {
  idle_close_minutes: 10,
  turn_idle_minutes: 30,
  turn_total_minutes: null,
  goal_limits: { turns: 12, minutes: null, cost_usd: null },
  import_enabled: true,
  upload_limit_mib: 50,
  ductor_folder: null,
  ductor_provider: null,
  requests_per_second: 0,
  backup_automatic: true,
  backup_every_hours: 1,
  backup_keep: 10,
  delete_archived_after_days: null,
};
