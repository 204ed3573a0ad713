import { intlLocale, t } from './index.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Age up to which time is told as "… ago" and not as a date. */
const longestAgo = 7 * day;

/** Formats of dates, each made once: making one takes longer than all the rest of a message. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function formatDate(date: Date, options: Intl.DateTimeFormatOptions): string {
  const locale = intlLocale();
  // A format stays in the time zone it was made in, and a computer travels.
  const key = `${locale} ${date.getTimezoneOffset()} ${JSON.stringify(options)}`;
  let format = dateFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, options);
    dateFormats.set(key, format);
  }
  return format.format(date);
}

/** How long ago, as short as a list needs it: "now", "5m", "3h", "2d", then the date. */
export function formatAgo(ts: number, now: number): string {
  const age = now - ts;
  if (age < minute) return t.time.now;
  if (age < hour) return t.time.minutes(Math.floor(age / minute));
  if (age < day) return t.time.hours(Math.floor(age / hour));
  if (age < longestAgo) return t.time.days(Math.floor(age / day));
  const date = new Date(ts);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return formatDate(date, {
    month: 'short',
    day: 'numeric',
    year: sameYear ? undefined : 'numeric',
  });
}

/** The same within a sentence: "just now", "5m ago", "on Nov 8". */
export function formatSince(ts: number, now: number): string {
  const when = formatAgo(ts, now);
  if (when === t.time.now) return t.time.justNow;
  return now - ts < longestAgo ? t.time.ago(when) : t.time.on(when);
}

/** "480 ms", "3.2 s", "1:05", "2:03:10". */
export function formatDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 59_500) return `${Math.round(ms / 1_000)} s`;
  return formatClock(Math.round(ms / 1_000));
}

/** Whole seconds as a running clock: "0:07", "12:30", "1:02:03". */
export function formatClock(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = two(seconds % 60);
  return h > 0 ? `${h}:${two(m)}:${s}` : `${m}:${s}`;
}

/** "950", "12.3k", "1.2M". */
export function formatCount(n: number): string {
  if (n < 1_000) return String(n);
  if (n < 999_500) return `${(n / 1_000).toFixed(n < 9_950 ? 1 : 0)}k`;
  return `${(n / 1_000_000).toFixed(1)}M`;
}

/** Dollars, with as many digits as a small amount needs. */
export function formatCost(usd: number): string {
  return `$${usd >= 0.1 ? usd.toFixed(2) : usd.toFixed(usd >= 0.01 ? 3 : 4)}`;
}

/** A moment of the past, whole: "Nov 8, 2026, 15:51". Local time, the same clock as `formatMoment`. */
export function formatDateTime(ts: number): string {
  return formatDate(new Date(ts), { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}

/** A path with the home folder as "~". */
export function shortPath(path: string, home: string | null): string {
  if (!home || home === '/') return path;
  if (path === home) return '~';
  return path.startsWith(`${home}/`) || path.startsWith(`${home}\\`) ? `~${path.slice(home.length)}` : path;
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
}

/** The path of a file as seen from the folder the agent works in, where it lies in there. */
export function relativePath(path: string, folder: string | null): string {
  if (!folder) return path;
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(base) ? path.slice(base.length) : path;
}

/** "950 B", "12 KB", "3.4 MB", "1.2 GB": powers of 1,024, as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_024) return `${bytes} B`;
  const kilo = bytes / 1_024;
  if (kilo < 1_023.5) return `${Math.round(kilo)} KB`;
  const mega = kilo / 1_024;
  if (mega < 1_023.5) return `${mega < 9.95 && mega % 1 >= 0.05 ? mega.toFixed(1) : Math.round(mega)} MB`;
  return `${(mega / 1_024).toFixed(1)} GB`;
}

/** A moment as people plan by it: "14:05" today, "Tue 14:05" within a week, else with the date. Local time. */
export function formatMoment(ts: number, now: number): string {
  const date = new Date(ts);
  const time = formatDate(date, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  if (Math.abs(ts - now) < longestAgo) return `${formatDate(date, { weekday: 'short' })} ${time}`;
  return `${formatDate(date, { month: 'short', day: 'numeric' })} ${time}`;
}
