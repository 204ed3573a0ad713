import type { DataSentences } from '../../../../main/protocol/sentences/data.ts';
import type { YesNo } from '../../../../main/protocol/sentences/plain.ts';
import type { SaidOf } from '../../said.ts';

const nothing = 'Nichts wurde geändert.';
const another = 'Wählen Sie eine andere Datei.';
const next = (full: YesNo) =>
  full
    ? 'Schaffen Sie Platz auf der Festplatte, dann versuchen Sie es noch einmal.'
    : 'Sehen Sie sich die Einzelheiten an, dann versuchen Sie es noch einmal.';

export const data: SaidOf<DataSentences> = {
  'data.taskRunning': [
    'Mit den Daten geschieht gerade etwas anderes.',
    nothing,
    'Warten Sie, bis es beendet ist, dann versuchen Sie es noch einmal.',
  ],
  'data.noTask': [
    'Diesen Vorgang gibt es nicht, oder inzwischen wurde ein anderer begonnen.',
    nothing,
    'Sehen Sie sich die Übersicht der Daten an.',
  ],
  'data.noBackup': [
    'Diese Sicherung gibt es nicht.',
    nothing,
    'Sehen Sie noch einmal in der Liste nach, oder nennen Sie den vollständigen Pfad einer Datei.',
  ],
  'data.notAbsolute': [
    'Der Ort des Archivs muss mit seinem vollständigen Pfad genannt werden.',
    'Nichts wurde geschrieben.',
    'Nennen Sie einen Ordner, oder eine Datei, die es noch nicht gibt.',
  ],
  'data.unreadable': [
    'Die Datei lässt sich nicht lesen.',
    nothing,
    'Sehen Sie nach, ob sie da ist und Ihnen gehört, dann versuchen Sie es noch einmal.',
  ],
  'data.noDatabase': ['Diese Datei ist keine Sicherung von Quarterdeck: Sie ist keine Datenbank.', nothing, another],
  'data.foreign': [
    'Diese Datei ist keine Sicherung von Quarterdeck: Sie hat andere Teile, als Quarterdeck sie anlegt.',
    nothing,
    'Wählen Sie eine Datei, die Quarterdeck geschrieben hat.',
  ],
  'data.newer': [
    'Diese Sicherung stammt von einer neueren Version von Quarterdeck.',
    nothing,
    'Aktualisieren Sie Quarterdeck, dann stellen Sie sie wieder her.',
  ],
  'data.damaged': [
    'Diese Sicherung ist beschädigt.',
    nothing,
    'Wählen Sie eine andere; die in der Liste wurden geprüft, als sie entstanden.',
  ],
  'data.altered': [
    'Die Aufzeichnung in dieser Sicherung wurde verändert: Sie passt nicht zu ihren Hashes.',
    nothing,
    'Wählen Sie eine andere Sicherung; die Einzelheiten nennen die Sitzung.',
  ],
  'data.backupFailed': ({ full }) => [
    'Die Sicherung ist nicht gelungen.',
    'Es gibt keine neue Sicherung; die älteren sind, wie sie waren.',
    next(full),
  ],
  'data.lookFailed': ({ full }) => ['Die Sicherung ließ sich nicht ansehen.', nothing, next(full)],
  'data.restoreFailed': ({ full }) => [
    'Die Sicherung ließ sich nicht kopieren.',
    'Nichts wurde geändert; nichts wird wiederhergestellt.',
    next(full),
  ],
  'data.exportFailed': ({ full }) => [
    'Das Archiv ließ sich nicht schreiben.',
    'Es gibt kein Archiv; Ihre Sitzungen sind, wie sie waren.',
    next(full),
  ],
  'data.retentionFailed': ({ full }) => [
    'Die archivierten Sitzungen ließen sich nicht löschen.',
    'Was nicht gelöscht wurde, ist, wie es war.',
    next(full),
  ],
  'data.copyAltered': ({ detail }) => [`Die Aufzeichnung passt nicht zu ihren Hashes: ${detail}.`],
  'data.copyForeign': ({ detail }) => [`Die Datenbank hat Teile, die nicht von dieser App sind: ${detail}.`],
  'data.notRestored': ({ name }) => [
    `Die Sicherung ${name} ließ sich nicht wiederherstellen.`,
    'Nichts wurde geändert: Alles ist, wie es vorher war.',
    'Sehen Sie sich die Einzelheiten an, dann wählen Sie sie in Einstellungen > Daten noch einmal.',
  ],
  'data.restored': ({ made, name, before, aside, lost }) => [
    `Die Sicherung${made && ` vom ${made} UTC`} wurde wiederhergestellt (${name}).`,
    `${
      before === ''
        ? 'Vorher gab es hier nichts.'
        : aside
          ? `Die beschädigte Datei, die vorher hier war, liegt als ${before} daneben.`
          : `Was vorher hier war, steht als ${before} in der Liste der Sicherungen.`
    }${lost === 0 ? '' : ` ${lost === 1 ? '1 Datei einer Nachricht fehlt' : `${lost} Dateien von Nachrichten fehlen`}: Was gesendet wurde, ist auf dieser Festplatte nirgends mehr.`} Schlüssel, Geräte, Anmeldungen und dauerhafte Erlaubnisse sind wie vor dem Wiederherstellen.`,
    'Um zurückzukehren, stellen Sie in Einstellungen > Daten diese Kopie wieder her. Archivierte Sitzungen werden nicht von selbst gelöscht, bis Sie das dort einschalten.',
  ],
};
