/**
 * Draws the icons beside the clock from `resources/icon.svg` into `resources/tray*.png`: `node scripts/tray-icons.mjs`. macOS takes a template, black on
 * nothing; the others the icon in colour, with a dot while something waits. Needs a Chromium; CHROMIUM names another than /usr/bin/chromium.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const resources = join(import.meta.dirname, '../resources');
const icon = readFileSync(join(resources, 'icon.svg'), 'utf8');
/** The ship alone, which fills the square. */
const template = icon
  .replace('viewBox="0 0 512 512"', 'viewBox="96 108 320 320"')
  .replace(/<defs>.*<\/defs>/s, '')
  .replace(/<rect[^>]*\/>/, '')
  .replaceAll('#fff', '#000');
/** Close to the edge: every pixel counts here. */
const coloured = icon.replace('viewBox="0 0 512 512"', 'viewBox="24 24 464 464"');
const dot = '<circle cx="372" cy="140" r="104" fill="#f5a524" stroke="#fff" stroke-width="28"/></svg>';
const waiting = coloured.replace('</svg>', dot);

/** On the button of the app in the taskbar of Windows. */
const overlay = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#f5a524" stroke="#fff" stroke-width="2"/></svg>`;

const pictures = [
  { name: 'tray-overlay', svg: overlay, size: 16 },
  { name: 'trayTemplate', svg: template, size: 18 },
  { name: 'tray', svg: coloured, size: 24 },
  { name: 'tray-waiting', svg: waiting, size: 24 },
  { name: 'tray-16', svg: coloured, size: 16 },
  { name: 'tray-16-waiting', svg: waiting, size: 16 },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
for (const { name, svg, size } of pictures) {
  for (const scale of [1, 2]) {
    const page = await browser.newPage({ viewport: { width: size, height: size }, deviceScaleFactor: scale });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    const picture = await page.screenshot({ omitBackground: true });
    writeFileSync(join(resources, `${name}${scale === 2 ? '@2x' : ''}.png`), picture);
    await page.close();
  }
}
await browser.close();
