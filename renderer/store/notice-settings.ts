import type { NoticeSettings } from '../../main/protocol/notice-settings.ts';
import { defaultNotices } from '../../main/protocol/notices.ts';
import { recallJson, remember } from './storage.ts';

/**
 * Whether this page can show notifications. `insecure`: it came over a network in clear. `missing`: this browser has none for it. `ask`: nobody was
 * asked yet.
 */
export type PageNoticeState = 'insecure' | 'missing' | 'ask' | 'denied' | 'granted';

export function pageNoticeState(): PageNoticeState {
  if (!window.isSecureContext) return 'insecure';
  if (!('Notification' in window)) return 'missing';
  return Notification.permission === 'default' ? 'ask' : Notification.permission;
}

const storageKey = 'notices';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What was kept in this browser, part by part: one that is not understood is as it was at first. */
export function readNotices(kept: unknown): NoticeSettings {
  const parts = isObject(kept) ? kept : {};
  const isFit = (name: keyof NoticeSettings): boolean => {
    const value = parts[name];
    return name === 'ended_minutes'
      ? typeof value === 'number' && value >= 0 && value <= 1_440
      : typeof value === 'boolean';
  };
  const names = (Object.keys(defaultNotices) as (keyof NoticeSettings)[]).filter(isFit);
  return { ...defaultNotices, ...Object.fromEntries(names.map((name) => [name, parts[name]])) };
}

export const keptNotices = (): NoticeSettings => readNotices(recallJson(storageKey, isObject));

export function keepNotices(change: Partial<NoticeSettings>): NoticeSettings {
  const settings = { ...keptNotices(), ...change };
  remember(storageKey, JSON.stringify(settings));
  return settings;
}
