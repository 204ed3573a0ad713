import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { type Browser, chromium } from 'playwright';
import { build, type Plugin } from 'vite';
import { findBrowser } from '../../e2e/tools/find-browser.ts';
import { root } from './server-process.ts';

/** The Chromium of this machine, headless. @throws when there is none. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no Chromium on this machine; set CHROME_PATH to one.');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** What the app fetches only for what no bare page shows, and what would be megabytes within its script. */
const leftOut = /mermaid|math-plugins/;
const withoutWhatIsFetchedLate: Plugin = {
  name: 'without-what-is-fetched-late',
  enforce: 'pre',
  resolveId: (id) => (leftOut.test(id) ? '\0left-out' : null),
  load: (id) => (id === '\0left-out' ? 'export default null' : null),
};

/** The script of a bare page of `bench/fixtures`, built as the app's own page is. */
export const barePageScript = async (fixture: string): Promise<string> => (await buildBarePage(fixture)).script;

/** The same with its styles. */
export async function buildBarePage(fixture: string): Promise<{ script: string; styles: string }> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [react(), withoutWhatIsFetchedLate],
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: true,
      lib: { entry: join(root, 'bench/fixtures', fixture), formats: ['iife'], name: 'bare' },
    },
  });
  const [first] = Array.isArray(built) ? built : [built];
  if (first === undefined || !('output' in first)) throw new Error(`The bare page ${fixture} was not built.`);
  const styles = first.output.find(({ fileName }) => fileName.endsWith('.css'));
  return { script: first.output[0].code, styles: styles?.type === 'asset' ? String(styles.source) : '' };
}
