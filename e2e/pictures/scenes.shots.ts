import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scenes } from '../../renderer/gallery/scenes.ts';
import { expect, type Size, settle, test } from '../gallery/fixtures.ts';
import { layoutFaults } from '../gallery/layout-faults.ts';
import { folder } from './camera.ts';

test.describe.configure({ mode: 'parallel' });
/** Some of them alone, while they are worked on. */
const wanted = process.env.SCENES?.split(',').filter((name) => name !== '') ?? [];
const names = wanted.length > 0 ? wanted : Object.keys(scenes);
const locales = ['en', 'ar-XB', 'en-XA'];
const schemes = ['light', 'dark'] as const;
const fileOf = (name: string, size: Size, scheme: string, locale: string) => `${name}-${size}-${scheme}-${locale}.png`;

for (const size of ['wide', 'phone'] as const)
  for (const locale of locales)
    test(`every scene, ${size}, ${locale}`, async ({ openPage }) => {
      test.setTimeout(900_000);
      mkdirSync(join(folder, 'scenes'), { recursive: true });
      const { page, open } = await openPage(size);
      const faults: string[] = [];
      for (const name of names) {
        await open(name, locale);
        faults.push(...(await layoutFaults(page)).map((fault) => `${name}: ${fault}`));
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          // In another theme diagrams are drawn anew.
          if ((await page.locator('.diagram-wait').count()) > 0) await settle(page);
          const path = join(folder, 'scenes', fileOf(name, size, colorScheme, locale));
          await page.screenshot({ path, animations: 'disabled' });
        }
        await page.emulateMedia({ colorScheme: 'light' });
      }
      // Told and not thrown: the pictures are the result, and these are where to look first.
      writeFileSync(join(folder, 'scenes', `faults-${size}-${locale}.txt`), faults.join('\n'));
    });

test('a page with all of them', () => {
  const rows = names.map((name) => {
    const files = (['wide', 'phone'] as const).flatMap((size) =>
      locales.flatMap((locale) => schemes.map((scheme) => fileOf(name, size, scheme, locale))),
    );
    const pictures = files.map(
      (file) => `<a href="${file}"><img loading="lazy" height="220" src="${file}" alt="${file}"></a>`,
    );
    return `<h2>${name}</h2>${pictures.join('\n')}`;
  });
  mkdirSync(join(folder, 'scenes'), { recursive: true });
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every screen</title>';
  writeFileSync(join(folder, 'scenes/index.html'), `${head}<h1>Every screen</h1>${rows.join('\n')}`);
  expect(rows.length).toBeGreaterThan(wanted.length > 0 ? 0 : 60);
});
