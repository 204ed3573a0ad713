import type { Browser } from 'playwright';
import { endOnElectron, launchOnElectron } from './electron-desktop.ts';
import { findRuntime } from './electron-runtime.ts';
import { endHeadless, launchHeadless } from './headless.ts';
import { endOnHost, launchOnHost } from './host-desktop.ts';
import type { EndedStart, LaunchOptions, Surface, SurfaceKind } from './surface.ts';

/** Starts the desktop app: on Electron where its runtime is there, else on the Chromium host. `which` says what it was. */
export function launchDesktop(options: LaunchOptions): Promise<Surface> {
  const runtime = findRuntime();
  return runtime.which === 'electron' ? launchOnElectron(runtime.path, options) : launchOnHost(options);
}

/** Starts the app behind one kind of surface. @param browser - asked for only when a browser is needed. */
export async function launchSurface(
  kind: SurfaceKind,
  browser: () => Promise<Browser>,
  options: LaunchOptions,
): Promise<Surface> {
  return kind === 'window' ? launchDesktop(options) : launchHeadless(await browser(), options);
}

/** Starts the app and waits until it ends by itself: a refusal, or a second start. */
export function startThatEnds(kind: SurfaceKind, options: LaunchOptions): Promise<EndedStart> {
  if (kind === 'browser') return endHeadless(options);
  const runtime = findRuntime();
  return runtime.which === 'electron' ? endOnElectron(runtime.path, options) : endOnHost(options);
}
