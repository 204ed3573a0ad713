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
  readonly skip: 'off' | 'chosen' | null;
  /** What is wrong with it as it stands there. */
  readonly faults: readonly string[];
}

export interface Effect {
  /** What came of it, in words; nothing: it is dead. */
  readonly what: readonly string[];
  /** The focus was on it, and is nowhere now. */
  readonly focusLost: boolean;
  /** A menu, a popover or a dialog is open that was not. */
  readonly opened: boolean;
  /** Another place is shown, or the page forgets itself. */
  readonly left: boolean;
}

export interface Walk {
  /** What can be pressed in the topmost thing that is open. */
  list: () => Control[];
  /** Presses one and tells what comes of it; null: it is not there any more. */
  press: (key: string) => Promise<Effect | null>;
  /** Closes the topmost thing as its cross does; false: nothing is open. */
  closeTop: () => boolean;
  /** From now on nothing moves by itself: clocks and streams stand. */
  freeze: () => void;
}

/**
 * Runs in the page, before anything of the app. It remembers what the app does outward (frames, addresses, the clipboard, files, downloads) and
 * presses controls: a real `click()`, keys for what only knows keys, a value for fields. An effect is one of those, a change of the page that is
 * no focus, or another address. Everything in one function: it is sent to the page as text.
 */
export function installWalk(): void {
  const effects: string[] = [];
  const selector =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=switch], [role=tab], [role=menuitem], [role=menuitemradio], [role=option], [role=treeitem], [role=link], [role=separator][tabindex]';
  const overlays = 'dialog[open], .popover, .menu';
  let frozen = false;
  let mutations = 0;
  const known = new Map<string, HTMLElement>();

  listenOutward();

  function listenOutward(): void {
    interface Outward {
      send: (frame: { type: string }) => boolean;
      openExternal: (url: string) => void;
    }
    let bridge: Outward | undefined;
    // The gallery puts its bridge there.
    Object.defineProperty(window, 'bridge', {
      get: () => bridge,
      set: (made: Outward) => {
        bridge = made;
        const send = made.send.bind(made);
        made.send = (frame) => {
          if (frame.type !== 'ping') effects.push(`frame ${frame.type}`);
          return send(frame);
        };
        made.openExternal = (url) => void effects.push(`opens ${url}`);
        for (const name of ['reconnectNow', 'forget', 'connectWithKey'] as const) {
          for (const owner of [made, (made as unknown as { sealed?: object }).sealed]) {
            const own = (owner as Record<string, unknown> | undefined)?.[name];
            if (typeof own !== 'function') continue;
            Object.defineProperty(owner, name, {
              value: (...args: unknown[]) => {
                effects.push(name);
                return own.apply(owner, args);
              },
            });
          }
        }
      },
    });
    const note =
      <T>(what: string, value: T) =>
      async () => {
        effects.push(what);
        return value;
      };
    const clipboard = {
      writeText: note('clipboard', undefined),
      write: note('clipboard', undefined),
      readText: note('', ''),
    };
    Object.defineProperty(navigator, 'clipboard', { value: clipboard });
    // One that stands nowhere in the page is pressed to save something; its click comes by nobody.
    const { click } = HTMLElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      if (this.isConnected) click.call(this);
      else effects.push(this.download ? 'downloads' : `opens ${this.href}`);
    };
    window.open = () => {
      effects.push('opens a window');
      return null;
    };
    if ('Notification' in window)
      Notification.requestPermission = async () => {
        effects.push('asks the browser');
        return 'default';
      };
    // A form with something missing: the browser says so at the field, which is no change of the page.
    document.addEventListener('invalid', () => effects.push('says what is missing'), true);
    HTMLInputElement.prototype.showPicker = () => void effects.push('opens a picker');
    // Nothing may lead the page away: a click on a link or on a field for files is told, and goes no further.
    window.addEventListener('click', (event) => {
      const target = (event.target as Element | null)?.closest?.('a[href], input[type=file]');
      if (!target || event.defaultPrevented) return;
      const href = target.getAttribute('href') ?? '';
      if (target instanceof HTMLInputElement) effects.push('opens a dialog for files');
      else if (target.hasAttribute('download')) effects.push('downloads');
      else if (href.startsWith('#')) return;
      else effects.push(`opens ${href}`);
      event.preventDefault();
    });
    const every = window.setInterval.bind(window);
    // biome-ignore lint/suspicious/noExplicitAny: the overloads of two worlds
    (window as any).setInterval = (run: () => void, ms: number) => every(() => frozen || run(), ms);
  }

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

  function isShown(element: HTMLElement): boolean {
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

  function list(): Control[] {
    known.clear();
    const counts = new Map<string, number>();
    return [...top().querySelectorAll<HTMLElement>(selector)].filter(isShown).map((element) => {
      const name = nameOf(element);
      const role = element.getAttribute('role') ?? (element as HTMLInputElement).type ?? element.tagName.toLowerCase();
      const test = (element.dataset.testid ?? '').replace(/ses_[\w-]+|\d+/g, '');
      // What a row is called is its content.
      const make =
        test || element.closest('[role=tree], [role=listbox], .diff')
          ? element.className
          : `${element.className}|${name}`;
      const signature = `${role}|${test}|${make}|${placeOf(element)}`;
      const nth = counts.get(signature) ?? 0;
      counts.set(signature, nth + 1);
      const key = `${signature}#${nth}`;
      known.set(key, element);
      const attribute = (of: string) => element.getAttribute(of);
      const off = element.matches(':disabled') || attribute('aria-disabled') === 'true';
      const field = element as HTMLInputElement;
      const chosen =
        (field.type === 'radio' && field.checked) ||
        (['tab', 'option', 'treeitem', 'menuitemradio'].includes(role) &&
          [attribute('aria-selected'), attribute('aria-checked')].includes('true')) ||
        attribute('aria-current') === 'page' ||
        (attribute('aria-pressed') === 'true' && element.parentElement?.querySelector('[aria-pressed=false]') != null);
      const faults = [
        ...(name === '' ? [`has no name: ${element.outerHTML.slice(0, 120)}`] : []),
        ...(off && reasonOf(element) === '' ? ['is off and does not say why'] : []),
      ];
      return {
        ...{ key, signature, role, name: name.slice(0, 80), faults },
        frame: element.closest('.sidebar-place') !== null,
        skip: off ? ('off' as const) : chosen ? ('chosen' as const) : null,
      };
    });
  }

  /** Sets what a person would have typed or chosen, so that the app hears of it. */
  function give(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): void {
    const { prototype } =
      field instanceof HTMLSelectElement
        ? HTMLSelectElement
        : field instanceof HTMLTextAreaElement
          ? HTMLTextAreaElement
          : HTMLInputElement;
    const other = (): string => {
      if (field instanceof HTMLSelectElement)
        return [...field.options].find((one) => one.value !== field.value && !one.disabled)?.value ?? field.value;
      if (field.type === 'number' || field.type === 'range') {
        const next = Number(field.value) + Number((field as HTMLInputElement).step || 1);
        return String(
          next > Number((field as HTMLInputElement).max || Infinity) ? Number((field as HTMLInputElement).min) : next,
        );
      }
      if (field.type === 'date') return '2031-05-04';
      if (field.type === 'time') return '09:41';
      if (field.type === 'color') return '#123456';
      return `${field.value}a`;
    };
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, other());
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** As a pointer does: what cannot have it gives it to what is around. */
  function focusAt(element: HTMLElement): void {
    for (let at: HTMLElement | null = element; at && document.activeElement !== at; at = at.parentElement) {
      at.focus();
      if (document.activeElement === at) return;
    }
  }

  function act(element: HTMLElement): void {
    const keys = (...names: string[]) => {
      for (const key of names)
        element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    };
    element.focus();
    const field = element as HTMLInputElement;
    if (
      element.matches(
        'select, textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])',
      )
    )
      give(field);
    else if (element.getAttribute('role') === 'separator') keys('ArrowRight', 'ArrowLeft');
    else {
      const pointer = { bubbles: true, cancelable: true, button: 0, isPrimary: true, pointerType: 'mouse' };
      for (const type of ['pointermove', 'pointerdown']) element.dispatchEvent(new PointerEvent(type, pointer));
      element.dispatchEvent(new MouseEvent('mousedown', pointer));
      element.dispatchEvent(new PointerEvent('pointerup', pointer));
      element.dispatchEvent(new MouseEvent('mouseup', pointer));
      element.click();
    }
  }

  const frame = (): Promise<void> => new Promise((drawn) => requestAnimationFrame(() => drawn()));
  const openCount = (): number => document.querySelectorAll(overlays).length;
  const stateOf = (element: HTMLElement): string => {
    const field = element as HTMLInputElement;
    return field.type === 'radio' || field.type === 'checkbox' ? String(field.checked) : String(field.value);
  };

  async function press(key: string): Promise<Effect | null> {
    let element = known.get(key);
    if (!element?.isConnected || !top().contains(element) || !isShown(element)) {
      list();
      element = known.get(key);
    }
    if (!element || element.matches(':disabled')) return null;
    const before = { href: location.href, open: openCount(), value: stateOf(element) };
    const observer = new MutationObserver((changes) => {
      // Clocks run by themselves.
      mutations += changes.filter(
        ({ target }) =>
          !(target instanceof Element ? target : target.parentElement)?.closest('.elapsed, time, .spinner'),
      ).length;
    });
    focusAt(element);
    await frame();
    effects.length = 0;
    mutations = 0;
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    act(element);
    const found = (): string[] => [
      ...effects.filter((one) => one !== ''),
      ...(location.href === before.href ? [] : ['goes elsewhere']),
      ...(mutations > 0 ? ['changes the page'] : []),
      ...(element.isConnected && stateOf(element) !== before.value ? ['takes a value'] : []),
    ];
    // What is fetched first takes its time; what does something at once is not waited for.
    await frame();
    await frame();
    for (let waited = 0; waited < 20 && found().length === 0; waited += 1)
      await new Promise((later) => setTimeout(later, 25));
    // Until it has come to rest: what opens, what answers.
    for (let last = -1, waited = 0; last !== mutations && waited < 12; waited += 1) {
      last = mutations;
      await new Promise((later) => setTimeout(later, 20));
    }
    observer.disconnect();
    const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;
    // A button that only waits for its answer keeps its claim on the focus for a moment.
    for (let waited = 0; waited < 40 && isLost(); waited += 1) await new Promise((later) => setTimeout(later, 25));
    return {
      what: found(),
      focusLost: isLost(),
      opened: openCount() > before.open,
      left: location.href !== before.href,
    };
  }

  function closeTop(): boolean {
    const open = top();
    if (open === document) return false;
    if (open instanceof HTMLDialogElement) open.close();
    else {
      const inside = (open as HTMLElement).contains(document.activeElement)
        ? document.activeElement
        : (open as HTMLElement);
      inside?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    }
    return true;
  }

  const walk: Walk = {
    list,
    press,
    closeTop,
    freeze: () => {
      frozen = true;
    },
  };
  Object.assign(window, { walk });
}
