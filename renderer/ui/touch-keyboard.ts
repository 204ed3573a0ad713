/** What is held in a hand: it has a camera, and a keyboard on the screen. */
export const handheld = '(hover: none) and (pointer: coarse)';

/** Whether what is typed comes from a keyboard on the screen, whose Enter begins a line and which covers half of the page. */
export function isTouchKeyboard(): boolean {
  return window.matchMedia(handheld).matches;
}
