import { ensureBrowser } from '../tools/ensure-browser.ts';
import { missingBundles } from './built-app.ts';
import { findRuntime, runtimeLine } from './electron-runtime.ts';

/** Before any spec: the app is built, a browser is there, and the person knows what the window's specs run on. */
export default async function prepare(): Promise<void> {
  const missing = missingBundles();
  if (missing.length > 0)
    throw new Error(`The app is not built (${missing.join(', ')} missing): run "npm run build" first.`);
  await ensureBrowser();
  console.log(runtimeLine(findRuntime()));
}
