/** What is said about the link between this page and its gateway, and when there is none. */
export const linkStrings = {
  sealed: 'Sealed: encrypted end to end',
  trying: (where: string) => `trying ${where}`,
  since: (clock: string) => `for ${clock}`,
  waiting: (n: number) => (n === 1 ? '1 message waits' : `${n} messages wait`),
  oldState: (when: string) => `Shown as of ${when}.`,
  plainPage: 'Over plain HTTP this page cannot be opened while the gateway is away. With TLS it can.',
  outboxTitle: 'Not sent',
  outboxNote:
    'These messages were typed here and never reached the computer. They stay in this browser until you delete them.',
  outboxDelete: 'Delete',
  outboxCopy: 'Copy',
  reason: {
    revoked: {
      title: 'This device has no access any more',
      means:
        'It was revoked on the computer, or its time is up. Agents go on working there. What was shown here is deleted from this browser; what you typed is kept.',
      next: 'To come back, open Settings > Devices on the computer, pair this device again and scan the new code.',
    },
    key_refused: {
      title: 'The key is not good any more',
      means: 'It was revoked, replaced or has run out. Agents go on working on the computer; nothing was lost.',
      next: 'Enter another key below, or pair this device by a code from Settings > Devices.',
    },
    pairing_used: {
      title: 'This pairing link does not work any more',
      means: 'A link pairs one device, once, within ten minutes. This one was used, cancelled or has run out.',
      next: 'Show a new code on the computer: Settings > Devices > Pair a device.',
    },
    pairing_broken: {
      title: 'This pairing link is damaged',
      means: 'Part of it is missing, or it is not one of Quarterdeck’s. Nothing was sent.',
      next: 'Scan the code again, or copy the whole link.',
    },
    untrusted: {
      title: 'This is not the computer you paired with',
      means:
        'What answers at this address has another key than the one this device knows. It may be another computer at the same address, or somebody between. Nothing was sent to it.',
      next: 'If you have set Quarterdeck up anew there, forget the pairing and pair again. Otherwise do not go on in this network.',
    },
  },
  retry: 'Try again',
  forget: 'Forget this pairing',
  forgetTitle: 'Forget this pairing?',
  forgetNote: 'This browser’s key for the computer is deleted. To come back it must be paired again.',
  device: (name: string) => `Paired with ${name}`,
  byHand: {
    title: 'Connect to Quarterdeck',
    looking: 'Asking the computer for its fingerprint…',
    compare: 'Compare this with Settings > Devices on the computer:',
    same: 'If every group is the same, you talk to the right computer. If one differs, stop here.',
    key: 'API key',
    keyPlaceholder: 'qd_…',
    keyWrong: 'A key begins with qd_.',
    remember: 'Keep the key in this browser',
    rememberNote: 'Otherwise it is forgotten when this page is closed.',
    connect: 'The fingerprint is the same: connect',
    connecting: 'Connecting…',
    pairInstead: 'Easier: open Settings > Devices on the computer and scan the code there.',
    plain:
      'This page came over plain HTTP, so somebody who can alter traffic on this network could have changed it. The key itself is only sent encrypted, to the computer with this fingerprint.',
    unreachable: 'The computer does not answer at this address.',
    hex: 'Fingerprint',
  },
};
