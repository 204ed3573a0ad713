import type { findStrings as english } from '../en/find.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('ja');

export const findStrings = {
  label: 'この会話を検索',
  none: '見つかりません',
  place: (at: number, total: number, more: boolean) => `${number(total)}${more ? '+' : ''} 件中 ${number(at)} 件目`,
  previous: '前の一致',
  next: '次の一致',
  close: '検索を閉じる',
} satisfies Translation<typeof english>;
