/** What a window shows before its page has painted: the page's own background, so that nothing flashes. */
export function windowBackground(dark: boolean): string {
  return dark ? '#16181d' : '#ffffff';
}
