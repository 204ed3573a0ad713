import { expect, type Size, test } from './fixtures.ts';
import { layoutFaults } from './layout-faults.ts';

/** The fullest screens of each size. */
const fullest = {
  wide: ['edit', 'panelchanges', 'gateway-open', 'inbox'],
  phone: ['edit', 'running', 'goalstopped', 'keys', 'new', 'import', 'diagnostics', 'panelusage'],
} as const satisfies Record<Size, readonly string[]>;

for (const size of ['wide', 'phone'] as const)
  test(`nothing is cut off or lies on anything else from right to left, and with texts two fifths longer (${size})`, async ({
    openPage,
  }) => {
    const { page, open } = await openPage(size);
    const faults: string[] = [];
    for (const locale of ['ar-XB', 'en-XA'])
      for (const name of fullest[size]) {
        await open(name, locale);
        faults.push(...(await layoutFaults(page)).map((fault) => `${name}, ${locale}: ${fault}`));
      }
    expect(faults).toEqual([]);
  });

test('from right to left the list stands at the right, icons point the other way, and code and paths run as ever', async ({
  openPage,
}) => {
  const { page, open } = await openPage('wide');
  await open('edit', 'ar-XB');
  const leftOf = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? Number.NaN;
  const styleOf = (selector: string, property: 'direction' | 'scale') =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element)[name], property);

  expect(await leftOf('.sidebar-place')).toBeGreaterThan(await leftOf('.main'));
  expect(await styleOf('.tool-head .lucide-chevron-right', 'scale')).toBe('-1 1');

  // The numbers of its lines stand before the code, and it begins at its first letter.
  expect(await leftOf('.approval-card .diff-number')).toBeLessThan(await leftOf('.approval-card .diff-text'));
  expect(await page.locator('.approval-card .diff-scroll').evaluate((box) => box.scrollLeft)).toBe(0);
  for (const selector of ['.approval-folder bdi', '.tool-title', '.diff-counts'])
    expect(await styleOf(selector, 'direction'), selector).toBe('ltr');

  await open('tour', 'ar-XB');
  // An answer runs as its own letters do, its lists with it.
  for (const selector of [
    '.markdown ul',
    '.markdown pre',
    '.markdown code',
    '.session-row-title',
    '.session-row-words',
  ])
    expect(await styleOf(selector, 'direction'), selector).toBe('ltr');
});
