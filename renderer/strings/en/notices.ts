/** English texts of Settings > Notifications. What the notifications say stands in main/protocol/notice-words.ts. */
export const noticeStrings = {
  lead: 'Quarterdeck tells you by notifications of the system what needs you. What you are looking at is never told.',
  leadPage:
    'This page can tell you what needs you as long as it is open, in a tab in the background too. Once it is closed, it can tell nothing.',
  what: 'What to be told of',
  waiting: 'Something waits for you',
  waitingNote: 'An agent asks to be allowed something or has a question, or a goal is stuck.',
  ended: 'A long turn has ended',
  endedNote: 'Also when a goal was reached. What you stopped yourself is not told.',
  length: 'A turn is long',
  lengths: (minutes: number) =>
    minutes === 0
      ? 'However short it was'
      : minutes === 1
        ? 'From one minute on'
        : minutes === 60
          ? 'From one hour on'
          : `From ${minutes} minutes on`,
  failed: 'A turn failed',
  failedNote: 'The agent could not go on, for example because a limit of its plan was reached.',
  how: 'How',
  sound: 'Sound',
  soundNote: 'The sound that the system gives to notifications.',
  onlyBehind: 'Only while Quarterdeck is not in front',
  onlyBehindNote: 'Switched off, you are also told of other sessions while you work in one.',
  test: 'Show a test notification',
  tested:
    'It was handed to the system. If you see nothing, the system holds it back: look at its settings for notifications, and whether “Do not disturb” is on.',
  answers:
    'In a notification you can deny what is asked, and allow a plain command once. Whatever needs a closer look is answered after a click.',
  noAnswers: 'A click on a notification leads to the request, where you can read and answer it.',
  unsupported:
    'This system shows no notifications. What waits still stands in the inbox, in the title of the window and, where there is one, on the icon beside the clock.',
  unreachable: 'How notifications are set could not be asked. Open this pane again.',
  insecure:
    'Browsers show notifications only of pages that come over TLS or from this computer. Switch TLS on under Gateway and open its address, to be told things here.',
  missing:
    'This browser shows no notifications of pages like this one. On an iPhone or iPad, first add the page to the home screen.',
  ask: 'Allow notifications',
  askNote: 'The browser asks you once whether this page may show them.',
  denied: 'This browser was told not to show notifications of this page. Allow them in its settings for this address.',
  deviceNote: 'These count on this device only.',
};
