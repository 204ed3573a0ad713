/** Whether what is typed comes from a keyboard on the screen, whose Enter begins a line and which covers half of the page. */
export function isTouchKeyboard(): boolean {
  return window.matchMedia('(hover: none) and (pointer: coarse)').matches;
}
