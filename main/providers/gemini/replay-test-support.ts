import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { type Row, recording, replay, systemClock } from '../acp/replay-test-support.ts';
import { GeminiProvider } from './adapter.ts';

export const recorded = (name: string): Row[] => recording(import.meta.url, name);

/** A Gemini CLI that is "installed" as whatever the recordings play, one for each start. */
export function stagedGemini(rows: readonly (readonly Row[])[], clock: Clock = systemClock) {
  const settingsDir = mkdtempSync(join(tmpdir(), 'gemini-settings-'));
  onTestFinished(() => rmSync(settingsDir, { recursive: true, force: true }));
  const cli = replay(...rows);
  const env = { QUARTERDECK_GEMINI_PATH: process.execPath };
  const { startCli } = cli;
  return {
    cli,
    provider: new GeminiProvider({ env, home: settingsDir, instance: 'test', startCli, clock, settingsDir }),
  };
}
