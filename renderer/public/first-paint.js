// Before anything is drawn: the theme, the accent and the size of text that were chosen on this device (store/theme.ts, store/appearance.ts keep them).
// A file of its own, since the page's policy allows no script within the page and the app itself comes after the first paint.
try {
  const root = document.documentElement;
  const theme = localStorage.getItem('quarterdeck.theme');
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  const { data = {}, style = {} } = JSON.parse(localStorage.getItem('quarterdeck.first-paint') || '{}');
  Object.assign(root.dataset, data);
  for (const name of Object.keys(style)) root.style.setProperty(name, style[name]);
} catch {
  // Storage is refused, or holds something else: the page looks as it does at first.
}
