import type { RuleMatch } from '../../../main/protocol/values.ts';
import type { Strings } from '../../strings/en/index.ts';
import { spokenLanguage, t } from '../../strings/index.ts';

/**
 * What a rule covers, in the reader's language. In English the words of its label, which knows a tool by a better name than its own; a command stands
 * for itself in each language, and is all that a label quotes.
 */
export function ruleWords(
  { tool, match, label }: RuleMatch,
  language = spokenLanguage(),
  words: Pick<Strings['approval'], 'coversFolder' | 'coversInput'> = t.approval,
): string {
  const plain = label.replaceAll('`', '');
  if (language === 'en') return plain;
  if (match === 'folder') return words.coversFolder(tool);
  if (match === 'exact' && plain === label) return words.coversInput(tool);
  return plain;
}
