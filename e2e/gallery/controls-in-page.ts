/** Something to press, as it is found again after the page was drawn anew. */
export interface Control {
  readonly key: string;
  /** The same for controls of one make at one kind of place: rows of a list have one. */
  readonly signature: string;
  readonly role: string;
  readonly name: string;
  /** It belongs to the frame around every scene: the list of the sessions. */
  readonly frame: boolean;
  /** Why it is not pressed; null: it is. */
  readonly skip: 'off' | 'chosen' | 'only read' | null;
  /** What is wrong with it as it stands there. */
  readonly faults: readonly string[];
}

/** What can be pressed on the page, as the scripts in the page share it. */
export interface Controls {
  /** The topmost thing that is open, or the page. */
  top: () => ParentNode;
  /** What can be pressed in it. */
  list: () => Control[];
  /** One of them, also when it was drawn anew meanwhile; null: it is not there any more. */
  find: (key: string) => HTMLElement | null;
  /** What was there when it was listed last. */
  keys: () => Iterable<string>;
  isShown: (element: Element) => boolean;
  isChosen: (element: HTMLElement) => boolean;
  /** Something is written into it. */
  isText: (element: Element) => boolean;
  /** How many menus, panels and dialogs are open, and which. */
  open: () => Element[];
}

/** Runs in the page, before anything of the app: one function, for it is sent as text. It finds controls, names them, and tells those of one make from others. */
export function installControls(): void {
  const selector =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=switch], [role=tab], [role=menuitem], [role=menuitemradio], [role=option], [role=treeitem], [role=link], [role=separator][tabindex]';
  const overlays = 'dialog[open], .popover, .menu';
  const known = new Map<string, HTMLElement>();
  function top(): ParentNode {
    const open = [...document.querySelectorAll(overlays)].filter((one) => !one.closest('[inert]'));
    const modal = open.filter((one) => one.matches('dialog:modal')).at(-1);
    return (modal ? open.filter((one) => modal === one || modal.contains(one)) : open).at(-1) ?? document;
  }

  function nameOf(element: HTMLElement): string {
    const byIds = (element.getAttribute('aria-labelledby') ?? '')
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? '');
    const labels = [...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent);
    const all = [
      element.getAttribute('aria-label'),
      byIds.join(' '),
      labels.join(' '),
      element.textContent,
      element.title,
    ];
    return (all.find((one) => one?.trim()) ?? '').replace(/\s+/g, ' ').trim();
  }
  const isText = (element: Element): boolean =>
    element.matches(
      'textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file], [type=range], [type=color])',
    );
  /** Where it stands: what its three nearest boxes are called. */
  function placeOf(element: Element): string {
    const names: string[] = [];
    for (let at = element.parentElement; at && names.length < 3; at = at.parentElement)
      if (at.className)
        names.push(
          at.className
            .split(/\s+/)
            .filter((one) => !/\d/.test(one))
            .join('.'),
        );
    return names.join('<');
  }

  function isShown(element: Element): boolean {
    return !element.closest('[inert]') && element.checkVisibility({ visibilityProperty: true });
  }

  function reasonOf(element: HTMLElement): string {
    const described = (element.getAttribute('aria-describedby') ?? '')
      .split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent ?? '');
    const note = element.querySelector('.menu-note')?.textContent ?? '';
    const group =
      element
        .closest('fieldset[disabled], [role=group][title], fieldset[title], label[title]')
        ?.getAttribute('title') ?? '';
    return [described.join(' '), element.title === nameOf(element) ? '' : element.title, note, group].join(' ').trim();
  }

  function isChosen(element: HTMLElement): boolean {
    const attribute = (of: string) => element.getAttribute(of);
    const field = element as HTMLInputElement;
    return (
      (field.type === 'radio' && field.checked) ||
      (/^(?:tab|option|treeitem|menuitemradio)$/.test(attribute('role') ?? '') &&
        [attribute('aria-selected'), attribute('aria-checked')].includes('true')) ||
      attribute('aria-current') === 'page' ||
      element.matches('.diff-row[aria-pressed=true]') ||
      (attribute('aria-pressed') === 'true' &&
        (element.closest('li') ?? element).parentElement?.querySelector('[aria-pressed=false]') != null)
    );
  }

  function list(): Control[] {
    known.clear();
    const counts = new Map<string, number>();
    return [...top().querySelectorAll<HTMLElement>(selector)].filter(isShown).map((element) => {
      const name = nameOf(element);
      const role = element.getAttribute('role') ?? (element as HTMLInputElement).type ?? element.tagName.toLowerCase();
      const test = `${element.dataset.testid ?? ''}${element.dataset.item ?? ''}`.replace(/ses_[\w-]+|\d+/g, '');
      // What a row is called is its content, and of one kind are what is called by a time or a count.
      const kind = name.replace(/\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\d+/g, '#');
      const make =
        test || element.closest('[role=tree], [role=listbox], .diff') || element.matches('.diff-toggle, .tool-head')
          ? element.className
          : `${element.className}|${kind}`;
      // A line of a diff is one wherever the diff stands.
      const place = element.matches('.diff-row') ? '' : placeOf(element);
      const signature = `${role}|${test}|${make}|${place}`;
      const nth = counts.get(signature) ?? 0;
      counts.set(signature, nth + 1);
      const key = `${signature}#${nth}`;
      known.set(key, element);
      const attribute = (of: string) => element.getAttribute(of);
      const off = element.matches(':disabled') || attribute('aria-disabled') === 'true';
      const field = element as HTMLInputElement;
      const faults = [
        ...(name === '' ? [`has no name: ${element.outerHTML.slice(0, 120)}`] : []),
        // "Loading…" says itself why it cannot be pressed now.
        ...(off && reasonOf(element) === '' && !name.endsWith('…') ? ['is off and does not say why'] : []),
      ];
      return {
        ...{ key, signature, role, name: name.slice(0, 80), faults },
        frame: element.closest('.sidebar-place') !== null,
        skip: off ? 'off' : isChosen(element) ? 'chosen' : isText(element) && field.readOnly ? 'only read' : null,
      };
    });
  }

  function find(key: string): HTMLElement | null {
    const there = known.get(key);
    if (there?.isConnected && top().contains(there) && isShown(there)) return there;
    list();
    return known.get(key) ?? null;
  }

  const open = (): Element[] => [...document.querySelectorAll(overlays)];
  const controls: Controls = { top, list, find, keys: () => known.keys(), isShown, isChosen, isText, open };
  Object.assign(window, { controls });
}
