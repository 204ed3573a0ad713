import { createContext, use, useState } from 'react';

/**
 * What a person opened or closed in a list whose rows come and go as it scrolls. A row that comes back is as it was left. Null: rows stay, so
 * nothing has to be remembered.
 */
export const Remembered = createContext<Map<string, unknown> | null>(null);

/** `useState` that outlives the component, for as long as the list around it does. @param key - unique in the list; null: not remembered. */
export function useRemembered<T>(key: string | null, initial: T): [T, (value: T) => void] {
  const known = use(Remembered);
  const memory = key === null ? null : known;
  const [value, setValue] = useState<T>(() => (key !== null && memory?.has(key) ? (memory.get(key) as T) : initial));
  return [
    value,
    (next) => {
      if (key !== null) memory?.set(key, next);
      setValue(next);
    },
  ];
}
