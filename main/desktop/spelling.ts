import type { SpellingView } from '../protocol/desktop.ts';

/** What of Electron's session checking needs. */
export interface SpellingSession {
  readonly availableSpellCheckerLanguages: string[];
  setSpellCheckerEnabled(on: boolean): void;
  setSpellCheckerLanguages(languages: string[]): void;
  on(
    event: 'spellcheck-dictionary-download-failure' | 'spellcheck-dictionary-download-success',
    listener: (event: unknown, language: string) => void,
  ): unknown;
}

/** More dictionaries at once find hardly a word that is wrong. */
const mostLanguages = 3;

/**
 * The dictionaries for what a person reads and writes: first the app's own language, in the system's variant of it, then the system's others.
 * @param wishes - of the system, best first.
 * @param available - as Electron names its dictionaries.
 */
export function spellLanguages(app: string, wishes: readonly string[], available: readonly string[]): string[] {
  const base = (tag: string) => tag.toLowerCase().split('-')[0];
  const own = wishes.find((wish) => base(wish) === base(app)) ?? app;
  const found = [own, ...wishes].map(
    (wish) =>
      available.find((one) => one.toLowerCase() === wish.toLowerCase()) ??
      available.find((one) => one.toLowerCase() === base(wish)) ??
      available.find((one) => one === `${base(wish)}-US`) ??
      available.find((one) => base(one) === base(wish)),
  );
  return [...new Set(found.filter((one) => one !== undefined))].slice(0, mostLanguages);
}

export interface Spelling {
  view(): SpellingView;
  set(on: boolean): void;
  /** The app's language is another one. */
  speak(): void;
}

/**
 * The spelling check of the system (macOS) or of Chromium, whose dictionaries come from a network when a language is first checked. While it is off
 * there is no language to check, and so nothing to fetch.
 * @param languages - of the app, and the system's wishes.
 */
export function createSpelling(
  session: SpellingSession,
  systemsOwn: boolean,
  initial: boolean,
  languages: () => { app: string; wishes: readonly string[] },
): Spelling {
  let on = initial;
  let checked: string[] = [];
  const missing = new Set<string>();
  session.on('spellcheck-dictionary-download-failure', (_event, language) => missing.add(language));
  session.on('spellcheck-dictionary-download-success', (_event, language) => missing.delete(language));

  function apply(): void {
    const { app, wishes } = languages();
    checked = on && !systemsOwn ? spellLanguages(app, wishes, session.availableSpellCheckerLanguages) : [];
    if (!systemsOwn) session.setSpellCheckerLanguages(checked);
    session.setSpellCheckerEnabled(on);
  }
  apply();
  return {
    view: () => ({
      on,
      languages: checked,
      fetches: !systemsOwn,
      missing: checked.filter((language) => missing.has(language)),
    }),
    set(next) {
      on = next;
      missing.clear();
      apply();
    },
    speak: apply,
  };
}
