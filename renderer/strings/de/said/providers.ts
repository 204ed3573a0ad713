import type { AgentParts, ProviderSentences } from '../../../../main/protocol/sentences/providers.ts';
import type { SaidOf } from '../../said.ts';

const lostNothing = 'Ihre Nachricht und alles bis hierher sind aufbewahrt; sie wurde nicht beantwortet.';
const workStands = 'Was bis hierher geschrieben wurde, ist aufbewahrt; Änderungen des Agenten an Dateien bleiben.';
const again = 'senden Sie die Nachricht noch einmal';
const goOn = 'Senden Sie eine Nachricht wie „weiter“.';
const network = 'Prüfen Sie die Netzverbindung und senden Sie die Nachricht noch einmal.';
const unchanged = 'Es wurde nichts geändert.';
const lookAgain = 'Sehen Sie noch einmal in der Liste der Agenten nach.';
const why = (errno: string): string =>
  errno === 'EACCES' || errno === 'EPERM'
    ? 'Sie darf nicht ausgeführt werden'
    : errno === 'ENOENT'
      ? 'Es gibt sie nicht, oder etwas, das sie braucht, fehlt'
      : errno === 'EISDIR'
        ? 'Sie ist keine Datei'
        : 'Das System verweigert es';
const chmod = (path: string) => `Machen Sie sie ausführbar (chmod +x ${path})`;
/** `at`: seconds since 1970. */
const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString('de', { dateStyle: 'medium', timeStyle: 'short' });
type Agent = AgentParts & { name: string };
const install = ({ agent, name, line }: Agent): string =>
  agent === 'gemini'
    ? `Installieren Sie sie (${line}), oder setzen Sie QUARTERDECK_GEMINI_PATH darauf.`
    : `Prüfen Sie den Befehl in den Einstellungen von ${name} („${line}“), oder installieren Sie, was er nennt.`;
const signIn = ({ agent, name, key }: Agent): string =>
  agent === 'gemini'
    ? `Hinterlegen Sie einen API-Schlüssel dafür (oder setzen Sie ${key}, bevor die App startet), oder starten Sie „gemini“ einmal in einem Terminal und melden Sie sich dort an.`
    : `Melden Sie sich mit ${name} in einem Terminal an, wie die Dokumentation es sagt${key ? `, oder hinterlegen Sie einen API-Schlüssel dafür (${key})` : ''}.`;
const tryIt = ({ agent, line }: Agent): string =>
  `„${agent === 'gemini' ? 'gemini' : line}“ in einem Terminal im selben Ordner zeigt die eigenen Meldungen.`;

export const providers: SaidOf<ProviderSentences> = {
  'cli.notInstalled': ({ name, command, variable }) => [
    `${name} wurde auf diesem Computer nicht gefunden.`,
    lostNothing,
    `Installieren Sie es (${command}) oder setzen Sie ${variable} darauf, dann ${again}.`,
  ],
  'cli.notUsable': ({ name, path, errno, variable }) => [
    `${name} konnte nicht gestartet werden: ${path}. ${why(errno)}.`,
    lostNothing,
    errno === 'EACCES'
      ? `${chmod(path)} oder installieren Sie ${name} neu, dann ${again}.`
      : `Installieren Sie ${name} neu oder berichtigen Sie ${variable}, dann ${again}.`,
  ],
  'cli.ended': ({ name, how, understood, command }) =>
    understood
      ? [
          `${name} endete mitten in der Arbeit (${how}).`,
          workStands,
          'Senden Sie eine Nachricht wie „weiter“: Das Gespräch wird dort aufgenommen, wo es stehen blieb.',
        ]
      : [
          `${name} endete sofort (${how}).`,
          lostNothing,
          `Die Einzelheiten stehen unten; „${command}“ in einem Terminal im selben Ordner zeigt dieselbe Meldung.`,
        ],
  'cli.deaf': ({ name, fresh }) => [
    `${name} las nicht mehr, was ihm gesagt wurde, und wurde beendet.`,
    lostNothing,
    fresh
      ? 'Senden Sie die Nachricht noch einmal; der Agent wird dafür neu gestartet.'
      : 'Senden Sie die Nachricht noch einmal: Das Gespräch wird dort aufgenommen, wo es stehen blieb.',
  ],
  'cli.notUnderstood': ({ name }) => [
    `${name} antwortet so, wie diese Version der App es nicht versteht.`,
    lostNothing,
    `Aktualisieren Sie Quarterdeck; bis dahin installieren Sie eine frühere Version von ${name}.`,
  ],
  'cli.silent': ({ name, minutes }) => [
    `${name} sagte ${minutes} Minuten lang nichts und wurde beendet.`,
    lostNothing,
    network,
  ],
  'cli.folderGone': ({ path }) => [
    `Der Ordner dieser Sitzung lässt sich nicht öffnen: ${path}`,
    lostNothing,
    `Bringen Sie den Ordner (oder seine Rechte) zurück und ${again}, oder beginnen Sie eine Sitzung in einem anderen.`,
  ],
  'cli.lineTooLong': ({ name, megabytes }) => [
    `${name} schrieb eine Zeile von mehr als ${megabytes} MB und wurde beendet.`,
    workStands,
    'Senden Sie eine Nachricht wie „weiter“; war es ein sehr großes Ergebnis eines Werkzeugs, verlangen Sie weniger auf einmal.',
  ],
  'cli.rateLimited': ({ plan, at }) => [
    `${plan ? 'Die Nutzungsgrenze Ihres Tarifs oder Kontos ist erreicht.' : 'Der Modellanbieter begrenzt die Zahl der Anfragen.'}${at ? ` Sie wird am ${moment(at)} zurückgesetzt.` : ''}`,
    workStands,
    at
      ? 'Senden Sie die Nachricht danach noch einmal.'
      : 'Warten Sie einige Minuten und senden Sie die Nachricht noch einmal.',
  ],
  'cli.modelUnknown': [
    'Das für diese Sitzung gewählte Modell gibt es nicht, oder Ihr Konto hat keinen Zugang dazu.',
    lostNothing,
    `Wählen Sie für diese Sitzung ein anderes Modell und ${again}.`,
  ],
  'cli.contextFull': [
    'Das Gespräch ist zu lang für das Modell.',
    workStands,
    `Lassen Sie den früheren Teil mit /compact zusammenfassen oder beginnen Sie eine neue Sitzung, dann ${again}.`,
  ],
  'cli.apiFailed': ({ status }) => [
    status === 0
      ? 'Der Modellanbieter war nicht zu erreichen oder antwortete nicht.'
      : status === 529 || status === 503
        ? `Der Modellanbieter ist überlastet (${status}).`
        : `Der Modellanbieter antwortete mit einem Fehler (${status}).`,
    workStands,
    status === 0
      ? network
      : status === 529 || status === 503
        ? `Warten Sie eine Minute und ${again}, oder wählen Sie ein anderes Modell.`
        : 'Senden Sie die Nachricht gleich noch einmal; unten stehen die eigenen Worte des Anbieters.',
  ],
  'cli.turnFailed': ({ name }) => [
    `${name} beendete den Zug mit einem Fehler.`,
    workStands,
    `Die Einzelheiten stehen unten; ${again}.`,
  ],

  'claude.notItsProtocol': ({ end }) => [
    `Claude Code schrieb etwas, das nicht sein Protokoll ist, und wurde beendet („${end}“).`,
    lostNothing,
    'Führen Sie „claude --version“ in einem Terminal aus: Das gefundene Programm kann ein anderes oder seine Installation defekt sein.',
  ],
  'claude.notSignedIn': ({ command }) => [
    'Claude Code ist nicht angemeldet, oder die Anmeldung gilt nicht mehr.',
    lostNothing,
    `Führen Sie „${command}“ in einem Terminal aus oder hinterlegen Sie einen API-Schlüssel in den Einstellungen (oder berichtigen Sie ANTHROPIC_API_KEY), dann ${again}.`,
  ],
  'claude.tooManySteps': ['Claude Code hörte auf, weil der Zug mehr Schritte brauchte als erlaubt.', workStands, goOn],
  'claude.attachmentRefused': [
    'Der Modellanbieter nahm die Nachricht nicht an: Ein Bild oder eine Datei darin, oder alles zusammen, ist zu groß.',
    lostNothing,
    'Senden Sie sie mit einem kleineren Bild oder einer kleineren Datei, oder lassen Sie den Agenten die Datei aus seinem Ordner lesen.',
  ],
  'claude.noCredit': [
    'Das Konto beim Modellanbieter hat kein Guthaben mehr, oder eine Rechnung ist offen.',
    workStands,
    `Bringen Sie das im Konto in Ordnung (console.anthropic.com bei einem API-Schlüssel) oder melden Sie sich mit einem anderen an, dann ${again}.`,
  ],
  'claude.accountRefused': ({ command }) => [
    'Das Konto, mit dem Claude Code angemeldet ist, darf hierfür nicht verwendet werden.',
    lostNothing,
    `Die Einzelheiten stehen unten; melden Sie sich mit einem anderen Konto an („${command}“ in einem Terminal) oder hinterlegen Sie einen API-Schlüssel in den Einstellungen, dann ${again}.`,
  ],

  'codex.notItsProtocol': ({ how }) => [
    `Codex schrieb etwas, das nicht sein Protokoll ist, und endete (${how}).`,
    lostNothing,
    'Führen Sie „codex --version“ in einem Terminal aus: Das gefundene Programm kann ein anderes oder seine Installation defekt sein.',
  ],
  'codex.keyRefused': ({ command }) => [
    'Codex nahm den API-Schlüssel nicht an, der in dieser App hinterlegt ist.',
    lostNothing,
    `Berichtigen oder entfernen Sie den Schlüssel in den Einstellungen (ohne ihn gilt die Anmeldung von „${command}“), dann ${again}.`,
  ],
  'codex.silent': ({ minutes }) => [
    `Codex sagte ${minutes} Minuten lang nichts und wurde aufgegeben.`,
    lostNothing,
    network,
  ],
  'codex.notSignedIn': ({ command }) => [
    'Codex ist nicht angemeldet, oder die Anmeldung gilt nicht mehr.',
    lostNothing,
    `Führen Sie „${command}“ in einem Terminal aus (oder berichtigen Sie den API-Schlüssel seines Modellanbieters), dann ${again}.`,
  ],
  'codex.cutShort': ['Das Modell beendete seine Antwort, bevor sie vollständig war.', workStands, goOn],
  'codex.sandboxFailed': [
    'Die Sandbox von Codex konnte nicht verwendet werden.',
    workStands,
    'Die Einzelheiten stehen unten; „codex doctor“ in einem Terminal sagt mehr. Voller Zugriff kommt ohne die Sandbox aus.',
  ],
  'codex.requestRefused': [
    'Codex nahm die Nachricht nicht an.',
    lostNothing,
    `Die Einzelheiten stehen unten; ${again}.`,
  ],
  'codex.openElsewhere': [
    'Dieses Gespräch ist in einem anderen Programm offen, das Codex ausführt.',
    lostNothing,
    `Beenden Sie Codex dort und ${again}, oder verzweigen Sie diese Sitzung, um daneben weiterzumachen.`,
  ],

  'gemini.settingsNotWritten': ({ name, folder, code }) => [
    `${name} wurde nicht gestartet: Die Einstellungen dieser App dafür konnten nicht in ${folder} geschrieben werden (${code}).`,
    lostNothing,
    `Schaffen Sie Platz auf der Festplatte oder machen Sie den Ordner wieder beschreibbar, dann ${again}.`,
  ],

  'acp.notFound': (p) => [
    `${p.name} wurde auf diesem Computer nicht gefunden.`,
    lostNothing,
    `${install(p)} Dann ${again}.`,
  ],
  'acp.notUsable': (p) => [
    `${p.name} konnte nicht gestartet werden: ${p.path}. ${why(p.errno)}.`,
    lostNothing,
    p.errno === 'EACCES' ? `${chmod(p.path)} und ${again}.` : `${install(p)} Dann ${again}.`,
  ],
  'acp.notItsProtocol': (p) => [
    `${p.name} schrieb etwas, das nicht das Agent Client Protocol ist, und endete (${p.how}).`,
    lostNothing,
    `Prüfen Sie den Befehl: Das Programm kann ein anderes sein, oder es braucht eine Option für das Protokoll. ${tryIt(p)}`,
  ],
  'acp.ended': (p) =>
    p.understood
      ? [
          `${p.name} endete mitten in der Arbeit (${p.how}).`,
          workStands,
          'Senden Sie eine Nachricht wie „weiter“; der Agent wird dafür neu gestartet.',
        ]
      : [`${p.name} endete sofort (${p.how}).`, lostNothing, `Die Einzelheiten stehen unten. ${tryIt(p)}`],
  'acp.notUnderstood': (p) => [
    `${p.name} antwortet so, wie diese Version der App es nicht versteht.`,
    lostNothing,
    `Prüfen Sie, ob der Befehl das Agent Client Protocol (Version 1) spricht, oder aktualisieren Sie Quarterdeck. ${tryIt(p)}`,
  ],
  'acp.noHandshake': (p) => [
    `${p.name} wurde gestartet, war aber nach ${p.seconds} s nicht bereit.`,
    lostNothing,
    `Senden Sie die Nachricht noch einmal; bleibt es so, sehen Sie nach, worauf er wartet. ${tryIt(p)}`,
  ],
  'acp.notSignedIn': (p) => [
    `${p.name} ist nicht angemeldet, oder die Anmeldung gilt nicht mehr.`,
    lostNothing,
    `${signIn(p)} Dann ${again}.`,
  ],
  'acp.rateLimited': [
    'Der Modellanbieter begrenzt die Zahl der Anfragen, oder der Tarif ist aufgebraucht.',
    workStands,
    `Warten Sie einige Minuten und ${again}, oder wählen Sie ein anderes Modell.`,
  ],
  'acp.apiFailed': ({ status }) => [
    `Der Modellanbieter antwortete mit einem Fehler (${status}), oder die Verbindung zu ihm brach ab.`,
    workStands,
    'Senden Sie die Nachricht gleich noch einmal; unten stehen die eigenen Worte des Anbieters.',
  ],
  'acp.emptyAnswer': ({ name }) => [
    `${name} beendete den Zug ohne Antwort.`,
    'Das Modell lehnte ab, erreichte seine Längengrenze, oder die Antwort ging unterwegs verloren; der Agent sagt nicht, was davon.',
    'Senden Sie die Nachricht noch einmal; bleibt es so, fragen Sie in anderen Worten, verlangen Sie weniger auf einmal, oder wählen Sie ein anderes Modell.',
  ],
  'acp.refused': ({ name }) => [
    `${name} lehnte es ab, damit weiterzumachen.`,
    'Was bis hierher geschrieben wurde, ist aufbewahrt; im nächsten Zug beachtet der Agent diese Nachricht nicht.',
    'Fragen Sie in anderen Worten, oder lassen Sie weg, was er abgelehnt haben mag.',
  ],
  'acp.tooLong': ({ name }) => [
    `${name} hörte auf, weil die Antwort oder das ganze Gespräch die Längengrenze des Modells erreichte.`,
    workStands,
    'Senden Sie eine Nachricht wie „weiter“; endet das ebenso, beginnen Sie eine neue Sitzung: Diese ist voll.',
  ],
  'acp.contextFull': ({ name }) => [
    `Dieses Gespräch passt nicht mehr in das Modell von ${name}.`,
    workStands,
    'Schaffen Sie Platz mit dem Befehl des Agenten dafür (etwa /compact), wo er einen hat, wählen Sie ein Modell mit größerem Kontext, oder machen Sie in einer neuen Sitzung weiter.',
  ],
  'acp.tooManySteps': ({ name }) => [
    `${name} hörte von selbst auf: Der Zug brauchte mehr Schritte als erlaubt, oder er wiederholte sich.`,
    workStands,
    'Senden Sie eine Nachricht wie „weiter“, oder sagen Sie, was er anders machen soll.',
  ],
  'acp.modeImpossible': ({ name, mode, why: reason }) => [
    `${name} kann in dem gewählten Berechtigungsmodus (${mode}) nicht arbeiten („${reason}“).`,
    'Ihre Nachricht ist aufbewahrt; nichts wurde ausgeführt, weil der Agent mehr tun könnte, als der Modus erlaubt.',
    `Wählen Sie für diese Sitzung einen anderen Berechtigungsmodus und ${again}.`,
  ],

  'guide.defect': [
    'Der eingebaute Begleiter stieß auf einen eigenen Fehler.',
    'Dieser Zug endete früher; was vorher getan wurde, steht oben.',
    'Sagen Sie es noch einmal, oder in anderen Worten. Tritt es wieder auf, melden Sie es mit den Einzelheiten unten.',
  ],
  'guide.folderGone': ({ path }) => [
    `Der Ordner dieser Sitzung lässt sich nicht öffnen: ${path}`,
    'Ihre Nachricht und alles bis hierher sind aufbewahrt; nichts wurde getan.',
    `Bringen Sie den Ordner (oder seine Rechte) zurück und ${again}, oder beginnen Sie eine Sitzung in einem anderen.`,
  ],
  'guide.failed': [
    'Der eingebaute Begleiter beendete diesen Zug mit einem Fehler, weil Sie darum gebeten haben.',
    'Es wurde nichts geändert. Was vor dem Fehler gesagt wurde, ist aufbewahrt.',
    'Senden Sie eine weitere Nachricht, um weiterzumachen.',
  ],

  'hint.noAnswer': ({ name, path, why: words, variable }) => [
    `${path} antwortet nicht wie ${name} („${words}“).`,
    '',
    `Installieren Sie ${name} neu, oder setzen Sie ${variable} auf das richtige Programm.`,
  ],
  'hint.tooOld': ({ name, version, oldest }) => [
    `${name} ${version} ist älter als ${oldest}, die älteste Version, mit der diese App arbeitet.`,
    '',
    'Aktualisieren Sie es.',
  ],
  'hint.notSignedIn': ({ name }) => [
    `${name} ist installiert, aber nicht angemeldet.`,
    '',
    'Melden Sie sich in einem Terminal damit an, oder hinterlegen Sie in den Einstellungen einen API-Schlüssel dafür.',
  ],
  'hint.noCredential': (p) => [`${p.name} ist installiert, hat aber keine Zugangsdaten.`, '', signIn(p)],
  'hint.lookFailed': ({ name, why: words }) => [
    `Die Suche nach ${name} ist gescheitert („${words}“).`,
    '',
    'Suchen Sie noch einmal; bleibt es so, melden Sie es.',
  ],
  'next.pressInstall': [
    'Drücken Sie „Installieren“ oder führen Sie den Befehl unten aus, dann suchen Sie noch einmal.',
  ],
  'next.reinstall': ({ name, path, errno, variable }) => [
    errno === 'EACCES'
      ? `${chmod(path)} oder installieren Sie ${name} neu, dann suchen Sie noch einmal.`
      : `Installieren Sie ${name} neu oder berichtigen Sie ${variable}, dann suchen Sie noch einmal.`,
  ],
  'next.agentCommand': (p) => [
    `${p.errno === 'EACCES' ? `${chmod(p.path)}.` : install(p)} Dann suchen Sie noch einmal.`,
  ],

  'check.notStarted': ({ name }) => [`${name} konnte nicht gestartet werden.`],
  'check.noSession': ({ name }) => [`${name} wurde gestartet, öffnet aber keine Sitzung.`],
  'next.installAgent': (p) => [install(p)],
  'next.signInAgent': (p) => [`${signIn(p)} Hinzufügen lässt er sich schon vorher.`],
  'next.protocolOption': (p) => [
    `Prüfen Sie, ob der Befehl das Agent Client Protocol spricht: Viele Programme brauchen dafür eine Option wie „acp“ oder „--acp“. ${tryIt(p)}`,
  ],
  'next.lookAtOutput': (p) => [`Sehen Sie nach, was er ausgegeben hat. ${tryIt(p)}`],

  'agents.noFolder': ({ name, folder }) => [
    `${name} wurde nicht gestartet: In ${folder} ließ sich kein leerer Ordner dafür anlegen.`,
    '',
    'Schaffen Sie Platz auf der Festplatte oder machen Sie den Ordner beschreibbar, dann versuchen Sie es noch einmal. Hinzufügen lässt sich der Agent schon vorher.',
  ],
  'agents.gone': [
    'Diesen Agenten gibt es nicht, oder nicht mehr.',
    unchanged,
    'Sehen Sie noch einmal in der Liste nach.',
  ],
  'agents.nameTaken': ({ id }) => [
    `Der Name „${id}“ gehört einem Agenten, der mit der App kommt.`,
    unchanged,
    'Wählen Sie einen anderen Namen.',
  ],
  'keys.notTaken': ({ name }) => [
    `${name} nimmt keinen API-Schlüssel von der App an.`,
    'Nichts wurde hinterlegt.',
    'Melden Sie sich in einem Terminal damit an.',
  ],
  'keys.notAKey': ({ name }) => [
    `Das ist kein API-Schlüssel für ${name}: Es enthält Leerzeichen, Zeilenumbrüche oder Zeichen, die kein Schlüssel hat.`,
    'Nichts wurde hinterlegt.',
    'Kopieren Sie den Schlüssel noch einmal, nur den Schlüssel selbst.',
  ],
  'keys.none': [
    'Für diesen Agenten ist kein API-Schlüssel hinterlegt, oder er wurde schon entfernt.',
    unchanged,
    lookAgain,
  ],
  'keys.notHere': ({ box }) => [
    box === 'keychain'
      ? 'Der API-Schlüssel für diesen Anbieter wurde vom Fenster der App im Schlüsselbund des Systems hinterlegt, der sich von hier nicht öffnen lässt.'
      : `Der API-Schlüssel für diesen Anbieter wurde von einer anderen Version von Quarterdeck hinterlegt (${box}).`,
    'Er ist aufbewahrt, aber die CLI bekommt ihn hier nicht.',
    'Verwenden Sie Quarterdeck mit seinem Fenster, oder hinterlegen Sie den API-Schlüssel hier noch einmal.',
  ],
  'keys.unreadable': ({ reason, path }) => [
    `Der hinterlegte API-Schlüssel lässt sich nicht lesen: ${reason === 'gone' ? `Die Schlüsseldatei ${path} ist weg.` : reason === 'damaged' ? 'Er ist beschädigt.' : `Er wurde mit einem anderen Schlüssel als dem in ${path} verschlossen, oder er ist beschädigt.`}`,
    'Er bleibt, wie er ist, aber die CLI bekommt ihn nicht.',
    'Bringen Sie die Schlüsseldatei zurück, oder hinterlegen Sie den API-Schlüssel noch einmal.',
  ],
  'keys.keychainRefused': ({ how }) => [
    how === 'not_taken'
      ? 'Der Schlüsselbund des Systems nahm den API-Schlüssel nicht an.'
      : how === 'other'
        ? 'Der Schlüsselbund des Systems gab etwas anderes zurück als den API-Schlüssel.'
        : 'Der Schlüsselbund des Systems gab den API-Schlüssel nicht zurück.',
    'Was hinterlegt ist, bleibt, wie es ist, aber die CLI bekommt den Schlüssel nicht.',
    'Entsperren Sie den Schlüsselbund und versuchen Sie es noch einmal, oder hinterlegen Sie den API-Schlüssel neu.',
  ],
  'keys.file': ({ path, what }) => [
    `Mit der Datei ${path}, die hinterlegte API-Schlüssel verschließt, stimmt etwas nicht: ${{ unreadable: 'Sie lässt sich nicht lesen', link: 'Sie ist eine Verknüpfung', no_file: 'Sie ist keine Datei', foreign: 'Sie gehört einem anderen Benutzer', no_key: 'Sie enthält keinen Schlüssel', unwritable: 'Sie ließ sich nicht schreiben' }[what] ?? what}.`,
    'Hinterlegte API-Schlüssel lassen sich bis zur Lösung nicht verwenden. Nichts wurde gelöscht.',
    'Bringen Sie die Datei zurück, wie sie war (0600, Ihre eigene). Ist sie verloren, löschen Sie sie und hinterlegen Sie die API-Schlüssel noch einmal.',
  ],
  'install.notOnNpm': ({ name }) => [
    `${name} lässt sich von hier nicht installieren: Es kommt nicht von npm.`,
    unchanged,
    'Installieren Sie es, wie seine Dokumentation es sagt, dann suchen Sie noch einmal.',
  ],
  'install.noJob': [
    'Diesen Auftrag gibt es nicht (mehr): Nur die letzten bleiben, und keiner über einen Neustart.',
    unchanged,
    'Sehen Sie in der Liste der Agenten nach: Sie sagt, was installiert ist.',
  ],
  'signIn.noCommand': ({ name }) => [
    `${name} hat keinen Befehl zum Anmelden.`,
    unchanged,
    'Melden Sie sich an, wie die Dokumentation es sagt, dann suchen Sie noch einmal.',
  ],
  'terminal.none': ({ command }) => [
    'Auf diesem Computer wurde kein Terminalprogramm gefunden.',
    'Nichts wurde ausgeführt.',
    `Öffnen Sie selbst ein Terminal und führen Sie aus: ${command}`,
  ],
  'terminal.noScript': ({ file, command }) => [
    `${file}, das im Terminal laufen sollte, ließ sich nicht schreiben.`,
    'Nichts wurde ausgeführt.',
    `Öffnen Sie selbst ein Terminal und führen Sie aus: ${command}`,
  ],
  'terminal.noScreen': ({ command }) => [
    'Ein Terminalfenster kann nur die App mit Fenster öffnen; diese läuft ohne.',
    'Nichts wurde ausgeführt.',
    `Führen Sie dies in einem Terminal auf dem Computer aus, auf dem Quarterdeck läuft: ${command}`,
  ],
};
