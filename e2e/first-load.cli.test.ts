import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { firstLoad, firstScriptBudget } from '../scripts/first-load.mjs';

beforeAll(() => ensureBuilt());

it('loads at most 250 KB of script, gzipped, before the page stands; the rest comes when it is needed', () => {
  const { files, scriptGzip } = firstLoad(join(import.meta.dirname, '../out/renderer'));
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(2);
  expect(scriptGzip, `${Math.round(scriptGzip / 1000)} KB`).toBeLessThanOrEqual(firstScriptBudget);
  // A figure far below would mean that the page's own script was not found.
  expect(scriptGzip).toBeGreaterThan(50_000);
});

it('keeps what conversations need, and what only some of them do, out of the first load', () => {
  const { files } = firstLoad(join(import.meta.dirname, '../out/renderer'));
  for (const late of ['conversation-pane', 'markdown-view', 'math-plugins', 'mermaid', 'settings', 'create-sealed']) {
    expect(files.filter((file) => file.includes(`/${late}-`))).toEqual([]);
  }
});

it('stays below 320 KB of script, gzipped, with all that reads and writes a conversation', () => {
  const { scriptGzip } = firstLoad(join(import.meta.dirname, '../out/renderer'), ['conversation-pane']);
  expect(scriptGzip, `${Math.round(scriptGzip / 1000)} KB`).toBeLessThanOrEqual(320_000);
  // A figure not above would mean that the conversation was not found.
  expect(scriptGzip).toBeGreaterThan(firstLoad(join(import.meta.dirname, '../out/renderer')).scriptGzip + 50_000);
});
