import type { DoctorSentences } from '../../../../main/protocol/sentences/doctor.ts';
import type { SaidOf } from '../../said.ts';

const states: Record<string, string> = {
  not_found: 'nicht gefunden',
  not_signed_in: 'nicht angemeldet',
  too_old: 'zu alt',
  broken: 'defekt',
};
const shell = (electron: string) => (electron ? `Electron ${electron}, ` : '');

export const doctor: SaidOf<DoctorSentences> = {
  'doctor.runtime': ({ version, electron, node }) => [`Version ${version}, ${shell(electron)}Node-Version ${node}.`],
  'doctor.runtimeOld': ({ version, electron, node, needed }) => [
    `Version ${version}, ${shell(electron)}Node-Version ${node}.`,
    '',
    `Node ${needed} oder neuer wird gebraucht. Starten Sie mit \`npm start\`, das sein eigenes mitbringt.`,
  ],
  'doctor.home': ({ home }) => [`${home} ist beschreibbar.`],
  'doctor.homeUnwritable': ({ home, code }) => [
    `${home} ist nicht beschreibbar (${code}), darum kann nichts Neues gespeichert werden.`,
    '',
    'Machen Sie den Ordner für diesen Benutzer beschreibbar, oder wählen Sie mit --home einen anderen.',
  ],
  'doctor.disk': ({ free }) => [`${free} frei auf der Festplatte des Datenordners.`],
  'doctor.diskLow': ({ free, home }) => [
    `${free} frei auf der Festplatte des Datenordners.`,
    '',
    `Schaffen Sie Platz auf der Festplatte von ${home}.`,
  ],
  'doctor.diskUnknown': ({ code }) => [`Der freie Platz ließ sich nicht ermitteln (${code}).`],
  'doctor.database': ({ size }) => [`In Ordnung, ${size}.`],
  'doctor.databaseDamaged': ({ file, why }) => [
    `${file} ist beschädigt („${why}“).`,
    '',
    'Beenden Sie Quarterdeck und starten Sie es wieder: Es legt die beschädigte Datei beiseite und öffnet die neueste Sicherung.',
  ],
  'doctor.databaseReadable': ({ file, size }) => [
    `In Ordnung, ${size}, aber andere Benutzer dieses Computers können ${file} lesen.`,
    '',
    `Nehmen Sie ihnen das Recht: chmod 600 "${file}"`,
  ],
  'doctor.databaseUnchecked': ({ file, code }) => [
    `${file} ließ sich nicht prüfen (${code}).`,
    '',
    'Sehen Sie nach, ob die Datei da ist und diesem Benutzer gehört.',
  ],
  'doctor.gateway': ({ url }) => [`Erreichbar unter ${url}.`],
  'doctor.noGateway': ['Nicht erreichbar: Dieser Befehl lief allein, ohne die App.'],
  'doctor.provider': ({ what, version, drift, account, own, path }) => [
    `${[
      { built_in: 'Eingebaut, braucht nichts', checking: 'Wird noch gesucht', ready: 'Bereit' }[what] ?? what,
      version &&
        `Version ${version}${drift ? ` (${drift === 'newer' ? 'neuer' : 'älter'} als die, mit der diese App erprobt wurde)` : ''}`,
      account,
      own && 'von dieser App installiert',
      path,
    ]
      .filter(Boolean)
      .join(', ')}.`,
  ],
  'doctor.providerNotReady': ({ state }) => [`Nicht bereit (${states[state] ?? state}).`],
  'doctor.providersFailed': ({ code }) => [`Die Agenten ließen sich nicht suchen (${code}).`],
  'doctor.keys': ({ where, stored }) => [
    `${where === 'keychain' ? 'Neue Schlüssel bewahrt der Schlüsselbund des Systems auf' : 'Neue Schlüssel werden verschlüsselt aufbewahrt, mit einer Schlüsseldatei im Datenordner, die nur dieser Benutzer lesen kann (hier gibt es keinen Schlüsselbund des Systems)'}. Hinterlegt: ${stored || 'keine'}.`,
  ],
  'doctor.keysBroken': ({ names }) => [
    `Hinterlegte API-Schlüssel lassen sich nicht lesen: ${names}.`,
    '',
    'Hinterlegen Sie den Schlüssel noch einmal, oder machen Sie den Schlüsselbund oder die Schlüsseldatei wieder lesbar.',
  ],
  'doctor.understood': ['Alles, was die Agenten sagten, wurde verstanden.'],
  'doctor.notUnderstood': ({ count, who }) => [
    `${count} ${count === 1 ? 'Art' : 'Arten'} von Nachrichten wurden nicht verstanden (${who}). Sie stehen in der Aufzeichnung der Sitzung und werden dort als einfache Zeilen gezeigt.`,
    '',
    'Sehen Sie nach, ob es eine neuere Version von Quarterdeck gibt.',
  ],
};
