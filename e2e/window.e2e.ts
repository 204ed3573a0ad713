import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { QuarterdeckBridge } from '../main/protocol/ipc.ts';
import { testIds } from '../renderer/test-ids.ts';
import { findRuntime } from './driver/electron-runtime.ts';
import { expect, test } from './driver/fixtures.ts';
import type { Surface, SystemControls } from './driver/surface.ts';
import { answerOf, expectRunning } from './steps/conversation.ts';
import { startWith } from './steps/session.ts';

/** The window's own manners, on Electron and on its stand-in; not part of the project `browser`. */

function desktopOf(app: Surface) {
  if (app.desktop === null) throw new Error('This surface has no desktop.');
  return app.desktop;
}
function systemOf(app: Surface): SystemControls {
  const { system } = desktopOf(app);
  if (system === null) throw new Error("Electron's system is a real one.");
  return system;
}

test('a window shows its page all that it needs and nothing else, and ends cleanly', async ({ app, folder, home }) => {
  await test.step('the page sees the bridge and nothing of Node or Electron', async () => {
    const seen = await app.page.evaluate(() => ({
      bridge: Object.keys(Reflect.get(window, 'quarterdeck') as object).sort(),
      leaks: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
    }));
    expect(seen.bridge).toEqual([
      'chooseFile',
      'chooseFolder',
      'desktop',
      'hello',
      'note',
      'notices',
      'onCommand',
      'onFrame',
      'openExternal',
      'openPlace',
      'openWindow',
      'pathOf',
      'platform',
      'send',
    ]);
    expect(seen.leaks).toEqual([]);
  });

  await test.step('inline scripts, eval and foreign hosts are refused by the page itself', async () => {
    const refused = await app.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.inline = "ran"';
      document.head.append(script);
      const evaluated = await new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        setTimeout(() => {
          try {
            new Function('return 1')();
            resolve('ran');
          } catch {
            resolve('refused');
          }
        });
      });
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'fetched',
        () => 'refused',
      );
      return { inline: document.documentElement.dataset.inline ?? 'refused', evaluated, fetched };
    });
    expect(refused).toEqual({ inline: 'refused', evaluated: expect.not.stringMatching('ran'), fetched: 'refused' });
  });

  await test.step('the bridge opens web and mail links and refuses the rest', async () => {
    const open = (url: string) =>
      app.page.evaluate((link) => (Reflect.get(window, 'quarterdeck') as QuarterdeckBridge).openExternal(link), url);
    expect(await open('https://example.org/')).toBe(true);
    expect(await open('mailto:someone@example.org')).toBe(true);
    expect(await open('file:///etc/hosts')).toBe(false);
    expect(await open('javascript:alert(1)')).toBe(false);
  });

  await test.step('the folder dialog answers with the folder, or with nothing when it is left', async () => {
    const choose = () =>
      app.page.evaluate(() => (Reflect.get(window, 'quarterdeck') as QuarterdeckBridge).chooseFolder());
    expect(await choose()).toBeNull();
    await desktopOf(app).answerFolderDialog(folder);
    expect(await choose()).toBe(folder);
  });

  await test.step('no permission is granted but putting text on the clipboard', async () => {
    const states = () =>
      app.page.evaluate(async () => {
        const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as PermissionName[];
        return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
      });
    await expect.poll(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
    expect(await app.page.evaluate(() => navigator.clipboard.writeText('copied').then(() => 'written', String))).toBe(
      'written',
    );
  });

  await test.step('the page speaks to the core through the bridge, and again after it was loaded anew', async () => {
    const welcomed = () =>
      app.page.evaluate(
        () =>
          new Promise<string>((resolve) => {
            const bridge = Reflect.get(window, 'quarterdeck') as QuarterdeckBridge;
            // The page has a connection of its own, whose frames may come in between.
            const leave = bridge.onFrame((frame) => {
              const { type } = JSON.parse(frame) as { type: string };
              if (type !== 'welcome') return;
              leave();
              resolve(type);
            });
            bridge.hello();
          }),
      );
    expect(await welcomed()).toBe('welcome');
    await app.page.reload();
    expect(await welcomed()).toBe('welcome');
  });

  await test.step('the menu shows the data folder', async () => {
    await desktopOf(app).chooseMenu(...(app.which === 'electron' ? ['File'] : ['fileMenu']), 'Show Data Folder');
    expect(await desktopOf(app).calls()).toContainEqual({ api: 'shell.openPath', args: [home] });
  });

  await test.step('the app ends cleanly on SIGTERM', async () => {
    expect((await app.kill('SIGTERM')).code).toBe(0);
  });
});

test('links and window.open never leave the page; web addresses open outside, other schemes do not', async ({
  app,
}) => {
  const home = app.page.url();
  await app.page.evaluate(() => {
    for (const [id, href, target] of [
      ['web', 'https://example.org/web', ''],
      ['blank', 'https://example.org/blank', '_blank'],
      ['file', 'file:///etc/hosts', ''],
    ] as const) {
      const link = Object.assign(document.createElement('a'), { id, href, target, textContent: id });
      link.style.cssText = 'position: fixed; z-index: 9999; top: 0';
      document.body.append(link);
      link.click();
    }
    window.open('https://example.org/opened');
    window.open('file:///etc/hosts');
    location.href = 'https://example.org/location';
  });
  const links = async () =>
    (await desktopOf(app).calls()).filter((call) => call.api === 'shell.openExternal').map((call) => call.args[0]);
  await expect
    .poll(links)
    .toEqual(
      expect.arrayContaining([
        'https://example.org/blank',
        'https://example.org/opened',
        'https://example.org/location',
      ]),
    );
  expect((await links()).filter((link) => !String(link).startsWith('https://example.org/'))).toEqual([]);
  expect(app.page.url()).toBe(home);
  await expect.poll(() => app.page.context().pages().length).toBe(1);
});

test('the page comes back, with a word about it, when it died', async ({ app }) => {
  const session = await app.page.context().newCDPSession(app.page);
  // Never answered: the page is gone.
  void session.send('Page.crash').catch(() => {});
  await expect
    .poll(async () => (await desktopOf(app).calls()).map((call) => call.api))
    .toContain('dialog.showMessageBox');
  expect((await desktopOf(app).state()).windows).toHaveLength(1);
  if (app.which === 'electron') return;
  // On the host a window gets another page; Electron loads the same one again, which DevTools cannot look into any more.
  const revived = () =>
    app.page
      .context()
      .pages()
      .find((page) => page !== app.page);
  await expect.poll(() => revived()?.title()).toMatch(/Quarterdeck/);
});

test('the window remembers its place', async ({ launch, home }) => {
  const app = await launch();
  const [window] = (await desktopOf(app).state()).windows;
  await app.close();
  expect(JSON.parse(await readFile(join(home, 'window.json'), 'utf8'))).toMatchObject({
    windows: [{ ...window?.bounds, maximized: false }],
  });
  await writeFile(
    join(home, 'window.json'),
    JSON.stringify({ windows: [{ x: 40, y: 60, width: 900, height: 700, maximized: false }] }),
  );
  const again = await launch();
  expect((await desktopOf(again).state()).windows[0]?.bounds).toMatchObject({ width: 900, height: 700 });
});

test('a start that is refused says why, on the terminal and in a dialog, and ends', async ({ launchToEnd, folder }) => {
  test.skip(findRuntime().which === 'electron', "Electron's dialog waits for a person");
  await writeFile(join(folder, 'file'), '');
  const refused = await launchToEnd({ home: join(folder, 'file', 'home') });
  expect(refused.code).toBe(1);
  const shown = refused.calls.map((call) => call.args[0] as { type: string; message: string; detail: string });
  expect(shown).toEqual([expect.objectContaining({ type: 'error', buttons: ['Quit'] })]);
  expect(refused.output).toContain(shown[0]?.message);
  expect(shown[0]?.detail).not.toBe('');
});

test('a start on a home that runs headless opens that one in the browser and ends', async ({ launch, launchToEnd }) => {
  const headless = await launch({ surface: 'browser' });
  const second = await launchToEnd();
  expect(second.code).toBe(0);
  expect(second.output).toContain('running already');
  if (headless.desktop === null && findRuntime().which === 'chromium-host') {
    expect(second.calls).toEqual([
      { api: 'shell.openExternal', args: [expect.stringMatching(/^file:\/\/.*quarterdeck-open-[\w-]+\.html$/)] },
    ]);
  }
  expect(headless.page.isClosed()).toBe(false);
});

test('a second start shows the window of the first and ends', async ({ app, launchToEnd }) => {
  const second = await launchToEnd();
  expect(second.code).toBe(0);
  expect(second.output).toContain('running already');
  expect((await desktopOf(app).state()).windows).toHaveLength(1);
  expect((await app.close()).code).toBe(0);
});

test('the window opens dark in a dark system, with a dark background before its page', async ({ launch }) => {
  const app = await launch({ colorScheme: 'dark' });
  expect(await app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  if (app.which === 'chromium-host') {
    expect((await desktopOf(app).state()).windows[0]?.backgroundColor).not.toBe('#ffffff');
  }
});

test('a killed app leaves no browser behind and starts again in the same home', async ({ launch }) => {
  const first = await launch();
  expect((await first.kill('SIGKILL')).signal).toBe('SIGKILL');
  const second = await launch();
  await expect(second.page).toHaveTitle(/Quarterdeck/);
});

test('links, folders and menu items lead to places and drafts, and nothing they say is sent', async ({
  app,
  folder,
  launchToEnd,
}) => {
  test.skip(app.which === 'electron', "Electron's menus are chosen by other names");
  const prompt = app.page.getByTestId(testIds.firstMessage);
  const cwd = app.page.getByTestId(testIds.folderInput);
  await test.step('a later start with a folder', async () => {
    await launchToEnd({ args: [folder] });
    await expect(cwd).toHaveValue(folder);
  });
  await test.step('a launcher of Linux with the same folder', async () => {
    await cwd.fill('');
    await launchToEnd({ args: [pathToFileURL(folder).href] });
    await expect(cwd).toHaveValue(folder);
  });
  await test.step('a folder dragged into the window, which says what will happen; files are attached', async () => {
    const dragged = join(folder, 'dragged here');
    await mkdir(dragged);
    await writeFile(join(folder, 'notes.txt'), 'a note');
    const target = app.page.getByTestId(testIds.folderTarget);
    const sidebar = app.page.getByTestId(testIds.openSettings);
    const held = await systemOf(app).hold(sidebar, [dragged]);
    await expect(target).toContainText('Drop a folder to begin a session in it');
    await held.cancel();
    await expect(target).toHaveCount(0);
    await (await systemOf(app).hold(prompt, [join(folder, 'notes.txt')])).drop();
    await expect(app.page.getByTestId(testIds.attachmentChip)).toContainText('notes.txt');
    await app.page.getByTestId(testIds.attachmentRemove).click();
    await desktopOf(app).chooseMenu('help', 'Keyboard Shortcuts');
    await (await systemOf(app).hold(sidebar, [dragged])).drop();
    await expect(cwd).toHaveValue(dragged);
    await expect(target).toHaveCount(0);
  });
  await test.step('a menu item', async () => {
    await desktopOf(app).chooseMenu('help', 'Keyboard Shortcuts');
    await expect(app.page).toHaveURL(/#\/settings\/shortcuts$/);
    await desktopOf(app).chooseMenu('viewMenu', 'Command Palette');
    await expect(app.page.getByTestId(testIds.palette)).toBeVisible();
    await app.page.keyboard.press('Escape');
  });
  await test.step('a link with a text: a draft', async () => {
    await launchToEnd({ args: [`quarterdeck://new?folder=${encodeURIComponent(folder)}&prompt=Delete%20it`] });
    await expect(prompt).toHaveValue('Delete it');
    await expect(app.page).toHaveURL(/#\/new$/);
    await expect(app.page.getByTestId(testIds.sessionItem)).toHaveCount(0);
  });
  await test.step('a hostile link is refused with a sentence', async () => {
    await launchToEnd({ args: ['quarterdeck://new?prompt=a&mode=bypass'] });
    const asked = async () => (await desktopOf(app).calls()).filter((call) => call.api === 'dialog.showMessageBox');
    await expect.poll(asked).toMatchObject([{ args: [{ message: 'The link was not opened.' }] }]);
    await expect(prompt).toHaveValue('Delete it');
  });
});

test('the menu and the questions around the page speak its language, also at the next start', async ({
  launch,
  folder,
}) => {
  test.skip(
    findRuntime().which === 'electron' || process.platform === 'darwin',
    "Electron's menus are chosen by roles",
  );
  const first = await launch();
  const menus = async (app: Surface) => (await desktopOf(app).state()).menu.map((one) => one.item);
  expect(await menus(first)).toEqual(['File', 'Edit', 'View', 'Session', 'Window', 'Help']);
  await desktopOf(first).chooseMenu('File', 'Settings');
  await first.page.getByTestId(testIds.settingsTab('language')).click();
  await first.page.getByTestId(testIds.language('de')).click();
  const german = ['Datei', 'Bearbeiten', 'Ansicht', 'Sitzung', 'Fenster', 'Hilfe'];
  await expect.poll(() => menus(first)).toEqual(german);
  await first.close();
  const second = await launch();
  expect(await menus(second)).toEqual(german);
  const turn = await startWith(second.page, 'count to 1000 slowly', { folder, provider: 'demo' });
  await expect(answerOf(turn)).toContainText('2');
  await desktopOf(second).chooseMenu('fileMenu', 'quit');
  await expect
    .poll(async () => (await desktopOf(second).calls()).filter((call) => call.api === 'dialog.showMessageBox'))
    .toMatchObject([{ args: [{ message: 'Ein Agent arbeitet noch.', buttons: ['Beenden', 'Weiterarbeiten'] }] }]);
});

test('the machine stays awake exactly while an agent works', async ({ app, folder }) => {
  test.skip(app.which === 'electron', 'What Electron tells the system is not seen there.');
  const told = async () =>
    (await desktopOf(app).calls()).map((call) => call.api).filter((api) => api.startsWith('powerSaveBlocker'));
  const turn = await startWith(app.page, 'count to 3 slowly', { folder, provider: 'demo' });
  await expect(answerOf(turn)).toContainText('1');
  expect(await told()).toEqual(['powerSaveBlocker.start']);
  await expect.poll(told).toEqual(['powerSaveBlocker.start', 'powerSaveBlocker.stop']);
});

test('quitting while an agent works asks first, and goes on when the person wants that', async ({ app, folder }) => {
  const turn = await startWith(app.page, 'count to 1000 slowly', { folder, provider: 'demo' });
  await expect(answerOf(turn)).toContainText('3');
  test.skip(process.platform === 'darwin', 'The command is in another menu there.');
  await desktopOf(app).chooseMenu(...(app.which === 'electron' ? ['File', 'Quit'] : ['fileMenu', 'quit']));
  await expect
    .poll(async () => (await desktopOf(app).calls()).filter((call) => call.api === 'dialog.showMessageBox'))
    .toMatchObject([{ args: [{ message: 'One agent is still working.' }] }]);
  await expect(answerOf(turn)).toContainText('6');
  await expectRunning(turn);
  expect((await app.close()).code).toBe(0);
});
