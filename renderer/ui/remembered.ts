import { createContext, use, useEffect, useState } from 'react';

/**
 * What a person opened or closed in a list whose rows come and go as it scrolls. A row that comes back is as it was left. Null: rows stay, so
 * nothing has to be remembered.
 */
export const Remembered = createContext<Map<string, unknown> | null>(null);

/** Rows that are there now and want to hear of it when somebody else opens them. */
const rows = new WeakMap<Map<string, unknown>, Set<(key: string) => void>>();

/** Opens what is remembered under this key, in a row that is there now as in one that comes later. */
export function reopen(memory: Map<string, unknown>, key: string): void {
  if (memory.get(key) === true) return;
  memory.set(key, true);
  for (const hear of [...(rows.get(memory) ?? [])]) hear(key);
}

/** `useState` that outlives the component, for as long as the list around it does. @param key - unique in the list; null: not remembered. */
export function useRemembered<T>(key: string | null, initial: T): [T, (value: T) => void] {
  const known = use(Remembered);
  const memory = key === null ? null : known;
  const [value, setValue] = useState<T>(() => (key !== null && memory?.has(key) ? (memory.get(key) as T) : initial));
  useEffect(() => {
    if (memory === null || key === null) return;
    const hear = (opened: string): void => {
      if (opened === key) setValue(memory.get(key) as T);
    };
    const all = rows.get(memory) ?? new Set();
    rows.set(memory, all.add(hear));
    return () => void all.delete(hear);
  }, [memory, key]);
  return [
    value,
    (next) => {
      if (key !== null) memory?.set(key, next);
      setValue(next);
    },
  ];
}
