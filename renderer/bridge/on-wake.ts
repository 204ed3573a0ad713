/** Calls back when the network is back, or the page is looked at again: the moments at which a link is worth a look. */
export function onWake(wake: () => void): void {
  window.addEventListener('online', wake);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake();
  });
}
