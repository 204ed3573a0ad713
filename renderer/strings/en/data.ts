import type { BackupReason, DataTask } from '../../../main/protocol/data.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('en');

/** What is said of the data as a whole: backups, restoring, taking it elsewhere, deleting, and what it takes. */
export const dataStrings = {
  backups: {
    title: 'Backups',
    note: 'A backup is a copy of everything that was said here with its images and files, of the settings and the keys. It is checked after it was written. The files stand in the folder “attachments” beside the backups, each once, however many backups hold it; take that folder along when you copy a backup elsewhere.',
    last: (when: string) => `The last backup was made ${when} and is whole.`,
    lastFailed: (when: string) => `The last backup, ${when}, did not go well.`,
    never: 'There is no backup yet.',
    make: 'Back up now',
    made: 'The backup is whole.',
    madeAt: 'Where it is',
    holds: (sessions: number, events: number) =>
      `${plural(sessions, 'session', 'sessions')} with ${plural(events, 'event', 'events')}`,
    files: (n: number) => plural(n, 'image or file', 'images and files'),
    lacks: (n: number) =>
      `${plural(n, 'file of a message is', 'files of messages are')} missing in it: nowhere on this disk is what was sent.`,
    automatic: 'Automatic backups',
    automaticNote: 'Made while Quarterdeck runs, when something has changed, and once more when it ends.',
    every: 'How often',
    everyHours: (hours: number) =>
      hours === 1
        ? 'Every hour'
        : hours === 24
          ? 'Every day'
          : hours === 168
            ? 'Every week'
            : `Every ${number(hours)} hours`,
    keep: 'How many are kept',
    keepNumber: (n: number) => plural(n, 'backup', 'backups'),
    keepNote: 'The newest three, then the last of each day. What you made yourself stays until you delete it.',
    list: 'List of backups',
    reason: {
      automatic: 'automatic',
      manual: 'made by you',
      'before-restore': 'before a restore',
      'before-deletion': 'before a deletion',
    } satisfies Record<BackupReason, string>,
    all: (n: number) => `Show all ${number(n)}`,
    restore: 'Restore…',
    restoreOf: (when: string) => `Restore the backup of ${when}`,
    delete: 'Delete',
    deleteOf: (when: string) => `Delete the backup of ${when}`,
    deleteTitle: 'Delete this backup?',
    deleteNote: (when: string) => `The backup of ${when} cannot be brought back.`,
  },
  place: {
    open: 'Open folder',
    failed: (path: string) => `The folder could not be opened. Open it by hand: ${path}`,
  },
  steps: {
    copying: 'Copying…',
    checking: 'Checking every hash…',
    writing: 'Writing…',
    deleting: 'Deleting…',
  } satisfies Record<DataTask['step'], string>,
  restore: {
    title: 'Restore from a file',
    note: 'A backup that lies elsewhere, or comes from another computer. It is looked into first; nothing changes before you agree. Images and files of messages come along where the folder “attachments” lies beside it.',
    choose: 'Choose a file…',
    path: 'Path of the file on the computer that runs Quarterdeck',
    look: 'Look into it',
    dialog: (name: string) => `Restore ${name}`,
    looking: 'The backup is read and checked, all of it.',
    holds: 'What it holds',
    asOf: (when: string) => `as of ${when}`,
    intact: 'Whole; every hash fits.',
    loses: 'What would be lost',
    losesNothing: 'Nothing of your sessions.',
    missing: (n: number) => `${plural(n, 'session', 'sessions')} would be gone.`,
    older: (n: number) => `${plural(n, 'session', 'sessions')} would lose what came after.`,
    brings: (n: number) => `${plural(n, 'session', 'sessions')} would come back.`,
    more: (n: number) => `and ${number(n)} more`,
    stays: 'What stays as it is',
    staysNote:
      'Keys, devices, sign-ins, the address of the gateway and lasting permissions. What is here now is kept as a backup of its own.',
    running: (n: number) => `${plural(n, 'turn is', 'turns are')} running and will be stopped.`,
    start: 'Restore and start again',
    plan: 'Restore at the next start',
    copying: 'The backup is copied and checked once more.',
    restarting: 'Quarterdeck starts again and opens the backup. This page connects by itself.',
    restartingByLink:
      'Quarterdeck starts again and opens the backup. This browser came in by a link, and that ends with it: get a fresh one with this command.',
    linkEnds: 'This browser came in by a link. That ends with the restart; a fresh one is one command away.',
    byHand: 'Everything is ready. Quit Quarterdeck and start it again: it opens the backup at its start.',
    planned: (name: string) => `${name} is opened at the next start.`,
    plannedNote: 'Until then nothing is changed.',
    restartNow: 'Start again now',
    cancel: 'Do not restore',
    last: (name: string, when: string) => `${name} was restored ${when}.`,
  },
  exporting: {
    title: 'Take everything elsewhere',
    note: 'All sessions, and the images and files in them, in one ZIP archive. As JSON, every event can be checked by its hash.',
    format: 'Format',
    formats: { json: 'JSON with hashes', md: 'Markdown', html: 'HTML' },
    into: (folder: string) => `Written into ${folder}.`,
    start: 'Export everything',
    startInto: 'Export everything to…',
    done: (sessions: number, files: number) =>
      `${plural(sessions, 'session', 'sessions')} and ${plural(files, 'file', 'files')} are in the archive.`,
    missing: (n: number) => `${plural(n, 'file', 'files')} of messages were not on this disk any more.`,
  },
  retention: {
    title: 'Delete old sessions',
    switch: 'Delete archived sessions by themselves',
    note: 'Only archived ones in which nothing has happened for long, never one that runs, waits or is open somewhere. A backup is made first. A session goes as a whole, so the record of no other one changes. Images and files that nothing else refers to go with it; the backup holds them.',
    after: 'After',
    days: (n: number) => plural(n, 'day', 'days'),
    preview: (n: number, days: number) =>
      n === 0
        ? `No archived session is older than ${plural(days, 'day', 'days')} now.`
        : `${plural(n, 'archived session is', 'archived sessions are')} older than ${plural(days, 'day', 'days')} now.`,
    frees: (size: string) => `${size} of the database would become free.`,
    kept: (n: number) =>
      `${plural(n, 'more is', 'more are')} old enough, but something waits in them or they are open.`,
    now: 'Delete them now…',
    title1: (n: number) => `Delete ${plural(n, 'session', 'sessions')}?`,
    confirm: 'They can be brought back only by restoring the backup that is made now.',
    confirmOn: 'From now on archived sessions of this age are deleted once a day, after a backup.',
    on: 'Switch on',
    delete: 'Delete',
    deleted: (n: number) => `${plural(n, 'session was', 'sessions were')} deleted.`,
    last: (when: string) => `Last done ${when}.`,
    lastFailed: (when: string) => `It was tried ${when} and did not go well; nothing was deleted.`,
  },
  disk: {
    title: 'What it takes on the disk',
    measure: 'Measuring…',
    kinds: {
      database: 'Database',
      attachments: 'Images and files',
      backups: 'Backups',
      vault: 'Conversations of other programs',
      logs: 'Log',
      other: 'Other files',
    },
    total: (size: string) => `${size} altogether`,
    unused: (size: string) => `${size} of the database are free and are used again.`,
    largest: 'Largest sessions',
    events: (n: number) => plural(n, 'event', 'events'),
    archived: 'archived',
    none: 'There is no session yet.',
  },
};

/** What is said of the log. */
export const logStrings = {
  title: 'Log',
  note: 'The last lines of what Quarterdeck writes down about itself. Secrets are taken out.',
  level: 'Show',
  levels: { debug: 'Everything', info: 'Information and above', warn: 'Warnings and errors', error: 'Errors only' },
  mark: { debug: 'debug', info: 'info', warn: 'warning', error: 'error' },
  search: 'Search the log',
  follow: 'Follow',
  copy: 'Copy these lines',
  lines: 'Lines of the log',
  none: 'No line fits.',
  empty: 'Nothing has been written yet.',
  more: (n: number) => `The last ${plural(n, 'line', 'lines')}; there are more in the file.`,
};

/** What is said of the parts this app is made of. */
export const licenceStrings = {
  title: 'Made with',
  note: (n: number) => `${plural(n, 'package', 'packages')} by other people are part of Quarterdeck. Thank you.`,
  show: 'Show licences',
  search: 'Search packages',
  none: 'No package has this name.',
  text: (name: string) => `Licence of ${name}`,
  failed: 'The list could not be loaded.',
  browser: 'This page runs in',
};
