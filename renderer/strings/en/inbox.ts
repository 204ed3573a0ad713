import { wordsFor } from '../numbers.ts';

const { plural } = wordsFor('en');

/** What is said on the page of everything that waits for a person. */
export const inboxStrings = {
  title: 'Inbox',
  count: (n: number) => `${plural(n, 'thing waits', 'things wait')} for you`,
  open: (title: string) => `Open “${title}”`,
  empty: 'Nothing waits for you',
  emptyNote:
    'When an agent asks for permission or has a question, in whatever session, it stands here and can be answered here.',
  waiting: (n: number) => plural(n, 'request waits for your answer', 'requests wait for your answer'),
  keys: 'Arrow keys go from one to the next; 1 to 4 answer the one that has the focus.',
  attention: 'Needs a look',
  failed: 'The last turn failed.',
  interrupted: 'The last turn was interrupted; everything up to there is kept.',
  goal_blocked: 'The goal is stuck.',
  provider: 'This agent cannot be used now.',
  sessions: (n: number) => plural(n, 'session', 'sessions'),
  kept: 'Asked before the agent ended',
  more: (n: number) => `The first ${n} are shown. Answer some, and the others appear.`,
  answered: 'Just answered',
  unread: 'New',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
};
