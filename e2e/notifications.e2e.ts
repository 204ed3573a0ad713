import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { testIds } from '../renderer/test-ids.ts';
import { findRuntime } from './driver/electron-runtime.ts';
import { expect, test } from './driver/fixtures.ts';
import type { Surface } from './driver/surface.ts';
import { answerApproval } from './steps/approval.ts';
import { answerOf, send } from './steps/conversation.ts';
import { freshLink, openInBrowser } from './steps/second-client.ts';
import { openSession, sessionRow, startSession, startWith } from './steps/session.ts';

/** Tray and notifications of the system, on the stand-in for Electron: its own are seen by people alone. */

test.beforeEach(() =>
  test.skip(findRuntime().which === 'electron', 'What Electron shows outside of its windows is not seen there.'),
);

function desktopOf(app: Surface) {
  if (app.desktop === null) throw new Error('This surface has no desktop.');
  return app.desktop;
}
async function toSettings(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByTestId(testIds.settingsTab('notifications')).click();
}
const titles = async (app: Surface) => (await desktopOf(app).state()).notifications.map((one) => one.title);
const everShown = async (app: Surface) =>
  (await desktopOf(app).calls()).filter((call) => call.api === 'notification.show').map((call) => call.args[0]);

test('a request is told once to a person who looks elsewhere, leads to itself, and is withdrawn when it is answered elsewhere', async ({
  app,
  folder,
  marker,
}) => {
  const { page } = app;
  const desktop = desktopOf(app);
  const first = await startSession(page, { folder, provider: 'demo' });
  await test.step('not to one who sees it', async () => {
    await send(page, 'run touch seen');
    await expect(page.getByTestId(testIds.approvalCard)).toBeVisible();
    await answerApproval(page, 'once');
    await expect.poll(() => existsSync(join(folder, 'seen'))).toBe(true);
    expect(await everShown(app)).toEqual([]);
  });
  await test.step('in the words of the app, with the rest in quotation marks; a click leads there', async () => {
    await desktop.lookAway();
    await send(page, 'run touch told');
    await expect
      .poll(async () => (await desktop.state()).notifications)
      .toEqual([
        {
          title: 'An agent asks to run a command',
          body: expect.stringMatching(/^“.*” · [\w-]+\n“touch told”$/),
          silent: false,
          actions: [],
        },
      ]);
    await page.getByTestId(testIds.inbox).click();
    await desktop.pressNotification();
    await expect(page).toHaveURL(new RegExp(`#/session/${first}$`));
    await expect(page.getByTestId(testIds.approvalCard)).toBeFocused();
    expect((await desktop.state()).windows[0]?.focused).toBe(true);
    await answerApproval(page, 'deny');
  });
  await test.step('withdrawn when another device answers', async () => {
    await desktop.lookAway();
    await send(page, 'run touch elsewhere');
    await expect.poll(() => titles(app)).toEqual(['An agent asks to run a command']);
    await using second = await openInBrowser(await freshLink(app.home), marker);
    await openSession(second.page, first);
    await answerApproval(second.page, 'once');
    await expect.poll(() => titles(app)).toEqual([]);
  });
  expect(await everShown(app)).toHaveLength(2);
});

test('a turn that ended is told from the length on that is set, and the setting is kept, also where there is no tray', async ({
  launch,
  folder,
  home,
}) => {
  const app = await launch();
  const { page } = app;
  await toSettings(page);
  await page.getByTestId(testIds.noticeLength).selectOption('0');
  await page.getByTestId(testIds.noticeSwitch('sound')).click();
  await page.getByTestId(testIds.noticeTest).click();
  await expect.poll(() => titles(app)).toEqual(['Notifications work']);
  await expect
    .poll(async () => JSON.parse(await readFile(join(home, 'notices.json'), 'utf8')))
    .toMatchObject({ ended_minutes: 0, sound: false, waiting: true });
  await desktopOf(app).lookAway();
  const turn = await startWith(page, 'count to 3', { folder, provider: 'demo' });
  await expect(answerOf(turn)).toContainText('3');
  await expect
    .poll(async () => (await desktopOf(app).state()).notifications)
    .toMatchObject([{}, { title: 'An agent has finished', silent: true }]);
  await app.close();
  // A desktop that takes no tray icon lacks nothing else.
  const again = await launch({ env: { QUARTERDECK_HOST_TRAY: 'none' } });
  await toSettings(again.page);
  await expect(again.page.getByTestId(testIds.noticeLength)).toHaveValue('0');
  expect((await desktopOf(again).state()).tray).toBeNull();
  expect(again.output()).toContain('There is no icon beside the clock');
});

test('the tray counts what waits, leads there, and quits', async ({ app, folder }) => {
  const { page } = app;
  const desktop = desktopOf(app);
  const tray = async () => (await desktop.state()).tray;
  expect(await tray()).toMatchObject({
    image: expect.stringContaining('tray.png'),
    toolTip: 'Quarterdeck: Nothing waits for you',
    items: ['Nothing waits for you', 'separator', 'New Session', 'Show Quarterdeck', 'separator', 'Quit Quarterdeck'],
  });
  const id = await startSession(page, { folder, provider: 'demo', message: 'run touch it' });
  await expect.poll(async () => (await tray())?.toolTip).toBe('Quarterdeck: One session waits for you');
  expect((await tray())?.image).toContain('tray-waiting.png');
  await page.getByTestId(testIds.inbox).click();
  await desktop.useTray((await tray())?.items[1]);
  await expect(page).toHaveURL(new RegExp(`#/session/${id}$`));
  await answerApproval(page, 'deny');
  await expect.poll(async () => (await tray())?.items[0]).toBe('Nothing waits for you');
  await desktop.useTray('New Session');
  await expect(page).toHaveURL(/#\/new$/);
  await desktop.lookAway();
  await desktop.useTray();
  expect((await desktop.state()).windows[0]?.focused).toBe(true);
  // While the turn still runs, the app would ask before it quits.
  await expect(sessionRow(page, id)).toHaveAttribute('data-status', 'idle');
  await desktop.useTray('Quit Quarterdeck');
  expect((await app.exited).code).toBe(0);
});
