import { existsSync } from 'node:fs';
import { type HostEvent, hostEvent, KnownEvents } from './events.ts';
import { loud } from './loud.ts';
import type { Menu } from './menu.ts';

/** A picture by its file. */
class HostImage {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
  isEmpty(): boolean {
    return !existsSync(this.path);
  }
  setTemplateImage(_on: boolean): void {}
}
export type NativeImage = HostImage;
export const nativeImage = loud('nativeImage', {
  createFromPath: (path: string): HostImage => new HostImage(path),
});

let icon: HostTray | null = null;

/** The icon beside the clock. Like a desktop without such a place, it may refuse to be made: `QUARTERDECK_HOST_TRAY=none`. */
class HostTray extends KnownEvents<{ click: [event: HostEvent] }> {
  #image: HostImage;
  #toolTip = '';
  #title = '';
  #menu: Menu | null = null;

  constructor(image: HostImage) {
    super('Tray', ['click']);
    if (process.env.QUARTERDECK_HOST_TRAY === 'none') throw new Error('There is no place for a tray icon.');
    if (image.isEmpty()) throw new Error(`There is no picture at ${image.path}.`);
    this.#image = image;
    icon = this;
  }
  setImage(image: HostImage): void {
    if (image.isEmpty()) throw new Error(`There is no picture at ${image.path}.`);
    this.#image = image;
  }
  setToolTip(toolTip: string): void {
    this.#toolTip = toolTip;
  }
  /** macOS alone shows it. */
  setTitle(title: string): void {
    this.#title = title;
  }
  setContextMenu(menu: Menu | null): void {
    this.#menu = menu;
  }

  // What follows is for the host itself.

  facts() {
    const items = this.#menu?.shape().map(({ item }) => item) ?? [];
    return { image: this.#image.path, toolTip: this.#toolTip, title: this.#title, items };
  }
  click(): void {
    this.fire('click', hostEvent({}));
  }
  choose(label: string): void {
    this.#menu?.choose([label]);
  }
}

export const Tray: typeof HostTray = new Proxy(HostTray, {
  construct: (target, args: [HostImage]) => loud('Tray', new target(...args)),
});

export type Tray = HostTray;

/** For the host itself. */
export const currentTray = (): HostTray | null => icon;
