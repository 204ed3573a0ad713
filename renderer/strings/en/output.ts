import { wordsFor } from '../numbers.ts';

const { number, plural } = wordsFor('en');

/** What is said where the output of a command is read in full. */
export const outputStrings = {
  open: 'Open in full',
  search: 'Search this output',
  hits: (at: number, all: number) => (all === 0 ? 'Nothing found' : `${number(at)} of ${number(all)}`),
  previous: 'Line found before',
  next: 'Line found next',
  wrap: 'Wrap long lines',
  lines: (n: number) => `Output, ${plural(n, 'line', 'lines')}`,
  cut: (n: number) => `… ${plural(n, 'more character', 'more characters')} in this line`,
};
