import { vi } from 'vitest';

/** What a browser keeps for all tabs of a page. Its values are its own members, as `Object.keys` of the real one finds them. */
class SharedStorage {
  [key: string]: unknown;
}

/**
 * Several pages of one client, each with modules of its own over one storage; a page hears what the others write, as tabs and windows do. What a page
 * does, it does within `as`.
 */
export function manyPages() {
  let current = 0;
  let count = 0;
  let closed = new Set<number>();
  const listeners: { page: number; listener: (event: object) => void }[] = [];
  const storage = new SharedStorage();
  const write = (key: string, newValue: string | null): void => {
    if ((storage[key] ?? null) === newValue) return;
    if (newValue === null) delete storage[key];
    else storage[key] = newValue;
    const writer = current;
    for (const { page, listener } of [...listeners]) {
      if (page !== writer && !closed.has(page)) as(page, () => listener({ storageArea: storage, key, newValue }));
    }
  };
  Object.defineProperties(storage, {
    getItem: { value: (key: string) => (storage[key] as string | undefined) ?? null },
    setItem: { value: (key: string, value: string) => write(key, value) },
    removeItem: { value: (key: string) => write(key, null) },
  });
  function as<T>(page: number, act: () => T): T {
    const before = current;
    current = page;
    try {
      return act();
    } finally {
      current = before;
    }
  }
  vi.stubGlobal('localStorage', storage);
  vi.stubGlobal('addEventListener', (type: string, listener: (event: object) => void) => {
    if (type === 'storage') listeners.push({ page: current, listener });
  });
  return {
    storage,
    /** Opens one more page. @param load - imports what it consists of. */
    async open<T>(load: () => Promise<T>): Promise<T & { as<R>(act: () => R): R; close(): void }> {
      count += 1;
      const page = count;
      vi.resetModules();
      current = page;
      const modules = await load();
      current = 0;
      return { ...modules, as: (act) => as(page, act), close: () => void closed.add(page) };
    },
    end() {
      closed = new Set(listeners.map(({ page }) => page));
      vi.unstubAllGlobals();
    },
  };
}
