import { describe, expect, it } from 'vitest';
import { createSpelling, spellLanguages } from './spelling.ts';

const available = ['de', 'de-AT', 'en-AU', 'en-GB', 'en-US', 'fr', 'pt-BR', 'pt-PT'];

describe('the languages that are checked', () => {
  it.each([
    ['en', ['en-GB', 'de-DE'], ['en-GB', 'de']],
    ['de', ['de-AT', 'en-US', 'fr', 'pt'], ['de-AT', 'en-US', 'fr']],
    ['en', [], ['en-US']],
    ['ja', ['pt'], ['pt-BR']],
    ['ja', ['zh-CN'], []],
  ])('for %s in a system that says %j are %j', (app, wishes, languages) => {
    expect(spellLanguages(app, wishes, available)).toEqual(languages);
  });
});

function session() {
  const calls: unknown[] = [];
  const listeners = new Map<string, (event: unknown, language: string) => void>();
  return {
    calls,
    listeners,
    availableSpellCheckerLanguages: available,
    setSpellCheckerEnabled: (on: boolean) => void calls.push(on),
    setSpellCheckerLanguages: (languages: string[]) => void calls.push(languages),
    on: (event: string, listener: (event: unknown, language: string) => void) => listeners.set(event, listener),
  };
}

describe('spelling', () => {
  it('has no language while it is off, so that nothing is fetched', () => {
    const system = session();
    const spelling = createSpelling(system, false, false, () => ({ app: 'de', wishes: [] }));
    expect(system.calls).toEqual([[], false]);
    expect(spelling.view()).toEqual({ on: false, languages: [], fetches: true, missing: [] });
  });

  it('checks the language of the app as soon as it is on, and follows it', () => {
    const system = session();
    let app = 'de';
    const spelling = createSpelling(system, false, false, () => ({ app, wishes: ['en-GB'] }));
    system.calls.splice(0);
    spelling.set(true);
    app = 'en';
    spelling.speak();
    expect(system.calls).toEqual([['de', 'en-GB'], true, ['en-GB'], true]);
  });

  it('tells which dictionary could not be fetched, until it could', () => {
    const system = session();
    const spelling = createSpelling(system, false, true, () => ({ app: 'de', wishes: [] }));
    system.listeners.get('spellcheck-dictionary-download-failure')?.(null, 'de');
    expect(spelling.view().missing).toEqual(['de']);
    system.listeners.get('spellcheck-dictionary-download-success')?.(null, 'de');
    expect(spelling.view().missing).toEqual([]);
  });

  it('leaves the languages to the system where that has its own', () => {
    const system = session();
    const spelling = createSpelling(system, true, true, () => ({ app: 'de', wishes: [] }));
    expect(system.calls).toEqual([true]);
    expect(spelling.view()).toMatchObject({ on: true, languages: [], fetches: false });
  });
});
