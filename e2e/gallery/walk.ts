import type { Page } from 'playwright';
import type { Scene } from '../../renderer/gallery/scene.ts';
import type { OpenScene } from './fixtures.ts';
import { type Control, type Effect, installWalk, type Walk } from './walk-in-page.ts';

type Walking = { walk: Walk };

/** What a walk met. */
export interface WalkReport {
  /** How many controls were pressed. */
  pressed: number;
  /** What is wrong, each with its scene and its accessible name. */
  faults: string[];
  /** What was not pressed, and why. */
  skipped: { control: string; why: string }[];
}

/** The page forgot itself and began again. */
const anew = 'loads the page anew';

/** How deep it follows: a menu, the dialog its item opens, what that opens. */
const deepest = 3;

/** Walks scenes in one page, and presses what it has not met in the same circumstances. */
export class Walker {
  readonly report: WalkReport = { pressed: 0, faults: [], skipped: [] };
  readonly #met = new Set<string>();
  readonly #page: Page;
  readonly #open: OpenScene;

  private constructor(page: Page, open: OpenScene) {
    this.#page = page;
    this.#open = open;
  }

  static async of(page: Page, open: OpenScene): Promise<Walker> {
    await page.addInitScript(installWalk);
    return new Walker(page, open);
  }

  /** Walks what is on the page now. */
  async walkHere(name: string): Promise<void> {
    await this.#page.evaluate(() => (window as unknown as Walking).walk.freeze());
    await this.#walk(name, name, [], false);
  }

  async walk(name: string, scene: Scene): Promise<void> {
    // A button may be alive with a link and dead without one: where a scene says otherwise, everything is pressed again.
    const { link, scopes, access, streaming } = scene;
    const circumstances = JSON.stringify([link?.status ?? '', scopes ?? [], access ?? '', streaming !== undefined]);
    await this.#walk(name, circumstances, [], true);
  }

  list(): Promise<Control[]> {
    return this.#page.evaluate(() => (window as unknown as Walking).walk.list());
  }

  async press(control: Control): Promise<Effect | null> {
    try {
      return await this.#page.evaluate((key) => (window as unknown as Walking).walk.press(key), control.key);
    } catch (error) {
      if (!String(error).includes('Execution context was destroyed')) throw error;
      await this.#page.waitForLoadState();
      return { what: [anew], focusLost: false, opened: false, left: true };
    }
  }

  async #walk(scene: string, circumstances: string, path: readonly Control[], fresh: boolean): Promise<void> {
    if (fresh && !(await this.#reach(scene, path))) return;
    const where = [scene, ...path.map(({ name }) => name)].join(' > ');
    for (const control of await this.list()) {
      const told = `${where}: ${control.role} "${control.name}"`;
      // The frame is the same around every scene.
      const mark = `${control.frame ? '' : circumstances}|${control.skip}|${control.signature}`;
      if (this.#met.has(mark)) continue;
      this.#met.add(mark);
      this.report.faults.push(...control.faults.map((fault) => `${told} ${fault}`));
      if (control.skip) {
        this.report.skipped.push({
          control: told,
          why: control.skip === 'off' ? 'is off, and says why' : 'chosen already',
        });
        continue;
      }
      const effect = await this.#pressAgain(scene, path, control);
      if (effect === null) {
        this.report.skipped.push({ control: told, why: 'was not there any more, also in a fresh page' });
        continue;
      }
      this.report.pressed += 1;
      if (effect.what.length === 0) this.report.faults.push(`${told} does nothing`);
      if (effect.focusLost) this.report.faults.push(`${told} loses the focus`);
      if (effect.opened && path.length < deepest) await this.#walk(scene, circumstances, [...path, control], false);
      await this.#restore(scene, path, effect);
    }
  }

  /** Presses it where it stands; where the page has changed too much, in a fresh one. */
  async #pressAgain(scene: string, path: readonly Control[], control: Control): Promise<Effect | null> {
    const here = await this.press(control);
    if (here !== null) return here;
    const opener = path.at(-1);
    if (opener && (await this.press(opener))?.opened) {
      const again = await this.press(control);
      if (again !== null) return again;
    }
    return (await this.#reach(scene, path)) ? this.press(control) : null;
  }

  async #reach(scene: string, path: readonly Control[]): Promise<boolean> {
    await this.#open(scene);
    await this.#page.evaluate(() => (window as unknown as Walking).walk.freeze());
    for (const step of path) if (!(await this.press(step))?.opened) return false;
    return true;
  }

  /** Brings back what was there as far as that is quickly done. */
  async #restore(scene: string, path: readonly Control[], effect: Effect): Promise<void> {
    if (effect.what.includes(anew)) {
      await this.#reach(scene, path);
      return;
    }
    if (effect.left) {
      await this.#page.evaluate(() => history.back());
      await this.#page.evaluate(() => new Promise((later) => setTimeout(later, 60)));
      return;
    }
    if (!effect.opened) return;
    await this.#page.evaluate(async (deep) => {
      const { walk } = window as unknown as Walking;
      const count = () => document.querySelectorAll('dialog[open], .popover, .menu').length;
      for (let tries = 0; tries < 4 && count() > deep && walk.closeTop(); tries += 1)
        await new Promise((later) => setTimeout(later, 30));
    }, path.length);
  }
}
