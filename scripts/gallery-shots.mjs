// Takes pictures of every scene of the gallery: node scripts/gallery-shots.mjs <folder> [scene...]
// Needs a Chromium; set CHROMIUM to its path where it is not /usr/bin/chromium.
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium } from 'playwright';
import { createServer } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../renderer');
const [folder = 'screenshots', ...wanted] = process.argv.slice(2);
const names = [
  'tour',
  'first',
  'new',
  'approval',
  'rule',
  'edit',
  'question',
  'running',
  'streaming',
  'error',
  'interrupted',
  'hostile',
  'formulas',
  'diagrams',
  'long',
  'offline',
  'signedout',
  'providers',
  'keys',
  'keys-empty',
  'devices',
  'devices-empty',
  'gateway',
  'gateway-open',
  'by-hand',
  'by-hand-refused',
  'revoked',
  'untrusted',
  'permissions',
  'data',
  'about',
  'inbox',
  'inbox-empty',
  'mention',
  'mention-none',
  'commands',
  'read-only',
  'approval-read-only',
  'drafts',
  'history',
  'import',
];
const sizes = { wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

mkdirSync(folder, { recursive: true });
const server = await createServer({
  root,
  configFile: false,
  plugins: [react()],
  cacheDir: process.env.VITE_CACHE ?? resolve(root, '../node_modules/.vite-gallery'),
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  logLevel: 'error',
});
await server.listen();
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const only = process.env.ONLY?.split(',') ?? ['wide-light', 'wide-dark', 'phone-light', 'phone-dark'];
let failures = 0;
for (const kind of only) {
  const [size, scheme] = kind.split('-');
  const context = await browser.newContext({
    viewport: sizes[size],
    colorScheme: scheme,
    hasTouch: size === 'phone',
    isMobile: size === 'phone',
    deviceScaleFactor: size === 'phone' ? 2 : 1,
  });
  for (const name of wanted.length > 0 ? wanted : names) {
    const page = await context.newPage();
    page.on('pageerror', (error) => {
      failures += 1;
      console.error(name, kind, error.message);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') {
        failures += 1;
        console.error(name, kind, message.text());
      }
    });
    await page.goto(`http://127.0.0.1:${port}/gallery/gallery.html?scene=${name}`);
    await page.waitForTimeout(name === 'streaming' ? 1500 : 700);
    if (process.env.STEPS) await (await import(resolve(process.env.STEPS))).default(page, name, kind);
    await page.screenshot({ path: `${folder}/${name}-${kind}.png` });
    await page.close();
  }
  await context.close();
}
await browser.close();
await server.close();
process.exit(failures > 0 ? 1 : 0);
