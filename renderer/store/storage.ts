/** What this client remembers by itself. Private windows may refuse storage; then it is remembered as long as the page lives. */
const fallback = new Map<string, string>();
const prefix = 'quarterdeck.';

export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, value);
  } catch {
    if (value === null) fallback.delete(key);
    else fallback.set(key, value);
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(prefix + key) ?? fallback.get(key) ?? null;
  } catch {
    return fallback.get(key) ?? null;
  }
}

export const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The value under `key` as JSON, or null when there is none or it cannot be read. */
export function recallJson<T>(key: string, isValid: (value: unknown) => value is T): T | null {
  const text = recall(key);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : null;
  } catch {
    return null;
  }
}

/** Keys that begin so. */
export function recallKeys(beginning: string): string[] {
  let kept: string[] = [];
  try {
    kept = Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  } catch {
    // Then there are only those of this page.
  }
  return [...kept, ...fallback.keys()].filter((key) => key.startsWith(beginning));
}

const elsewhere: { readonly beginning: string; readonly listener: (key: string) => void }[] = [];

/**
 * Hears what another window or tab of this client remembers, or forgets, under keys that begin so. What this page does itself is not told.
 * Another page may write at the same moment: what is kept of several pages has a key for each of them, or is joined by whoever hears of it.
 */
export function onRememberedElsewhere(beginning: string, listener: (key: string) => void): void {
  if (elsewhere.length === 0 && typeof addEventListener === 'function') {
    addEventListener('storage', ({ key }) => {
      if (!key?.startsWith(prefix)) return;
      const known = key.slice(prefix.length);
      for (const one of elsewhere) if (known.startsWith(one.beginning)) one.listener(known);
    });
  }
  elsewhere.push({ beginning, listener });
}
