import type { Controls } from './controls-in-page.ts';

/** A group of controls of which one has a place in the order of Tab, and arrow keys lead to the others. */
export interface Group {
  readonly key: string;
  readonly name: string;
  /** What leads through all of it: as many presses as there may be, forward and, at the end, back. */
  readonly keys: readonly string[];
}

export interface Arrows {
  /** The groups of the topmost thing that is open. */
  groups: () => Group[];
  /** Gives the focus to what Tab would come to, and begins to watch; false: nothing of it can have it. */
  begin: (key: string) => boolean;
  /** What the keys have not reached, and whether the last one led back. */
  end: () => string[];
}

/** Runs in the page, after `installControls` and before anything of the app: one function, for it is sent as text. */
export function installArrows(): void {
  const { top, isShown } = (window as unknown as { controls: Controls }).controls;
  const composites =
    '[role=tablist], [role=tree], [role=listbox], [role=toolbar], [role=grid], [role=radiogroup], [role=menu], [role=menubar], .diff-lines.is-commentable';
  const parts =
    '[role=tab], [role=treeitem], [role=option], [role=radio], [role^=menuitem], [role=gridcell], input[type=radio]';
  /** More rows than this are drawn as they come into sight. */
  const most = 40;
  let watched: { owner: HTMLElement | null; members: HTMLElement[] } | null = null;
  let visited: HTMLElement[] = [];

  const named = (element: Element): string =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60);

  /** Every group, as what is around it (null for the radio buttons of a form) and what is in it. */
  function found(): { box: HTMLElement | null; members: HTMLElement[] }[] {
    const boxes = [...top().querySelectorAll<HTMLElement>(composites)].filter(isShown).map((box) => {
      const inside = box.matches('[role=toolbar], [role=grid]')
        ? `${parts}, button, a[href], input`
        : box.matches('.diff-lines')
          ? '[data-row]'
          : parts;
      return { box: box as HTMLElement | null, members: [...box.querySelectorAll<HTMLElement>(inside)] };
    });
    const radios = new Map<string, HTMLElement[]>();
    for (const one of top().querySelectorAll<HTMLInputElement>('input[type=radio]'))
      if (!one.closest('[role=radiogroup]')) radios.set(one.name, [...(radios.get(one.name) ?? []), one]);
    return [...boxes, ...[...radios.values()].map((members) => ({ box: null, members }))]
      .map(({ box, members }) => ({
        box,
        members: members.filter((one) => isShown(one) && !one.matches(':disabled')),
      }))
      .filter(({ members }) => members.length > 1);
  }

  const keyOf = ({ box, members }: { box: HTMLElement | null; members: HTMLElement[] }): string =>
    box
      ? `${box.getAttribute('role')} ${box.className} ${box.getAttribute('aria-label') ?? ''}`
      : `radio ${members[0]?.closest('fieldset, form, [class]')?.className} ${members.map(named)}`;

  function groups(): Group[] {
    return found().map((one) => {
      const role = one.box?.getAttribute('role') ?? 'radio';
      const orientation = one.box?.getAttribute('aria-orientation');
      const isAcross = orientation ? orientation === 'horizontal' : /tablist|toolbar|menubar/.test(role);
      const [forward, back] = isAcross ? ['ArrowRight', 'ArrowLeft'] : ['ArrowDown', 'ArrowUp'];
      const times = Math.min(one.members.length, most);
      const name = `${role} "${one.box ? (one.box.getAttribute('aria-label') ?? named(one.box)) : named(one.members[0]!)}"`;
      return {
        key: keyOf(one),
        name,
        keys: [...Array.from({ length: times }, () => forward as string), back as string],
      };
    });
  }

  /** What has the focus in it: itself, or what the box or the field above says is active. */
  function at(): HTMLElement | null {
    if (!watched) return null;
    const active = document.activeElement as HTMLElement | null;
    const said = active?.getAttribute('aria-activedescendant');
    const one = said ? document.getElementById(said) : active;
    return watched.members.find((member) => member === one || (one !== null && member.contains(one))) ?? null;
  }
  const look = (): void => {
    const now = at();
    if (now) visited.push(now);
  };

  function begin(key: string): boolean {
    const group = found().find((one) => keyOf(one) === key);
    if (!group) return false;
    const { box, members } = group;
    const field = box?.id ? document.querySelector<HTMLElement>(`[aria-controls~="${CSS.escape(box.id)}"]`) : null;
    const first =
      members.find((one) => (one as HTMLInputElement).checked) ??
      members.find((one) => one.tabIndex >= 0) ??
      (box && box.tabIndex >= 0 ? box : null) ??
      // Who opens a menu has the focus in it.
      members.find((one) => one === document.activeElement) ??
      (field?.matches('input, textarea') ? field : null);
    if (!first) return false;
    watched = { owner: first, members };
    visited = [];
    first.focus({ preventScroll: true });
    window.addEventListener('keydown', look, true);
    return true;
  }

  function end(): string[] {
    if (!watched) return [];
    look();
    window.removeEventListener('keydown', look, true);
    const { members } = watched;
    const faults = members
      .slice(0, most)
      .filter((one) => one.isConnected && isShown(one) && !visited.includes(one))
      .map((one) => `arrow keys do not reach "${named(one)}"`);
    const [last, before] = [visited.at(-1), visited.at(-2)];
    if (faults.length === 0 && last === before) faults.push('the arrow key that leads back does not');
    watched = null;
    return faults;
  }

  const arrows: Arrows = { groups, begin, end };
  Object.assign(window, { arrows });
}
