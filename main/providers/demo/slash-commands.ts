import type { SlashCommand } from '../../protocol/values.ts';
import type { GuideWords } from './words/index.ts';

/** What can be said with a slash in front; each is also understood without it. */
export const slashCommands = ({ commands }: GuideWords): SlashCommand[] =>
  Object.entries(commands).map(([name, [description, hint]]) => ({ name, description, ...(hint && { hint }) }));
