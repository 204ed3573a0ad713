import type { gatewayStrings as english } from '../en/gateway.ts';
import type { Translation } from '../languages.ts';
import { wordsFor } from '../numbers.ts';

const { plural } = wordsFor('de');

export const gatewayStrings = {
  lead: 'Wo diese App erreichbar ist. Auf 127.0.0.1, nur von diesem Computer aus, ist sie es immer.',
  now: 'Jetzt erreichbar unter',
  kind: { loopback: 'dieser Computer', lan: 'das Netzwerk', unix: 'lokale Programme' },
  tls: 'TLS',
  sealedOnly: 'nur versiegelt',
  check: 'Adressen prüfen',
  checking: 'Wird geprüft…',
  reachable: 'antwortet',
  lan: {
    title: 'Netzwerk',
    label: 'Andere Geräte im Netzwerk zulassen',
    off: 'Aus: Nur Programme auf diesem Computer können sich verbinden.',
    on: 'An: Geräte in den gewählten Netzen können sich verbinden, wenn sie gekoppelt sind oder einen Schlüssel haben.',
    ask: 'Das Netzwerk zulassen?',
    becomes: 'Ist es an, kann jeder in diesen Netzen erreichen:',
    reach: {
      page: 'die Seite von Quarterdeck (sie zeigt nichts ohne gekoppeltes Gerät, Schlüssel oder Anmeldung)',
      sealed: 'die versiegelte Tür: von Ende zu Ende verschlüsselt, für gekoppelte Geräte und Schlüssel',
      health: 'ob die App läuft (/health)',
    },
    stays:
      'Über einfaches HTTP bleiben geschlossen: die einfache API und Dateiübertragungen; sie brauchen TLS. Ohne Berechtigungsnachweis wird nichts verraten und nichts getan.',
    addresses: 'Diese Adressen werden antworten:',
    noAddresses: 'Kein brauchbares Netz gefunden. Wählen Sie zuerst unten eines.',
    action: 'Netzwerk zulassen',
    close: 'Wieder schließen',
  },
  interfaces: {
    title: 'Netze',
    note: 'Von selbst gewählt: jedes Netz außer Tunneln, Container-Brücken und diesem Computer allein.',
    all: 'Von selbst wählen',
    some: 'Nur diese',
    kind: { lan: 'Netzwerk', tunnel: 'Tunnel', container: 'Container', other: 'anderes' },
    none: 'Keine Netzwerkschnittstellen gefunden.',
    noAddress: 'keine Adresse',
    missing: 'jetzt nicht da',
    chooseOne: 'Wählen Sie mindestens ein Netz.',
  },
  port: {
    title: 'Port',
    label: 'Port',
    note: (port: string) =>
      `Leer: ${port}. Gekoppelte Geräte suchen die alte Adresse, bis sie die neue erfahren: Koppeln Sie sie neu, wenn sie sie nicht finden.`,
    wrong: 'Eine ganze Zahl von 1 bis 65535.',
  },
  tlsTitle: 'TLS',
  tlsNote:
    'Schützt die Seite selbst und öffnet dem Netzwerk die einfache API. Ohne TLS ist dort nur die versiegelte Tür offen; was durch sie gesagt wird, ist ebenso verschlüsselt.',
  tlsWay: {
    off: {
      name: 'Aus',
      note: 'Die Seite kommt über einfaches HTTP. Nachrichten, Antworten und Dateien sind versiegelt.',
    },
    made: {
      name: 'Hier erzeugt',
      note: 'Ein Zertifikat wird auf der Stelle erzeugt. Browser fragen einmal, ob sie ihm trauen sollen: Vergleichen Sie den Fingerabdruck.',
    },
    own: { name: 'Eigenes', note: 'Zertifikat und Schlüssel aus vorhandenen Dateien, in PEM.' },
  },
  certFile: 'Zertifikatsdatei',
  keyFile: 'Schlüsseldatei',
  filesMissing: 'Geben Sie beide Dateien an.',
  certificate: 'Fingerabdruck des Zertifikats (SHA-256)',
  certificateEnds: (when: string) => `gültig bis ${when}`,
  certificateEnded: (when: string) => `abgelaufen ${when}`,
  more: 'Weitere Türen',
  mdns: 'Diesen Computer im Netzwerk bekannt machen (mDNS)',
  mdnsNote: 'Geräte finden ihn am Namen. Jeder im Netzwerk sieht, dass Quarterdeck hier läuft.',
  mdnsName: (name: string) => `Bekannt als ${name}`,
  unix: 'Ein Unix-Socket für lokale Programme',
  unixNote: 'Eine Datei im Ordner der App, die nur dieses Benutzerkonto öffnen kann.',
  hosts: 'Weitere Namen, unter denen es gerufen wird',
  hostsNote: 'Für einen Reverse-Proxy davor: Host oder Host:Port, durch Leerzeichen getrennt.',
  hostsWrong: (host: string) => `„${host}“ ist kein Hostname.`,
  v1: {
    title: 'Ältere Clients',
    label: 'Version 1 des versiegelten Protokolls aus dem Netzwerk annehmen',
    warning:
      'Version 1 sendet den Schlüssel beim Verbinden im Klartext. Wer im Netzwerk mithört, kann ihn nehmen und benutzen. Schalten Sie das nur für einen Client ein, der es nicht besser kann, mit einem Schlüssel, der wenig darf.',
    ask: 'Schlüssel im Klartext annehmen?',
    action: 'Version 1 annehmen',
  },
  save: 'Speichern',
  saving: 'Wird gespeichert…',
  saved: 'Gespeichert',
  undo: 'Rückgängig',
  connections: {
    title: 'Jetzt verbunden',
    none: 'Niemand ist verbunden.',
    close: 'Schließen',
    closeLabel: (name: string) => `Verbindung von ${name} schließen`,
    current: 'diese Seite',
    since: (when: string) => `seit ${when}`,
    follows: (n: number) => (n === 0 ? 'folgt keiner Sitzung' : `folgt ${plural(n, 'Sitzung', 'Sitzungen')}`),
    closeTitle: (name: string) => `Verbindung von ${name} schließen?`,
    closeNote: 'Sie kommt vielleicht von selbst wieder: Um sie auszusperren, widerrufen Sie Schlüssel oder Gerät.',
    door: {
      window: 'Fenster',
      websocket: 'WebSocket',
      sealed: 'versiegelt',
      ductor: 'ductor-Client',
      sse: 'Ereignisstrom',
      cli: 'Kommandozeile',
    },
    owner: 'Dieses Konto',
  },
} satisfies Translation<typeof english>;
