import type { Language } from '../../../protocol/languages.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';
import { zhCn } from './zh-cn.ts';

/** All that the guide says in one language. Commands are the same in each, as those of a shell are. */
export type GuideWords = typeof en;

export const guideWords: Readonly<Record<Language, GuideWords>> = { en, de, 'zh-CN': zhCn, ja };
