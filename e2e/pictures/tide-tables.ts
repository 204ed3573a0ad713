import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatScenario } from '../model-server/format-scenario.ts';
import type { Directive } from '../model-server/scenario.ts';
import { begin, call, run, say, think, until } from '../steps/script.ts';

/** A small project with a real defect, and the conversation in which it is found: what the pictures show. */

const files = {
  'package.json': '{ "name": "tide-tables", "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/clock.js': `const minutesOfDay = 24 * 60;

/** A time of day as people write it: 270 minutes after midnight are "04:30". */
export function clock(minutes) {
  const hours = Math.floor(minutes / 60);
  return \`\${hours}:\${minutes % 60}\`;
}
`,
  'src/tides.js': `import { clock } from './clock.js';

/** High waters of a day. The moon comes 50 minutes later each day, and so does the sea. */
export function highWaters(day, harbour) {
  const first = harbour.offset + day * 50;
  return [first, first + 745].map(clock);
}
`,
  'test/clock.test.js': `import assert from 'node:assert/strict';
import test from 'node:test';
import { clock } from '../src/clock.js';

test('hours and minutes have two digits', () => {
  assert.equal(clock(245), '04:05');
});

test('the day after midnight begins at 00:00', () => {
  assert.equal(clock(1470), '00:30');
});
`,
};

/** Makes the project. @returns its folder. */
export function makeProject(home: string): string {
  const folder = join(home, 'harbour', 'tide-tables');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet');
  git('config', 'user.name', 'Ada');
  git('config', 'user.email', 'ada@example.org');
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  return folder;
}

export const prompts = {
  fix: 'The table says high water is at 4:5, and after midnight at 24:30. Please find out why and fix it.',
  commit: 'Good. Commit that, please.',
  ask: 'Which harbours should be in the table?',
  lights: 'Explain how the leading lights are lit.',
  survey: 'List all buoys that were moved last year.',
  refused: 'What changed since yesterday?',
};

const script = (...steps: Directive[][]) => formatScenario({ steps });

const before = `export function clock(minutes) {
  const hours = Math.floor(minutes / 60);
  return \`\${hours}:\${minutes % 60}\`;
}`;
const after = `export function clock(minutes) {
  const time = minutes % minutesOfDay;
  const [hours, rest] = [Math.floor(time / 60), time % 60];
  return [hours, rest].map((part) => String(part).padStart(2, '0')).join(':');
}`;

const finding = `Fixed, and the tests pass. Two things were wrong in \`clock()\`:

| Minutes | Was | Is | Why |
| ---: | --- | --- | --- |
| 245 | \`4:5\` | \`04:05\` | numbers were not padded |
| 1470 | \`24:30\` | \`00:30\` | a day was never wrapped |

\`highWaters()\` adds 745 minutes to the first high water, so every late tide ran over midnight. It needs no change:

\`\`\`js
highWaters(3, { offset: 95 }); // ['04:05', '16:30']
\`\`\``;

/** What the model makes of the prompts. Gates: `read` holds the first turn in the middle of a sentence, `lights` another for good. */
export function scriptsFor(folder: string): { [prompt: string]: string } {
  const clock = join(folder, 'src/clock.js');
  const lights = `Leading lights are two lights, one behind the other and higher. When a ship is **on the line**, they stand one above the other:

1. The *rear* light is the higher one.
2. Steer towards the lower one when they drift apart.

In \`src/lights.js\` the sector of each light is computed from`;
  return {
    [prompts.fix]: script(
      [
        think(
          'Two symptoms: a missing zero, and hours past 24. Both smell of how a time of day is written, not of the tides.',
        ),
        say('I will look at how times are written first.'),
        call('Read', { file_path: clock }),
        run('grep -rn "clock(" src'),
      ],
      [
        begin(
          '`clock()` neither pads its numbers nor wraps the day: 245 minutes become `4:5`. Before I change it, I run ',
        ),
        until('read'),
        say('the tests.'),
        run('node --test'),
      ],
      [
        say('Both symptoms have a failing test, so this is the right place. I will pad the numbers and wrap the day.'),
        call('Edit', { file_path: clock, old_string: before, new_string: after }),
      ],
      [run('node --test')],
      [say(finding)],
    ),
    [prompts.commit]: script(
      [run('git commit --all --message "Write times with two digits and wrap them at midnight"')],
      [say('Committed.')],
    ),
    [prompts.ask]: script([
      call('AskUserQuestion', {
        questions: [
          {
            question: 'Which harbours should be in the table?',
            header: 'Harbours',
            multiSelect: true,
            options: [
              { label: 'Cuxhaven', description: 'Offset 95 minutes, from the survey of 2024' },
              { label: 'Husum', description: 'Offset 130 minutes, not surveyed yet' },
              { label: 'Esbjerg', description: 'Another time zone in some years' },
            ],
          },
        ],
      }),
    ]),
    [prompts.lights]: script([begin(lights), until('lights')]),
    [prompts.survey]: script([say('No buoy was moved last year; two were repainted.')]),
    [prompts.refused]: '[[error: 401]]',
  };
}
