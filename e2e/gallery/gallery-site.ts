import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { contentFingerprint, sourceFiles } from '../../scripts/source-fingerprint.mjs';
import { withCacheLock } from '../tools/test-cache.ts';
import { tagLayers, tellImports } from './layer-uses.ts';

const root = join(import.meta.dirname, '../..');
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const cache = join(root, 'node_modules/.cache/quarterdeck-gallery');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Builds the gallery as the app's page is built, when a file it is made from has changed: scenes load in a tenth of the time of a server that builds as it serves. */
async function builtGallery(): Promise<string> {
  await mkdir(cache, { recursive: true });
  return withCacheLock(join(cache, 'build.lock'), async () => {
    const list = sourceFiles(root)
      .filter((path) => /^(?:renderer|main.protocol|main.export|package)/.test(path))
      .concat('e2e/gallery/layer-uses.ts', 'e2e/gallery/gallery-site.ts');
    const print = createHash('sha256').update(contentFingerprint(root, list)).digest('hex');
    const folder = join(cache, 'page');
    const stamp = join(cache, 'built-from');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return folder;
    await build({
      root: join(root, 'renderer'),
      configFile: false,
      plugins: [tagLayers(), tellImports(), react()],
      base: './',
      logLevel: 'error',
      build: {
        outDir: folder,
        emptyOutDir: true,
        assetsInlineLimit: 0,
        rollupOptions: { input: join(root, 'renderer/gallery/gallery.html') },
      },
    });
    await writeFile(stamp, print);
    return folder;
  });
}

/** Serves the built gallery on this machine alone. */
export async function serveGallery(): Promise<{ address: string; close: () => Promise<void> }> {
  const folder = await builtGallery();
  const server = createServer(async (request, response) => {
    const asked = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://gallery').pathname));
    // The app's page is at the root, this one in a folder: what it looks for beside itself is above.
    const path = asked.replace(/^\/gallery\/(?!gallery\.html)/, '/');
    try {
      // Served as the page is, so that the browser compiles it once and not for each scene.
      const body = await readFile(path === '/axe.min.js' ? axe : join(folder, path));
      const type = types[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=3600' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/gallery/gallery.html`,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
