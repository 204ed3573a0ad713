import type { importStrings as english } from '../en/imports.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('de');

export const importStrings = {
  title: 'Verlauf',
  search: 'Alles Gesagte durchsuchen',
  clear: 'Suche leeren',
  searching: 'Suche…',
  found: (count: number, more: boolean): string =>
    count === 0 ? 'Nichts gefunden' : `${plural(count, 'Stelle', 'Stellen')} gefunden${more ? ', die besten' : ''}`,
  noHits: (text: string): string => `Nichts gefunden für „${text}“`,
  noHitsNote:
    'Versuchen Sie weniger Wörter oder nur den Anfang eines Wortes. Wörter in "Anführungszeichen" werden zusammen gesucht.',
  all: 'Alle',
  inSession: 'Sitzung hier',
  onDisk: 'Auf der Festplatte',
  empty: 'Noch keine Gespräche',
  emptyNote:
    'Gespräche, die Claude Code, Codex oder Gemini CLI in einem Terminal geführt haben, erscheinen hier. An ihren Dateien wird nichts geändert.',
  emptyReading: 'Suche Gespräche…',
  off: 'Das Lesen von Gesprächen von der Festplatte ist ausgeschaltet',
  offNote: 'Was vorher gelesen wurde, bleibt hier.',
  openSettings: 'Einstellungen',
  scan: 'Erneut suchen',
  reading: (done: number, total: number): string => `Lese ${plural(total, 'Datei', 'Dateien')}: ${number(done)} fertig`,
  bytes: (done: string, total: string): string => `${done} von ${total}`,
  inVault: (sessions: number, messages: number): string =>
    `${plural(sessions, 'Gespräch', 'Gespräche')}, ${plural(messages, 'Nachricht', 'Nachrichten')}`,
  problems: (count: number): string => `${plural(count, 'Datei', 'Dateien')} nicht lesbar`,
  failed: 'Der Speicher konnte nicht geschrieben werden',
  more: 'Mehr zeigen',
  noFolder: 'Ordner unbekannt',
  untitled: 'Gespräch ohne Titel',
  entries: (count: number): string => plural(count, 'Nachricht', 'Nachrichten'),
  live: 'Eben geändert',
  liveNote: 'Seine Datei wurde in der letzten Minute geändert: Vielleicht macht ein anderes Programm damit weiter.',
  gone: 'Datei ist fort',
  goneNote: 'Seine Datei ist von der Festplatte verschwunden; was gelesen wurde, bleibt hier.',
  continued: 'Hier fortgesetzt',
  openSession: 'Sitzung öffnen',
  back: 'Zurück zum Verlauf',
  readOnly: 'Nur lesen',
  earlier: 'Früher',
  later: 'Später',
  transcript: 'Gespräch von der Festplatte',
  missing: 'Dieses Gespräch ist nicht im Speicher',
  missingNote: 'Vielleicht wurde es herausgenommen. Der Verlauf zeigt, was da ist.',
  continueHere: 'Hier fortsetzen',
  continueTitle: 'Dieses Gespräch hier fortsetzen',
  start: 'Fortsetzen',
  cancel: 'Abbrechen',
  fork: 'Auf einem eigenen Zweig',
  forkNote: 'Das Programm im Terminal behält das Original; was hier gesagt wird, geht in eine Kopie.',
  forkLive: 'Es wurde eben geändert. Macht ein anderes Programm weiter, schrieben ohne Zweig beide in ein Gespräch.',
  told: (agent: string): string =>
    `${agent} kann dieses Gespräch nicht selbst aufnehmen und bekommt mitgeteilt, was darin gesagt wurde.`,
  resumes: (agent: string): string => `${agent} macht mit dem weiter, was darin steht, und erinnert sich an alles.`,
  noAgent: (agent: string): string => `${agent} ist hier nicht eingerichtet und kann noch nicht antworten.`,
  beginning: 'Was vorher im Terminal gesagt wurde',
  otherWriter: 'Ein anderes Programm hat das Gespräch hinter dieser Sitzung fortgesetzt.',
  otherWriterNote: 'Wählen Sie vor dem Weitermachen, sonst weiß keines, was das andere tat.',
  reload: 'Von dort weitermachen',
  branch: 'Abzweigen',
} satisfies Translation<typeof english>;
