import type { Smaller } from './thumb.ts';

/** Looks at what is on the page. Every answer is a list of faults, each with its element. */
export interface Look {
  /**
   * What is too small for a finger or a pointer that is not steady (WCAG 2.5.8), and on a phone what is smaller than a thumb is broad.
   * @param thumb - on a phone: how broad that is, and what may be smaller.
   */
  targets: (thumb: { breadth: number; smaller: readonly Smaller[] } | null) => string[];
  /** Which of what may be smaller is on the page, and is. */
  smallerHere: (thumb: { breadth: number; smaller: readonly Smaller[] }) => string[];
  /** Text that is cut off, sticks out of its button, or lies on other text. */
  texts: () => string[];
  /** What is to be scrolled in two directions, and controls that cannot be brought into sight. */
  reflow: () => string[];
  /** What moves although motion is unwanted. */
  motion: () => string[];
  /** Remembers what is told by a colour alone, before colours are forced; then what of it is gone, and what is chosen or has the focus and cannot be told from the rest. */
  remember: () => void;
  forced: () => string[];
  /** Begins to watch where Tab goes. Answers how often it is to be pressed. */
  beginTabs: () => number;
  /** How often more, because there was more to reach than it seemed. */
  moreTabs: () => number;
  /** What Tab did not reach, where it stood still, went against the reading order, or showed nothing. */
  endTabs: () => Promise<string[]>;
}

/**
 * Runs in the page, before anything of the app: one function, for it is sent as text. It only measures, and changes nothing that stays.
 */
export function installLook(): void {
  const selector =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=switch], [role=tab], [role=menuitem], [role=menuitemradio], [role=option], [role=treeitem], [role=link], [role=separator][tabindex], [tabindex="0"]';
  const roving =
    '[role=toolbar], [role=tree], [role=tablist], [role=menu], [role=radiogroup], [role=listbox], [role=grid]';

  const nameOf = (element: Element): string => {
    const text = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
    const shown = element.getAttribute('class') ?? element.closest('[class]')?.getAttribute('class') ?? '';
    return `<${element.tagName.toLowerCase()} class="${shown}"> ${text}`;
  };
  const top = (): ParentNode => {
    const modal = [...document.querySelectorAll('dialog:modal')].at(-1);
    return [...(modal ?? document).querySelectorAll('.menu, .popover')].at(-1) ?? modal ?? document;
  };
  const isShown = (element: Element): boolean =>
    !element.closest('[inert]') && element.checkVisibility({ visibilityProperty: true });
  const isSeen = (element: Element): boolean =>
    !element.closest('[inert]') && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const controls = (): HTMLElement[] =>
    [...top().querySelectorAll<HTMLElement>(selector)].filter(
      (element) => isShown(element) && !element.matches(':disabled'),
    );
  const isHidden = (element: Element): boolean => element.closest('.visually-hidden') !== null;

  // Colours

  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
  const parsed = new Map<string, readonly number[]>();
  /** Red, green, blue from 0 to 255, and how much of it there is, from 0 to 1. */
  function colourOf(css: string): readonly number[] {
    let found = parsed.get(css);
    if (!found) {
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = '#000';
      context.fillStyle = css;
      context.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      found = [red, green, blue, alpha / 255];
      parsed.set(css, found);
    }
    return found;
  }
  const over = (upper: readonly number[], lower: readonly number[]): readonly number[] => {
    const alpha = upper[3]!;
    return [0, 1, 2].map((at) => upper[at]! * alpha + lower[at]! * (1 - alpha)).concat(1);
  };
  /** What is painted behind the content of an element. */
  function groundOf(element: Element | null): readonly number[] {
    const layers: (readonly number[])[] = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = colourOf(getComputedStyle(at).backgroundColor);
      if (colour[3]! > 0) layers.push(colour);
      if (colour[3]! > 0.99) break;
    }
    const page = matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reduceRight((lower, upper) => over(upper, lower), page as readonly number[]);
  }
  const luminance = (colour: readonly number[]): number => {
    const [red, green, blue] = colour.slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  function contrast(one: readonly number[], other: readonly number[]): number {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light! + 0.05) / (dark! + 0.05);
  }

  // Targets

  /** What is pressed for it: a field's label belongs to it. */
  function areaOf(element: HTMLElement): DOMRect {
    const box = element.getBoundingClientRect();
    const label = (element as HTMLInputElement).labels?.[0];
    if (!label || !(/checkbox|radio|file/.test((element as HTMLInputElement).type) || label.contains(element)))
      return box;
    const around = label.getBoundingClientRect();
    const left = Math.min(box.left, around.left);
    const topmost = Math.min(box.top, around.top);
    return new DOMRect(
      left,
      topmost,
      Math.max(box.right, around.right) - left,
      Math.max(box.bottom, around.bottom) - topmost,
    );
  }

  function isInText(element: HTMLElement): boolean {
    if (!getComputedStyle(element).display.startsWith('inline')) return false;
    if (element.matches('.markdown a')) return true;
    const block = element.closest('p, li, td, dd, .markdown, figcaption');
    return (
      block !== null &&
      [...(element.parentElement?.childNodes ?? [])].some((node) => node.nodeType === 3 && node.textContent?.trim())
    );
  }

  function pressable(): { element: HTMLElement; box: DOMRect }[] {
    return controls()
      .filter((element) => isSeen(element) && element.tabIndex >= -1 && !isHidden(element))
      .filter((element) => element.matches('button, a, input, select, textarea, summary, [role]'))
      .map((element) => ({ element, box: areaOf(element) }))
      .filter(({ box }) => box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0)
      .filter(({ element }) => !element.matches('[role=separator], [role=log], [role=tabpanel], [role=region]'));
  }
  const isBelow = (box: DOMRect, width: number, height: number): boolean =>
    box.width < width - 0.5 || box.height < height - 0.5;

  const smallerHere: Look['smallerHere'] = ({ breadth, smaller }) => {
    const below = pressable().filter(({ box }) => isBelow(box, breadth, breadth));
    return smaller.filter(({ what }) => below.some(({ element }) => element.matches(what))).map(({ what }) => what);
  };

  function targets(thumb: Parameters<Look['targets']>[0]): string[] {
    const least = 24;
    const all = pressable();
    const isSmall = (box: DOMRect): boolean => isBelow(box, least, least);
    const faults: string[] = [];
    for (const { element, box } of all) {
      const size = `${Math.round(box.width)}x${Math.round(box.height)}`;
      const may = thumb?.smaller.find(({ what }) => element.matches(what))?.least;
      const { width, height } = may ?? { width: thumb?.breadth ?? 0, height: thumb?.breadth ?? 0 };
      if (isBelow(box, width, height) && !isInText(element))
        faults.push(`is ${size}, too small for a thumb: ${nameOf(element)}`);
      if (!isSmall(box) || isInText(element)) continue;
      // As large as it should be if nothing else begins within the circle around its middle.
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      const near = all.find((other) => {
        if (other.element === element || other.element.contains(element) || element.contains(other.element))
          return false;
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        const apart = Math.hypot(dx, dy);
        if (apart < least / 2 - 0.5) return true;
        if (!isSmall(other.box)) return false;
        const middles = Math.hypot(other.box.left + other.box.width / 2 - x, other.box.top + other.box.height / 2 - y);
        return middles < least - 0.5;
      });
      if (near) faults.push(`is ${size}, and near it is ${nameOf(near.element)}: ${nameOf(element)}`);
    }
    return [...new Set(faults)];
  }

  // Text

  function texts(): string[] {
    const faults: string[] = [];
    const shown: { element: Element; box: DOMRect; layer: Element | null }[] = [];
    const walker = document.createTreeWalker(
      top() === document ? document.body : (top() as Node),
      NodeFilter.SHOW_TEXT,
    );
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (
        !element ||
        !node.textContent?.trim() ||
        element.closest('svg, .katex, .visually-hidden, script, style, option')
      )
        continue;
      if (!isSeen(element)) continue;
      range.selectNodeContents(node);
      let boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
      let layer: Element | null = null;
      let isFree = true;
      for (let at: Element | null = element; at && isFree; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.display === 'inline' || style.display === 'contents') continue;
        const box = at.getBoundingClientRect();
        const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
        const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
        const isShortened = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
        for (const one of boxes) {
          // The box of a line is as high as its letters may be, not as they are.
          const slack = one.height * 0.3 + 1;
          if (clips(style.overflowX) && !isShortened && (one.right > box.right + 2 || one.left < box.left - 2))
            faults.push(`cut off at a side, in ${nameOf(at)}: ${nameOf(element)}`);
          if (clips(style.overflowY) && !isShortened && (one.bottom > box.bottom + slack || one.top < box.top - slack))
            faults.push(`cut off above or below, in ${nameOf(at)}: ${nameOf(element)}`);
          if (at.matches('button, .badge, label, select') && one.bottom > box.bottom + slack)
            faults.push(`sticks out of ${nameOf(at)}: ${nameOf(element)}`);
        }
        if (clips(style.overflowX) || clips(style.overflowY) || scrolls(style.overflowX) || scrolls(style.overflowY))
          boxes = boxes.flatMap((one) => {
            const left = Math.max(one.left, box.left);
            const right = Math.min(one.right, box.right);
            const upper = Math.max(one.top, box.top);
            const lower = Math.min(one.bottom, box.bottom);
            return right - left > 1 && lower - upper > 1 ? [new DOMRect(left, upper, right - left, lower - upper)] : [];
          });
        if (
          !layer &&
          (['sticky', 'fixed'].includes(style.position) ||
            // What covers what is under it, as a badge does, lies there on purpose.
            (style.position === 'absolute' && colourOf(style.backgroundColor)[3]! > 0.9) ||
            scrolls(style.overflowY) ||
            scrolls(style.overflowX))
        )
          layer = at;
        if (style.position === 'fixed' || at.matches('dialog')) isFree = false;
      }
      for (const box of boxes) shown.push({ element, box, layer });
    }
    shown.sort((one, other) => one.box.top - other.box.top);
    for (const [at, one] of shown.entries())
      for (let next = at + 1; next < shown.length && shown[next]!.box.top < one.box.bottom; next += 1) {
        const two = shown[next]!;
        if (one.element === two.element || one.layer !== two.layer) continue;
        const width = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
        const height = Math.min(one.box.bottom, two.box.bottom) - two.box.top;
        // Lines may touch each other: their boxes are higher than their letters.
        if (width > 3 && height > Math.min(one.box.height, two.box.height) * 0.4)
          faults.push(`text on text: ${nameOf(one.element)} / ${nameOf(two.element)}`);
      }
    return [...new Set(faults)];
  }

  // Reflow

  const wideByNature =
    'pre, code, table, .diff, .diff-scroll, .katex, .katex-display, svg, .lightbox-stage, textarea, input';

  function reflow(): string[] {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth + 1) faults.push(`the page is ${scrollWidth} wide in a window of ${clientWidth}`);
    for (const element of top().querySelectorAll<HTMLElement>('*')) {
      if (element.scrollWidth <= element.clientWidth + 1 || element.clientWidth < 4) continue;
      const { overflowX } = getComputedStyle(element);
      if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
      if (!isSeen(element) || element.closest(wideByNature)) continue;
      const inside = [...element.children].every(
        (child) => child.matches(wideByNature) || child.querySelector(wideByNature),
      );
      if (!inside)
        faults.push(`is scrolled sideways (${element.scrollWidth} in ${element.clientWidth}): ${nameOf(element)}`);
    }
    for (const element of controls()) {
      if (isHidden(element) || element.closest('svg')) continue;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
      const why = coverOf(element);
      if (why) faults.push(`${why}: ${nameOf(element)}`);
    }
    for (const element of top().querySelectorAll<HTMLElement>('.transcript-scroller, .page-scroll, .dialog-body')) {
      if (isSeen(element) && element.clientHeight < 80 && element.scrollHeight > element.clientHeight)
        faults.push(`what is to be read has a height of ${element.clientHeight}: ${nameOf(element)}`);
    }
    return [...new Set(faults)];
  }

  /** Why nothing of it is seen where it stands; nothing: it is. */
  function coverOf(element: Element): string | null {
    const box = element.getBoundingClientRect();
    const left = Math.max(box.left, 0);
    const right = Math.min(box.right, innerWidth);
    const upper = Math.max(box.top, 0);
    const lower = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || lower - upper < 1) return 'is not in sight';
    let cover: Element | null = null;
    for (const [x, y] of [
      [0.5, 0.5],
      [0.1, 0.2],
      [0.9, 0.2],
      [0.1, 0.8],
      [0.9, 0.8],
      [0.5, 0.05],
      [0.5, 0.95],
    ] as const) {
      const hit = document.elementFromPoint(left + (right - left) * x, upper + (lower - upper) * y);
      const label = (element as HTMLInputElement).labels?.[0];
      if (hit && (element.contains(hit) || hit.contains(element) || label?.contains(hit))) return null;
      cover = hit;
    }
    return `is covered by ${cover ? nameOf(cover) : 'nothing'}`;
  }

  // Motion

  function motion(): string[] {
    const faults: string[] = [];
    const moving =
      /transform|translate|rotate|scale|inset|top|left|right|bottom|width|height|margin|all|offset|flex|grid/;
    const frames = new Map<string, string>();
    for (const sheet of document.styleSheets)
      for (const rule of sheet.cssRules) if (rule instanceof CSSKeyframesRule) frames.set(rule.name, rule.cssText);
    const known = new Set<string>();
    const seconds = (list: string): number[] =>
      list.split(',').map((one) => Number.parseFloat(one) * (/ms/.test(one) ? 0.001 : 1));
    for (const element of document.querySelectorAll('body *')) {
      const make = `${element.tagName}.${element.getAttribute('class')}<${element.parentElement?.getAttribute('class')}`;
      if (known.has(make)) continue;
      known.add(make);
      for (const pseudo of [null, '::before', '::after']) {
        const style = getComputedStyle(element, pseudo);
        if (pseudo && style.content === 'none') continue;
        const longest = Math.max(...seconds(style.transitionDuration));
        if (longest > 0.01 && moving.test(style.transitionProperty))
          faults.push(`moves for ${longest} s (${style.transitionProperty}): ${nameOf(element)}${pseudo ?? ''}`);
        const lasts = Math.max(...seconds(style.animationDuration));
        if (style.animationName !== 'none' && lasts > 0.01)
          for (const one of style.animationName.split(', '))
            if (moving.test(frames.get(one) ?? one) || style.animationIterationCount === 'infinite')
              faults.push(`moves by ${one}: ${nameOf(element)}${pseudo ?? ''}`);
        if (!pseudo && style.scrollBehavior === 'smooth') faults.push(`scrolls smoothly: ${nameOf(element)}`);
      }
    }
    return faults;
  }

  // Forced colours

  interface Mark {
    element: Element;
    pseudo: string | null;
  }
  let marks: Mark[] = [];

  /** A box without words that is seen because it is painted. */
  function isPainted(element: Element, pseudo: string | null): boolean {
    const style = getComputedStyle(element, pseudo);
    const under = groundOf(pseudo ? element : element.parentElement);
    const colour = colourOf(style.backgroundColor);
    if (colour[3]! > 0.05 && contrast(over(colour, under), under) > 1.15) return true;
    for (const side of ['Top', 'Left', 'Bottom', 'Right'] as const) {
      const border = colourOf(style[`border${side}Color`]);
      if (
        Number.parseFloat(style[`border${side}Width`]) > 0 &&
        style[`border${side}Style`] !== 'none' &&
        border[3]! > 0.05 &&
        contrast(over(border, under), under) > 1.15
      )
        return true;
    }
    return style.backgroundImage !== 'none';
  }

  function remember(): void {
    marks = [];
    const known = new Set<string>();
    for (const element of (top() === document ? document.body : top()).querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg, .katex, .markdown pre') || !isSeen(element)) continue;
      const make = `${element.tagName}.${element.getAttribute('class')}`;
      if (known.has(make)) continue;
      known.add(make);
      const box = element.getBoundingClientRect();
      const drawsText = ['::before', '::after'].some(
        (one) => !/^(none|normal|"")/.test(getComputedStyle(element, one).content),
      );
      if (
        box.width >= 2 &&
        box.height >= 2 &&
        box.height < 90 &&
        !drawsText &&
        !element.childElementCount &&
        !element.textContent?.trim()
      )
        if (
          !element.matches('img, canvas, iframe, progress, meter, input:not(.switch), textarea, select, hr, br') &&
          isPainted(element, null)
        )
          marks.push({ element, pseudo: null });
      for (const pseudo of ['::before', '::after']) {
        const style = getComputedStyle(element, pseudo);
        if (!/^""/.test(style.content) || style.display === 'none') continue;
        if (Number.parseFloat(style.width) >= 2 && Number.parseFloat(style.height) >= 2 && isPainted(element, pseudo))
          marks.push({ element, pseudo });
      }
    }
  }

  /** How a control looks, with what is around it as far as that is its own. */
  function lookOf(element: Element): string {
    const parts: string[] = [];
    const around = [element, element.closest('label'), element.parentElement, element.firstElementChild];
    for (const one of around) {
      if (!one) continue;
      // A ground is kept as thin as it was: what counts is what comes of it.
      parts.push(groundOf(one).map(Math.round).join(' '));
      for (const pseudo of [null, '::before', '::after']) {
        const style = getComputedStyle(one, pseudo);
        if (pseudo && style.content === 'none') continue;
        parts.push(
          ...[style.color, style.border, style.outline, style.fontWeight, style.textDecoration],
          ...[
            style.opacity,
            style.inset,
            style.transform,
            style.backgroundImage === 'none' ? '' : 'picture',
            style.fill,
          ],
        );
      }
    }
    return `${parts.join('|')}|${element.querySelectorAll('svg').length}`;
  }

  function forced(): string[] {
    const faults: string[] = [];
    for (const { element, pseudo } of marks)
      if (element.isConnected && isSeen(element) && !isPainted(element, pseudo))
        faults.push(`is not seen: ${nameOf(element)}${pseudo ?? ''}`);
    const chosen =
      '[aria-selected=true], [aria-checked=true], [aria-pressed=true], [aria-current]:not([aria-current=false]), input:checked';
    for (const element of top().querySelectorAll<HTMLElement>(chosen)) {
      if (!isShown(element) || isHidden(element)) continue;
      const field = element as HTMLInputElement;
      if (
        element.matches('input') &&
        getComputedStyle(element).appearance !== 'none' &&
        getComputedStyle(element).opacity !== '0'
      )
        continue;
      if (element === document.activeElement) continue;
      const before = lookOf(element);
      let after: string;
      if (element.matches('input')) {
        field.checked = false;
        after = lookOf(element);
        field.checked = true;
      } else {
        const role = element.getAttribute('role') ?? element.tagName;
        const other = [...document.querySelectorAll<HTMLElement>(selector)].find(
          (one) =>
            one !== element &&
            (one.getAttribute('role') ?? one.tagName) === role &&
            one.classList[0] === element.classList[0] &&
            !one.matches(chosen) &&
            isShown(one) &&
            one !== document.activeElement,
        );
        if (!other) continue;
        after = lookOf(other);
      }
      if (before === after) faults.push(`is chosen, and looks as the others: ${nameOf(element)}`);
    }
    const known = new Set<string>();
    const had = document.activeElement as HTMLElement | null;
    for (const element of controls()) {
      const make = `${element.tagName}.${element.getAttribute('class')}<${element.parentElement?.getAttribute('class')}`;
      if (known.has(make) || isHidden(element)) continue;
      known.add(make);
      had?.blur();
      const before = ringsOf(element);
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) continue;
      if (!element.matches(':focus-visible')) continue;
      const why = ringFault(element, before);
      if (why) faults.push(`has the focus, and ${why}: ${nameOf(element)}`);
    }
    had?.focus({ preventScroll: true });
    return [...new Set(faults)];
  }

  // Tab

  interface Ring {
    outline: string;
    shadow: string;
    border: string;
    ground: string;
  }
  /** What a ring can be drawn with: itself, what is around it, and what is drawn behind it. */
  const aroundOf = (element: Element): [Element, string | null][] => {
    const list: [Element, string | null][] = [];
    for (let at: Element | null = element, up = 0; at && up < 5; at = at.parentElement, up += 1)
      list.push([at, null], [at, '::after'], [at, '::before']);
    const active = element.getAttribute('aria-activedescendant');
    const at = active ? document.getElementById(active) : null;
    if (at) list.unshift([at, null]);
    return list;
  };
  function ringOf(element: Element, pseudo: string | null): Ring {
    const style = getComputedStyle(element, pseudo);
    const has = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
    return {
      outline: has ? style.outlineColor : '',
      shadow: style.boxShadow === 'none' ? '' : style.boxShadow,
      border: `${style.borderTopWidth} ${style.borderTopColor}`,
      ground: pseudo && style.content === 'none' ? '' : style.backgroundColor,
    };
  }
  const ringsOf = (element: Element): Ring[] => aroundOf(element).map(([at, pseudo]) => ringOf(at, pseudo));

  /** What is wrong with how its focus is shown; nothing: it is seen. */
  function ringFault(element: Element, before: readonly Ring[] | undefined): string | null {
    let best = 0;
    for (const [place, [at, pseudo]] of aroundOf(element).entries()) {
      const was = before?.[place];
      const now = ringOf(at, pseudo);
      const parent = groundOf(pseudo ? at : at.parentElement);
      const own = pseudo ? over(colourOf(now.ground || 'transparent'), parent) : groundOf(at);
      const seen = (css: string): number => {
        const colour = over(colourOf(css), parent);
        return Math.max(contrast(colour, parent), contrast(colour, own));
      };
      if (now.outline && now.outline !== was?.outline) best = Math.max(best, seen(now.outline));
      if (now.shadow && now.shadow !== was?.shadow)
        for (const [colour] of now.shadow.matchAll(/(?:rgba?|color|oklab|oklch|lab|hsl)\([^)]*\)/g))
          if (!was?.shadow.includes(colour)) best = Math.max(best, seen(colour));
      if (was && now.border !== was.border && !now.border.startsWith('0px'))
        best = Math.max(best, seen(now.border.replace(/^\S+ /, '')));
      if (was && now.ground !== was.ground && now.ground)
        best = Math.max(
          best,
          contrast(over(colourOf(now.ground), parent), over(colourOf(was.ground || 'transparent'), parent)),
        );
    }
    if (best === 0) return 'nothing shows that';
    return best < 2.95 ? `what shows that has a contrast of ${best.toFixed(2)}` : null;
  }

  /** A long diff goes on for ever, line by line. */
  const mostTabs = 130;
  let wanted: HTMLElement[] = [];
  let area: ParentNode = document;
  let start: HTMLElement | null = null;
  let at: Element | null = null;
  let stoodStill: Element[] = [];
  let outOfSight: Element[] = [];
  let tabFaults: string[] = [];
  let rings = new Map<Element, Ring[]>();
  let reached = new Set<Element>();

  const onTab = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' || event.key === 'ArrowDown') look();
  };

  function look(): void {
    const element = document.activeElement;
    const last = at;
    at = element;
    if (!element || element === start || element === document.body) return;
    if (element === last && wanted.some(isLeft)) stoodStill.push(element);
    if (reached.has(element)) return;
    reached.add(element);
    const box = element.getBoundingClientRect();
    const previous = last?.isConnected ? last.getBoundingClientRect() : null;
    // Both as they lie now: the page may have been scrolled.
    if (last && previous && reached.has(last) && !last.contains(element) && !element.contains(last)) {
      const alike = Math.min(box.bottom, previous.bottom) - Math.max(box.top, previous.top);
      const isBeside = alike > Math.min(box.height, previous.height) * 0.5;
      const goesBack = isBeside
        ? box.right <= previous.left + 1
        : box.bottom <= previous.top + 1 && box.left < previous.right;
      if (goesBack) tabFaults.push(`Tab goes back, from ${nameOf(last)} to ${nameOf(element)}`);
    }
    const why = coverOf(element);
    if (why) outOfSight.push(element);
    else if (element.matches(':focus-visible') && rings.has(element)) {
      const ring = ringFault(element, rings.get(element));
      if (ring) tabFaults.push(`has the focus, and ${ring}: ${nameOf(element)}`);
    } else if (rings.has(element)) tabFaults.push(`has the focus by a key, and is not shown so: ${nameOf(element)}`);
  }

  function beginTabs(): number {
    (document.activeElement as HTMLElement | null)?.blur();
    area = top();
    const isMenu = area !== document && (area as Element).matches('.menu');
    // In a menu arrows go from item to item.
    wanted = controls().filter((element) => !isMenu || element.matches('[role^=menuitem]'));
    rings = new Map(wanted.map((element) => [element, ringsOf(element)]));
    at = null;
    stoodStill = [];
    outOfSight = [];
    tabFaults = [];
    reached = new Set();
    start = document.createElement('span');
    start.tabIndex = -1;
    const first = top() === document ? document.body : (top() as Element);
    first.prepend(start);
    start.focus({ preventScroll: true });
    window.addEventListener('keydown', onTab, true);
    return Math.min(wanted.length, mostTabs) + 6;
  }

  const isLeft = (element: HTMLElement): boolean =>
    !reached.has(element) && element.isConnected && element.tabIndex >= 0 && isShown(element);

  function moreTabs(): number {
    return stoodStill.length > 0 || wanted.length > mostTabs ? 0 : wanted.filter(isLeft).length;
  }

  async function endTabs(): Promise<string[]> {
    look();
    window.removeEventListener('keydown', onTab, true);
    start?.remove();
    const faults = tabFaults;
    const groups = new Set([...reached].map((element) => element.closest(roving)).filter(Boolean));
    const radios = new Set(
      [...reached].map(
        (element) => (element as HTMLInputElement).type === 'radio' && (element as HTMLInputElement).name,
      ),
    );
    const isCapped = wanted.length > mostTabs;
    for (const element of wanted) {
      if (reached.has(element)) continue;
      // A panel goes away when it is left: what was in it should have been reached by then.
      if (area.isConnected && (!element.isConnected || !isShown(element) || element.matches(':disabled'))) continue;
      if ((element as HTMLInputElement).type === 'radio' && radios.has((element as HTMLInputElement).name)) continue;
      const group = element.closest(roving);
      if (element.tabIndex < 0 && group && group !== area) {
        const owner = group.id ? document.querySelector(`[aria-controls~="${CSS.escape(group.id)}"]`) : null;
        if (groups.has(group) || group.matches('[tabindex="0"]') || owner) continue;
      }
      if (isCapped && element.tabIndex >= 0) continue;
      faults.push(`Tab does not reach ${nameOf(element)}`);
    }
    // Once it may choose what is offered.
    for (const element of stoodStill.filter((one, place) => stoodStill.indexOf(one) < place))
      faults.push(`Tab does not leave ${nameOf(element)}`);
    // Rows that are drawn as they come into sight may not have had their place yet.
    for (const element of outOfSight) {
      (element as HTMLElement).focus();
      await new Promise((drawn) => setTimeout(drawn, 60));
      const why = element === document.activeElement ? coverOf(element) : null;
      if (why) faults.push(`has the focus and ${why}: ${nameOf(element)}`);
    }
    return [...new Set(faults)];
  }

  const made: Look = { targets, smallerHere, texts, reflow, motion, remember, forced, beginTabs, moreTabs, endTabs };
  Object.assign(window, { look: made });
}
