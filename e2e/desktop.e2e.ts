import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { expect, test } from './driver/fixtures.ts';
import type { Surface, SystemControls } from './driver/surface.ts';
import { answerOf, expectRunning, turnWith } from './steps/conversation.ts';
import { startSession, startWith } from './steps/session.ts';

/** What the app has of the machine it runs on: its keys, its start at login, its size, the spelling check. */

function desktopOf(app: Surface) {
  if (app.desktop === null) throw new Error('This surface has no desktop.');
  return app.desktop;
}
/** What only the host can bring about. */
function systemOf(app: Surface): SystemControls {
  const { system } = desktopOf(app);
  test.skip(system === null, "Electron's system is a real one");
  return system as SystemControls;
}
async function openPane(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.hash = '#/settings/desktop';
  });
  await expect(page.getByTestId(testIds.desktopSettings)).toBeVisible();
}

test('keys summon the app and put it away; ones that somebody else has are refused with a reason', async ({
  app,
  launch,
}) => {
  const system = systemOf(app);
  const { page } = app;
  const press = async (keys: string) => {
    await page.getByTestId(testIds.summonSet).click();
    await page.getByTestId(testIds.summonField).press(keys);
  };
  const window = async () => (await desktopOf(app).state()).windows[0];
  await openPane(page);
  await system.takeKeys('Control+Alt+T');
  await press('Control+Alt+t');
  await expect(page.getByTestId(testIds.desktopProblem)).toContainText('Control+Alt+T');
  await expect(page.getByTestId(testIds.summonKeys)).toHaveCount(0);
  await test.step('not one that the app uses itself, and the field hears it alone', async () => {
    await press('Control+Shift+n');
    await expect(page.getByTestId(testIds.summonField)).toBeFocused();
    expect((await desktopOf(app).state()).windows).toHaveLength(1);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(testIds.summonSet)).toBeFocused();
  });
  await press('Control+Alt+j');
  await expect(page.getByTestId(testIds.summonKeys)).toHaveText('CtrlAltJ');
  await expect(page.getByTestId(testIds.desktopProblem)).toHaveCount(0);
  await system.pressKeys('Control+Alt+J');
  expect(await window()).toMatchObject({ minimized: true, focused: false });
  await system.pressKeys('Control+Alt+J');
  expect(await window()).toMatchObject({ minimized: false, focused: true });
  await app.close();

  const again = await launch();
  await openPane(again.page);
  await expect(again.page.getByTestId(testIds.summonKeys)).toHaveText('CtrlAltJ');
  await systemOf(again).pressKeys('Control+Alt+J');
  expect((await desktopOf(again).state()).windows[0]?.minimized).toBe(true);
  await again.page.getByTestId(testIds.summonClear).click();
  await expect(again.page.getByTestId(testIds.summonKeys)).toHaveCount(0);
  await systemOf(again).pressKeys('Control+Alt+J');
  expect((await desktopOf(again).state()).windows[0]?.minimized).toBe(true);
});

test('opening at login is what the system says, and a start by the system shows no window until somebody asks', async ({
  launch,
  launchToEnd,
}) => {
  test.skip(process.platform !== 'linux', 'Other systems keep it where a spec must not write.');
  const config = await mkdtemp(join(tmpdir(), 'quarterdeck-e2e-config-'));
  const env = { XDG_CONFIG_HOME: config };
  const file = join(config, 'autostart', 'quarterdeck.desktop');
  try {
    const app = await launch({ env });
    const login = app.page.getByTestId(testIds.desktopLogin);
    await openPane(app.page);
    await expect(login).not.toBeChecked();
    await login.check();
    await app.page.getByTestId(testIds.desktopHidden).check();
    await expect.poll(() => readFile(file, 'utf8')).toContain(`"--home=${app.home}" "--hidden"\n`);
    await writeFile(file, (await readFile(file, 'utf8')).replace('enabled=true', 'enabled=false'));
    await app.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(login).not.toBeChecked();
    await app.close();

    const hidden = await launch({ env, hidden: true });
    expect((await desktopOf(hidden).state()).windows).toEqual([]);
    await launchToEnd({ args: ['--hidden'] });
    expect((await desktopOf(hidden).state()).windows).toEqual([]);
    await launchToEnd();
    await expect.poll(async () => (await desktopOf(hidden).state()).windows.length).toBe(1);
    await expect(hidden.page.getByTestId(testIds.desktopSettings)).toBeVisible();
  } finally {
    await rm(config, { recursive: true, force: true });
  }
});

test('without a window the app goes on in the tray once its person wants that, and its turns with it', async ({
  app,
  folder,
}) => {
  test.skip(app.which === 'electron', "Electron's tray is not seen there.");
  const desktop = desktopOf(app);
  const { page } = app;
  const context = page.context();
  await openPane(page);
  await expect(page.getByTestId(testIds.desktopBackground)).not.toBeChecked();
  await page.getByTestId(testIds.desktopBackground).check();
  await expect
    .poll(() => readFile(join(app.home, 'desktop.json'), 'utf8').catch(() => ''))
    .toContain('"background":true');
  const turn = await startWith(page, 'count to 1000 slowly', { folder, provider: 'demo' });
  await expect(answerOf(turn)).toContainText('3');
  const left = page.url();
  await page.close();
  await expect.poll(async () => (await desktop.state()).windows).toEqual([]);

  const [again] = await Promise.all([context.waitForEvent('page'), desktop.useTray('Show Quarterdeck')]);
  await expect(again).toHaveURL(left);
  const still = turnWith(again, 'count to 1000 slowly');
  await expectRunning(still);
  const asked = async () => (await desktop.calls()).filter((call) => call.api === 'dialog.showMessageBox');
  expect(await asked()).toEqual([]);

  await openPane(again);
  await again.getByTestId(testIds.desktopBackground).uncheck();
  // Now it ends, but asks first, for an agent still works; whoever stays has a window again.
  const [stays] = await Promise.all([context.waitForEvent('page'), again.close()]);
  expect(await asked()).toMatchObject([{ args: [{ message: 'One agent is still working.' }] }]);
  await expect(stays.getByTestId(testIds.desktopSettings)).toBeVisible();
});

test('the size is the same in every window, said in the menu, and kept', async ({ app, launch }) => {
  test.skip(app.which === 'electron', "Electron's menus are chosen by other names");
  const sizes = async (of = app) => (await desktopOf(of).state()).windows.map((window) => window.zoomFactor);
  const labels = async (of = app) =>
    (await desktopOf(of).state()).menu.find(({ item }) => item === 'View')?.submenu.filter((one) => /Size/.test(one));
  await app.page.keyboard.press('ControlOrMeta+Shift+n');
  await expect.poll(sizes).toEqual([1, 1]);
  await desktopOf(app).chooseMenu('View', 'Zoom In');
  await desktopOf(app).chooseMenu('View', 'Zoom In');
  expect(await sizes()).toEqual([1.25, 1.25]);
  expect(await labels()).toEqual(['Actual Size (now 125 %)']);
  await openPane(app.page);
  await expect(app.page.getByTestId(testIds.desktopZoom)).toHaveValue('1.25');
  await app.page.getByTestId(testIds.desktopZoom).selectOption('1.5');
  await expect.poll(sizes).toEqual([1.5, 1.5]);
  await app.kill('SIGTERM');
  const again = await launch();
  await expect.poll(() => sizes(again)).toEqual([1.5, 1.5]);
  await desktopOf(again).chooseMenu('View', 'Actual Size (now 150 %)');
  expect(await sizes(again)).toEqual([1, 1]);
  expect(await labels(again)).toEqual(['Actual Size']);
});

test('spelling is checked where a person writes once they want it, and a right click corrects and copies', async ({
  app,
  folder,
}) => {
  const system = systemOf(app);
  const { page } = app;
  const spelling = async () => (await desktopOf(app).state()).spelling;
  const popups = async () => (await desktopOf(app).calls()).filter((call) => call.api === 'menu.popup');
  const lastPopup = async () => (await popups()).at(-1)?.args[0] as string[] | undefined;
  expect(await spelling()).toEqual({ on: false, languages: [] });
  await openPane(page);
  await page.getByTestId(testIds.desktopSpelling).check();
  await expect(page.getByTestId(testIds.desktopLanguages)).toContainText('English');
  expect((await spelling()).on).toBe(true);
  expect((await spelling()).languages[0]).toMatch(/^en-/);

  await startSession(page, { folder, provider: 'demo' });
  const composer = page.getByTestId(testIds.composerInput);
  await system.teachDictionary({ helo: ['hello', 'help'] });
  await composer.fill('helo');
  await composer.click({ button: 'right', position: { x: 24, y: 14 } });
  await expect.poll(async () => (await lastPopup())?.slice(0, 3)).toEqual(['hello', 'help', 'Add to Dictionary']);
  await system.choosePopup('hello');
  await expect(composer).toHaveValue('hello');
  await composer.fill('helo');
  await composer.click({ button: 'right', position: { x: 24, y: 14 } });
  await expect.poll(async () => (await popups()).length).toBe(2);
  await system.choosePopup('Add to Dictionary');
  expect(await desktopOf(app).calls()).toContainEqual({
    api: 'session.addWordToSpellCheckerDictionary',
    args: ['helo'],
  });

  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'https://example.org/a', textContent: 'a link' });
    link.style.cssText = 'position: fixed; z-index: 9999; top: 0; inset-inline-start: 50%';
    document.body.append(link);
  });
  await page.getByRole('link', { name: 'a link' }).click({ button: 'right' });
  await expect.poll(lastPopup).toEqual(['Copy Link']);
  await system.choosePopup('Copy Link');
  expect(await desktopOf(app).calls()).toContainEqual({ api: 'clipboard.writeText', args: ['https://example.org/a'] });

  await openPane(page);
  await page.getByTestId(testIds.desktopSpelling).uncheck();
  await expect.poll(spelling).toEqual({ on: false, languages: [] });
});
