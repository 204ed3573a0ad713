import type { FileSentences } from '../../../../main/protocol/sentences/files.ts';
import type { SaidOf } from '../../said.ts';

const noSession = 'Es wurde dort keine Sitzung geöffnet.';
const notKept = 'Die Datei wurde nicht aufbewahrt.';
const notAttached = 'Die Datei wurde nicht angehängt.';
const attachAgain = 'Hängen Sie die Datei noch einmal an.';
const sendAgain = 'Senden Sie sie noch einmal.';
const full = 'Die Festplatte mit dem Quarterdeck-Ordner ist voll.';
const makeRoom = 'Schaffen Sie Platz, dann versuchen Sie es noch einmal.';
const doctor = 'Führen Sie „quarterdeck doctor“ aus, um zu sehen, warum.';
const notRead = 'Nichts wurde gelesen.';
const storedSafe = 'Neues kann nicht gespeichert werden. Was vorher gespeichert wurde, ist sicher.';
const wait = 'Warten Sie, bis sie fertig sind, dann versuchen Sie es noch einmal.';
const busy = 'Zu viele Dateien werden gerade hochgeladen.';
const otherFolder = 'oder wählen Sie einen anderen Ordner.';
const listAgain = 'Sehen Sie noch einmal in der Liste nach; sie kann sich geändert haben.';
const notStored = (code: string) => `Die Datei ließ sich nicht speichern${code ? ` (${code})` : ''}.`;

export const files: SaidOf<FileSentences> = {
  'storage.full': [
    full,
    storedSafe,
    'Schaffen Sie Platz, dann versuchen Sie es noch einmal; was noch ankommt, bleibt so lange im Speicher.',
  ],
  'storage.failed': [
    'Die Datenbank konnte nicht geschrieben werden.',
    storedSafe,
    'Führen Sie „quarterdeck doctor“ aus, um zu sehen, warum, dann versuchen Sie es noch einmal.',
  ],
  'database.recovered': ({ damaged, backup, file }) => [
    damaged ? 'Die Datenbank war beschädigt.' : 'Die Datenbank fehlte.',
    backup
      ? `Die Sicherung vom ${backup} UTC wurde geöffnet; was danach kam, fehlt hier, und API-Schlüssel und Berechtigungen sind wie damals.`
      : 'Es gab keine vollständige Sicherung, darum beginnt Quarterdeck mit einer leeren Liste von Sitzungen.',
    damaged
      ? `Die beschädigte Datei liegt als ${file} neben der neuen; ein Werkzeug zur Rettung von SQLite kann sie oft lesen.`
      : 'Haben Sie sie verschoben, beenden Sie Quarterdeck, legen Sie sie als quarterdeck.db zurück und starten Sie wieder.',
  ],
  'folder.notGiven': ['Kein Ordner wurde angegeben.', noSession, 'Wählen Sie einen Ordner.'],
  'folder.pathTooLong': [
    'Der Pfad des Ordners ist zu lang.',
    noSession,
    'Wählen Sie den Ordner aus der Liste, oder geben Sie seinen Pfad neu ein.',
  ],
  'folder.controlCharacters': [
    'Der Pfad des Ordners ist kein brauchbarer Name: Er enthält Steuerzeichen.',
    noSession,
    'Wählen Sie den Ordner aus der Liste, oder geben Sie seinen Pfad neu ein.',
  ],
  'folder.notFullPath': ({ path }) => [
    `„${path}“ ist kein vollständiger Pfad.`,
    noSession,
    'Schreiben Sie den ganzen Pfad, beginnend mit / (oder mit ~ für Ihren persönlichen Ordner).',
  ],
  'folder.isFile': ({ path }) => [
    `${path} ist eine Datei, kein Ordner.`,
    noSession,
    'Wählen Sie den Ordner, in dem sie liegt.',
  ],
  'folder.none': ({ path }) => [
    `Es gibt keinen Ordner ${path}.`,
    noSession,
    `Prüfen Sie die Schreibweise, legen Sie den Ordner an, ${otherFolder}`,
  ],
  'folder.circle': ({ path }) => [
    `Der Pfad ${path} ist eine Verknüpfung, die im Kreis führt.`,
    noSession,
    `Berichtigen Sie die Verknüpfung, ${otherFolder}`,
  ],
  'folder.notWritable': ({ path }) => [
    `Der Ordner ${path} ist lesbar, aber nicht beschreibbar.`,
    'Es wurde dort keine Sitzung geöffnet: Ein Agent könnte darin nichts ändern.',
    `Geben Sie sich das Recht, dort zu schreiben, ${otherFolder}`,
  ],
  'folder.unreadable': ({ path }) => [
    `Der Ordner ${path} lässt sich nicht öffnen.`,
    noSession,
    `Geben Sie sich das Recht, ihn zu lesen, ${otherFolder}`,
  ],
  'folder.noAnswer': ({ path }) => [
    `Der Ordner ${path} antwortete nicht.`,
    noSession,
    'Liegt er in einem Netz oder auf einem Wechseldatenträger, verbinden Sie das wieder; dann versuchen Sie es noch einmal.',
  ],
  'files.changed': [
    'Die Datei hat sich geändert, seit der vorige Teil gelesen wurde.',
    'Was bisher gelesen wurde und was jetzt dort steht, gehört nicht zusammen.',
    'Lesen Sie die Datei von Anfang an.',
  ],
  'files.tooManyPieces': [
    'Zu viele Teile von Dateien wurden auf einmal verlangt.',
    'Dieser kommt nicht.',
    'Verlangen Sie den nächsten Teil, wenn der vorige da ist.',
  ],
  'files.outside': [
    'Der Pfad führt nicht zu einer Datei in einem Ordner, den dieser Zugang lesen darf.',
    notRead,
    'Nennen Sie eine Datei im Ordner einer Ihrer Sitzungen, oder eine, die Sie hochgeladen haben.',
  ],
  'files.none': [
    'Diese Datei gibt es nicht.',
    notRead,
    'Prüfen Sie den Pfad; Ordner und besondere Dateien lassen sich nicht herunterladen.',
  ],
  'files.noSession': ['Diese Sitzung gibt es nicht.', notRead, 'Sehen Sie in der Liste der Sitzungen nach.'],
  'files.forbidden': [
    'Das System lässt Quarterdeck diese Datei nicht lesen.',
    notRead,
    'Prüfen Sie die Rechte der Datei.',
  ],
  'files.noAttachment': [
    'In dieser Sitzung gibt es keine solche Datei.',
    'Sie kann nicht gezeigt werden.',
    'Hängen Sie die Datei wieder an, wenn Sie sie noch haben.',
  ],
  'files.attachmentGone': [
    'Die Datei dieses Anhangs liegt nicht mehr im Quarterdeck-Ordner.',
    'Sie kann nicht gezeigt werden.',
    'Hängen Sie die Datei wieder an, wenn Sie sie noch haben.',
  ],
  'upload.notAForm': [
    'Die Anfrage ist kein Formular mit einer Datei (multipart/form-data).',
    notKept,
    'Senden Sie die Datei als Teil „file“, z. B. curl -F file=@foto.png.',
  ],
  'upload.otherParts': [
    'Das Formular hat andere Teile als „file“ und danach, wenn gewünscht, „caption“.',
    notKept,
    'Senden Sie zuerst den Teil „file“ und danach nur „caption“.',
  ],
  'upload.cutOff': ['Das Hochladen endete vor der Datei.', notKept, sendAgain],
  'upload.stalled': ['30 Sekunden lang kam nichts mehr von der Datei.', notKept, sendAgain],
  'upload.tooLarge': ({ mebibytes }) => [
    `Die Datei ist größer als ${mebibytes} MiB.`,
    notKept,
    'Senden Sie eine kleinere, oder erhöhen Sie die Grenze in den Einstellungen.',
  ],
  'upload.diskFull': [full, notKept, makeRoom],
  'upload.notStored': ({ code }) => [notStored(code), notKept, doctor],
  'upload.tooMany': [busy, notKept, wait],
  'upload.keyFull': [
    'Dieser Schlüssel hat so viel hochgeladen, wie er hier aufbewahren darf.',
    notKept,
    'Entfernen Sie, was nicht mehr gebraucht wird, oder warten Sie, bis es von selbst gelöscht wird.',
  ],
  'upload.sameName': [
    'Heute kamen zu viele Dateien dieses Namens.',
    notKept,
    'Geben Sie der Datei einen anderen Namen.',
  ],
  'attach.unknownUpload': ['Diese hochgeladene Datei ist hier nicht (mehr) bekannt.', notAttached, attachAgain],
  'attach.diskFull': [full, notAttached, makeRoom],
  'attach.notStored': ({ code }) => [notStored(code), notAttached, doctor],
  'attach.tooMany': [busy, notAttached, wait],
  'attach.keyFull': [
    'Dieser Schlüssel hat so viel hochgeladen, wie er darf, ohne es zu senden.',
    notAttached,
    'Senden Sie das Hochgeladene mit einer Nachricht, oder versuchen Sie es morgen wieder: Was nicht gesendet wird, wird nach einem Tag entfernt.',
  ],
  'attach.badPiece': ['Ein Teil der Datei ist nicht in base64, oder zu groß.', notAttached, attachAgain],
  'attach.otherSize': ['Die Datei ist nicht so groß wie am Anfang.', notAttached, attachAgain],
  'attach.tooLong': ['Die Datei ist länger als angekündigt.', notAttached, attachAgain],
  'imports.off': [
    'Die eigenen Gespräche der CLIs werden hier nicht gelesen.',
    'Es wurde keine Sitzung geöffnet.',
    'Schalten Sie das Lesen in den Einstellungen ein.',
  ],
  'imports.notOpened': ['Dieses Gespräch gibt es im Archiv nicht.', 'Es wurde keine Sitzung geöffnet.', listAgain],
  'imports.notShown': ['Dieses Gespräch gibt es im Archiv nicht.', 'Nichts wird gezeigt.', listAgain],
  'imports.vaultUnreadable': [
    'Das Archiv mit den Gesprächen Ihrer CLIs ließ sich nicht lesen.',
    'Ihre Sitzungen hier und die eigenen Dateien der CLIs sind nicht betroffen.',
    'Starten Sie Quarterdeck neu; bleibt es so, sehen Sie in die Protokolldatei (die Einstellungen zeigen, wo sie liegt).',
  ],
  'imports.vaultDamaged': ({ file }) => [
    'Das Archiv mit den Gesprächen Ihrer CLIs war beschädigt.',
    'Es wird aus den eigenen Dateien der CLIs neu gefüllt. Ihre Sitzungen hier sind nicht betroffen; Gespräche, deren Datei weg ist, fehlen darin.',
    `Die beschädigte Datei wurde als ${file} aufbewahrt.`,
  ],
  'kv.none': [
    'Diesen Eintrag gibt es nicht, oder seine Zeit ist um.',
    'Nichts wurde gelesen oder geändert.',
    'Sehen Sie in der Liste der Einträge dieses Agenten nach.',
  ],
};
