import { StorageError } from '../orchestrator/ports.ts';

/** Says what a refused write means; anything that is not SQLite's is a defect and passes through. */
export function storageError(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') {
    return new StorageError('storage_full', 'The disk is full.', { cause: error });
  }
  if (code.startsWith('SQLITE_'))
    return new StorageError('storage_failed', `The database refused (${code}).`, { cause: error });
  return error;
}
