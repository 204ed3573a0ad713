import type { Page } from 'playwright';
import type { QuarterdeckBridge } from '../main/protocol/ipc.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect, test } from './driver/fixtures.ts';
import type { Surface } from './driver/surface.ts';
import { answerOf, send, turnWith } from './steps/conversation.ts';
import { openRow, sessionRow, startSession } from './steps/session.ts';

/** Several windows of one app; a browser has tabs instead. */

function desktopOf(app: Surface) {
  if (app.desktop === null) throw new Error('This surface has no desktop.');
  return app.desktop;
}

/** The page that `act` brings. */
async function opened(app: Surface, act: () => Promise<unknown>): Promise<Page> {
  const [page] = await Promise.all([app.page.context().waitForEvent('page'), act()]);
  await page.waitForURL((url) => url.hash !== '');
  return page;
}

test('each window shows its own session; closing one ends nothing, and all come back after a quit', async ({
  app,
  launch,
  launchToEnd,
  folder,
}) => {
  const desktop = desktopOf(app);
  const first = await startSession(app.page, { folder, provider: 'demo' });
  const second = await startSession(app.page, { folder, provider: 'demo' });
  const row = (page: Page, id: string) => sessionRow(page, id).first();

  const beside = await test.step('a session opens in a window of its own, a step beside', async () => {
    await row(app.page, first).locator('xpath=..').getByTestId(testIds.sessionMenu).click();
    const page = await opened(app, () => app.page.getByTestId(testIds.sessionOpenWindow).click());
    await expect(openRow(page)).toHaveAttribute('data-session-id', first);
    await expect(openRow(app.page)).toHaveAttribute('data-session-id', second);
    const [one, two] = (await desktop.state()).windows;
    expect(two?.bounds).toMatchObject({ x: (one?.bounds.x ?? 0) + 28, width: one?.bounds.width });
    return page;
  });
  await test.step('it speaks to the core on its own, and cannot leave its page', async () => {
    await send(beside, 'count to 1000 slowly');
    await expect(answerOf(turnWith(beside, 'count to 1000 slowly'))).toContainText('3');
    await expect(row(app.page, first)).toHaveAttribute('data-status', 'running');
    await beside.evaluate(() => {
      window.open('https://example.org/opened');
      location.href = 'https://example.org/location';
    });
    const links = async () =>
      (await desktop.calls()).filter((call) => call.api === 'shell.openExternal').map((call) => call.args[0]);
    await expect.poll(links).toHaveLength(2);
    expect(new URL(beside.url()).hash).toBe(`#/session/${first}`);
    const refused = beside.evaluate(
      (id) => (Reflect.get(window, 'quarterdeck') as QuarterdeckBridge).openWindow(id),
      '../evil',
    );
    await expect(refused).rejects.toThrow('refused');
  });
  await test.step('what is chosen in one counts in the others at once', async () => {
    await beside.getByTestId(testIds.openSettings).click();
    await beside.getByTestId(testIds.settingsTab('appearance')).click();
    await beside.getByTestId(testIds.theme('dark')).click();
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await beside.getByTestId(testIds.settingsTab('language')).click();
    await beside.getByTestId(testIds.language('de')).click();
    await expect(app.page.getByTestId(testIds.newSession)).toContainText('Neue Sitzung');
    await beside.getByTestId(testIds.language('en')).click();
    await expect(app.page.getByTestId(testIds.newSession)).toContainText('New session');
    await row(beside, first).click();
  });
  const third = await test.step('the key of a new window opens one with an empty form', async () => {
    const page = await opened(app, () => app.page.keyboard.press('ControlOrMeta+Shift+n'));
    await expect(page.getByTestId(testIds.folderInput)).toBeVisible();
    return page;
  });
  await test.step('what comes from outside goes to the window used last, and to no other', async () => {
    const [one] = (await desktop.state()).windows;
    await desktop.focusWindow(one?.id ?? 0);
    await launchToEnd({ args: [`quarterdeck://new?prompt=${encodeURIComponent('From a link')}`] });
    await expect(app.page.getByTestId(testIds.firstMessage)).toHaveValue('From a link');
    expect(new URL(beside.url()).hash).toBe(`#/session/${first}`);
    await expect(third.getByTestId(testIds.firstMessage)).not.toHaveValue('From a link');
    await app.page.goBack();
    await expect(openRow(app.page)).toHaveAttribute('data-session-id', second);
  });
  await test.step('closing a window ends neither the app nor what works', async () => {
    await third.close();
    await expect.poll(async () => (await desktop.state()).windows.length).toBe(2);
    await expect(row(app.page, first)).toHaveAttribute('data-status', 'running');
  });
  await test.step('after a quit both are there again, each where it was', async () => {
    const before = (await desktop.state()).windows.map(({ bounds }) => bounds);
    await app.kill('SIGTERM');
    const again = await launch();
    const after = async () => (await desktopOf(again).state()).windows;
    await expect.poll(async () => (await after()).length).toBe(2);
    expect((await after()).map(({ bounds }) => bounds)).toEqual(expect.arrayContaining(before));
    const hashes = () =>
      again.page
        .context()
        .pages()
        .map((page) => new URL(page.url()).hash);
    await expect.poll(() => hashes().sort()).toEqual([`#/session/${first}`, `#/session/${second}`].sort());
  });
});
