import { wordsFor } from '../numbers.ts';

const { plural } = wordsFor('en');

/** What is said about finding, installing and signing in agents, and on the page of diagnostics. */
export const onboardingStrings = {
  onboarding: {
    install: 'Install',
    installAgain: 'Install again',
    update: 'Update',
    installNote: (name: string) =>
      `Fetches ${name} from npm into Quarterdeck’s own folder. Nothing is installed for the whole computer.`,
    updateNote: (name: string) =>
      `Fetches the newest ${name} from npm into Quarterdeck’s own folder. The one you have stays as it is.`,
    signIn: 'Sign in in a terminal',
    signInOpened: 'A terminal window was opened. Sign in there; when you come back here, Quarterdeck looks again.',
    copyCommand: 'Copy sign-in command',
    storeKey: 'Store API key…',
    replaceKey: 'Replace API key…',
    removeKey: 'Remove API key',
    keyStored: 'API key stored',
    own: 'installed by Quarterdeck',
    newer: 'newer than the version Quarterdeck was tried with',
    older: 'older than the version Quarterdeck was tried with',
    passedOver: (path: string, what: string) => `Used instead of ${path}, which ${what}.`,
    tooOld: (version: string | undefined) => `is too old${version ? ` (${version})` : ''}`,
    broken: 'does not work',
    keyForm: {
      label: (name: string) => `API key for ${name}`,
      placeholder: 'Paste the key here',
      note: (variable: string) =>
        `Kept encrypted on this computer and given to this agent only (${variable}). It is never shown again. It is not tried out now: whether it is good shows with your first message.`,
      save: 'Store key',
      saving: 'Storing…',
      byKeychain: 'Stored in the keychain of this computer.',
      byKeyFile:
        'Stored encrypted in Quarterdeck’s folder. Quarterdeck found no keychain here, so the key to it is a file that only your user can read.',
      now: (n: number) =>
        n === 0
          ? 'It counts from the next message on.'
          : `${plural(n, 'idle session uses', 'idle sessions use')} it at once.`,
      later: (n: number) => `${plural(n, 'session goes', 'sessions go')} on with what it has until its next start.`,
      removeTitle: (name: string) => `Remove the API key for ${name}?`,
      removeNote: 'It is deleted from this computer. It stays valid at the provider until you revoke it there.',
    },
    job: {
      running: 'Installing…',
      done: 'Installed',
      failed: 'The installation failed',
      cancelled: 'Cancelled',
      cancel: 'Cancel',
      cancelling: 'Cancelling…',
      close: 'Close',
      again: 'Try again',
      output: 'Output of the installation',
      waiting: 'Asking npm…',
      lost: 'Quarterdeck was restarted, or the job is too long ago. The list of agents says what is installed.',
    },
  },
  diagnostics: {
    lead: 'The state of this installation and of every agent on this computer. Nothing is sent anywhere.',
    run: 'Check again',
    running: 'Checking…',
    copy: 'Copy report',
    copyNote: 'Without keys and passwords. Folders and user names on this computer stand in it.',
    allGood: 'Everything works.',
    broken: (n: number) => `${plural(n, 'part needs', 'parts need')} attention.`,
    warnings: (n: number) => `${plural(n, 'hint', 'hints')}.`,
    /** Parts that are looked at, by the name of the check; an agent is called as it is. */
    labels: {
      home: 'Data folder',
      disk: 'Disk space',
      database: 'Database',
      gateway: 'Gateway',
      log: 'Log',
      providers: 'Agents',
      'provider-keys': 'API keys of agents',
      'not-understood': 'Messages of agents',
    } as Record<string, string>,
    state: { ok: 'OK', warning: 'Hint', error: 'Problem' },
    notUnderstood: 'What was not understood',
    notUnderstoodNote:
      'What an agent said that this version of Quarterdeck does not know. It is kept in the record of the session and breaks nothing; it is a sign that the agent is newer.',
    nothing: 'Everything that agents said was understood.',
    times: (n: number) => `${n} ×`,
    version: (version: string) => `version ${version}`,
    sample: 'Show the original line',
    open: 'Open session',
  },
};
