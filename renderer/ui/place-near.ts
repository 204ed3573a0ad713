/** Distance from the button and from the edge of the window, pixels. */
const gap = 6;

/** Under the button where there is room, else above it; never outside the window. */
export function placeNear(box: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = window.innerHeight - anchor.bottom - gap * 2;
  const top = height <= below || below > anchor.top ? anchor.bottom + gap : anchor.top - height - gap;
  const left = Math.min(anchor.left, window.innerWidth - width - gap);
  box.style.top = `${Math.max(gap, top)}px`;
  box.style.left = `${Math.max(gap, left)}px`;
  box.style.maxHeight = `${window.innerHeight - gap * 2}px`;
}
