import type { Language } from '../../protocol/languages.ts';
import { de } from './de.ts';
import { en, type NativeWords } from './en.ts';
import { ja } from './ja.ts';
import { zh } from './zh-cn.ts';

export type { NativeWords } from './en.ts';

/** What the system shows of the app, by language. */
export const nativeWords: Readonly<Record<Language, NativeWords>> = { en, de, 'zh-CN': zh, ja };
