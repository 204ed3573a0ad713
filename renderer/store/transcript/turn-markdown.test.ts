import { expect, it } from 'vitest';
import { markdownOfTurn } from './turn-markdown.ts';
import type { Item, Turn } from './view.ts';

const turnOf = (...items: unknown[]): Turn => ({ items: items as Item[] }) as unknown as Turn;

it('takes a turn as Markdown in which nothing breaks out of its place', () => {
  const turn = turnOf(
    { kind: 'user', text: 'Fix it\n# now', attachments: [{ name: 'a*b.png' }] },
    { kind: 'reasoning', text: 'Hm.' },
    { kind: 'tool', tool: 'Bash', title: 'ls *', output: '\u001b[31mred\u001b[0m\n```\n# out\n' },
    { kind: 'plan', entries: [{ text: 'Look', status: 'completed' }] },
    { kind: 'text', text: 'Done: **yes**.\n' },
  );
  expect(markdownOfTurn(turn)).toBe(
    [
      '> Fix it\n> # now\n> - a\\*b.png',
      '**Bash** ls \\*',
      '````\nred\n```\n# out\n````',
      '- [x] Look',
      'Done: **yes**.',
    ].join('\n\n'),
  );
});
