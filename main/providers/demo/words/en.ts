/** What the guide says, in English; the other languages are of this shape. It is not a language model and never lets anybody believe so. */

const plural = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : /(?:s|ch|x)$/.test(one) ? 'es' : 's'}`;
const answered = (message: string): string => (message ? ` You said: “${message}”` : '');

const introduction =
  "I am **Quarterdeck's built-in guide**. I am a small program, not a language model: I understand a few plain commands and nothing else. " +
  'What I do with them is real, though: the files, the commands and the approvals are those of this folder.';

const commandTable = `| Say | and I will |
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

export const en = {
  help: `${introduction}\n\n${commandTable}\n\nTo work with a real agent, choose another provider when you open a session.`,
  hello: `Hello. ${introduction}\n\nSay \`tour\` to see every part of the app at work, or \`help\` for everything I understand.`,
  /** It was handed a report of what happened before it came, of so many characters. */
  told: (characters: number) =>
    `The guide was told what happened in this session before (${characters} characters). It keeps no memory and makes no use of it; a real agent would.`,
  unknown: (words: string) =>
    `I do not understand “${words}”. ${introduction}\n\nThis is what I understand:\n\n${commandTable}`,
  incomplete: (verb: string, usage: string) => `“${verb}” needs a little more. Say it like this: \`${usage}\``,
  whereabouts: (resumed: boolean) =>
    `${
      resumed
        ? 'This session was picked up again under its old id, so the app was restarted or I was put to sleep in between.'
        : 'This session has been with me since the app was started.'
    } I keep no memory of what was said: I do not need any, because each of my commands stands for itself. The conversation above is kept by Quarterdeck in its own log on this machine, and your files are where they were.`,
  /** Behind a command that needs more; the command itself is the same in every language. */
  usages: {
    read: 'read FILE',
    search: 'search TEXT',
    write: 'write FILE: text',
    edit: 'edit FILE: replace A with B',
    delete: 'delete FILE',
    run: 'run COMMAND',
  },
  bytes: (count: number) => plural(count, 'byte'),

  wouldDo: (steps: string) =>
    `This session is in **plan mode**, so nothing is changed and nothing is run. I would:\n\n${steps}\n\nSwitch to another mode and say it again to have it done.`,
  planSteps: ['Say what a plan is', 'Tick this step off', 'Finish'],
  planBegins:
    'An agent with a longer task writes down its steps first. You see them as a list that is kept up to date.',
  planEnds: 'All steps are done. A real agent would have worked between them.',

  thinking: (about: string) =>
    `I am asked to think${about ? ` about ${about}` : ''}. To be honest, I cannot: I only follow a script. This block shows where an agent's reasoning appears. It is folded when it is finished, and it stays in the log.`,
  thought: (about: string) =>
    `I do not really think${about ? ` about ${about}, or about anything else` : ''}, but above you can unfold the place where an agent's reasoning stands.`,

  askThought: 'I am about to ask you a question, the way agents do when they need a decision.',
  askQuestion: 'What would you like to hear more about?',
  askHeader: 'Topic',
  topics: [
    {
      label: 'Approvals',
      description: 'What may run without asking',
      told: '**Approvals.** In the mode *ask*, every change and every command waits for you. *Accept edits* lets files in the folder be changed, *plan* changes nothing, *full* never asks. A request waits as long as you need, also over a restart.',
    },
    {
      label: 'The log',
      description: 'What is kept, and where',
      told: '**The log.** Every message, tool call and answer is an event in a database on this machine, each chained to the one before, so that a changed byte is noticed. `quarterdeck verify` checks it.',
    },
    {
      label: 'Other devices',
      description: 'Going on from another screen',
      told: '**Other devices.** A turn belongs to its session, not to a window: close it, open it elsewhere, and you get exactly what you missed.',
    },
  ],
  notChosen: (message: string) => `You did not choose. That is fine.${answered(message)}`,
  notAnswered: 'Not answered.',
  /** @param answer - as code; empty: nothing. */
  otherTopic: (answer: string, topics: readonly string[]) =>
    `You answered ${answer || '`nothing`'}. I have nothing to tell about that: my topics are ${topics.join(', ')}.`,

  failing: 'As you asked, this turn is about to end with an error.',

  linesThought: (lines: number) => `I am about to produce ${lines} lines, so that you see how a long output is shown.`,
  linesTitle: (lines: number) => `${lines} lines`,
  linesDone: (lines: number) =>
    `That were ${lines} lines. A long output is folded; of a very long one the middle is left out, and the card says how much.`,

  thisFolder: 'this folder',
  /** @param name - of a folder; null: that of the session. */
  listThought: (name: string | null) =>
    `I am about to list what is in ${name ?? 'the folder of this session'}. That changes nothing.`,
  andMore: (count: number) => `… and ${count} more`,
  andMoreAbove: (count: number) => `… and ${count} more (the card above has the list)`,
  kinds: { link: 'link', other: 'other' },
  nothingIn: (where: string) =>
    `There is nothing in ${where} yet. Say \`write hello.txt: Hello\` to put something there.`,
  holds: (where: string, folders: number, files: number) =>
    `In ${where} there ${folders + files === 1 ? 'is' : 'are'} **${plural(folders, 'folder')}** and **${plural(files, 'file')}**:`,
  readHint: (path: string) => `Say \`read ${path}\` to open one.`,

  readThought: (name: string) => `I am about to read ${name}. That changes nothing.`,
  empty: (name: string) => `${name} is empty.`,
  hasLines: (name: string, lines: number, size: string) => `${name} has ${plural(lines, 'line')} (${size}).`,
  isCut: (name: string, size: string, read: string) => `${name} has ${size}; I read the first ${read}.`,
  says: 'It says:',
  begins: 'It begins like this:',
  inAll: (size: string) => `(${size} in all)`,

  searchThought: (text: string, name: string | null) =>
    `I am about to look for “${text}” in the files of ${name ?? 'this folder'}. That changes nothing.`,
  searched: (files: number, complete: boolean) =>
    `I looked in ${plural(files, 'file')}${complete ? '' : ' and stopped there, because there is so much'}.`,
  nowhere: (text: string, where: string, searched: string) =>
    `“${text}” is nowhere in ${where}. ${searched} (I skip \`.git\`, \`node_modules\` and files that are not text.)`,
  found: (text: string, lines: number, files: number, searched: string) =>
    `“${text}” is on **${plural(lines, 'line')}** of **${plural(files, 'file')}**. ${searched}`,
  restAbove: 'The card above has the rest.',
  noMatch: 'No match.',

  /** Steps of what it would do. */
  showDifference: 'Show you the exact difference',
  makeChange: 'Make the change',
  aboutTo: (step: string) => `I am about to ${step.replace(/^./, (letter) => letter.toLowerCase())}.`,
  writeStep: (characters: number, name: string) => `Write ${plural(characters, 'character')} to ${name}`,
  editStep: (from: string, to: string, name: string) => `Replace “${from}” with “${to}” in ${name}`,
  deleteStep: (name: string) => `Delete ${name}`,
  consentToChange: 'The guide changes files only with your consent.',
  consentToRun: 'The guide runs commands only with your consent.',
  notAllowed: 'Not allowed.',
  leftAlone: (name: string, message: string) => `I left ${name} alone, because it was not allowed.${answered(message)}`,
  leftAlonePlan: (name: string) => `I left ${name} alone: the session was switched to plan mode.`,
  switchedToPlan: 'The session was switched to plan mode.',
  created: (name: string, added: number) => `I created ${name} (${plural(added, 'line')} added).`,
  replaced: (name: string, added: number, removed: number) =>
    `I replaced the text of ${name} (${plural(added, 'line')} added${removed > 0 ? `, ${removed} removed` : ''}).`,
  edited: (name: string, added: number, removed: number) =>
    `I changed ${name}: ${plural(added, 'line')} added, ${removed} removed.`,
  deleted: (name: string, lines: number) => `I deleted ${name} (${plural(lines, 'line')}).`,
  defaultText: "Written by Quarterdeck's built-in guide.\n",

  runStep: (command: string) => `Run ${command} in this folder`,
  showOutput: 'Show you its output and how it ended',
  runThought: 'I am about to run a command in this folder. It can do whatever you can do here, so look at it first.',
  notRun: (command: string, message: string) =>
    `I did not run ${command}, because it was not allowed.${answered(message)}`,
  notRunPlan: (command: string) => `I did not run ${command}: the session was switched to plan mode.`,
  couldNotRun: (command: string, why: string) => `I could not run ${command}: ${why}`,
  endedWell: (command: string) => `${command} ended well (exit code 0).`,
  endedWith: (command: string, code: number) => `${command} ended with **exit code ${code}**.`,
  endedBy: (command: string, signal: string) => `${command} was ended by the signal ${signal}.`,
  saidNothing: 'It said nothing.',
  lastWords: 'Its last words:',
  /** Why a command did not start, by the code of the system's error. */
  notStarted: (code: string) =>
    code === 'ENOENT'
      ? 'the folder of this session, or the shell, is not there any more.'
      : code === 'EACCES'
        ? 'this user may not enter the folder of this session.'
        : code === 'E2BIG'
          ? 'it is too long for the system.'
          : `the system refused to start it (${code}).`,

  pixels: (width: number, height: number) => `${width} × ${height} pixels`,
  picture: 'a picture',
  notText: 'not text',
  textOf: (lines: number, more: boolean) => `text, ${more ? 'more than ' : ''}${plural(lines, 'line')}`,
  cannotOpen: (why: string) => `cannot be opened (${why})`,
  attached: (files: number, rows: string) =>
    `${plural(files, 'file')} came with your message:\n\n| Name | Type | Size | What I can tell |\n| --- | --- | --- | --- |\n${rows}\n\nI am no language model, so I cannot look at pictures. A real agent gets the same files.`,

  /** Its number comes first: reports are read by it. */
  goalStep: (step: number, of: number) => `Step ${step} of ${of}`,
  goalUnknown: (place: string, step: string) =>
    `${place} is "${step}". The built-in guide is not a language model: each line of a goal has to be something it knows, e.g. "write a.txt: some text" or "run ls".`,
  goalRefused: (place: string, step: string) => `${place}, "${step}", was not allowed.`,
  goalDone: (steps: number) => (steps === 1 ? 'The step is done.' : `All ${steps} steps are done.`),

  tour: {
    thought: 'I am about to walk you through the app. The plan below shows where we are. Each step is done for real.',
    welcome: (steps: number) =>
      `Welcome. This tour has ${steps} steps. Where something would be changed or run, you are asked first: look at the card and answer as you like. **Esc** stops at any time.`,
    look: 'Look at the folder',
    ask: 'Ask you a question',
    write: (file: string) => `Write ${file}`,
    change: 'Change one word of it',
    search: 'Search for that word',
    run: 'Run a command',
    delete: (file: string) => `Delete ${file} again`,
    notNow: (step: string) => `*${step}*: not now, because this session is in plan mode.`,
    end: "That was the tour. You saw reasoning, a plan, tool cards, a question, approvals, a difference and a command's output. Now try it yourself: `help` lists what I understand, and a real agent is one *New session* away.",
    file: '# A file of the tour\n\nThe weather is fine.\n',
    from: 'fine',
    to: 'splendid',
    hello: 'Hello from a real command',
  },

  /** Why a file is not touched. */
  refusals: {
    control: 'That path holds a control character. I do not touch such files.',
    long: 'That path is too long.',
    device: (name: string) => `“${name}” is the name of a device, not of a file.`,
    outside: (name: string, root: string) =>
      `“${name}” lies outside this session's folder (${root}). I only touch what is inside it.`,
    missing: (name: string) => `There is no “${name}” in this folder.`,
    denied: (name: string) => `I am not allowed to open “${name}”: its permissions do not let this user.`,
    forbidden: (name: string) => `The system does not permit that for “${name}”.`,
    folder: (name: string) => `“${name}” is a folder, not a file.`,
    folderToList: (name: string) => `“${name}” is a folder. Say \`list ${name}\` to see what is in it.`,
    partIsFile: (name: string) => `A part of “${name}” is a file, not a folder.`,
    diskFull: (name: string) => `The disk is full; “${name}” was not changed. Make some room and say it again.`,
    readOnly: (name: string) => `“${name}” lies on a read-only disk; it was not changed.`,
    loop: (name: string) => `“${name}” is a link that leads in a circle.`,
    nameTooLong: (name: string) => `The name “${name}” is too long for this disk.`,
    busy: (name: string) => `Another program holds “${name}” open.`,
    refused: (name: string, code: string) => `The system refused “${name}” (${code}).`,
    notRegular: (name: string) => `“${name}” is not a regular file.`,
    notText: (name: string) => `“${name}” is not a text file.`,
    nothingToShow: (name: string) => `“${name}” is not a text file, so there is nothing I could show.`,
    tooLarge: (name: string, size: string) => `“${name}” is too large for me to change (${size}).`,
    changedMeanwhile: (name: string) =>
      `“${name}” was changed by somebody else in the meantime, so I left it alone. Say it again to see the new difference.`,
    saysThat: (name: string) => `“${name}” says exactly that already; nothing to change.`,
    notContained: (name: string, text: string) =>
      `“${name}” does not contain “${text}”, so there is nothing to replace.`,
    same: 'Both texts are the same; nothing to change.',
  },

  /** By the name of each command; what stands behind it, where something does. */
  commands: {
    help: ['Everything the guide understands'],
    tour: ['Walk through every part of the app'],
    list: ['Show what is in the folder', '[folder]'],
    read: ['Open a file', 'FILE'],
    search: ['Look for text in all files', 'TEXT'],
    write: ['Create or replace a file (asks first)', 'FILE: text'],
    edit: ['Change a file (asks first)', 'FILE: replace A with B'],
    delete: ['Delete a file (asks first)', 'FILE'],
    run: ['Run a command in this folder (asks first)', 'COMMAND'],
    plan: ['Show a plan that is ticked off'],
    think: ['Show where reasoning appears', '[about]'],
    ask: ['Ask you a question with choices'],
    count: ['Give you time to stop it or to queue a message', '[to 50 slowly]'],
  } as Readonly<Record<string, readonly [string, string?]>>,
};
