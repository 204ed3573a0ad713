import type { findStrings as english } from '../en/find.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('de');

export const findStrings = {
  label: 'In diesem Gespräch suchen',
  none: 'Nicht gefunden',
  place: (at: number, total: number, more: boolean) => `${number(at)} von ${number(total)}${more ? '+' : ''}`,
  previous: 'Vorige Fundstelle',
  next: 'Nächste Fundstelle',
  close: 'Suche schließen',
} satisfies Translation<typeof english>;
