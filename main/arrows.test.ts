import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

const refused = [
  ['main/sessions/a.ts', 'ws'],
  ['main/sessions/b.ts', 'electron'],
  ['main/orchestrator/a.ts', 'node:fs'],
  ['main/orchestrator/b.ts', '../storage/event-store.ts'],
  ['main/base/a.ts', 'react'],
  ['main/protocol/a.ts', '../base/result.ts'],
  ['main/protocol/b.ts', 'node:crypto'],
  ['main/storage/a.ts', '../gateway/gateway.ts'],
  ['main/providers/claude/a.ts', '../../gateway/gateway.ts'],
  ['main/gateway/a.ts', '../providers/registry.ts'],
  ['renderer/store/a.ts', 'electron'],
  ['renderer/store/b.ts', '../../main/sessions/apply.ts'],
] as const;
const accepted = [
  ['main/sessions/z.ts', '../protocol/ids.ts'],
  ['main/storage/z.ts', '../orchestrator/ports.ts'],
  ['renderer/store/z.ts', '../../main/protocol/frames.ts'],
] as const;

let folder: string;
let complaints: { location: { path: string | { file: string } } }[];

/** The project's own rules over a tree of one-line files: does each file get the complaint it should? */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quarterdeck-arrows-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  writeFileSync(join(folder, 'biome.json'), JSON.stringify({ ...config, $schema: undefined, vcs: { enabled: false } }));
  for (const [file, target] of [...refused, ...accepted]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `import * as it from '${target}';\n\nexport const x = it;\n`);
  }
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const report = JSON.parse(stdout) as { diagnostics: ((typeof complaints)[number] & { category: string })[] };
  complaints = report.diagnostics.filter((one) => one.category.endsWith('noRestrictedImports'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isRefused = (file: string): boolean =>
  complaints.some(({ location: { path } }) => (typeof path === 'string' ? path : path.file).endsWith(file));

describe('the direction of dependencies', () => {
  it.each(refused)('keeps %s from importing %s', (file) => expect(isRefused(file)).toBe(true));
  it.each(accepted)('lets %s import %s', (file) => expect(isRefused(file)).toBe(false));
});
