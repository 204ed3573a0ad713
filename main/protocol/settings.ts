import { z } from 'zod';
import { ProviderId } from './ids.ts';
import { GoalLimits } from './values.ts';

const minutes = z.number().min(1).max(10_080);

/** What the person set for the whole app. */
export const Settings = z.object({
  /** A CLI without a turn for this long is closed; the next message resumes it. */
  idle_close_minutes: minutes,
  /** A turn without a sign of the agent for this long is ended; null: never. Time in which the agent waits for a person does not count. */
  turn_idle_minutes: minutes.nullable(),
  /** A turn that takes this long altogether is ended; null: never. */
  turn_total_minutes: minutes.nullable(),
  /** What a new goal gets. */
  goal_limits: GoalLimits,
  /** The CLIs' own conversations on this machine are read into the vault. */
  import_enabled: z.boolean(),
  /** Largest file that can be uploaded over HTTP, MiB. */
  upload_limit_mib: z.number().int().min(1).max(10_240),
  /** Where a chat of a ductor client begins, absolute; null: where the last session worked. */
  ductor_folder: z.string().min(1).max(4096).nullable(),
  /** With which agent; null: with the last used, else the first that is ready. */
  ductor_provider: ProviderId.nullable(),
  /** Requests a second that one key may make over HTTP; 0: as many as it likes. */
  requests_per_second: z.number().int().min(0).max(10_000),
  /** Backups are made by themselves. */
  backup_automatic: z.boolean(),
  /** This long after one another, when something has changed. */
  backup_every_hours: z.number().int().min(1).max(168),
  /** How many of these are kept: the newest three, then the last of each day. */
  backup_keep: z.number().int().min(3).max(100),
  /** Archived sessions in which nothing happened for this long are deleted; null: never. */
  delete_archived_after_days: z.number().int().min(1).max(36_500).nullable(),
});
export type Settings = z.infer<typeof Settings>;

export { defaultSettings } from './default-settings.ts';

/** An agent that speaks the Agent Client Protocol, started by its command line. */
export const CustomAgent = z.object({
  id: ProviderId,
  name: z.string().trim().min(1).max(100),
  /** Program, absolute or found on the PATH. */
  command: z.string().trim().min(1).max(1000),
  args: z.array(z.string().max(2000)).max(100),
  /** Added to the environment of its process only. Not for secrets: those are kept with `provider_key_set`. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(4000)),
  /** Environment variable that gets the stored API key. */
  key_variable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
    .optional(),
});
export type CustomAgent = z.infer<typeof CustomAgent>;
