import type { Page } from 'playwright';
import { test as base, expect } from '../driver/fixtures.ts';
import { serveGallery } from './gallery-site.ts';

export const sizes = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  /** The smallest that is still in use. */
  small: { width: 320, height: 568 },
  /** On its side. */
  turned: { width: 844, height: 390 },
} as const;
/** What every scene is looked at in. */
export type Size = 'wide' | 'phone';

/** Opens a scene afresh and waits until nothing moves in it any more. */
export type OpenScene = (scene: string, locale?: string) => Promise<void>;

interface Gallery {
  /** Where the gallery is served, built once. */
  gallery: string;
  /** A page of a size, with what opens a scene in it. */
  openPage: (size: keyof typeof sizes) => Promise<{ page: Page; open: OpenScene }>;
}

/** Playwright's `test` on the gallery: the real components over a scripted bridge, one page for many scenes. */
export const test = base.extend<Pick<Gallery, 'openPage'>, Pick<Gallery, 'gallery'>>({
  gallery: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern that a fixture needs no other.
    async ({}, use) => {
      const site = await serveGallery();
      await use(site.address);
      await site.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  openPage: async ({ gallery, sharedBrowser }, use) => {
    const browser = await sharedBrowser();
    const contexts: { close: () => Promise<void> }[] = [];
    await use(async (size) => {
      const phone = size !== 'wide';
      const context = await browser.newContext({
        viewport: sizes[size],
        hasTouch: phone,
        isMobile: phone,
        reducedMotion: 'reduce',
        colorScheme: 'light',
      });
      contexts.push(context);
      const page = await context.newPage();
      return { page, open: (scene, locale) => openScene(page, gallery, scene, locale) };
    });
    for (const context of contexts) await context.close();
  },
});

export async function openScene(page: Page, gallery: string, scene: string, locale = 'en'): Promise<void> {
  // A page that loads itself anew may still be about to.
  for (let tries = 1; ; tries += 1) {
    try {
      if (tries > 1) await page.goto('about:blank');
      await page.goto(`${gallery}?scene=${scene}&locale=${locale}`);
      break;
    } catch (error) {
      const isElsewhere = /interrupted by another navigation|net::ERR_ABORTED/.test(String(error));
      if (tries === 5 || !isElsewhere) throw error;
      await page.waitForLoadState();
    }
  }
  await settle(page);
}

/** Waits until the page has drawn something and then does not change for a moment; what streams or counts goes on for ever, so not long. */
export async function settle(page: Page, quietMs = 120, longestMs = 1_500): Promise<void> {
  await page.evaluate(
    ([quiet, longest]) =>
      new Promise<void>((resolve) => {
        let last = setTimeout(done, longest);
        let timer = setTimeout(done, quiet);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(done, quiet);
        });
        function done(): void {
          const isPartly =
            !document.querySelector('#root *') ||
            (document.querySelector('.app') && !document.querySelector('h1')) ||
            document.querySelector('.boot, .coming, .diagram-wait, .find-count:empty') ||
            (document.querySelector('[aria-controls="side-panel"]') && !document.getElementById('side-panel'));
          if (isPartly && performance.now() < 10_000) {
            clearTimeout(last);
            last = timer = setTimeout(done, 50);
            return;
          }
          clearTimeout(last);
          observer.disconnect();
          resolve();
        }
        observer.observe(document, { subtree: true, childList: true, characterData: true });
      }),
    [quietMs, longestMs] as const,
  );
}

export { expect };
