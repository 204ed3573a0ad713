/**
 * `npm run screenshots`: pictures of the app at work, light and dark, in the window's size and a phone's, into `screenshots/`. They are taken from
 * the built app with the real Claude Code behind it, whose model is scripted. `screenshots/scenes/index.html` shows every scene of the gallery besides, also
 * from right to left and with longer texts; `-- --scenes tour,inbox` takes those alone, and `-- --tour` those of docs/tour.md alone. `-- --readme` also renews the one in the README.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './right-node.mjs';
import { prepare } from './run-built.mjs';

await prepare();
const pictures = join(root, 'screenshots');
const at = process.argv.indexOf('--scenes');
const scenes = at < 0 ? '' : (process.argv[at + 1] ?? '');
const tour = process.argv.includes('--tour');
const part = scenes !== '' ? ['scenes'] : tour ? ['tour.shots'] : [];
if (part.length === 0) rmSync(pictures, { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/playwright/cli.js'),
    'test',
    '--config',
    join(root, 'e2e/pictures/playwright.config.ts'),
    ...part,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SCENES: scenes, TOUR: tour ? '1' : '0' },
  },
);
if (status !== 0) process.exit(status ?? 1);
if (process.argv.includes('--readme')) {
  copyFileSync(join(pictures, 'overview-wide-light.png'), join(root, 'docs/screenshot.png'));
  shrink([join(root, 'docs/screenshot.png')]);
}
if (tour) {
  const kept = join(root, 'docs/tour');
  shrink(readdirSync(kept).map((name) => join(kept, name)));
  console.log(`${readdirSync(kept).length} pictures in ${kept}`);
} else console.log(`${readdirSync(pictures).length} pictures in ${pictures}`);

/** What is kept in the repository is kept with 256 colours, a third of the size and the same to the eye; where ImageMagick is not there, as it is. */
function shrink(files) {
  for (const file of files)
    for (const program of ['magick', 'convert']) {
      const made = spawnSync(program, [file, '+dither', '-colors', '256', '-strip', `PNG8:${file}`]);
      if (made.status === 0) break;
    }
}
