import type { CDPSession, Page } from 'playwright';
import { axeFaults, loadAxe, ofColours } from './axe-in-page.ts';
import { type Size, sizes } from './fixtures.ts';
import { layoutFaults } from './layout-faults.ts';
import { installLook, type Look } from './look-in-page.ts';
import { smaller, thumb } from './thumb.ts';

type Looking = { look: Look };

/** What a person may lay over every page (WCAG 1.4.12). */
const spacing =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }';
/** A window of 1280 by 1024, enlarged four times. */
const enlarged = { width: 320, height: 256 };

const keyCodes = { Tab: 9, ArrowDown: 40 } as const;

/** What on a page with `installLook` in it is too small for a finger, or, on a phone, for a thumb. */
export function smallTargets(page: Page, phone: boolean): Promise<string[]> {
  return page.evaluate(
    (sizes) => (window as unknown as Looking).look.targets(sizes),
    phone ? { breadth: thumb, smaller } : null,
  );
}

/** Looks at scenes in one page as people do who need something else than the eyes, hands and devices they were drawn with. */
export class Looker {
  readonly #page: Page;
  readonly #keys: CDPSession;
  readonly #size: Size;

  private constructor(page: Page, keys: CDPSession, size: Size) {
    this.#page = page;
    this.#keys = keys;
    this.#size = size;
  }

  /** To be made before the first scene is opened. */
  static async of(page: Page, size: Size): Promise<Looker> {
    await page.addInitScript(installLook);
    return new Looker(page, await page.context().newCDPSession(page), size);
  }

  /** Everything that is wrong with what is on the page now. The page is as it was afterwards, but for what it is scrolled to and for the focus. */
  async faults(): Promise<string[]> {
    return [
      ...(await smallTargets(this.#page, this.#size === 'phone')),
      ...(await this.#ask('motion')),
      ...(await this.#tabs()),
      ...told('forced colours', await this.#forced()),
      ...told('text further apart', await this.#spaced()),
      ...told('text twice as large', await this.#large()),
      ...(this.#size === 'wide' ? told('enlarged four times', await this.#enlarged()) : []),
    ];
  }

  /** What is wrong with the dialog, menu or panel that is open on top. It may be closed afterwards: a menu or panel that is left with Tab closes. */
  async layerFaults(): Promise<string[]> {
    const kind = await this.#page.evaluate(() => {
      const open = [...document.querySelectorAll('dialog:modal, .menu, .popover')].at(-1);
      return open?.matches('dialog') ? 'dialog' : open?.matches('.menu') ? 'menu' : 'panel';
    });
    await loadAxe(this.#page);
    const faults = [
      ...(await axeFaults(this.#page, 'layer')),
      ...(kind === 'dialog' ? await layoutFaults(this.#page) : []),
      ...(await smallTargets(this.#page, this.#size === 'phone')),
      ...told('forced colours', await this.#forced()),
      ...told('text further apart', await this.#spaced()),
      ...told('text twice as large', await this.#large()),
      // A menu or a panel closes when the window changes.
      ...(this.#size === 'wide' && kind === 'dialog' ? told('enlarged four times', await this.#enlarged()) : []),
    ];
    await this.#page.emulateMedia({ colorScheme: 'dark' });
    faults.push(...told('dark', await axeFaults(this.#page, 'layer', ofColours)));
    await this.#page.emulateMedia({ colorScheme: 'light' });
    faults.push(...(await this.#tabs(kind === 'menu' ? 'ArrowDown' : 'Tab')));
    return faults;
  }

  #ask(what: 'motion' | 'texts' | 'forced' | 'reflow' | 'endTabs'): Promise<string[]> {
    return this.#page.evaluate((name) => (window as unknown as Looking).look[name](), what);
  }

  /** Real keys, one after the other without waiting: the page itself looks at what each has done. */
  async #tabs(name: keyof typeof keyCodes = 'Tab'): Promise<string[]> {
    let times = await this.#page.evaluate(() => (window as unknown as Looking).look.beginTabs());
    for (let tries = 0; tries < 3 && times > 0; tries += 1) {
      const key = { type: 'rawKeyDown', key: name, code: name, windowsVirtualKeyCode: keyCodes[name] } as const;
      await Promise.all(Array.from({ length: times }, () => this.#keys.send('Input.dispatchKeyEvent', key)));
      times = await this.#page.evaluate(() => (window as unknown as Looking).look.moreTabs());
    }
    return this.#ask('endTabs');
  }

  async #forced(): Promise<string[]> {
    await this.#page.evaluate(() => (window as unknown as Looking).look.remember());
    await this.#page.emulateMedia({ forcedColors: 'active' });
    const faults = await this.#ask('forced');
    await this.#page.emulateMedia({ forcedColors: 'none' });
    return faults;
  }

  async #spaced(): Promise<string[]> {
    const style = await this.#page.addStyleTag({ content: spacing });
    await this.#drawn();
    const faults = await this.#ask('texts');
    await style.evaluate((element) => (element as Element).remove());
    return faults;
  }

  async #large(): Promise<string[]> {
    const size = (percent: string): Promise<void> =>
      this.#page.evaluate((value) => {
        document.documentElement.style.fontSize = value;
      }, percent);
    await size('200%');
    await this.#drawn();
    const faults = await this.#ask('texts');
    await size('');
    return faults;
  }

  async #enlarged(): Promise<string[]> {
    await this.#page.setViewportSize(enlarged);
    await this.#drawn();
    const faults = await this.#ask('reflow');
    await this.#page.setViewportSize(sizes[this.#size]);
    return faults;
  }

  #drawn(): Promise<void> {
    return this.#page.evaluate(
      () => new Promise<void>((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn()))),
    );
  }
}

const told = (when: string, faults: readonly string[]): string[] => faults.map((fault) => `${when}: ${fault}`);
