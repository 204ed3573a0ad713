import type { SlashCommand } from '../../protocol/values.ts';

/** What can be said with a slash in front; each is also understood without it. */
export const slashCommands: SlashCommand[] = [
  { name: 'help', description: 'Everything the guide understands' },
  { name: 'tour', description: 'Walk through every part of the app' },
  { name: 'list', description: 'Show what is in the folder', hint: '[folder]' },
  { name: 'read', description: 'Open a file', hint: 'FILE' },
  { name: 'search', description: 'Look for text in all files', hint: 'TEXT' },
  { name: 'write', description: 'Create or replace a file (asks first)', hint: 'FILE: text' },
  { name: 'edit', description: 'Change a file (asks first)', hint: 'FILE: replace A with B' },
  { name: 'delete', description: 'Delete a file (asks first)', hint: 'FILE' },
  { name: 'run', description: 'Run a command in this folder (asks first)', hint: 'COMMAND' },
  { name: 'plan', description: 'Show a plan that is ticked off' },
  { name: 'think', description: 'Show where reasoning appears', hint: '[about]' },
  { name: 'ask', description: 'Ask you a question with choices' },
  { name: 'count', description: 'Give you time to stop it or to queue a message', hint: '[to 50 slowly]' },
];
