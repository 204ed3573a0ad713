import type { ToolKind } from '../../../main/protocol/values.ts';
import { wordsFor } from '../numbers.ts';

const { number, plural } = wordsFor('en');

/** What the session list says of its folders and of what agents are at. */
export const sidebarStrings = {
  /** What a tool is at, in a few words beside its name: "Editing app.ts". */
  activity: {
    read: (name: string) => `Reading ${name}`,
    edit: (name: string) => `Editing ${name}`,
    delete: (name: string) => `Deleting ${name}`,
    move: (name: string) => `Moving ${name}`,
    search: (name: string) => `Looking for ${name}`,
    execute: (name: string) => `Running ${name}`,
    think: (name: string) => `Thinking: ${name}`,
    fetch: (name: string) => `Fetching ${name}`,
    plan: (name: string) => `Planning: ${name}`,
    agent: (name: string) => `Sub-agent: ${name}`,
    question: (name: string) => `Asking: ${name}`,
    other: (name: string) => name,
  } satisfies Record<ToolKind, (name: string) => string>,
  sessionsIn: (n: number) => plural(n, 'session', 'sessions'),
  waitingIn: (n: number) => `${number(n)} waiting for you`,
  runningIn: (n: number) => `${number(n)} running`,
  more: (n: number) => `Show ${plural(n, 'more session', 'more sessions')}`,
  searchAll: (text: string) => `Look for “${text}” in all conversations`,
  fork: (source: string) => `Branched from “${source}”`,
  forkOfGone: 'Branched from a session that is not here any more',
  undo: 'Undo',
  archivedOne: (title: string) => `“${title}” was archived.`,
  broughtBack: (title: string) => `“${title}” was brought back.`,
  markedRead: (title: string) => `“${title}” is marked as read.`,
  markedUnread: (title: string) => `“${title}” is marked as unread.`,
};
