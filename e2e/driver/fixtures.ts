import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { test as base, expect, type TestInfo } from 'playwright/test';
import { commandOf, processesMarked, waitGone } from '../tools/process-tree.ts';
import { launchSurface, startThatEnds } from './launch.ts';
import type { EndedStart, LaunchOptions, Surface, SurfaceKind } from './surface.ts';
import { closeWorkerBrowser, workerBrowser } from './worker-browser.ts';

/** What a spec may say about a start. The home is the test's own and the surface is the project's, unless it names others. */
export type LaunchRequest = Partial<LaunchOptions> & { surface?: SurfaceKind };
export type Launch = (request?: LaunchRequest) => Promise<Surface>;

export interface Fixtures {
  /** A fresh, empty home of the app. */
  home: string;
  /** A fresh, empty folder to open sessions in. */
  folder: string;
  /** An environment variable and its value that everything the test starts carries. */
  marker: { name: string; value: string };
  /** Starts the app on this project's surface. What still runs at the end of the test is closed. */
  launch: Launch;
  /** Starts the app and waits until it ends by itself. */
  launchToEnd: (request?: LaunchRequest) => Promise<EndedStart>;
  /** The app, started once with nothing special. */
  app: Surface;
}
export interface Options {
  surfaceKind: SurfaceKind;
  /** The page is a phone's. */
  phone: boolean;
}
/** What the tests of one worker share. */
export interface Shared {
  /** A browser, started when a test first asks for it: each app opens in a context of its own, which shares nothing with another's. */
  sharedBrowser: () => Promise<Browser>;
}

/** Long enough for a process that is on its way out; one that outlives the test is the test's finding, not a delay. */
const goneMs = 10_000;

/**
 * Playwright's `test` with the app as a fixture. Written once, a spec runs in the projects `window` and `browser`. Every process a test
 * started carries a marker in its environment, and one that survives the test fails it.
 */
export const test = base.extend<Fixtures & Options, Shared>({
  surfaceKind: ['window', { option: true }],
  phone: [false, { option: true }],

  sharedBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern that a fixture needs no other.
    async ({}, use) => {
      await use(workerBrowser);
      await closeWorkerBrowser();
    },
    { scope: 'worker' },
  ],

  home: ({ surfaceKind }, use) => useFolder(`${surfaceKind}-home`, use),
  folder: ({ surfaceKind }, use) => useFolder(`${surfaceKind}-folder`, use),

  marker: async ({ surfaceKind }, use, testInfo) => {
    const marker = {
      // Not QUARTERDECK_…: the app keeps variables of that name from the CLIs it starts, and they are what is to be found.
      name: 'E2E_RUN',
      value: `${surfaceKind}-${process.pid}-${testInfo.testId}-${testInfo.repeatEachIndex}-${testInfo.retry}`,
    };
    await use(marker);
    const left = await waitGone(processesMarked(`${marker.name}=${marker.value}`), goneMs);
    const commands = left.map((pid) => `${pid} ${commandOf(pid).slice(0, 300)}`);
    for (const pid of left) process.kill(pid, 'SIGKILL');
    expect(commands, 'processes that outlived the test').toEqual([]);
  },

  launch: async ({ surfaceKind, phone, home, marker, sharedBrowser }, use, testInfo) => {
    const started: Surface[] = [];
    await use(async ({ surface: kind = surfaceKind, ...options } = {}) => {
      const surface = await launchSurface(kind, sharedBrowser, {
        home,
        phone,
        ...options,
        // What is on the disk of whoever runs the specs is nobody's business; a spec of the reading switches it on.
        env: { QUARTERDECK_IMPORTS: 'off', ...options.env, [marker.name]: marker.value },
      });
      started.push(surface);
      return surface;
    });
    if (testInfo.status !== testInfo.expectedStatus) await keepEvidence(testInfo, started, home);
    for (const surface of started) await surface.close();
  },

  launchToEnd: async ({ surfaceKind, home, marker }, use) => {
    await use(({ surface: kind = surfaceKind, ...options } = {}) =>
      startThatEnds(kind, { home, ...options, env: { ...options.env, [marker.name]: marker.value } }),
    );
  },

  app: async ({ launch }, use) => {
    await use(await launch());
  },
});

export { expect };

async function useFolder(name: string, use: (folder: string) => Promise<void>): Promise<void> {
  // Resolved: the app tells resolved paths, and a system's temporary folder may be a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), `quarterdeck-e2e-${name}-`)));
  await use(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** For a failed test, as files in its folder of `test-results`: what each page showed, what the app wrote, and the app's own log. */
async function keepEvidence(testInfo: TestInfo, started: readonly Surface[], home: string): Promise<void> {
  const keep = async (name: string, content: string | Buffer) => {
    const path = testInfo.outputPath(name);
    await writeFile(path, content);
    await testInfo.attach(name, { path });
  };
  for (const [index, surface] of started.entries()) {
    const name = `${index + 1}-${surface.which}`;
    await keep(`${name}-output.txt`, surface.output());
    const screenshot = surface.page.isClosed()
      ? null
      : await surface.page.screenshot({ timeout: 5_000 }).catch(() => null);
    if (screenshot !== null) await keep(`${name}.png`, screenshot);
  }
  const logs = join(home, 'logs');
  for (const file of await readdir(logs).catch(() => [])) await keep(file, await readFile(join(logs, file)));
}
