import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { clientId, clientSecret, startOidcProvider } from '../main/security/oidc-provider-test-support.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect, test } from './driver/fixtures.ts';
import { browserPath, chromiumFlags } from './host/chromium.ts';

const password = 'correct horse battery staple';

/** Browsers that have never seen the app, each a context of one Chromium. */
async function openBrowsers(marker: { name: string; value: string }) {
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: chromiumFlags,
    env: { ...(process.env as Record<string, string>), [marker.name]: marker.value },
  });
  return {
    async fresh(
      kind: 'desktop' | 'phone' = 'desktop',
      colorScheme: 'light' | 'dark' = 'light',
    ): Promise<BrowserContext> {
      const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
      return browser.newContext({
        colorScheme,
        ...(kind === 'phone' ? phone : { viewport: { width: 1280, height: 800 } }),
      });
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function openSignInSettings(page: Page): Promise<void> {
  await page.getByTestId(testIds.openSettings).click();
  await page.getByTestId(testIds.settingsTab('sign-in')).click();
  await expect(page.getByTestId(testIds.passwordSettings)).toBeVisible();
}
async function setPassword(page: Page): Promise<void> {
  await openSignInSettings(page);
  await page.getByTestId(testIds.passwordNew).fill(password);
  await page.getByTestId(testIds.passwordSave).click();
  await expect(page.getByText('A password is set.')).toBeVisible();
}
/** The app stands in the place of the sign-in page; on a phone its list is folded away. */
const isIn = (page: Page) => expect(page.getByTestId(testIds.newSession).first()).toBeAttached();
async function signIn(page: Page, given = password): Promise<void> {
  await page.getByTestId(testIds.signInPassword).fill(given);
  await page.getByTestId(testIds.signInSubmit).click();
}
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
const urlOf = (page: Page) => new URL(page.url()).origin;

test('a browser signs in by password, is signed out elsewhere, and signs out itself', async ({
  app,
  marker,
  launch,
}) => {
  await setPassword(app.page);
  const url = urlOf(app.page);
  await using browsers = await openBrowsers(marker);

  const context = await browsers.fresh();
  const page = await context.newPage();
  await page.goto(url);
  await expect(page.getByTestId(testIds.signInPassword)).toBeFocused();
  await signIn(page, 'wrong');
  await expect(page.getByTestId(testIds.signInProblem)).toContainText('The password is not right.');
  await signIn(page);
  await isIn(page);
  expect(await page.evaluate(() => document.cookie)).toBe('');

  // Revoked from the owner's own page: the other one is out within a second, without being loaded again.
  await app.page.reload();
  const row = app.page.locator(`[data-testid="${testIds.loginRow}"]:not([data-current])`);
  await expect(row).toContainText('by password');
  await row.getByTestId(testIds.loginRevoke).click();
  await expect(page.getByTestId(testIds.signedOut)).toBeVisible({ timeout: 5_000 });
  await page.reload();
  await expect(page.getByTestId(testIds.signedOut)).toBeVisible();

  // Signed in again it outlives a restart, and signs itself out.
  await signIn(page);
  await isIn(page);
  const port = Number(new URL(url).port);
  await app.close();
  await launch({ port });
  await page.reload();
  await isIn(page);
  await openSignInSettings(page);
  const own = page.locator(`[data-testid="${testIds.loginRow}"][data-current]`);
  await own.getByTestId(testIds.loginRevoke).click();
  await expect(page.getByTestId(testIds.signedOut)).toBeVisible({ timeout: 5_000 });
  expect((await context.cookies()).filter(({ value }) => value.startsWith('qdl_'))).toEqual([]);
});

test('a browser signs in by an identity provider', async ({ app, marker }) => {
  const url = urlOf(app.page);
  const provider = await startOidcProvider([`${url}/auth/callback`]);
  try {
    await openSignInSettings(app.page);
    const { page: owner } = app;
    await owner.getByTestId(testIds.oidcIssuer).fill(provider.issuer);
    await owner.getByTestId(testIds.oidcTest).click();
    await expect(owner.getByTestId(testIds.oidcSaid)).toContainText('answers as an identity provider');
    await owner.getByTestId(testIds.oidcClient).fill(clientId);
    await owner.getByTestId(testIds.oidcSecret).fill(clientSecret);
    await owner.getByTestId(testIds.oidcEmails).fill('ada@example.com');
    await owner.getByTestId(testIds.oidcSave).click();
    await expect(owner.getByTestId(testIds.oidcSaid)).toContainText('Saved.');

    await using browsers = await openBrowsers(marker);
    const stranger = await (await browsers.fresh('phone')).newPage();
    await stranger.goto(url);
    await stranger.getByTestId(testIds.signInProvider).click();
    await stranger.getByRole('link', { name: 'Continue as mallory' }).click();
    await expect(stranger.getByText('mallory@example.com is not on the list')).toBeVisible();
    await expectAccessible(stranger);
    await stranger.getByRole('link', { name: 'Back to the sign-in page' }).click();
    await expect(stranger.getByTestId(testIds.signedOut)).toBeVisible();

    const context = await browsers.fresh('phone', 'dark');
    const page = await context.newPage();
    await page.goto(url);
    await expect(page.getByTestId(testIds.signInProvider)).toHaveText(`Sign in with ${new URL(provider.issuer).host}`);
    await page.getByTestId(testIds.signInProvider).click();
    await page.getByRole('link', { name: 'Continue as ada' }).click();
    await isIn(page);
    // The code is not left in the address, and the cookie counts although the way back came from another site.
    expect(page.url()).not.toContain('code=');
    await page.reload();
    await isIn(page);
    const login = (await context.cookies()).find(({ value }) => value.startsWith('qdl_'));
    expect(login).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    await owner.reload();
    await expect(owner.getByTestId(testIds.loginRow).filter({ hasText: 'Ada@Example.com' })).toContainText(
      'by the identity provider',
    );
  } finally {
    await provider.stop();
  }
});

test('a fresh machine is set up with the code from its owner, on a phone, in the dark', async ({
  app,
  home,
  marker,
}, testInfo) => {
  const url = urlOf(app.page);
  await using browsers = await openBrowsers(marker);
  const page = await (await browsers.fresh('phone', 'dark')).newPage();
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Set up Quarterdeck' })).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await writeFile(testInfo.outputPath('setup-phone-dark.png'), await page.screenshot());
  await page.getByTestId(testIds.setupCode).fill('qdc_guess');
  await signIn(page);
  await expect(page.getByTestId(testIds.signInProblem)).toContainText('The setup code is not right');
  await page.getByTestId(testIds.setupCode).fill((await readFile(join(home, 'setup-code'), 'utf8')).trim());
  await signIn(page);
  await isIn(page);

  const next = await (await browsers.fresh()).newPage();
  await next.goto(url);
  await expect(next.getByRole('heading', { name: 'Sign in to Quarterdeck' })).toBeVisible();
  await expectAccessible(next);
  await writeFile(testInfo.outputPath('sign-in-light.png'), await next.screenshot());
});

test('a page of another origin can neither sign a browser in nor use its cookie', async ({ app, marker }) => {
  await setPassword(app.page);
  const url = urlOf(app.page);
  await using browsers = await openBrowsers(marker);
  const context = await browsers.fresh();
  const page = await context.newPage();
  await page.goto(url);
  await signIn(page);
  await isIn(page);

  const evil = await startOidcProvider(['https://unused.example']);
  try {
    const other = await context.newPage();
    await other.goto(`${evil.issuer}/sign-in/page`);
    const tried = await other.evaluate(
      async ({ url, password }) => {
        const tries: [string, RequestInit][] = [
          ['/auth/logout', { method: 'POST', credentials: 'include', mode: 'no-cors' }],
          [
            '/auth/login',
            {
              method: 'POST',
              credentials: 'include',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ password }),
            },
          ],
          ['/auth/session', { credentials: 'include' }],
          ['/api/v1/auth/sessions', { method: 'DELETE', credentials: 'include' }],
        ];
        const read: string[] = [];
        for (const [path, init] of tries) {
          try {
            const answer = await fetch(url + path, init);
            if (answer.type !== 'opaque') read.push(path);
          } catch {
            // Refused by the browser, as no CORS header is ever sent.
          }
        }
        const socket = await new Promise((resolve) => {
          const opened = new WebSocket(`${url.replace('http', 'ws')}/api/v1/ws`);
          opened.onopen = () => resolve('open');
          opened.onerror = () => resolve('refused');
        });
        return { read, socket };
      },
      { url, password },
    );
    expect(tried).toEqual({ read: [], socket: 'refused' });
    await page.reload();
    await isIn(page);
  } finally {
    await evil.stop();
  }
});
