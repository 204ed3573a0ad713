import type { languageStrings as englishLanguage, appearanceStrings as englishLook } from '../en/appearance.ts';
import type { exportStrings as englishExport } from '../en/export.ts';
import type { inboxStrings as englishInbox } from '../en/inbox.ts';
import type { leaveStrings as englishLeave } from '../en/leave.ts';
import type { outputStrings as englishOutput } from '../en/output.ts';
import type { rightsStrings as englishRights } from '../en/rights.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('de');

export const appearanceStrings = {
  theme: 'Farbschema',
  system: 'Wie das System',
  light: 'Hell',
  dark: 'Dunkel',
  density: 'Dichte',
  densities: { comfortable: 'Luftig', compact: 'Kompakt' },
  textSize: 'Schriftgröße',
  textSizeNote: 'Gilt für alles, was gelesen wird, auch für Code.',
  accent: 'Akzentfarbe',
  accents: {
    sea: 'Meer',
    blue: 'Blau',
    violet: 'Violett',
    rose: 'Rosé',
    orange: 'Orange',
    green: 'Grün',
    slate: 'Schiefer',
  },
  custom: 'Eigene Farbe',
  adjustedLight: 'Im hellen Farbschema wird sie abgedunkelt, damit Text darin lesbar ist.',
  adjustedDark: 'Im dunklen Farbschema wird sie aufgehellt, damit Text darin lesbar ist.',
  motion: 'Bewegung',
  motions: { system: 'Wie das System', reduced: 'Reduziert' },
  deviceNote: 'Das gilt nur auf diesem Gerät.',
} satisfies Translation<typeof englishLook>;

export const languageStrings = {
  label: 'Sprache',
  system: 'Wie das System',
  note: 'Gilt nur auf diesem Gerät. Was Agenten schreiben, bleibt in der Sprache, in der sie es schreiben.',
  problem:
    'Die Texte dieser Sprache konnten nicht geladen werden, darum wurde nichts geändert. Verbindung prüfen und erneut wählen.',
} satisfies Translation<typeof englishLanguage>;

export const exportStrings = {
  as: { md: 'Als Markdown exportieren', html: 'Als HTML exportieren', json: 'Als JSON mit Hashes exportieren' },
} satisfies Translation<typeof englishExport>;

export const inboxStrings = {
  title: 'Eingang',
  count: (n: number) => `${plural(n, 'Sache wartet', 'Sachen warten')} auf Antwort`,
  open: (title: string) => `„${title}“ öffnen`,
  empty: 'Nichts wartet',
  emptyNote:
    'Wenn ein Agent eine Freigabe braucht oder etwas fragt, steht es hier, gleich in welcher Sitzung, und lässt sich hier beantworten.',
  waiting: (n: number) => plural(n, 'Agent wartet auf Antwort', 'Agenten warten auf Antwort'),
  keys: 'Die Pfeiltasten gehen von einer zur nächsten; 1 bis 4 beantworten die mit dem Fokus.',
  attention: 'Braucht einen Blick',
  failed: 'Der letzte Zug ist fehlgeschlagen.',
  interrupted: 'Der letzte Zug wurde unterbrochen; alles bis dahin ist erhalten.',
  goal_blocked: 'Das Ziel kommt nicht voran.',
  provider: 'Dieser Agent ist jetzt nicht verfügbar.',
  sessions: (n: number) => plural(n, 'Sitzung', 'Sitzungen'),
  kept: 'Gefragt, bevor der Agent endete',
  more: (n: number) => `Die ersten ${n} sind zu sehen. Sind einige beantwortet, erscheinen die übrigen.`,
  answered: 'Eben beantwortet',
  unread: 'Neu',
  markRead: 'Als gelesen markieren',
  markUnread: 'Als ungelesen markieren',
} satisfies Translation<typeof englishInbox>;

export const leaveStrings = {
  title: 'Diese Adresse öffnen?',
  mailTitle: 'An diese Adresse schreiben?',
  note: 'Der Link steht in etwas, das ein Agent oder Programm geschrieben hat. Die Gegenseite erfährt nichts von diesem Gespräch, außer die Adresse selbst trägt es in sich.',
  differs: (said: string, host: string) => `Der Link nennt ${said}, führt aber zu ${host}.`,
  notSecure: 'Diese Adresse ist auf dem Weg nicht geschützt oder will wie eine andere aussehen.',
  otherLetters: 'Ihr Name enthält Zeichen, die anderen ähneln. Sie steht hier so, wie sie wirklich gesendet wird.',
  noAddress: 'Das ist keine Adresse, die sich öffnen lässt.',
  trust: (host: string) => `Links zu ${host} künftig ohne Nachfrage öffnen`,
  open: 'Öffnen',
} satisfies Translation<typeof englishLeave>;

export const outputStrings = {
  open: 'Vollständig öffnen',
  search: 'In dieser Ausgabe suchen',
  hits: (at: number, all: number) => (all === 0 ? 'Nichts gefunden' : `${number(at)} von ${number(all)}`),
  previous: 'Vorige Fundstelle',
  next: 'Nächste Fundstelle',
  wrap: 'Lange Zeilen umbrechen',
  lines: (n: number) => `Ausgabe, ${plural(n, 'Zeile', 'Zeilen')}`,
  cut: (n: number) => `… ${plural(n, 'weiteres Zeichen', 'weitere Zeichen')} in dieser Zeile`,
} satisfies Translation<typeof englishOutput>;

export const rightsStrings = {
  without: {
    chat: 'Dieses Gerät darf hier lesen, aber nicht schreiben. Ändern lässt sich das in Einstellungen → Geräte.',
    'sessions:read': 'Dieses Gerät darf keine Sitzungen lesen.',
    'sessions:write': 'Dieses Gerät darf keine Sitzungen ändern.',
    'approvals:write': 'Dieses Gerät darf nicht antworten. Bitte auf einem Gerät antworten, das es darf.',
  },
  mode: 'Braucht das Recht, Fragen der Agenten zu beantworten.',
} satisfies Translation<typeof englishRights>;
