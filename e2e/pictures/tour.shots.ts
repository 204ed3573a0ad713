import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appDir } from '../driver/built-app.ts';
import { type Size, test } from '../gallery/fixtures.ts';

/** The pictures of docs/tour.md, in its order: scene, size, theme. */
const stops: readonly (readonly [string, Size, 'light' | 'dark'])[] = [
  ['tour', 'wide', 'light'],
  ['rule', 'wide', 'light'],
  ['inbox', 'wide', 'light'],
  ['panelchanges', 'wide', 'light'],
  ['edit', 'wide', 'dark'],
  ['running', 'wide', 'dark'],
  ['panelgoal', 'wide', 'light'],
  ['question', 'wide', 'light'],
  ['devices', 'wide', 'light'],
  ['history', 'wide', 'light'],
  ['edit', 'phone', 'light'],
  ['tour', 'phone', 'dark'],
];

// Only when they are to be renewed: they are kept in the repository.
test('the pictures of the tour', async ({ openPage }) => {
  test.skip(process.env.TOUR !== '1', 'npm run screenshots -- --tour renews them');
  const folder = join(appDir, 'docs/tour');
  mkdirSync(folder, { recursive: true });
  const pages = { wide: await openPage('wide'), phone: await openPage('phone') };
  for (const [scene, size, colorScheme] of stops) {
    const { page, open } = pages[size];
    await page.emulateMedia({ colorScheme });
    await open(scene);
    // Answers come alive a moment after they are shown, so that nobody presses what has just come under the hand.
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(folder, `${scene}-${size}-${colorScheme}.png`), animations: 'disabled' });
  }
});
