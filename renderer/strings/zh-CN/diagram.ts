import type { diagramStrings as english } from '../en/diagram.ts';
import type { Translation } from '../languages.ts';

export const diagramStrings = {
  name: '图表',
  picture: (kind: string) => (kind === '' ? '图表' : `图表（${kind}）`),
  drawing: '正在绘制图表…',
  asText: '显示此图表的文本',
  asPicture: '以图片显示此图表',
  copy: '复制此图表的文本',
  wrong: '这不是可以绘制的图表，因此按智能体所写显示其文本。',
  notDrawn: '此图表过大或无法在此绘制，因此显示其文本。',
} satisfies Translation<typeof english>;
