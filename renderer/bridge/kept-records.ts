import { recall, remember } from '../store/storage.ts';

/** Records of this page by a key, kept over reloads. */
export interface KeptRecords {
  get(key: string): Promise<unknown>;
  /** @returns how long the page stood still to copy the value, milliseconds. */
  set(key: string, value: unknown): Promise<number>;
  delete(key: string): Promise<void>;
}

const databaseName = 'quarterdeck';
const stores = ['gateways', 'shell'] as const;

/**
 * In IndexedDB, which holds more and is not sent through the event loop of other tabs; where a browser refuses that (some private windows), in
 * localStorage, and where it refuses that too, as long as the page lives.
 */
export function keptRecords(store: (typeof stores)[number]): KeptRecords {
  const run = async <T>(
    mode: IDBTransactionMode,
    job: (objects: IDBObjectStore) => IDBRequest<T>,
    otherwise: () => T,
  ): Promise<T> => {
    const database = await openDatabase();
    if (!database) return otherwise();
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = database.transaction(store, mode);
        const request = job(transaction.objectStore(store));
        // Written only once the transaction is complete: a page may be closed right after.
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    } catch {
      return otherwise();
    }
  };
  const plainKey = (key: string): string => `${store}.${key}`;
  return {
    get: (key) =>
      run(
        'readonly',
        (objects) => objects.get(key),
        () => recallValue(plainKey(key)),
      ),
    async set(key, value) {
      let stoodStillMs = 0;
      const timed = <T>(job: () => T): T => {
        const startedAt = performance.now();
        const done = job();
        stoodStillMs += performance.now() - startedAt;
        return done;
      };
      await run<IDBValidKey>(
        'readwrite',
        (objects) => timed(() => objects.put(value, key)),
        () => {
          timed(() => remember(plainKey(key), JSON.stringify(value)));
          return key;
        },
      );
      return stoodStillMs;
    },
    async delete(key) {
      remember(plainKey(key), null);
      await run(
        'readwrite',
        (objects) => objects.delete(key),
        () => undefined,
      );
    },
  };
}

function recallValue(key: string): unknown {
  try {
    return JSON.parse(recall(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

let opened: Promise<IDBDatabase | null> | null = null;

function openDatabase(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open(databaseName, 1);
      request.onupgradeneeded = () => {
        for (const name of stores) request.result.createObjectStore(name);
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
  return opened;
}
