import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { appDir } from '../driver/built-app.ts';

export const folder = join(appDir, 'screenshots');

/** Takes pictures of the same moment in the window and on a phone, each light and dark. */
export class Camera {
  readonly #wide: Page;
  readonly #phone: Page;

  constructor(wide: Page, phone: Page) {
    mkdirSync(folder, { recursive: true });
    this.#wide = wide;
    this.#phone = phone;
  }

  /** @param settle - waits until a page shows what is to be seen, and brings it into view. */
  async take(name: string, settle: (page: Page) => Promise<unknown>): Promise<void> {
    const hash = new URL(this.#wide.url()).hash;
    await this.#phone.evaluate((address) => {
      location.hash = address;
    }, hash);
    for (const [size, page] of [
      ['wide', this.#wide],
      ['phone', this.#phone],
    ] as const) {
      // What the mouse was over shall not look chosen.
      if (size === 'wide') await page.mouse.move(0, 0);
      await settle(page);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await painted(page);
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), animations: 'disabled' });
      }
      await page.emulateMedia({ colorScheme: 'light' });
    }
  }
}

/** Two frames: one in which the change is seen, one in which it is drawn. */
async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Brings something to the middle of what can be seen. */
export async function center(target: Locator): Promise<void> {
  await target.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
}
