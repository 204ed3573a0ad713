import type { offStrings as english } from '../en/off.ts';
import type { Translation } from '../languages.ts';

export const offStrings = {
  empty: '先に何か入力してください。',
  incomplete: 'まだ足りない項目か、正しくない項目があります。',
  unchanged: '変更はありません。',
  unanswered: '先にすべての質問に答えてください。',
  first: 'これが最初の項目です。',
  last: 'これが最後の項目です。',
  wait: '少しお待ちください…',
  running: 'ターンとターンの間にだけできます。',
  offline: 'Quarterdeck に接続できる間だけ使えます。',
  noHits: '移動先がありません。',
  nothingMore: 'これ以上表示するものはありません。',
  topFolder: 'これより上のフォルダーはありません。',
  inEverything: 'すでにすべて許可されています。',
  notHeld: 'このデバイス自身に許可されていないため、ほかに許可できません。',
  smallest: 'これ以上小さくできません。',
  largest: 'これ以上大きくできません。',
} satisfies Translation<typeof english>;
