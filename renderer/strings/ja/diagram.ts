import type { diagramStrings as english } from '../en/diagram.ts';
import type { Translation } from '../languages.ts';

export const diagramStrings = {
  name: '図',
  picture: (kind: string) => (kind === '' ? '図' : `図（${kind}）`),
  drawing: '図を描いています…',
  asText: 'この図のテキストを表示',
  asPicture: 'この図を画像で表示',
  copy: 'この図のテキストをコピー',
  wrong: '図として描けないため、エージェントが書いたテキストをそのまま表示しています。',
  notDrawn: 'この図は大きすぎるか、ここでは描けなかったため、テキストを表示しています。',
} satisfies Translation<typeof english>;
