/**
 * Lets the page itself be opened while the gateway is away. Browsers allow that only where nobody between could have changed the page: on this
 * machine, and over TLS with a certificate they trust.
 */
export async function registerShellWorker(): Promise<void> {
  if (!window.isSecureContext || !('serviceWorker' in navigator) || import.meta.env.DEV) return;
  try {
    await navigator.serviceWorker.register('/shell-worker.js', { updateViaCache: 'none' });
    const { active } = await navigator.serviceWorker.ready;
    // What this first visit has fetched came before there was anybody to keep it.
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage({ type: 'keep', addresses: loaded });
  } catch {
    // A private window, or a certificate the browser does not trust: then the page needs the gateway to be opened.
  }
}
