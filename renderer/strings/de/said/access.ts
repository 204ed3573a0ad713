import type { AccessSentences } from '../../../../main/protocol/sentences/access.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = 'Es wurde nichts geändert.';
const nothing = 'Nichts wurde gelesen oder geändert.';
const lookAgain = 'Sehen Sie noch einmal in der Liste nach.';
const notSignedIn = 'Dieser Browser ist nicht angemeldet; sonst hat sich nichts geändert.';
const noTls = 'TLS wurde nicht eingeschaltet; es wurde nichts geändert.';
const socketOnly = 'Lokale Programme können ihn nicht verwenden; alles andere geht.';
const again = 'Beginnen Sie noch einmal auf der Anmeldeseite.';
const protects = 'Nichts wurde gelesen oder geändert; das schützt Ihre Sitzungen vor Seiten aus dem Netz.';
const noDoor = 'Browser und Skripte erreichen Quarterdeck nicht; Gespeichertes ist nicht betroffen.';
const owner = 'oder bitten Sie den Besitzer, es im Fenster zu tun.';
const devicesWait =
  'Geräte können sich bis zur Lösung nicht verbinden oder koppeln; das Fenster, Browser auf diesem Computer und Schlüssel gehen weiter. Nichts wurde ersetzt.';
const pemFiles = 'Nennen Sie die PEM-Datei eines Zertifikats und die PEM-Datei seines Schlüssels, ohne Kennwort.';
const noDevices = 'Geräte lassen sich bis zur Lösung nicht koppeln.';
const noFolderMade = 'Nichts wurde angelegt oder geändert.';
const whats = { key: 'Diesen Schlüssel', device: 'Dieses Gerät', pairing: 'Diese Kopplung', session: 'Diese Sitzung' };

export const access: SaidOf<AccessSentences> = {
  'access.notFound': ({ what }) => [`${whats[what]} gibt es nicht, oder nicht mehr.`, unchanged, lookAgain],
  'access.stillGood': ({ what }) => [
    what === 'key' ? 'Dieser Schlüssel gilt noch.' : 'Dieses Gerät hat noch Zugang.',
    'Der Eintrag bleibt in der Liste.',
    what === 'key' ? 'Widerrufen Sie den Schlüssel zuerst.' : 'Entziehen Sie dem Gerät zuerst den Zugang.',
  ],
  'access.rotatedBefore': ({ successor }) => [
    `Dieser Schlüssel wurde schon erneuert; der Schlüssel ${successor} trat an seine Stelle.`,
    'Kein neues Geheimnis wurde erzeugt.',
    `Erneuern Sie den Schlüssel ${successor}, falls sein Geheimnis verloren ging.`,
  ],
  'access.keyOver': [
    'Dieser Schlüssel wurde widerrufen oder ist abgelaufen.',
    'Kein neues Geheimnis wurde erzeugt.',
    'Legen Sie einen neuen Schlüssel an.',
  ],
  'access.madeBefore': ({ id }) => [
    `Dieser Schlüssel wurde schon beim ersten Versuch dieser Anfrage angelegt: ${id}.`,
    'Kein zweiter Schlüssel wurde angelegt. Das Geheimnis wurde einmal genannt und wird nicht wieder genannt.',
    `Ging die Antwort auf den ersten Versuch verloren, erneuern Sie den Schlüssel ${id}.`,
  ],
  'access.alreadyOver': [
    'Der Zugang wäre zu Ende, bevor er beginnt.',
    noFolderMade,
    'Wählen Sie einen Zeitpunkt, der noch kommt, oder keinen.',
  ],
  'access.noAddressForDevices': [
    'Diese App ist unter keiner Adresse erreichbar.',
    'Ein Gerät könnte sie nicht erreichen, darum wurde keine Kopplung angeboten.',
    'Starten Sie sie mit einem Gateway, und lassen Sie andere Geräte im Netz zu (Einstellungen, Geräte).',
  ],
  'scope.tooMuch': ({ scopes }) => [
    `Damit würde mehr weitergegeben, als dieser Zugang hat: ${scopes}.`,
    noFolderMade,
    `Geben Sie weniger, ${owner}`,
  ],
  'scope.tooWide': [
    'Damit würde mehr weitergegeben, als dieser Zugang hat: Ordner oder Sitzungen außerhalb seines Bereichs.',
    noFolderMade,
    `Geben Sie weniger, ${owner}`,
  ],
  'scope.tooLong': [
    'Damit würde mehr weitergegeben, als dieser Zugang hat: eine Zeit über sein Ende hinaus.',
    noFolderMade,
    `Geben Sie weniger, ${owner}`,
  ],

  'gateway.unauthorized': ({ reason }) => [
    reason === 'missing'
      ? 'Dies braucht eine Anmeldung, und keine wurde gezeigt.'
      : 'Der Zugang gilt nicht, wurde widerrufen oder ist abgelaufen.',
    nothing,
    'Im Browser: Melden Sie sich neu an; wird Quarterdeck auf seinem Computer gestartet, zeigt es einen frischen Link. In einem Skript: Senden Sie „Authorization: Bearer <key>“.',
  ],
  'gateway.rateLimited': ({ seconds }) => [
    'Zu viele Anmeldungen sind gescheitert.',
    'Diese wurde abgelehnt; wer gültige Zugangsdaten zeigt, wird nicht aufgehalten.',
    `Warten Sie ${seconds} s, dann versuchen Sie es einmal mit einem frischen Link oder Schlüssel.`,
  ],
  'gateway.tooManyRequests': ({ seconds }) => [
    'Dieser Schlüssel stellt mehr Anfragen, als die Einstellungen einem Schlüssel erlauben.',
    'Diese wurde nicht ausgeführt; laufende Züge gehen weiter.',
    `Warten Sie ${seconds} s, dann machen Sie langsamer weiter.`,
  ],
  'gateway.linkUsed': [
    'Dieser Link wurde schon benutzt oder ist älter als zehn Minuten.',
    notSignedIn,
    'Starten Sie Quarterdeck auf diesem Computer noch einmal: Es findet das laufende und zeigt einen frischen Link.',
  ],
  'gateway.signInNotKept': [
    'Die Festplatte dieses Computers ist voll oder nimmt nichts an, darum ließ sich die Anmeldung nicht festhalten.',
    'Dieser Browser ist noch nicht angemeldet; der Link wurde nicht verbraucht.',
    'Schaffen Sie Platz, dann öffnen Sie denselben Link noch einmal.',
  ],
  'gateway.needsOwnPage': [
    'Das darf nur die Seite dieses Gateways.',
    unchanged,
    'Öffnen Sie die Seite in einem Browser und tun Sie es dort.',
  ],
  'gateway.linkNotPrivate': [
    'Diese Adresse antwortet nur auf diesem Computer und über TLS.',
    'Nichts wurde gelesen oder geändert; was gesendet wurde, war im Netz lesbar.',
    'Koppeln Sie dieses Gerät mit dem QR-Code (seine Nachrichten sind versiegelt), oder schalten Sie TLS ein (Einstellungen, Netz).',
  ],
  'gateway.noSuchRoute': [
    'Unter dieser Adresse gibt es nichts.',
    nothing,
    'docs/protocol.md nennt, was dieses Gateway beantwortet.',
  ],
  'gateway.tooManyConnections': ({ limit }) => [
    `${limit} Verbindungen sind offen; mehr gehen nicht.`,
    'Diese wurde geschlossen; Sitzungen laufen weiter.',
    'Schließen Sie Seiten oder Skripte, die nicht gebraucht werden; diese Seite versucht es von selbst wieder.',
  ],
  'gateway.portTaken': ({ port, host, other }) => [
    `Port ${port} auf ${host} ist von einem anderen Programm belegt.`,
    noDoor,
    `Starten Sie mit einem anderen Port (--port ${other}), oder beenden Sie das Programm, das ${port} benutzt.`,
  ],
  'gateway.portForbidden': ({ port }) => [
    `Das System lässt Quarterdeck Port ${port} nicht öffnen.`,
    noDoor,
    'Starten Sie mit einem Port ab 1024, z. B. --port 8741.',
  ],
  'gateway.noSuchAddress': ({ host }) => [
    `Dieser Computer hat keine Adresse ${host}.`,
    noDoor,
    'Starten Sie ohne --host; dann gilt 127.0.0.1.',
  ],
  'gateway.notAnAddress': ({ host }) => [
    `${host} ist keine Adresse eines Computers.`,
    'Das Gateway wurde nicht gestartet.',
    'Starten Sie ohne --host, oder nennen Sie eine Adresse dieses Computers, z. B. --host 192.168.1.10.',
  ],
  'gateway.noAddressForBrowsers': [
    'Diese App ist unter keiner Adresse erreichbar.',
    'Ein Browser kann nicht eingelassen werden.',
    'Starten Sie sie mit „npm run serve“, oder verwenden Sie das Fenster.',
  ],
  'admission.otherName': [
    'Die Anfrage nennt diesen Computer bei einem Namen, der nicht seiner ist.',
    protects,
    'Verwenden Sie die Adresse, die Quarterdeck zeigt, oder fügen Sie diesen Namen zu denen hinzu, unter denen es gerufen werden darf.',
  ],
  'admission.otherPage': ({ origin }) => [
    'Die Seite, die fragt, kommt nicht von diesem Gateway.',
    protects,
    `Verwenden Sie die Seite unter ${origin}.`,
  ],
  'admission.sentByPage': ({ origin }) => [
    'Eine andere Seite hat den Browser gebeten, dies zu senden.',
    protects,
    `Verwenden Sie die Seite unter ${origin}.`,
  ],
  'sealed.unreadable': [
    'Eine Sendung ließ sich nicht öffnen: Sie wurde verändert, abgeschnitten oder nicht mit den Schlüsseln dieser Verbindung versiegelt.',
    '',
    'Verbinden Sie sich neu; geschieht es wieder, verändert vielleicht jemand, was Sie senden.',
  ],
  'sealed.replayed': [
    'Eine Sendung kam doppelt, in falscher Reihenfolge oder zurück, woher sie kam.',
    '',
    'Verbinden Sie sich neu; geschieht es wieder, verändert vielleicht jemand, was Sie senden.',
  ],

  'lan.noCredential': [
    'Nichts ist eingerichtet, das Fremde fernhielte: kein API-Schlüssel, kein Gerät und kein Passwort.',
    'Das Gateway wurde nicht für das Netz geöffnet.',
    'Starten Sie ohne --host, koppeln Sie ein Gerät oder legen Sie einen API-Schlüssel an, dann starten Sie wieder mit --host.',
  ],
  'lan.noSuchInterface': ({ names }) => [
    `Dieser Computer hat keine Netzschnittstelle namens ${names}, oder sie hat gerade keine Adresse.`,
    unchanged,
    'Wählen Sie aus der Liste der Schnittstellen.',
  ],
  'lan.notSaved': [
    'Die Festplatte nahm die Einstellungen des Gateways nicht an.',
    'Es wurde nichts geändert: Es ist erreichbar, wo es vorher erreichbar war.',
    'Schaffen Sie Platz, dann versuchen Sie es noch einmal.',
  ],
  'lan.noSuchConnection': ['Diese Verbindung gibt es nicht, oder sie ist schon zu Ende.', unchanged, lookAgain],
  'lan.noGateway': [
    'Diese App ist unter keiner Adresse erreichbar.',
    unchanged,
    'Starten Sie sie mit „npm run serve“, oder verwenden Sie das Fenster.',
  ],
  'lan.addressGone': [
    'Dieser Computer hat diese Adresse gerade nicht. Sie bleibt noch eine Weile offen, falls sie zurückkommt.',
  ],
  'lan.noAnswer': ['Sie antwortet nicht. Vielleicht sperrt sie eine Firewall auf diesem Computer.'],
  'lan.notCalled': ({ code }) => [`Sie lässt sich nicht aufrufen (${code}).`],
  'lan.otherCertificate': ['Dort wird ein anderes Zertifikat gezeigt als unseres.'],
  'lan.otherProgram': ({ status }) => [
    `Sie antwortet mit Status ${status}: Dort läuft vielleicht ein anderes Programm.`,
  ],
  'certificate.notMade': [
    'Ein Zertifikat ließ sich nicht erzeugen.',
    noTls,
    'Sehen Sie in die Protokolldatei; verwenden Sie ein eigenes Zertifikat.',
  ],
  'certificate.notOne': ['Die Zertifikatsdatei enthält kein Zertifikat (PEM).', noTls, pemFiles],
  'certificate.otherKey': ['Der Schlüssel gehört nicht zum Zertifikat.', noTls, pemFiles],
  'certificate.noKey': ['Die Schlüsseldatei enthält keinen lesbaren privaten Schlüssel.', noTls, pemFiles],
  'certificate.over': ({ date }) => [
    `Das Zertifikat ist abgelaufen (${date}).`,
    noTls,
    'Erneuern Sie es, dann versuchen Sie es noch einmal.',
  ],
  'certificate.notYet': ({ date }) => [
    `Das Zertifikat gilt noch nicht (erst ab ${date}).`,
    noTls,
    'Prüfen Sie die Uhr dieses Computers, oder warten Sie.',
  ],
  'certificate.notNamed': [
    'Zertifikat und Schlüssel sind nicht angegeben.',
    noTls,
    'Geben Sie beide Dateien an, oder lassen Sie hier ein Zertifikat erzeugen.',
  ],
  'certificate.unreadable': ({ path }) => [
    `${path} lässt sich nicht lesen.`,
    noTls,
    'Prüfen Sie, ob die Datei da ist und dieser Benutzer sie lesen darf.',
  ],
  'certificate.otherName': ({ names }) => [
    `Das Zertifikat gilt für ${names}, und dieses Gateway wird unter keinem davon gerufen.`,
    noTls,
    'Fügen Sie einen Namen des Zertifikats zu denen hinzu, unter denen das Gateway gerufen werden darf, oder verwenden Sie ein anderes Zertifikat.',
  ],
  'socket.tooLong': ({ path, bytes }) => [
    `Der Socket ${path} hat einen längeren Pfad als die ${bytes} Bytes, die ein System annimmt.`,
    socketOnly,
    'Verwenden Sie einen Datenordner mit kürzerem Pfad.',
  ],
  'socket.notOurs': ({ path }) => [
    `Der Socket ${path} lässt sich nicht öffnen: Dort ist etwas anderes.`,
    socketOnly,
    'Sehen Sie es sich an und verschieben Sie es.',
  ],
  'socket.inUse': ({ path }) => [
    `Der Socket ${path} ist von einem anderen Programm belegt.`,
    socketOnly,
    'Beenden Sie jenes Programm, dann versuchen Sie es noch einmal.',
  ],

  'identity.notHere': ({ box }) => [
    box === 'keychain'
      ? 'Der eigene Schlüssel des Gateways wurde von der App mit Fenster erzeugt und liegt im Schlüsselbund des Systems, der sich von hier nicht öffnen lässt.'
      : `Der eigene Schlüssel des Gateways wurde von einer anderen Version von Quarterdeck erzeugt (${box}).`,
    devicesWait,
    'Verwenden Sie Quarterdeck mit seinem Fenster, oder einen anderen Datenordner (--home) und koppeln Sie die Geräte dort.',
  ],
  'identity.cannotOpen': [
    'Der eigene Schlüssel des Gateways, an dem jedes gekoppelte Gerät es erkennt, lässt sich nicht öffnen.',
    devicesWait,
    'Entsperren Sie den Schlüsselbund, oder holen Sie die Datei „secrets.key“ des Quarterdeck-Ordners aus einer Sicherung zurück; dann versuchen Sie es noch einmal.',
  ],
  'identity.notKept': [
    'Der eigene Schlüssel des Gateways ließ sich nicht aufbewahren.',
    noDevices,
    'Entsperren Sie den Schlüsselbund oder bringen Sie die Datei „secrets.key“ in Ordnung, dann versuchen Sie es noch einmal.',
  ],
  'token.repaired': ({ path, broken }) => [
    broken === 'exposed'
      ? `Andere Benutzer dieses Computers konnten ${path} lesen.`
      : `${path} enthielt keinen Zugangsschlüssel.`,
    'Ein neuer wurde erzeugt, der alte gilt nicht mehr; Browser und API-Schlüssel bleiben angemeldet.',
    broken === 'exposed'
      ? 'Suchen Sie, was die Rechte des Ordners gelockert hat (eine Sicherung, ein Abgleich), und halten Sie ihn privat.'
      : 'Es ist nichts zu tun; Skripte, die den alten kopiert haben, müssen die Datei neu lesen.',
  ],

  'signIn.wrongPassword': [
    'Das Passwort stimmt nicht.',
    'Nichts wurde geöffnet oder geändert.',
    'Geben Sie es noch einmal ein. Ist es vergessen, setzt der Besitzer im Fenster ein neues, oder mit „quarterdeck password“ auf dem Computer.',
  ],
  'signIn.noPassword': [
    'Hier ist kein Passwort eingerichtet.',
    'Dieser Browser ist nicht angemeldet.',
    'Melden Sie sich anders an, oder setzen Sie ein Passwort (Einstellungen, Anmeldung).',
  ],
  'signIn.passwordTooShort': [
    'Ein Passwort braucht 8 bis 1000 Zeichen.',
    unchanged,
    'Wählen Sie ein längeres; ein Satz aus ein paar Wörtern ist leicht zu tippen und schwer zu erraten.',
  ],
  'signIn.tooManyWaiting': [
    'Gerade melden sich viele andere an.',
    'Das Passwort wurde nicht geprüft; nichts wurde als falsch gezählt.',
    'Versuchen Sie es in einigen Sekunden noch einmal.',
  ],
  'signIn.setupDone': [
    'Die erste Einrichtung ist schon geschehen.',
    unchanged,
    'Melden Sie sich mit dem Passwort oder Schlüssel von damals an, oder mit einem Link: „quarterdeck open“ auf dem Computer.',
  ],
  'signIn.wrongSetupCode': [
    'Der Einrichtungscode stimmt nicht oder ist abgelaufen.',
    'Nichts wurde eingerichtet.',
    'Kopieren Sie ihn aus dem Terminal, in dem Quarterdeck gestartet wurde, oder aus der Datei „setup-code“ in seinem Datenordner.',
  ],
  'signIn.noSuchLogin': ['Diese Anmeldung gibt es nicht, oder sie ist schon zu Ende.', unchanged, lookAgain],
  'signIn.tooManyAttempts': ({ minutes }) => [
    'Von dieser Adresse kamen zu viele falsche Passwörter.',
    'Das Passwort wurde nicht geprüft, ob richtig oder falsch.',
    `Warten Sie ${minutes} min, dann versuchen Sie es einmal; oder melden Sie sich anders an, z. B. mit einem Link.`,
  ],
  'oidc.notUnderWay': [
    'Diese Anmeldung wurde nicht in diesem Browser begonnen, war schon fertig oder dauerte länger als fünf Minuten.',
    notSignedIn,
    again,
  ],
  'oidc.stateMismatch': [
    'Die Antwort des Identitätsanbieters gehört zu einer anderen Anmeldung.',
    notSignedIn,
    `${again} Brachte Sie ein Link in einer Nachricht hierher, verwenden Sie ihn nicht wieder.`,
  ],
  'oidc.noCode': ['Der Identitätsanbieter sandte keinen Code.', notSignedIn, again],
  'oidc.providerRefused': ({ host, cancelled }) => [
    cancelled
      ? `Die Anmeldung wurde bei ${host} abgebrochen, oder ${host} lehnte sie ab.`
      : `${host} konnte die Anmeldung nicht abschließen.`,
    notSignedIn,
    'Beginnen Sie noch einmal auf der Anmeldeseite, oder melden Sie sich anders an.',
  ],
  'oidc.unsafeIssuer': ({ issuer }) => [
    `Die Adresse des Identitätsanbieters (${issuer}) beginnt nicht mit https://.`,
    'Niemand kann sich damit anmelden: Über einfaches HTTP ließen sich seine Antworten unterwegs lesen und ändern.',
    'Geben Sie seine https://-Adresse an. Nur ein Anbieter auf diesem Computer (127.0.0.1) darf http:// verwenden.',
  ],
  'oidc.providerUnreachable': ({ host }) => [
    `Der Identitätsanbieter ${host} ist nicht zu erreichen oder antwortet nicht wie einer.`,
    notSignedIn,
    'Versuchen Sie es gleich noch einmal, oder melden Sie sich anders an. Der Besitzer kann die Adresse prüfen (Einstellungen, Anmeldung).',
  ],
  'oidc.tokenRefused': ({ host }) => [
    `Was ${host} sandte, ist kein Nachweis, dem zu trauen ist.`,
    notSignedIn,
    `${again} Geschieht es wieder, sollte der Besitzer Aussteller, Client und Geheimnis prüfen (Einstellungen, Anmeldung).`,
  ],
  'oidc.noEmail': ({ host }) => [
    `${host} nennt die E-Mail-Adresse dieses Kontos nicht.`,
    notSignedIn,
    'Melden Sie sich anders an, oder bitten Sie den Besitzer um Hilfe.',
  ],
  'oidc.unverified': ({ host }) => [
    `${host} hat die E-Mail-Adresse dieses Kontos nicht bestätigt.`,
    notSignedIn,
    `Bestätigen Sie die Adresse bei ${host}, dann beginnen Sie noch einmal auf der Anmeldeseite.`,
  ],
  'oidc.notAllowed': ({ email }) => [
    `${email} steht nicht auf der Liste derer, die sich hier anmelden dürfen.`,
    notSignedIn,
    'Melden Sie sich mit einem anderen Konto an, oder bitten Sie den Besitzer, diese Adresse aufzunehmen (Einstellungen, Anmeldung).',
  ],
  'oidc.notConfigured': [
    'Hier ist kein Identitätsanbieter eingerichtet.',
    notSignedIn,
    'Gehen Sie zur Anmeldeseite zurück: Sie zeigt die eingerichteten Wege.',
  ],
  'oidc.tooManyVisits': [
    'Von dieser Adresse wurden zu viele Anmeldungen über den Identitätsanbieter begonnen.',
    notSignedIn,
    'Warten Sie eine Minute, dann beginnen Sie noch einmal; oder melden Sie sich anders an.',
  ],
  'oidc.secretNotHere': [
    'Das Client-Geheimnis des Identitätsanbieters wurde vom Fenster der App im Schlüsselbund des Systems hinterlegt, der sich von hier nicht öffnen lässt.',
    'Niemand kann sich hier über den Identitätsanbieter anmelden; andere Wege sind nicht betroffen.',
    'Verwenden Sie Quarterdeck mit seinem Fenster, oder hinterlegen Sie das Client-Geheimnis hier noch einmal.',
  ],
};
