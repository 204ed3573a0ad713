import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('en');

/** The search in one conversation. */
export const findStrings = {
  label: 'Find in this conversation',
  none: 'Not found',
  /** `more`: there are more than are counted. */
  place: (at: number, total: number, more: boolean) => `${number(at)} of ${number(total)}${more ? '+' : ''}`,
  previous: 'Previous hit',
  next: 'Next hit',
  close: 'Close the search',
};
