import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { findBrowser } from '../tools/find-browser.ts';

/**
 * Parts of Chromium that are off. The last `--disable-features` of a command line counts alone, so those that Playwright turns off for a steady page
 * are here as well.
 */
const featuresOff = [
  // A page of the app may ask for another address of this machine without a question to a person.
  ...['PrivateNetworkAccessChecks', 'LocalNetworkAccessChecks'],
  // Each window of a Chromium draws the list under its address bar as pages of its own: more work than to load and show the app.
  ...['AimEnabled', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  // As Playwright has them.
  ...['AvoidCorsURLLoaderRestartOnRedirect', 'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose'],
  ...['HttpsFirstBalancedModeAutoEnable', 'HttpsUpgrades', 'LensOverlay', 'MediaRouter', 'NetworkTimeServiceQuerying'],
  ...['OptimizationHints', 'PaintHolding', 'PreconnectToSearch', 'ThirdPartyStoragePartitioning'],
];

/** Quiet, offline, and without what needs hardware. `--no-sandbox`: containers and root have no user namespaces to build one from. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${featuresOff.join(',')}`,
];

/** The machine's Chromium. @throws Error that says what to install when there is none. */
export function browserPath(): string {
  const path = findBrowser();
  if (path === null)
    throw new Error('No Chromium on this machine: run "node e2e/tools/ensure-browser.ts", or set CHROME_PATH.');
  return path;
}

/**
 * Starts the Chromium behind the host. It is held by a pipe: when this process ends, in whatever way, the pipe breaks and Chromium ends
 * itself. The DevTools port beside it is for the driver.
 * @param profile - folder of the profile; what the page stored survives in it, as in Electron.
 */
export async function startChromium(
  profile: string,
  look: { dark: boolean; width: number; height: number },
): Promise<{ context: BrowserContext; cdp: string }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browserPath(),
    args: [...chromiumFlags, '--remote-debugging-port=0', `--window-size=${look.width},${look.height}`],
    viewport: null,
    colorScheme: look.dark ? 'dark' : 'light',
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  // First line of DevToolsActivePort: the port (chrome/browser/devtools).
  const port = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  return { context, cdp: `http://127.0.0.1:${port}` };
}
