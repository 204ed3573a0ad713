import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium } from 'playwright';
import { build } from 'vite';
import { findBrowser } from '../../e2e/tools/find-browser.ts';
import { root } from './server-process.ts';

/** The Chromium of this machine, headless. @throws when there is none. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no Chromium on this machine; set CHROME_PATH to one.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** The script of a bare page of `bench/fixtures`, built as the app's own page is. */
export async function barePageScript(fixture: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      lib: { entry: join(root, 'bench/fixtures', fixture), formats: ['iife'], name: 'bare' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !('output' in first)) throw new Error(`The bare page ${fixture} was not built.`);
  return first.output[0].code;
}
