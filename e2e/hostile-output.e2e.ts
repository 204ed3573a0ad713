import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import type { SessionId } from '../main/protocol/ids.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { around, esc, hostileTurns, markup, pixel, rlo, strangers, toolCall, words } from './steps/hostile.ts';
import { openSession } from './steps/session.ts';
import { turnOf, writeSession } from './tools/fill-session.ts';

const calm = 'ses_00000000000000000001' as SessionId;
const hostile = 'ses_00000000000000000002' as SessionId;
const endless = 'ses_00000000000000000003' as SessionId;

test('whatever an agent says, nothing outside of its own box changes', async ({ launch, home, folder }) => {
  test.slow();
  writeSession(home, { session_id: calm, cwd: folder, title: 'Calm' }, turnOf(1, 'Hello', []));
  const title = `${markup.slice(0, 150)} ${rlo}`;
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  writeSession(home, { session_id: hostile, cwd, title }, hostileTurns());
  writeFileSync(join(cwd, 'plot.png'), pixel);
  writeFileSync(join(cwd, 'not.png'), '<svg onload="window.broken=1">');
  writeFileSync(join(folder, 'outside.png'), pixel);
  symlinkSync(join(folder, 'outside.png'), join(cwd, 'linked.png'));
  const { page, url } = (await launch()) as Awaited<ReturnType<typeof launch>> & { url: string };
  const own = new URL(url ?? page.url()).host;
  const wrong: string[] = [];
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, host: to } = new URL(request.url());
    if (/^https?:$/.test(protocol) && to !== own) wrong.push(`request: ${request.url()}`);
  });
  page.on('popup', (popup) => wrong.push(`window: ${popup.url()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));

  await openSession(page, calm);
  const before = { layout: await around(page), address: page.url() };
  expect(await page.locator('.main').boundingBox()).toMatchObject({ y: 0, height: page.viewportSize()?.height });
  await openSession(page, hostile);

  await test.step('the only request is the true one, and its command shows what is invisible', async () => {
    await expect(approvalCard(page)).toHaveCount(1);
    await expect(page.getByTestId(testIds.approvalAllowOnce)).toHaveCount(1);
    const command = approvalCard(page).getByTestId(testIds.approvalCommand);
    await expect(command).toContainText('U+202E');
    await expect(command).toContainText('U+200B');
    await expect(command).toContainText('U+001B');
    await approvalCard(page)
      .getByTestId(testIds.approvalSetAside)
      .or(page.getByTestId(testIds.approvalDeny))
      .first()
      .click();
    await expect(approvalCard(page)).toHaveCount(0);
  });

  /** What else is true of one of them. */
  const looked: Readonly<Record<string, (turn: Locator) => Promise<void>>> = {
    // What a name, a title or a path hides is shown by its number.
    async tools(turn) {
      const titles = (await turn.locator('.tool-title').allTextContents()).join('');
      expect(titles).toContain('U+202E');
      expect(titles).not.toContain(rlo);
    },
    // The host is said as it is on the wire.
    async homoglyphs(turn) {
      await turn.getByRole('link', { name: 'https://apple.com' }).first().click();
      await expect(page.getByTestId(testIds.leaveHost)).toHaveText('xn--pple-43d.com');
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testIds.leaveDialog)).toHaveCount(0);
    },
    // Pictures of the folder are shown, and no others.
    async pictures(turn) {
      const said = turn.locator('.assistant-text');
      await expect(said.getByTestId(testIds.localImage)).toHaveCount(1);
      for (const name of ['out', 'far', 'linked', 'not one'])
        await expect(said).toContainText(`Image: ${name} (is missing in the folder, or may not be read here)`);
      await said.getByTestId(testIds.localImage).click();
      await expect(page.getByTestId(testIds.lightboxImage)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testIds.lightbox)).toHaveCount(0);
    },
  };

  await test.step('each attack is looked at', async () => {
    const scroller = page.locator('.transcript-scroller');
    for (const name of ['tools', ...Object.keys(words).toReversed()]) {
      const turn = turnWith(page, `Attack ${name}`);
      await expect(async () => {
        if (await turn.first().isVisible()) return;
        await scroller.evaluate((box) => {
          // Rows of guessed height may be passed over on the way up: from the end again.
          if (box.scrollTop === 0) box.scrollTop = box.scrollHeight;
          else box.scrollBy(0, -500);
          return new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
        });
        await expect(turn.first()).toBeVisible({ timeout: 100 });
      }).toPass({ timeout: 30_000, intervals: [30] });
      for (const fold of await turn.getByRole('button', { expanded: false }).all())
        await fold.click({ timeout: 250 }).catch(() => {});
      await page.waitForTimeout(50);
      expect(await strangers(page), name).toEqual([]);
      await expect(page.getByTestId(testIds.approvalAllowOnce)).toHaveCount(0);
      await looked[name]?.(turn.first());
    }
  });

  await test.step('a link that lies is told, and nothing opens before it is agreed to', async () => {
    const turn = turnWith(page, 'Attack links');
    const dialog = page.getByTestId(testIds.leaveDialog);
    await expect(async () => {
      // A click that was counted as late may have been one.
      if (await dialog.isVisible()) return;
      await page.locator('.transcript-scroller').evaluate((box) => box.scrollBy(0, 300));
      // The list takes no clicks while it scrolls, and for a moment after.
      await turn.getByRole('link', { name: 'https://github.com/login' }).first().click({ timeout: 1_000 });
      await expect(dialog).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 20_000, intervals: [30] });
    await expect(dialog.getByTestId(testIds.leaveHost)).toHaveText('evil.example');
    await expect(dialog).toContainText('The link says github.com, but it leads to evil.example.');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    const names = await turn.getByRole('link').allTextContents();
    expect([...new Set(names)].sort()).toEqual(['https://github.com/login', 'k']);
  });

  await test.step('a diagram is drawn where it reaches nothing, and shown as a picture', async () => {
    const turn = turnWith(page, 'Attack diagram');
    await expect(async () => {
      if (await turn.first().isVisible()) return;
      await page.locator('.transcript-scroller').evaluate((box) => {
        if (box.scrollTop === 0) box.scrollTop = box.scrollHeight;
        else box.scrollBy(0, -500);
      });
      await expect(turn.first()).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 30_000, intervals: [30] });
    const picture = turn.getByTestId(testIds.diagram).first().getByRole('img');
    await expect(picture).toBeVisible({ timeout: 30_000 });
    expect(
      await picture.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth)),
    ).toBeGreaterThan(20);
    await expect(turn.getByTestId(testIds.diagramFailed).first()).toContainText(
      'its text is shown as the agent wrote it',
    );
    const frame = page.frames().find((one) => one.url().endsWith('/diagram.html'));
    const reached = await frame?.evaluate(async (address) => {
      const tried = async (what: () => unknown): Promise<boolean> => {
        try {
          await what();
          return true;
        } catch {
          return false;
        }
      };
      return {
        origin: self.origin,
        page: await tried(() => parent.document.title),
        store: await tried(() => localStorage.length),
        network: await tried(() => fetch(`${address}/api/v1/me`, { mode: 'no-cors' })),
        code: await tried(() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = 1';
          document.head.append(script);
          if (!('ran' in window)) throw new Error('It did not run.');
        }),
      };
    }, new URL(page.url()).origin);
    expect(reached).toEqual({ origin: 'null', page: false, store: false, network: false, code: false });
  });

  expect(wrong).toEqual([]);
  expect(await page.evaluate(() => Reflect.get(window, 'broken'))).toBeUndefined();
  expect(await page.title()).toMatch(/^[^\p{C}]+ – Quarterdeck$/u);
  await openSession(page, calm);
  expect({ layout: await around(page), address: page.url() }).toEqual(before);
});

test('an endless line and endless output leave the page alive', async ({ launch, home, folder }) => {
  const flood = Array.from({ length: 20_000 }, (_, at) => `line ${at} ${esc}[3${at % 8}mcolour${esc}[0m`).join('\n');
  writeSession(home, { session_id: endless, cwd: folder, title: 'Endless' }, [
    ...turnOf(1, 'One line', toolCall('execute', 'yes | tr -d "\\n"', `${'z'.repeat(900_000)}\nlast`)),
    ...turnOf(2, 'Many lines', toolCall('execute', 'seq', `${flood}\nneedle in it\nend`)),
    ...turnOf(3, 'Said', [{ type: 'text', item_id: 'said', text: 'w'.repeat(300_000) }]),
  ]);
  const { page } = await launch();
  await openSession(page, endless);
  await expect(turnWith(page, 'Said')).toBeVisible();
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  const scroller = page.locator('.transcript-scroller');
  for (const name of ['Many lines', 'One line']) {
    await expect(async () => {
      await scroller.evaluate((box) => box.scrollBy(0, -box.scrollHeight / 5));
      await expect(turnWith(page, name).getByTestId(testIds.toolToggle).first()).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 30_000, intervals: [30] });
    const toggle = turnWith(page, name).getByTestId(testIds.toolToggle).first();
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    await expect(turnWith(page, name).getByTestId(testIds.outputOpen)).toBeVisible();
    expect(await nodes()).toBeLessThan(2_500);
  }

  await turnWith(page, 'One line').getByTestId(testIds.outputOpen).click();
  await expect(page.getByTestId(testIds.outputLines)).toContainText('896,000 more characters');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testIds.outputDialog)).toHaveCount(0);

  await expect(async () => {
    await scroller.evaluate((box) => box.scrollBy(0, 400));
    await turnWith(page, 'Many lines').getByTestId(testIds.outputOpen).click({ timeout: 3_000 });
    await expect(page.getByTestId(testIds.outputDialog)).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 30_000, intervals: [30] });
  await page.getByTestId(testIds.outputSearch).fill('needle');
  await expect(page.getByTestId(testIds.outputHits)).toHaveText('1 of 1');
  await expect(page.getByTestId(testIds.outputLines)).toContainText('needle in it');
  expect(await nodes()).toBeLessThan(2_500);
  // Still alive: what is typed is there.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByTestId(testIds.composerInput).fill('Still here.');
  await expect(page.getByTestId(testIds.composerInput)).toHaveValue('Still here.');
});
