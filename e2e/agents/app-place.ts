import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type ModelServer, type ModelServerOptions, startModelServer } from '../model-server/server.ts';
import { commandOf, processesMarked, waitGone } from '../tools/process-tree.ts';
import { addAgent, type Dialect } from './dialects.ts';
import { DrivenApp } from './driven-app.ts';
import { ownSettingsOff } from './own-settings-off.ts';

/** The app on a machine of the test's own, with these agents set up and a scripted model behind all of them. */
export interface AppPlace {
  /** Everything of the test lies in it; `person` is the person's home. */
  root: string;
  /** An empty folder for sessions. */
  folder: string;
  model: ModelServer;
  app: DrivenApp;
  /** Process ids of whatever the test started and that still runs, the app among them. */
  running(): number[];
  /** Ends the app and takes everything away. A process that outlives the app fails the test. */
  end(): Promise<void>;
}

/**
 * Starts it; on a build machine a second time when that fails, as tests there get a second look.
 * @param name - names its folder, and its processes by a marker in their environment.
 * @param dialects - where two of them set the same variable, the last one's counts.
 * @param options.below - where its folder is made; the temporary folder of the system when it is not given.
 */
export async function startAppPlace(
  name: string,
  dialects: readonly Dialect[],
  options: ModelServerOptions & { below?: string } = {},
): Promise<AppPlace> {
  try {
    return await startOnce(name, dialects, options);
  } catch (error) {
    if (!process.env.CI) throw error;
    console.error(`flaky: the place of ${name} could not be started, and is started again.`, error);
    return startOnce(name, dialects, options);
  }
}

async function startOnce(
  name: string,
  dialects: readonly Dialect[],
  { below = tmpdir(), ...server }: ModelServerOptions & { below?: string },
): Promise<AppPlace> {
  const marker = { name: 'E2E_PLACE', value: `${name}-${process.pid}` };
  const running = () => processesMarked(`${marker.name}=${marker.value}`);
  const root = realpathSync(mkdtempSync(join(below, `quarterdeck-${name}-`)));
  const folder = join(root, 'project');
  const model = await startModelServer({ deltaMs: 3, ...server });
  const place = { modelUrl: model.url, home: join(root, 'person') };
  for (const path of [folder, place.home]) mkdirSync(path);
  const env: Record<string, string | undefined> = {};
  for (const dialect of dialects) Object.assign(env, await dialect.env(place));
  const app = new DrivenApp(join(root, 'home'), { ...ownSettingsOff(), ...env, [marker.name]: marker.value });
  try {
    await app.start();
    for (const dialect of dialects) await addAgent(app, dialect, place);
  } catch (error) {
    await app.kill();
    await model.close();
    for (const pid of await waitGone(running())) process.kill(pid, 'SIGKILL');
    rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    throw new Error(`the app could not be started; it wrote:\n${app.output()}`, { cause: error });
  }
  return {
    root,
    folder,
    model,
    app,
    running,
    async end() {
      await app.stop();
      const left = await waitGone(running());
      const named = left.map((pid) => `${pid} ${commandOf(pid).slice(0, 200)}`);
      for (const pid of left) process.kill(pid, 'SIGKILL');
      await model.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
      expect(named, 'processes that outlived the app').toEqual([]);
    },
  };
}
