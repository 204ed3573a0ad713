import type { Log } from '../orchestrator/ports.ts';
import type { DoctorReport } from '../protocol/views.ts';

type NotUnderstood = NonNullable<DoctorReport['not_understood']>[number];

const sampleChars = 500;

export interface NotUnderstoodParts {
  store: { add(one: Omit<NotUnderstood, 'count'>): void };
  /** Takes out what looks like a secret; known ones are out already. */
  redactText: (text: string) => string;
  log: Log;
  now?: () => number;
}

/** Counts what CLIs said that the app did not understand, for the doctor. A count that cannot be written costs nothing but the count. */
export function createNotUnderstood({ store, redactText, log, now = Date.now }: NotUnderstoodParts) {
  return (heard: { provider: string; version: string | null; what: string; session_id: string; raw: string }): void => {
    const { provider, version, what, session_id, raw } = heard;
    const sample = redactText(raw.slice(0, 4 * sampleChars)).slice(0, sampleChars);
    try {
      store.add({ provider, version, what: redactText(what), last_at: now(), session_id, sample });
    } catch (error) {
      log.warn('a message that was not understood could not be counted', { provider, what, error: String(error) });
    }
  };
}
