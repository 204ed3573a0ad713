import type {
  dataStrings as englishData,
  licenceStrings as englishLicences,
  logStrings as englishLog,
} from '../en/data.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural, number } = wordsFor('de');
const sessions = (n: number) => plural(n, 'Sitzung', 'Sitzungen');

export const dataStrings = {
  backups: {
    title: 'Sicherungen',
    note: 'Eine Sicherung ist eine Kopie von allem, was hier gesagt wurde, mit den Bildern und Dateien darin, der Einstellungen und der Schlüssel. Nach dem Schreiben wird sie geprüft. Die Dateien liegen im Ordner „attachments“ neben den Sicherungen, jede nur einmal, gleich wie viele Sicherungen sie enthalten; nehmen Sie diesen Ordner mit, wenn Sie eine Sicherung woandershin kopieren.',
    last: (when: string) => `Die letzte Sicherung entstand ${when} und ist vollständig.`,
    lastFailed: (when: string) => `Die letzte Sicherung, ${when}, ist nicht gelungen.`,
    never: 'Es gibt noch keine Sicherung.',
    make: 'Jetzt sichern',
    made: 'Die Sicherung ist vollständig.',
    madeAt: 'Wo sie liegt',
    holds: (n: number, events: number) => `${sessions(n)} mit ${plural(events, 'Ereignis', 'Ereignissen')}`,
    files: (n: number) => plural(n, 'Bild oder Datei', 'Bilder und Dateien'),
    lacks: (n: number) =>
      `${plural(n, 'Datei einer Nachricht fehlt', 'Dateien von Nachrichten fehlen')} darin: Was gesendet wurde, ist auf dieser Festplatte nirgends mehr.`,
    automatic: 'Automatische Sicherungen',
    automaticNote: 'Entstehen, während Quarterdeck läuft und sich etwas geändert hat, und noch einmal am Ende.',
    every: 'Wie oft',
    everyHours: (hours: number) =>
      hours === 1
        ? 'Jede Stunde'
        : hours === 24
          ? 'Jeden Tag'
          : hours === 168
            ? 'Jede Woche'
            : `Alle ${number(hours)} Stunden`,
    keep: 'Wie viele bleiben',
    keepNumber: (n: number) => plural(n, 'Sicherung', 'Sicherungen'),
    keepNote: 'Die neuesten drei, dann die letzte jedes Tages. Von Hand gemachte bleiben, bis sie gelöscht werden.',
    list: 'Liste der Sicherungen',
    reason: {
      automatic: 'automatisch',
      manual: 'von Hand',
      'before-restore': 'vor dem Wiederherstellen',
      'before-deletion': 'vor dem Löschen',
    },
    all: (n: number) => `Alle ${number(n)} zeigen`,
    restore: 'Wiederherstellen…',
    restoreOf: (when: string) => `Sicherung vom ${when} wiederherstellen`,
    delete: 'Löschen',
    deleteOf: (when: string) => `Sicherung vom ${when} löschen`,
    deleteTitle: 'Diese Sicherung löschen?',
    deleteNote: (when: string) => `Die Sicherung vom ${when} lässt sich nicht zurückholen.`,
  },
  place: {
    open: 'Ordner öffnen',
    failed: (path: string) => `Der Ordner konnte nicht geöffnet werden. Er liegt hier: ${path}`,
  },
  steps: {
    copying: 'Wird kopiert…',
    checking: 'Jeder Hash wird geprüft…',
    writing: 'Wird geschrieben…',
    deleting: 'Wird gelöscht…',
  },
  restore: {
    title: 'Aus einer Datei wiederherstellen',
    note: 'Eine Sicherung, die woanders liegt oder von einem anderen Computer kommt. Sie wird zuerst angesehen; ohne Zustimmung ändert sich nichts. Bilder und Dateien von Nachrichten kommen mit, wenn der Ordner „attachments“ daneben liegt.',
    choose: 'Datei auswählen…',
    path: 'Pfad der Datei auf dem Computer, auf dem Quarterdeck läuft',
    look: 'Ansehen',
    dialog: (name: string) => `${name} wiederherstellen`,
    looking: 'Die ganze Sicherung wird gelesen und geprüft.',
    holds: 'Was darin steht',
    asOf: (when: string) => `Stand: ${when}`,
    intact: 'Vollständig; jeder Hash passt.',
    loses: 'Was verloren ginge',
    losesNothing: 'Nichts von den Sitzungen.',
    missing: (n: number) => `${plural(n, 'Sitzung wäre', 'Sitzungen wären')} weg.`,
    older: (n: number) => `${plural(n, 'Sitzung verlöre', 'Sitzungen verlören')}, was danach kam.`,
    brings: (n: number) => `${plural(n, 'Sitzung käme', 'Sitzungen kämen')} zurück.`,
    more: (n: number) => `und ${number(n)} weitere`,
    stays: 'Was bleibt, wie es ist',
    staysNote:
      'Schlüssel, Geräte, Anmeldungen, die Adresse des Gateways und dauerhafte Erlaubnisse. Der jetzige Stand bleibt als eigene Sicherung erhalten.',
    running: (n: number) => `${plural(n, 'Zug läuft', 'Züge laufen')} und wird dabei beendet.`,
    start: 'Wiederherstellen und neu starten',
    plan: 'Beim nächsten Start wiederherstellen',
    copying: 'Die Sicherung wird kopiert und noch einmal geprüft.',
    restarting: 'Quarterdeck startet neu und öffnet die Sicherung. Diese Seite verbindet sich von selbst.',
    restartingByLink:
      'Quarterdeck startet neu und öffnet die Sicherung. Dieser Browser kam über einen Link herein, und der endet damit: Holen Sie sich mit diesem Befehl einen neuen.',
    linkEnds:
      'Dieser Browser kam über einen Link herein. Der endet mit dem Neustart; einen neuen gibt ein einziger Befehl.',
    byHand:
      'Alles ist bereit. Beenden Sie Quarterdeck, und starten Sie es neu: Beim Start wird die Sicherung geöffnet.',
    planned: (name: string) => `${name} wird beim nächsten Start geöffnet.`,
    plannedNote: 'Bis dahin ändert sich nichts.',
    restartNow: 'Jetzt neu starten',
    cancel: 'Nicht wiederherstellen',
    last: (name: string, when: string) => `${name} wurde ${when} wiederhergestellt.`,
  },
  exporting: {
    title: 'Alles mitnehmen',
    note: 'Alle Sitzungen mit ihren Bildern und Dateien in einem ZIP-Archiv. Als JSON lässt sich jedes Ereignis an seinem Hash prüfen.',
    format: 'Dateiformat',
    formats: { json: 'JSON mit Hashes', md: 'Text mit Auszeichnung (Markdown)', html: 'Webseite (HTML)' },
    into: (folder: string) => `Kommt nach ${folder}.`,
    start: 'Alles exportieren',
    startInto: 'Alles exportieren nach…',
    done: (n: number, files: number) => `${sessions(n)} und ${plural(files, 'Datei', 'Dateien')} sind im Archiv.`,
    missing: (n: number) => `${plural(n, 'Datei', 'Dateien')} von Nachrichten waren nicht mehr auf dieser Festplatte.`,
  },
  retention: {
    title: 'Alte Sitzungen löschen',
    switch: 'Archivierte Sitzungen von selbst löschen',
    note: 'Nur archivierte, in denen lange nichts geschah; nie eine, die läuft, wartet oder irgendwo offen ist. Vorher entsteht eine Sicherung. Eine Sitzung geht immer als Ganzes, die Aufzeichnung der anderen bleibt, wie sie ist. Bilder und Dateien, auf die nichts anderes verweist, gehen mit ihr; die Sicherung enthält sie.',
    after: 'Nach',
    days: (n: number) => plural(n, 'Tag', 'Tagen'),
    preview: (n: number, days: number) =>
      n === 0
        ? `Keine archivierte Sitzung ist jetzt älter als ${plural(days, 'Tag', 'Tage')}.`
        : `${plural(n, 'archivierte Sitzung ist', 'archivierte Sitzungen sind')} jetzt älter als ${plural(days, 'Tag', 'Tage')}.`,
    frees: (size: string) => `${size} der Datenbank würden frei.`,
    kept: (n: number) =>
      `${plural(n, 'weitere ist', 'weitere sind')} alt genug, aber etwas wartet darin oder sie ist offen.`,
    now: 'Jetzt löschen…',
    title1: (n: number) => `${sessions(n)} löschen?`,
    confirm: 'Zurück kommen sie nur, indem die Sicherung wiederhergestellt wird, die jetzt entsteht.',
    confirmOn: 'Ab jetzt werden archivierte Sitzungen dieses Alters einmal am Tag gelöscht, nach einer Sicherung.',
    on: 'Einschalten',
    delete: 'Löschen',
    deleted: (n: number) => `${plural(n, 'Sitzung wurde', 'Sitzungen wurden')} gelöscht.`,
    last: (when: string) => `Das wurde zuletzt ${when} getan.`,
    lastFailed: (when: string) => `Der Versuch ${when} ist nicht gelungen; gelöscht wurde nichts.`,
  },
  disk: {
    title: 'Platz auf der Festplatte',
    measure: 'Wird gemessen…',
    kinds: {
      database: 'Datenbank',
      attachments: 'Bilder und Dateien',
      backups: 'Sicherungen',
      vault: 'Gespräche anderer Programme',
      logs: 'Protokoll',
      other: 'Andere Dateien',
    },
    total: (size: string) => `${size} insgesamt`,
    unused: (size: string) => `${size} der Datenbank sind frei und werden wieder benutzt.`,
    largest: 'Größte Sitzungen',
    events: (n: number) => plural(n, 'Ereignis', 'Ereignisse'),
    archived: 'archiviert',
    none: 'Es gibt noch keine Sitzung.',
  },
} satisfies Translation<typeof englishData>;

export const logStrings = {
  title: 'Protokoll',
  note: 'Die letzten Zeilen von dem, was Quarterdeck über sich selbst festhält. Geheimnisse sind herausgenommen.',
  level: 'Zeigen',
  levels: { debug: 'Alles', info: 'Hinweise und mehr', warn: 'Warnungen und Fehler', error: 'Nur Fehler' },
  mark: { debug: 'Detail', info: 'Hinweis', warn: 'Warnung', error: 'Fehler' },
  search: 'Im Protokoll suchen',
  follow: 'Mitlesen',
  copy: 'Diese Zeilen kopieren',
  lines: 'Zeilen des Protokolls',
  none: 'Keine Zeile passt.',
  empty: 'Noch wurde nichts geschrieben.',
  more: (n: number) => `Die letzten ${plural(n, 'Zeile', 'Zeilen')}; in der Datei stehen mehr.`,
} satisfies Translation<typeof englishLog>;

export const licenceStrings = {
  title: 'Gemacht mit',
  note: (n: number) => `${plural(n, 'Paket', 'Pakete')} von anderen sind Teil von Quarterdeck. Danke.`,
  show: 'Lizenzen zeigen',
  search: 'Pakete suchen',
  none: 'Kein Paket heißt so.',
  text: (name: string) => `Lizenz von ${name}`,
  failed: 'Die Liste ließ sich nicht laden.',
  browser: 'Diese Seite läuft in',
} satisfies Translation<typeof englishLicences>;
