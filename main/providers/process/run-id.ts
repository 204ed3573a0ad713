import { createHash, randomBytes } from 'node:crypto';

/**
 * Name of this app's data folder in run ids: two apps with different folders never end each other's CLIs, and after a crash the next start
 * knows its own.
 */
export function instanceName(home: string): string {
  return createHash('sha256').update(home).digest('hex').slice(0, 16);
}

/** A new run id, `INSTANCE.RANDOM`. */
export function newRunId(instance: string): string {
  return `${instance}.${randomBytes(12).toString('hex')}`;
}
