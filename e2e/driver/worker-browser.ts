import { type Browser, chromium } from 'playwright';
import { browserPath, chromiumFlags } from '../host/chromium.ts';

let started: Promise<Browser> | null = null;

/** The browser of this worker, started when it is first asked for. Whoever needs one opens a context in it, which shares nothing with another's. */
export async function workerBrowser(): Promise<Browser> {
  const running = await started;
  if (running?.isConnected()) return running;
  started = chromium.launch({ executablePath: browserPath(), args: chromiumFlags });
  return started;
}

export async function closeWorkerBrowser(): Promise<void> {
  await (await started)?.close();
  started = null;
}
