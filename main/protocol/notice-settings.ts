import { z } from 'zod';
import { defaultNotices } from './notices.ts';

/** What this device tells its person by the system's notifications. */
export const NoticeSettings = z.object({
  /** Something waits for an answer, or a goal is stuck. */
  waiting: z.boolean(),
  /** A turn ended that took at least `ended_minutes`, or a goal was reached. */
  ended: z.boolean(),
  ended_minutes: z.number().min(0).max(1_440),
  failed: z.boolean(),
  sound: z.boolean(),
  /** Nothing while the app is in front. */
  only_behind: z.boolean(),
});

export type NoticeSettings = z.infer<typeof NoticeSettings>;

/** What a page asks about notifications: how they are set and whether there are any, a change of it, or one to try. */
export const NoticeRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('get') }),
  z.object({ type: z.literal('set'), change: NoticeSettings.partial() }),
  z.object({ type: z.literal('test') }),
]);
export type NoticeRequest = z.infer<typeof NoticeRequest>;

/** Settings that were kept; what is missing in them is as it was at first. */
export const KeptNotices = NoticeSettings.partial().transform((kept) => ({ ...defaultNotices, ...kept }));
