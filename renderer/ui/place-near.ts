/** Distance from the button and from the edge of the window, pixels. */
const gap = 6;

/** Under the button where there is room, else above it, from the side on which the text begins; never outside of what is seen. */
export function placeNear(box: HTMLElement, anchor: DOMRect): void {
  const width = box.offsetWidth;
  const height = box.scrollHeight + box.offsetHeight - box.clientHeight;
  // A screen keyboard may lie over the window; what a person has zoomed out of sight is still there.
  const { visualViewport } = window;
  const seen = visualViewport?.scale === 1 ? Math.min(window.innerHeight, visualViewport.height) : window.innerHeight;
  const most = seen - gap * 2;
  const below = seen - anchor.bottom - gap * 2;
  const under = height <= below || below > anchor.top;
  const top = under ? anchor.bottom + gap : anchor.top - Math.min(height, most) - gap;
  const start = getComputedStyle(box).direction === 'rtl' ? anchor.right - width : anchor.left;
  const left = Math.min(start, window.innerWidth - width - gap);
  box.style.top = `${Math.max(gap, Math.min(top, seen - gap - Math.min(height, most)))}px`;
  box.style.left = `${Math.max(gap, left)}px`;
  box.style.maxHeight = `${most}px`;
}
