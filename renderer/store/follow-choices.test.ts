import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manyPages } from './pages-test-support.ts';

let pages: ReturnType<typeof manyPages>;
const root = () => ({ dataset: {} as Record<string, string>, style: { setProperty() {}, removeProperty() {} } });
beforeEach(() => {
  pages = manyPages();
  vi.stubGlobal('document', { documentElement: root() });
  vi.stubGlobal('navigator', { languages: ['en'] });
});
afterEach(() => pages.end());

async function openPage() {
  const page = await pages.open(async () => ({
    ...(await import('./theme.ts')),
    ...(await import('./appearance.ts')),
    ...(await import('./language.ts')),
    ...(await import('./diff-layout.ts')),
    ...(await import('./collapsed-folders.ts')),
    ...(await import('./follow-choices.ts')),
    ...(await import('../strings/index.ts')),
  }));
  page.as(() => page.followChoices());
  return page;
}

describe('what is chosen in one window', () => {
  it('counts at once in the others: theme, look, language, and how differences and folders are shown', async () => {
    const one = await openPage();
    const other = await openPage();
    one.as(() => {
      one.setTheme('dark');
      one.setLook({ density: 'compact' });
      one.setDiffLayout('split');
      one.foldFolder('/work/app', true);
    });
    expect(other.themeStore.getState()).toEqual({ theme: 'dark' });
    expect(other.lookStore.getState()).toMatchObject({ density: 'compact', textSize: 100 });
    expect(other.diffLayout.getState()).toEqual({ layout: 'split' });
    other.as(() => {
      other.foldFolder('/work/other', true);
      other.setLook({ textSize: 130 });
      other.setTheme('system');
    });
    expect([...one.collapsedFolders.getState()]).toEqual(['/work/app', '/work/other']);
    expect(one.lookStore.getState()).toMatchObject({ density: 'compact', textSize: 130 });
    expect(one.themeStore.getState()).toEqual({ theme: 'system' });
    expect(document.documentElement.dataset).toEqual({ density: 'compact' });
  });

  it('is a language that the others speak as soon as they have its words', async () => {
    const one = await openPage();
    const other = await openPage();
    await one.as(() => one.setLanguage('de'));
    await vi.waitFor(() => expect(other.languageStore.getState().choice).toBe('de'));
    expect(other.localeStore.getState().locale).toBe('de');
  });
});
