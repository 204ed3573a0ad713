import type { sidebarStrings as english } from '../en/sidebar.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { number, plural } = wordsFor('de');

export const sidebarStrings = {
  activity: {
    read: (name: string) => `Liest ${name}`,
    edit: (name: string) => `Ändert ${name}`,
    delete: (name: string) => `Löscht ${name}`,
    move: (name: string) => `Verschiebt ${name}`,
    search: (name: string) => `Sucht ${name}`,
    execute: (name: string) => `Führt aus: ${name}`,
    think: (name: string) => `Denkt nach: ${name}`,
    fetch: (name: string) => `Ruft ab: ${name}`,
    plan: (name: string) => `Plant: ${name}`,
    agent: (name: string) => `Unteragent: ${name}`,
    question: (name: string) => `Fragt: ${name}`,
    other: (name: string) => name,
  },
  sessionsIn: (n: number) => plural(n, 'Sitzung', 'Sitzungen'),
  waitingIn: (n: number) => `${number(n)} warten auf Antwort`,
  runningIn: (n: number) => `${number(n)} in Arbeit`,
  more: (n: number) => `${plural(n, 'weitere Sitzung', 'weitere Sitzungen')} zeigen`,
  searchAll: (text: string) => `„${text}“ in allen Gesprächen suchen`,
  fork: (source: string) => `Abgezweigt von „${source}“`,
  forkOfGone: 'Abgezweigt von einer Sitzung, die nicht mehr da ist',
  undo: 'Rückgängig',
  archivedOne: (title: string) => `„${title}“ wurde archiviert.`,
  broughtBack: (title: string) => `„${title}“ wurde zurückgeholt.`,
  markedRead: (title: string) => `„${title}“ ist als gelesen markiert.`,
  markedUnread: (title: string) => `„${title}“ ist als ungelesen markiert.`,
} satisfies Translation<typeof english>;
