import type { Control, Controls } from './controls-in-page.ts';
import type { Outward } from './outward-in-page.ts';

/** How something is to be pressed, so that it does what it does. */
export interface Aim {
  /** With the pointer, by pulling it sideways, with keys alone, or by being given a value as a dialog of the system would. */
  readonly by: 'pointer' | 'pull' | 'keys' | 'value';
  readonly x: number;
  readonly y: number;
  /** Pressed afterwards, as Playwright calls them; a single letter is typed. */
  readonly keys: readonly string[];
  /** What lies over it, at every point a person would press. It is not pressed then. */
  readonly cover: string | null;
  /** It has become what is chosen meanwhile. */
  readonly chosen: boolean;
}

export interface Effect {
  /** What came of it, in words; nothing: it is dead. */
  readonly what: readonly string[];
  /** What got the press instead. */
  readonly caught: string | null;
  /** The focus was on it, and is nowhere now. */
  readonly focusLost: boolean;
  /** A menu, a popover or a dialog is open that was not. */
  readonly opened: boolean;
  /** How many are. */
  readonly depth: number;
  /** Another place is shown, or the page forgets itself. */
  readonly left: boolean;
  /** The page speaks another language: what it says has other names. */
  readonly renamed: boolean;
  /** What can be pressed now in the topmost thing that is open and could not before; in something that has opened, everything. */
  readonly now: readonly Control[];
}

export interface Walk {
  /** Brings it into sight, gives it the focus and begins to watch; null: it is not there any more. */
  aim: (key: string) => Promise<Aim | null>;
  /** Gives the field that was aimed at another value, as a dialog of the system does. */
  give: () => void;
  /** Tells what has come of the press. */
  outcome: () => Promise<Effect>;
  /** How many menus, panels and dialogs are open, once nothing moves any more. */
  depth: () => Promise<number>;
}

/**
 * Runs in the page, after `installOutward` and `installControls` and before anything of the app: one function, for it is sent as text. It says where
 * a control is to be pressed; the press itself comes from outside, as from a hand. An effect is what the app does outward, a change of the page that is
 * no focus, or another address.
 */
export function installWalk(): void {
  const { told, fetching } = (window as unknown as { outward: Outward }).outward;
  const {
    list,
    find,
    isShown,
    isChosen,
    isText,
    open,
    keys: listed,
  } = (window as unknown as { controls: Controls }).controls;
  let aimed: {
    readonly element: HTMLElement;
    readonly href: string;
    readonly language: string;
    readonly open: ReadonlySet<Element>;
    readonly keys: ReadonlySet<string>;
    readonly value: string;
    readonly focus: Element | null;
  } | null = null;
  let reached = false;
  let caught: string | null = null;
  let mutations = 0;

  const observer = new MutationObserver((changes) => {
    // Clocks run by themselves, and in the head stands what is still being fetched.
    mutations += changes.filter(
      ({ target }) =>
        !(target instanceof Element ? target : target.parentElement)?.closest('head, .elapsed, time, .spinner'),
    ).length;
  });

  // What comes before the press itself (the pointer that arrives, the focus) is no effect of it.
  function begin(event: Event): void {
    if (!aimed || reached || caught !== null) return;
    const target = event.target as Element | null;
    if (isOf(aimed.element, target)) reached = true;
    else caught = target ? boxOf(target) : 'nothing';
    observer.takeRecords();
    told.length = 0;
    mutations = 0;
  }
  window.addEventListener('pointerdown', begin, true);
  window.addEventListener('keydown', begin, true);

  const boxOf = (element: Element): string =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${element.getAttribute('aria-label') ?? ''}`;

  // Where it is pressed

  const labelOf = (element: Element): Element | undefined =>
    /^(?:checkbox|radio|file)$/.test((element as HTMLInputElement).type ?? '')
      ? (element as HTMLInputElement).labels?.[0]
      : undefined;
  const isOf = (element: Element, hit: Element | null): boolean =>
    element.contains(hit) || (labelOf(element)?.contains(hit) ?? false);

  /** The point a person would press: its middle, or where else nothing lies over it. */
  function pointOf(element: HTMLElement): { x: number; y: number; cover: string | null } | null {
    const boxes = [element, labelOf(element)].flatMap((one) => [...(one?.getClientRects() ?? [])]);
    let cover: string | null = null;
    for (const box of boxes) {
      const left = Math.max(box.left, 0);
      const right = Math.min(box.right, innerWidth);
      const upper = Math.max(box.top, 0);
      const lower = Math.min(box.bottom, innerHeight);
      if (right - left < 2 || lower - upper < 2) continue;
      for (const across of [0.5, 0.2, 0.8, 0.96])
        for (const down of [0.5, 0.2, 0.8]) {
          const x = left + (right - left) * across;
          const y = upper + (lower - upper) * down;
          const hit = document.elementFromPoint(x, y);
          if (isOf(element, hit)) return { x, y, cover: null };
          cover ??= hit ? boxOf(hit) : 'nothing';
        }
    }
    return cover === null ? null : { x: 0, y: 0, cover };
  }

  /** What a key does to a field of its kind, so that its value is another one. */
  function keysFor(element: HTMLElement): readonly string[] {
    const field = element as HTMLInputElement;
    if (element instanceof HTMLSelectElement)
      return [element.selectedIndex < element.options.length - 1 ? 'ArrowDown' : 'ArrowUp'];
    if (field.type === 'number' || field.type === 'range')
      return [field.value !== '' && Number(field.value) >= Number(field.max || Infinity) ? 'ArrowDown' : 'ArrowUp'];
    if (field.type === 'date') return [...'05042031'];
    if (field.type === 'time') return [...'0941', 'a'];
    return isText(element) ? ['a'] : [];
  }

  const isWhole = (element: Element): boolean => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
  };

  const frame = (): Promise<void> => new Promise((drawn) => requestAnimationFrame(() => drawn()));
  const wait = (ms: number): Promise<void> => new Promise((later) => setTimeout(later, ms));
  const stateOf = (element: HTMLElement): string => {
    const field = element as HTMLInputElement;
    return field.type === 'radio' || field.type === 'checkbox' ? String(field.checked) : String(field.value);
  };

  /** As a pointer does: what cannot have it gives it to what is around. */
  function focusAt(element: HTMLElement): void {
    for (let at: HTMLElement | null = element; at && document.activeElement !== at; at = at.parentElement) {
      at.focus({ preventScroll: true });
      if (document.activeElement === at) return;
    }
  }

  async function aim(key: string): Promise<Aim | null> {
    aimed = null;
    let element = find(key);
    if (!element || element.matches(':disabled')) return null;
    const where = (one: HTMLElement) => (isWhole(one) ? pointOf(one) : null);
    let point = where(element);
    if (point === null || point.cover !== null)
      (labelOf(element) ?? element).scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    focusAt(element);
    await frame();
    // What comes into sight may be drawn anew.
    if (!element.isConnected || !isShown(element)) element = find(key);
    if (!element) return null;
    // What is scrolled takes no press until it stands still.
    point = pointOf(element);
    for (let waited = 0; waited < 40 && point?.cover; waited += 1) {
      await wait(30);
      point = pointOf(element);
    }
    aimed = {
      ...{ element, href: location.href, language: document.documentElement.lang },
      ...{ open: new Set(open()), keys: new Set(listed()), value: stateOf(element), focus: document.activeElement },
    };
    reached = false;
    caught = null;
    told.length = 0;
    mutations = 0;
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    const { x, y, cover } = point ?? { x: 0, y: 0, cover: null };
    const by =
      (element as HTMLInputElement).type === 'color'
        ? 'value'
        : // Its list is drawn by the system.
          element instanceof HTMLSelectElement || (element as HTMLInputElement).type === 'range' || point === null
          ? 'keys'
          : element.getAttribute('role') === 'separator'
            ? 'pull'
            : 'pointer';
    // What is there for keys and readers alone.
    const keys = point === null && keysFor(element).length === 0 ? ['Enter'] : keysFor(element);
    return { by, x, y, keys, cover, chosen: isChosen(element) };
  }

  function give(): void {
    const field = aimed?.element as HTMLInputElement;
    reached = true;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, '#123456');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  // What comes of it

  async function outcome(): Promise<Effect> {
    if (!aimed) throw new Error('Nothing was aimed at.');
    const { element, href, language, open: wasOpen, keys: before, value, focus } = aimed;
    // A press that takes the focus itself gives it to the control, or to what is around it.
    const leads = (): boolean => {
      const now = document.activeElement;
      return now !== null && now !== focus && !now.contains(element) && !element.contains(now);
    };
    const found = (): string[] => [
      ...told.filter((one) => one !== ''),
      ...(location.href === href ? [] : ['goes elsewhere']),
      ...(mutations > 0 ? ['changes the page'] : []),
      ...(leads() ? ['leads the focus elsewhere'] : []),
      ...(element.isConnected && stateOf(element) !== value ? ['takes a value'] : []),
    ];
    // What is fetched first takes its time; what does something at once is not waited for.
    for (let waited = 0; waited < 40 && (!reached || found().length === 0) && caught === null; waited += 1)
      await wait(20);
    await frame();
    // Until it has come to rest: what opens, what answers.
    for (let last = -1, waited = 0; (last !== mutations || fetching() > 0) && waited < 40; waited += 1) {
      last = mutations;
      await wait(20);
    }
    observer.disconnect();
    aimed = null;
    const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
    // A button that only waits for its answer keeps its claim on the focus for a moment.
    for (let waited = 0; waited < 40 && isLost(); waited += 1) await wait(25);
    const opened = open().some((one) => !wasOpen.has(one));
    return {
      what: reached ? found() : [],
      caught: reached ? null : caught,
      focusLost: isLost(),
      opened,
      depth: open().length,
      left: location.href !== href,
      renamed: document.documentElement.lang !== language,
      now: list().filter(({ key }) => opened || !before.has(key)),
    };
  }

  async function depth(): Promise<number> {
    for (let last = -1, waited = 0; last !== open().length && waited < 12; waited += 1) {
      last = open().length;
      await wait(20);
    }
    return open().length;
  }

  const walk: Walk = { aim, give, outcome, depth };
  Object.assign(window, { walk });
}
