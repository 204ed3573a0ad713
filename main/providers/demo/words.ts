/** What the guide says about itself. It is not a language model and never lets anybody believe so. */
export const introduction =
  "I am **Quarterdeck's built-in guide**. I am a small program, not a language model: I understand a few plain commands and nothing else. " +
  'What I do with them is real, though: the files, the commands and the approvals are those of this folder.';

export const commandTable = `| Say | and I will |
| --- | --- |
| \`list\` or \`list FOLDER\` | show what is in the folder |
| \`read FILE\` | open a file |
| \`search TEXT\` | look for text in all files |
| \`write FILE: text\` | create or replace a file (asks first) |
| \`edit FILE: replace A with B\` | change a file (asks first) |
| \`delete FILE\` | delete a file (asks first) |
| \`run COMMAND\` | run a command in this folder (asks first) |
| \`plan\`, \`think\`, \`ask me\` | show a plan, a train of thought, a question with choices |
| \`count to 50 slowly\` | give you time to press **Stop** or to queue a message |
| \`big output\`, \`fail\` | show a very long output, and what an error looks like |
| a picture or a file with your message | say what arrived |
| \`tour\` | walk through all of it, one thing after the other |`;

export const helpText = `${introduction}\n\n${commandTable}\n\nTo work with a real agent, choose another provider when you open a session.`;

export const helloText = `Hello. ${introduction}\n\nSay \`tour\` to see every part of the app at work, or \`help\` for everything I understand.`;

/** Said when it was handed a report of what happened before it came. */
export function toldText(digest: string): string {
  return `The guide was told what happened in this session before (${digest.length} characters). It keeps no memory and makes no use of it; a real agent would.`;
}

export function unknownText(words: string): string {
  const quoted = words.length <= 80 ? words : `${words.slice(0, 79)}…`;
  return `I do not understand “${quoted.replace(/\s+/g, ' ')}”. ${introduction}\n\nThis is what I understand:\n\n${commandTable}`;
}

export function incompleteText(verb: string, usage: string): string {
  return `“${verb}” needs a little more. Say it like this: \`${usage}\``;
}

export function whereaboutsText(resumed: boolean): string {
  const before = resumed
    ? 'This session was picked up again under its old id, so the app was restarted or I was put to sleep in between.'
    : 'This session has been with me since the app was started.';
  return (
    `${before} I keep no memory of what was said: I do not need any, because each of my commands stands for itself. ` +
    'The conversation above is kept by Quarterdeck in its own log on this machine, and your files are where they were.'
  );
}
