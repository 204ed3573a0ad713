import { scenes } from '../../renderer/gallery/scenes.ts';
import { settingsTabs } from '../../renderer/store/route.ts';
import { panelTabs } from '../../renderer/store/side-panel.ts';
import { axeFaults, loadAxe, ofColours } from './axe-in-page.ts';
import { expect, type Size, settle, test } from './fixtures.ts';
import { layoutFaults } from './layout-faults.ts';
import { Looker } from './look.ts';

const names = Object.keys(scenes);
const parts = 2;
for (const size of ['wide', 'phone'] as const satisfies readonly Size[])
  for (let part = 0; part < parts; part += 1)
    test(`axe-core finds no fault on any screen, in either theme, nothing lies badly, and keys, large text and forced colours do (${size}, part ${part + 1})`, async ({
      openPage,
    }) => {
      test.setTimeout(1_200_000);
      const { page, open } = await openPage(size);
      const looker = await Looker.of(page, size);
      const faults: string[] = [];
      let looked = 0;
      for (const name of names.filter((_, at) => at % parts === part)) {
        await open(name);
        await loadAxe(page);
        const found = [...(await axeFaults(page)), ...(await layoutFaults(page))];
        await page.emulateMedia({ colorScheme: 'dark' });
        found.push(...(await axeFaults(page, 'page', ofColours)).map((fault) => `dark: ${fault}`));
        await page.emulateMedia({ colorScheme: 'light' });
        found.push(...(await looker.faults()));
        faults.push(...found.map((fault) => `${name}: ${fault}`));
        looked += 1;
      }
      expect(faults).toEqual([]);
      expect(looked).toBe(Math.ceil((names.length - part) / parts));
      expect(looked).toBeGreaterThan(30);
    });

test('axe-core and the measuring find what is wrong when something is', async ({ openPage }) => {
  const { page, open } = await openPage('wide');
  await open('tour');
  await page.evaluate(() => {
    const bad = document.createElement('div');
    bad.innerHTML =
      '<button style="position:absolute;top:200px;left:600px;width:80px;height:30px"></button>' +
      '<button style="position:absolute;top:200px;left:600px;width:80px;height:30px">On it</button>' +
      '<p style="position:absolute;top:300px;left:600px;color:#999;background:#aaa">faint</p>' +
      '<p style="position:absolute;top:350px;left:600px;width:40px;overflow:hidden;white-space:nowrap">much too long for it</p>';
    document.querySelector('main')?.append(bad);
  });
  await settle(page);
  await loadAxe(page);
  const rules = (await axeFaults(page)).map((fault) => fault.split(':')[0]);
  expect(rules).toEqual(expect.arrayContaining(['button-name', 'color-contrast']));
  const faults = (await layoutFaults(page)).join('\n');
  expect(faults).toContain('on each other');
  expect(faults).toContain('cut off');
});

test('every page, every tab of the settings and every tab of the side has a scene', () => {
  const all = Object.values(scenes);
  const tabs = all.flatMap(({ route }) => (route?.name === 'settings' ? [route.tab] : []));
  expect(settingsTabs.filter((tab) => !tabs.includes(tab))).toEqual([]);
  const panels = all.flatMap(({ panel }) => (panel ? [panel.tab] : []));
  expect(panelTabs.filter((tab) => !panels.includes(tab))).toEqual([]);
  const routes = new Set(all.map(({ route }) => route?.name ?? 'home'));
  for (const name of ['home', 'session', 'new', 'history', 'inbox', 'import', 'settings'])
    expect(routes).toContain(name);
});
