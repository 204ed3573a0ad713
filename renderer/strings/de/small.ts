import type { languageStrings as englishLanguage, appearanceStrings as englishLook } from '../en/appearance.ts';
import type { exportStrings as englishExport } from '../en/export.ts';
import type { inboxStrings as englishInbox } from '../en/inbox.ts';
import type { leaveStrings as englishLeave } from '../en/leave.ts';
import type { noticeStrings as englishNotices } from '../en/notices.ts';
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
    'Die Texte dieser Sprache konnten nicht geladen werden, darum wurde nichts geändert. Prüfen Sie die Verbindung, und wählen Sie erneut.',
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
    'Wenn ein Agent eine Erlaubnis braucht oder etwas fragt, steht es hier, gleich in welcher Sitzung, und lässt sich hier beantworten.',
  waiting: (n: number) => plural(n, 'Anfrage wartet auf Antwort', 'Anfragen warten auf Antwort'),
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
    admin: 'Dieses Gerät darf die Daten als Ganzes nicht verwalten. Das geht im Fenster, oder mit dem Recht auf alles.',
    chat: 'Dieses Gerät darf hier lesen, aber nicht schreiben. Ändern lässt sich das in Einstellungen → Geräte.',
    'sessions:read': 'Dieses Gerät darf keine Sitzungen lesen.',
    'sessions:write': 'Dieses Gerät darf keine Sitzungen ändern.',
    'approvals:write': 'Dieses Gerät darf nicht antworten. Antworten Sie auf einem Gerät, das es darf.',
  },
  mode: 'Braucht das Recht, Fragen der Agenten zu beantworten.',
} satisfies Translation<typeof englishRights>;

export const noticeStrings = {
  lead: 'Quarterdeck sagt über Mitteilungen des Systems, was Aufmerksamkeit braucht. Was gerade zu sehen ist, wird nie mitgeteilt.',
  leadPage:
    'Solange diese Seite offen ist, auch in einem Tab im Hintergrund, kann sie mitteilen, was Aufmerksamkeit braucht. Ist sie geschlossen, kann sie nichts mitteilen.',
  what: 'Was mitgeteilt wird',
  waiting: 'Etwas wartet auf Antwort',
  waitingNote: 'Ein Agent bittet um eine Erlaubnis oder stellt eine Frage, oder ein Ziel kommt nicht voran.',
  ended: 'Ein langer Zug ist zu Ende',
  endedNote: 'Auch wenn ein Ziel erreicht wurde. Was selbst angehalten wurde, wird nicht mitgeteilt.',
  length: 'Ein Zug ist lang',
  lengths: (minutes: number) =>
    minutes === 0
      ? 'Wie kurz er auch war'
      : minutes === 1
        ? 'Ab einer Minute'
        : minutes === 60
          ? 'Ab einer Stunde'
          : `Ab ${minutes} Minuten`,
  failed: 'Ein Zug ist fehlgeschlagen',
  failedNote: 'Der Agent kam nicht weiter, zum Beispiel weil ein Limit seines Tarifs erreicht war.',
  how: 'Wie',
  sound: 'Ton',
  soundNote: 'Der Ton, den das System Mitteilungen gibt.',
  onlyBehind: 'Nur wenn Quarterdeck nicht vorne ist',
  onlyBehindNote: 'Ausgeschaltet werden auch während der Arbeit in einer Sitzung andere Sitzungen mitgeteilt.',
  test: 'Probe zeigen',
  tested:
    'Die Mitteilung wurde dem System übergeben. Ist nichts zu sehen, hält das System sie zurück: In seinen Einstellungen für Mitteilungen nachsehen, und ob „Nicht stören“ an ist.',
  answers:
    'In einer Mitteilung lässt sich ablehnen, was gefragt ist, und ein einfacher Befehl einmal erlauben. Was einen genaueren Blick braucht, wird nach einem Klick beantwortet.',
  noAnswers: 'Ein Klick auf eine Mitteilung führt zur Anfrage, wo sie gelesen und beantwortet werden kann.',
  unsupported:
    'Dieses System zeigt keine Mitteilungen. Was wartet, steht trotzdem im Eingang, im Titel des Fensters und, wo es eines gibt, am Symbol neben der Uhr.',
  unreachable: 'Die Einstellungen der Mitteilungen konnten nicht erfragt werden. Diesen Bereich erneut öffnen.',
  insecure:
    'Browser zeigen Mitteilungen nur von Seiten, die über TLS oder von diesem Computer kommen. Schalten Sie dafür unter Gateway TLS ein, und öffnen Sie dessen Adresse.',
  missing:
    'Dieser Browser zeigt keine Mitteilungen von Seiten wie dieser. Fügen Sie die Seite auf iPhone und iPad zuerst zum Home-Bildschirm hinzu.',
  ask: 'Mitteilungen erlauben',
  askNote: 'Der Browser fragt einmal, ob diese Seite sie zeigen darf.',
  denied:
    'Diesem Browser wurde gesagt, dass er keine Mitteilungen dieser Seite zeigen soll. Das lässt sich in seinen Einstellungen für diese Adresse ändern.',
  deviceNote: 'Das gilt nur auf diesem Gerät.',
} satisfies Translation<typeof englishNotices>;
