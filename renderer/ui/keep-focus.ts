/**
 * The focus is never lost. When what has it goes away (a request is answered, a row deleted, a page left) or can no longer have it (a button that
 * waits for its answer), a browser puts it nowhere: the next key begins at the top of the page, and a screen reader loses its place. Here it goes to
 * what stands in the same place now: what follows, what precedes, else the heading or the box around. A component that knows better has already put
 * it somewhere by then, and is left alone.
 */
export function keepFocus(): void {
  /** Where the focus was last, and before that, outside of the menu or panel it is in now. */
  let last: Element | null = null;
  let opener: Element | null = null;
  /** Where things that had it were taken out: what stood before it, and around it. */
  const places = new WeakMap<Element, Place>();
  let waits = false;

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element) || target === document.body) return;
    if (boxOf(target) !== boxOf(last)) opener = last;
    last = target;
  });
  // What is hidden, or cannot be pressed any more, loses it a moment later, without being told where it went.
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget === null) lookSoon();
  });
  new MutationObserver((changes) => {
    if (document.activeElement !== document.body || last === null) return;
    for (const { target, removedNodes, previousSibling } of changes)
      for (const node of removedNodes)
        for (const one of [last, opener])
          if (one && node.contains(one) && target instanceof Element)
            places.set(one, { parent: target, before: previousSibling, isPage: hasHeading(node) });
    lookSoon();
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });

  /** After the next frame: whoever knows better where the focus belongs has put it there by then. */
  function lookSoon(): void {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        waits = false;
        if (isNowhere()) bringBack();
      }),
    );
  }

  function bringBack(): void {
    if (last === null || (last.isConnected && canHave(last) && !wasOff.has(last))) return;
    for (const one of [last, opener]) {
      if (!one) continue;
      if (one.isConnected && canHave(one)) {
        wasOff.delete(one);
        if (give(one)) return;
      } else if (one.isConnected && one.matches(':disabled') && !wasOff.has(one)) {
        // It may only wait for its answer.
        wasOff.add(one);
        setTimeout(() => isNowhere() && bringBack(), patienceMs);
        return;
      } else {
        const place = one.isConnected ? placeOf(one) : places.get(one);
        // A menu stands at the end of the page: what it was opened by is nearer.
        if (place && place.parent !== document.body && place.parent.isConnected && giveNear(place)) return;
      }
    }
    const dialog = [...document.querySelectorAll('dialog:modal')].at(-1);
    giveBox(dialog ?? document.querySelector('main') ?? document.body);
  }
  const wasOff = new WeakSet<Element>();
}

/** How long a button that cannot be pressed any more keeps its claim on the focus, milliseconds. */
const patienceMs = 400;

interface Place {
  readonly parent: Element;
  readonly before: Node | null;
  /** What went was a page, with a heading of its own. */
  readonly isPage: boolean;
}

const tabbable =
  'button, a[href], select, input:not([type=text], [type=search], [type=password]), summary, [tabindex="0"]';
/** What is worth being in: what has a name or a border of its own. */
const boxes = 'dialog, main, nav, aside, section, form, [role=dialog], [role=menu], [role=log], [role=tabpanel]';

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body;
const hasHeading = (node: Node): boolean => node instanceof Element && node.querySelector('h1') !== null;
/** The part of the page it stands in: the app, or a menu or panel beside it or in a dialog. */
const boxOf = (element: Element | null): Element | null => element?.closest('.menu, .popover, body > *') ?? null;

function placeOf(element: Element): Place {
  return { parent: element.parentElement ?? document.body, before: element.previousSibling, isPage: false };
}

function canHave(element: Element): boolean {
  return (
    !element.matches(':disabled') &&
    !element.closest('[inert]') &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

/** Without scrolling: what is read must not move by itself. */
function give(element: Element): boolean {
  (element as HTMLElement).focus({ preventScroll: true });
  return document.activeElement === element;
}

/** The heading or box that has it because nothing better was there. */
let parkedAt: Element | null = null;

/** Nobody has put the focus where it is: whoever knows where it belongs may take it there. */
export const isFocusFree = (): boolean => isNowhere() || document.activeElement === parkedAt;

/** Gives it to something that has no place in the order of Tab, as long as it stays there. */
function giveBox(element: Element): boolean {
  const isBorrowed = !element.hasAttribute('tabindex');
  if (isBorrowed) element.setAttribute('tabindex', '-1');
  if (!give(element)) return false;
  parkedAt = element;
  const leave = (): void => {
    if (isBorrowed) element.removeAttribute('tabindex');
    parkedAt = null;
  };
  element.addEventListener('blur', leave, { once: true });
  return true;
}

/** Fields are passed over: on a phone they would bring up the keys. */
function within(element: Element): Element[] {
  return [element, ...element.querySelectorAll(tabbable)].filter((one) => one.matches(tabbable) && canHave(one));
}

function giveNear({ parent, before, isPage }: Place): boolean {
  const heading = isPage ? parent.querySelector('h1') : null;
  if (heading && canHave(heading)) return giveBox(heading);
  let at = before?.isConnected ? before : null;
  for (let box: Element | null = parent; box && box !== document.body; at = box, box = box.parentElement) {
    const children = [...box.children];
    const from = at ? [...box.childNodes].indexOf(at as ChildNode) : -1;
    const isAfter = (child: Element): boolean => [...box.childNodes].indexOf(child) > from;
    const after = children.filter(isAfter).flatMap(within)[0];
    const preceding = children.filter((child) => !isAfter(child) && child.contains(at) === false);
    const next = after ?? preceding.flatMap(within).at(-1);
    if (next && give(next)) return true;
    if (box.matches(boxes) && giveBox(box)) return true;
  }
  return false;
}
