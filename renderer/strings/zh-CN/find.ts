import type { findStrings as english } from '../en/find.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number } = wordsFor('zh-CN');

export const findStrings = {
  label: '在此对话中查找',
  none: '未找到',
  place: (at: number, total: number, more: boolean) => `第 ${number(at)} 处，共 ${number(total)}${more ? '+' : ''} 处`,
  previous: '上一处',
  next: '下一处',
  close: '关闭查找',
} satisfies Translation<typeof english>;
