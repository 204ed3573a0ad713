import type { offStrings as english } from '../en/off.ts';
import type { Translation } from '../languages.ts';

export const offStrings = {
  empty: '请先写点内容。',
  incomplete: '还有内容缺失或不正确。',
  unchanged: '没有任何更改。',
  unanswered: '请先回答所有问题。',
  first: '已经是第一个了。',
  last: '已经是最后一个了。',
  wait: '请稍候…',
  running: '只能在两个轮次之间进行。',
  offline: '仅在能连接到 Quarterdeck 时可用。',
  noHits: '没有可跳转的位置。',
  nothingMore: '没有更多内容可显示。',
  topFolder: '上面没有其他文件夹了。',
  inEverything: '已经允许全部。',
  notHeld: '此设备自身没有这项权限，因此无法授予。',
  smallest: '已经是最小了。',
  largest: '已经是最大了。',
} satisfies Translation<typeof english>;
