import type { Page } from 'playwright';

/**
 * What is wrong with how the page lies, found by measuring: it can be scrolled sideways, a text is cut off where nothing says that it goes on, two
 * controls lie on each other, a control lies outside the window. Each fault names its element.
 */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const name = (element: Element): string => {
      const text = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
      return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${text}`;
    };
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth + 1) faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
    const area: ParentNode = dialog ?? document;
    const seen = (element: Element): boolean =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

    for (const element of area.querySelectorAll<HTMLElement>('body *, dialog *')) {
      if (element.clientWidth < 4 || element.scrollWidth <= element.clientWidth + 2 || !seen(element)) continue;
      const style = getComputedStyle(element);
      if (style.display === 'inline' || element.closest('svg, .katex, .visually-hidden, .sr-only')) continue;
      const cut = style.overflowX === 'hidden' || style.overflowX === 'clip';
      const ownText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (cut && ownText && style.textOverflow !== 'ellipsis') faults.push(`cut off: ${name(element)}`);
      if (
        !cut &&
        style.overflowX === 'visible' &&
        ownText &&
        /^(BUTTON|LABEL|H1|H2|H3|P|LEGEND)$/.test(element.tagName)
      )
        faults.push(`text outside its box: ${name(element)}`);
    }

    const layerOf = (element: Element): Element | null => {
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { position, overflowY } = getComputedStyle(at);
        if (position === 'sticky' || position === 'fixed' || overflowY === 'auto' || overflowY === 'scroll') return at;
      }
      return null;
    };
    const controls = [
      ...area.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role=switch]'),
    ].filter((element) => seen(element) && !element.closest('[inert]'));
    /** What is seen of a control in rows that are moved sideways. */
    const boxOf = (element: HTMLElement): DOMRect => {
      let { left, right, top, bottom } = element.getBoundingClientRect();
      for (let at = element.parentElement; at; at = at.parentElement) {
        const { overflowX } = getComputedStyle(at);
        if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
        const around = at.getBoundingClientRect();
        left = Math.max(left, around.left);
        right = Math.min(right, around.right);
      }
      return new DOMRect(left, top, Math.max(0, right - left), bottom - top);
    };
    const boxes = controls.flatMap((element) => {
      const box = boxOf(element);
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      const inside = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && box.width > 1 && box.height > 1;
      const top = inside ? document.elementFromPoint(x, y) : null;
      // What lies behind a sheet, or is scrolled away under an edge, is not there for the hand.
      const shown =
        top !== null && (element.contains(top) || top.contains(element) || controls.some((one) => one.contains(top)));
      return inside && shown ? [{ element, box }] : [];
    });
    for (const [at, one] of boxes.entries())
      for (const two of boxes.slice(at + 1)) {
        if (one.element.contains(two.element) || two.element.contains(one.element)) continue;
        // What is scrolled goes under what stands over it.
        if (layerOf(one.element) !== layerOf(two.element)) continue;
        const width = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const height = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
        const smaller = Math.min(one.box.width * one.box.height, two.box.width * two.box.height);
        if (width > 2 && height > 2 && width * height > smaller * 0.3)
          faults.push(`on each other: ${name(one.element)} / ${name(two.element)}`);
      }
    return [...new Set(faults)].slice(0, 20);
  });
}
