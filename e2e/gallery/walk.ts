import type { CDPSession, Page } from 'playwright';
import type { Scene } from '../../renderer/gallery/scene.ts';
import { scenes } from '../../renderer/gallery/scenes.ts';
import { type Arrows, installArrows } from './arrows-in-page.ts';
import { type Control, type Controls, installControls } from './controls-in-page.ts';
import type { OpenScene, Size } from './fixtures.ts';
import { smallTargets } from './look.ts';
import { installLook, type Look } from './look-in-page.ts';
import { installOutward, type Outward } from './outward-in-page.ts';
import { quiet } from './quiet.ts';
import { smaller, thumb } from './thumb.ts';
import { type Aim, type Effect, installWalk, type Walk } from './walk-in-page.ts';

type Walking = { controls: Controls; walk: Walk; outward: Outward; arrows: Arrows; look: Look };

/** What a walk met. */
export interface WalkReport {
  /** How many controls were pressed. */
  pressed: number;
  /** How often a scene was opened afresh. */
  opened: number;
  /** How many groups of controls arrow keys led through. */
  groups: number;
  /** What is wrong, each with its scene and its accessible name. */
  faults: string[];
  /** What was not pressed, and why. */
  skipped: { control: string; why: string }[];
  /** What did nothing and may: those of `quiet` that were met. */
  quiet: string[];
  /** Which of those in `smaller` were met, and are smaller than a thumb. */
  small: Set<string>;
}

/** The page forgot itself and began again. */
const anew = 'loads the page anew';
/** Why something was not pressed that should have been. */
export const gone = 'was not there any more, also in a fresh page';
const reasons = { off: 'is off, and says why', chosen: 'chosen already', 'only read': 'is read, not written' } as const;

/** Effects that nobody outside of the page takes part in. */
const local = ['changes the page', 'takes a value', 'goes elsewhere', 'leads the focus elsewhere'];

/** How deep it follows: a menu, the dialog its item opens, what a press in there adds, a menu of that. */
const deepest = 4;

/**
 * Walks scenes in one page, and presses what it has not met in the same circumstances: as a hand does, with the pointer or a finger at the control's
 * own place, fields with keys. It goes on into what a press opens (menus, panels, dialogs) and to what it adds (rows that unfold); another page that a
 * press leads to is a scene of its own.
 */
export class Walker {
  readonly report: WalkReport = {
    pressed: 0,
    opened: 0,
    groups: 0,
    faults: [],
    skipped: [],
    quiet: [],
    small: new Set(),
  };
  readonly #met = new Set<string>();
  /** What only changed the page: that it does with a link and without one. */
  readonly #local = new Set<string>();
  /** What was written at the same place before something was pressed that led on: a form without it leads nowhere. */
  readonly #written = new WeakMap<Control, readonly Control[]>();
  readonly #page: Page;
  readonly #open: OpenScene;
  readonly #hand: CDPSession;
  readonly #size: Size;
  #arrange: (() => Promise<void>) | null = null;

  private constructor(page: Page, open: OpenScene, hand: CDPSession, size: Size) {
    this.#page = page;
    this.#open = open;
    this.#hand = hand;
    this.#size = size;
  }

  /** To be made before the first scene is opened. */
  static async of(page: Page, open: OpenScene, size: Size): Promise<Walker> {
    await page.addInitScript(installOutward);
    await page.addInitScript(installControls);
    await page.addInitScript(installWalk);
    await page.addInitScript(installArrows);
    if (size === 'phone') await page.addInitScript(installLook);
    return new Walker(page, open, await page.context().newCDPSession(page), size);
  }

  /**
   * Walks what something else puts on the page of a scene.
   * @param arrange - puts it there, in a fresh page.
   */
  async walkWith(name: string, arrange: () => Promise<void>): Promise<void> {
    this.#arrange = arrange;
    await this.#reach(name, []);
    await this.#lookAt(name, []);
    await this.#walk(name, name, [], await this.list(), new Set());
  }

  async walk(name: string, scene: Scene): Promise<void> {
    // A button may be alive with a link and dead without one: where a scene says otherwise, everything is pressed again. The code behind a finger and a
    // pointer is the same, so once is enough.
    const { link, scopes, access, streaming } = scene;
    const circumstances =
      this.#size === 'phone'
        ? ''
        : JSON.stringify([link?.status ?? '', scopes ?? [], access ?? '', streaming !== undefined]);
    await this.#reach(name, []);
    await this.#lookAt(name, []);
    await this.#walk(name, circumstances, [], await this.list(), new Set());
  }

  list(): Promise<Control[]> {
    return this.#page.evaluate(() => (window as unknown as Walking).controls.list());
  }

  /** Presses it. What moves as something else comes may have been missed: then once more. */
  async press(control: Control): Promise<Effect | { cover: string } | 'chosen' | null> {
    const first = await this.#pressOnce(control);
    return first !== null && typeof first === 'object' && 'caught' in first && first.caught !== null
      ? this.#pressOnce(control)
      : first;
  }

  /** Presses it as a hand does; null: it is not there any more; otherwise what lies over it, or what has come of it. */
  async #pressOnce(control: Control): Promise<Effect | { cover: string } | 'chosen' | null> {
    try {
      const aim = await this.#page.evaluate((key) => (window as unknown as Walking).walk.aim(key), control.key);
      if (aim === null) return null;
      if (aim.chosen) return 'chosen';
      if (aim.cover !== null) return { cover: aim.cover };
      await this.#do(aim);
      return await this.#page.evaluate(() => (window as unknown as Walking).walk.outcome());
    } catch (error) {
      if (!/context was destroyed|because of a navigation|Nothing was aimed at/.test(String(error))) throw error;
      await this.#page.waitForLoadState();
      return {
        what: [anew],
        caught: null,
        focusLost: false,
        opened: false,
        depth: 0,
        left: true,
        renamed: false,
        now: [],
      };
    }
  }

  async #do({ by, x, y, keys }: Aim): Promise<void> {
    const mouse = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', toX = x) =>
      this.#hand.send('Input.dispatchMouseEvent', {
        type,
        ...{ x: toX, y, clickCount: 1 },
        ...(type === 'mouseMoved' ? {} : { button: 'left' as const }),
      });
    const touch = (type: 'touchStart' | 'touchEnd') =>
      this.#hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchStart' ? [{ x, y }] : [] });
    if (by === 'value') await this.#page.evaluate(() => (window as unknown as Walking).walk.give());
    if (by === 'pull') {
      await mouse('mouseMoved');
      await mouse('mousePressed');
      await this.#hand.send('Input.dispatchMouseEvent', {
        type: 'mouseMoved',
        x: x - 24,
        y,
        button: 'left',
        buttons: 1,
      });
      await mouse('mouseReleased', x - 24);
    }
    // What is pressed and let go goes out together: on a busy machine it would else become a long press.
    if (by === 'pointer' && this.#size === 'phone') await Promise.all([touch('touchStart'), touch('touchEnd')]);
    if (by === 'pointer' && this.#size === 'wide') {
      // It arrives first: what it covers by being there has come by then.
      await mouse('mouseMoved');
      await Promise.all([mouse('mousePressed'), mouse('mouseReleased')]);
    }
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async #walk(
    scene: string,
    circumstances: string,
    path: readonly Control[],
    controls: readonly Control[],
    around: ReadonlySet<string>,
  ): Promise<void> {
    const there = new Set([...around, ...controls.map(({ key }) => key)]);
    const where = [scene, ...path.map(({ name }) => name)].join(' > ');
    // What closes the thing it stands in comes last, or the rest would have to be opened again.
    const late = ({ name }: Control): number =>
      /^close\b/i.test(name) ? 2 : /^(?:cancel|done|not now|dismiss|hide)\b/i.test(name) ? 1 : 0;
    const written: Control[] = [];
    for (const control of controls.toSorted((one, other) => late(one) - late(other))) {
      const told = `${where}: ${control.role} "${control.name}"`;
      if (!this.#isNew(circumstances, control)) continue;
      this.report.faults.push(...control.faults.map((fault) => `${told} ${fault}`));
      if (control.skip) {
        this.report.skipped.push({ control: told, why: reasons[control.skip] });
        continue;
      }
      this.#written.set(control, [...written]);
      const effect = await this.#pressAgain(scene, path, control);
      if (/^(?:text|textarea|search|password|number)$/.test(control.role)) written.push(control);
      if (effect === null || effect === 'chosen') {
        this.report.skipped.push({ control: told, why: effect === null ? gone : reasons.chosen });
        continue;
      }
      this.report.pressed += 1;
      if ('cover' in effect || effect.caught) {
        this.report.faults.push(`${told} is covered by ${'cover' in effect ? effect.cover : effect.caught}`);
        continue;
      }
      const isQuiet = effect.what.length === 0 && quiet.some((one) => one.control === told);
      if (isQuiet) this.report.quiet.push(told);
      else if (effect.what.length === 0) this.report.faults.push(`${told} does nothing`);
      if (effect.focusLost) this.report.faults.push(`${told} loses the focus`);
      if (effect.opened) await this.#lookAt(scene, [...path, control]);
      if (!effect.left && !effect.renamed && path.length < deepest)
        await this.#walk(
          scene,
          circumstances,
          [...path, control],
          effect.now.filter(({ key }) => !there.has(key)),
          there,
        );
      const leadsOn = effect.opened || effect.now.length > 0;
      if (!leadsOn && effect.what.every((one) => local.includes(one))) this.#local.add(control.signature);
      await this.#restore(scene, path, effect);
    }
  }

  /** Looks at what has opened before anything in it is pressed: on a phone whether a thumb can, else whether keys lead everywhere. */
  async #lookAt(scene: string, path: readonly Control[]): Promise<void> {
    const where = [scene, ...path.map(({ name }) => name)].join(' > ');
    if (this.#size === 'wide') return this.#arrows(scene, path, where);
    for (const what of await smallTargets(this.#page, true))
      if (!this.#met.has(what) && this.#met.add(what)) this.report.faults.push(`${where}: ${what}`);
    const here = await this.#page.evaluate((sizes) => (window as unknown as Walking).look.smallerHere(sizes), {
      breadth: thumb,
      smaller,
    });
    for (const one of here) this.report.small.add(one);
  }

  /** Leads through every group of controls with arrow keys. */
  async #arrows(scene: string, path: readonly Control[], where: string): Promise<void> {
    const groups = await this.#page.evaluate(() => (window as unknown as Walking).arrows.groups());
    for (const { key, name, keys } of groups) {
      if (this.#met.has(key)) continue;
      this.#met.add(key);
      const fault = (what: string) => this.report.faults.push(`${where}: ${name}: ${what}`);
      const begin = () => this.#page.evaluate((one) => (window as unknown as Walking).arrows.begin(one), key);
      if (!(await begin())) {
        fault('nothing of it can have the focus');
        continue;
      }
      for (const one of keys) await this.#page.keyboard.press(one);
      for (const what of await this.#page.evaluate(() => (window as unknown as Walking).arrows.end())) fault(what);
      this.report.groups += 1;
      // What arrow keys lead to may be chosen by that: what is walked is the scene as it was.
      if (!/^(?:menu|listbox) /.test(name)) await this.#reach(scene, path);
    }
  }

  #isNew(circumstances: string, { frame, skip, signature }: Control): boolean {
    // The frame is the same around every scene.
    if (skip === null && this.#local.has(signature)) return false;
    const mark = `${frame ? '' : circumstances}|${skip}|${signature}`;
    return !this.#met.has(mark) && this.#met.add(mark) !== undefined;
  }

  /** Presses it where it stands; where the page has changed too much, in a fresh one. */
  async #pressAgain(
    scene: string,
    path: readonly Control[],
    control: Control,
  ): Promise<Effect | { cover: string } | 'chosen' | null> {
    const here = await this.press(control);
    if (here !== null) return here;
    const opener = path.at(-1);
    const effect = opener && (await this.press(opener));
    if (effect && typeof effect === 'object' && 'opened' in effect && effect.opened) {
      const again = await this.press(control);
      if (again !== null) return again;
    }
    for (let attempts = 0; attempts < 2; attempts += 1) {
      if (!(await this.#reach(scene, path))) continue;
      // What is drawn little by little may not be there at once.
      for (let tries = 0; tries < 5; tries += 1) {
        const again = await this.press(control);
        if (again !== null) return again;
        await this.#wait(100);
      }
    }
    return null;
  }

  #wait(ms: number): Promise<void> {
    return this.#page.evaluate((time) => new Promise((later) => setTimeout(later, time)), ms);
  }

  async #reach(scene: string, path: readonly Control[]): Promise<boolean> {
    this.report.opened += 1;
    await this.#open(scene);
    await this.#page.evaluate(() => (window as unknown as Walking).outward.freeze());
    await this.#arrange?.();
    // A link that breaks does so a moment after it was there, and what is open may close with it.
    if (scenes[scene]?.link) await this.#wait(400);
    for (const step of path) {
      for (const field of this.#written.get(step) ?? []) await this.press(field);
      if ((await this.press(step)) === null) return false;
    }
    return true;
  }

  /** Brings back what was there as far as that is quickly done. */
  async #restore(scene: string, path: readonly Control[], effect: Effect): Promise<void> {
    if (effect.what.includes(anew) || effect.renamed) {
      await this.#reach(scene, path);
      return;
    }
    if (effect.left) {
      await this.#page.evaluate(() => history.back());
      await this.#wait(60);
      return;
    }
    if (!effect.opened) return;
    const depth = () => this.#page.evaluate(() => (window as unknown as Walking).walk.depth());
    for (let tries = 0; tries < 4 && (await depth()) >= effect.depth; tries += 1)
      await this.#page.keyboard.press('Escape');
  }
}
