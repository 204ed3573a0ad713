import type { SessionSentences } from '../../../../main/protocol/sentences/sessions.ts';
import type { SaidOf } from '../../said.ts';

const unchanged = 'Es wurde nichts geändert.';
const notSent = 'Ihre Nachricht wurde nicht gesendet.';
const noSession = 'Es wurde keine Sitzung geöffnet.';
const notResumed = 'Das Ziel wurde nicht fortgesetzt.';
const noGoalSet = 'Es wurde kein Ziel gesetzt.';
const kept = { set: noGoalSet, limits: 'Die Grenzen wurden nicht geändert.', resume: notResumed };
const stopFirst = 'Halten Sie den laufenden Zug an oder warten Sie sein Ende ab, dann versuchen Sie es noch einmal.';
const lookAgain = 'Sehen Sie noch einmal in der Liste nach.';
const otherAgent = 'Wählen Sie für diese Sitzung einen anderen Agenten.';
const archived = 'Diese Sitzung ist archiviert.';
const noGoal = 'Diese Sitzung hat kein Ziel.';
const cannotGoal = 'Dieser Agent kann kein Ziel verfolgen.';
const workStands = 'Was bis dahin angekommen war, steht oben; Änderungen des Agenten an Dateien bleiben.';
const aheadOrNone = 'Wählen Sie einen Zeitpunkt, der noch kommt, oder keinen.';
const modes: Record<string, string> = {
  full: 'Voller Zugriff',
  'accept-edits': 'Änderungen annehmen',
  ask: 'Fragen',
  plan: 'Planen',
};
const goalStates: Record<string, string> = {
  active: 'wird verfolgt',
  paused: 'ist angehalten',
  complete: 'ist erreicht',
  blocked: 'kommt nicht weiter',
  cancelled: 'ist abgebrochen',
  out_of_budget: 'hat seine Grenze erreicht',
};
const decisions: Record<string, string> = {
  allow_once: 'einmal erlaubt',
  allow_session: 'für die Sitzung erlaubt',
  allow_always: 'immer erlaubt',
  deny: 'abgelehnt',
};
const places: Record<string, string> = {
  window: 'im Fenster',
  browser: 'in einem Browser',
  websocket: 'über den WebSocket',
  http: 'über HTTP',
  cli: 'auf der Kommandozeile',
  app: 'von selbst',
  sealed: 'von einem gekoppelten Gerät',
  ductor: 'über die Ductor-Tür',
  unix: 'über den lokalen Socket',
};
const who = (kind: string, name: string): string =>
  name ? `„${name}“` : kind === 'owner' ? 'Ihnen' : kind === 'rule' ? 'einer Regel' : `einem Client (${kind})`;
const limit = ({ kind, most, spent }: SessionSentences['goal.limit']): string =>
  kind === 'turns'
    ? `Alle ${most} Züge der Grenze sind verbraucht.`
    : kind === 'minutes'
      ? `Die Zeitgrenze von ${most} Minuten ist erreicht.`
      : `Die Grenze von ${most} $ ist erreicht (${spent} $ ausgegeben).`;

export const sessions: SaidOf<SessionSentences> = {
  internal: [
    'In Quarterdeck ist etwas schiefgegangen.',
    'Dies wurde nicht ausgeführt. Alles zuvor Gespeicherte ist sicher.',
    'Versuchen Sie es noch einmal; tritt es wieder auf, melden Sie es bitte mit der Protokolldatei (die Einstellungen zeigen, wo sie liegt).',
  ],
  'app.closing': ['Die App wird gerade beendet.', unchanged, 'Starten Sie sie wieder, dann wiederholen Sie dies.'],
  'app.cannotRestart': [
    'Die App kann sich hier nicht selbst neu starten.',
    'Sie läuft weiter; nichts wurde angehalten.',
    'Starten Sie sie von Hand neu, oder lassen Sie sie unter einem Aufseher laufen (systemd, bei anderen mit QUARTERDECK_SUPERVISED=1).',
  ],
  'command.reusedId': [
    'Diese command_id wurde schon für einen anderen Befehl verwendet.',
    unchanged,
    'Verwenden Sie für jeden neuen Befehl eine neue command_id.',
  ],
  'frame.tooLarge': ({ bytes }) => [
    `Die Sendung ist größer als ${bytes} Bytes.`,
    'Sie wurde nicht gelesen.',
    'Senden Sie weniger auf einmal.',
  ],
  'frame.notJson': [
    'Die Sendung ist kein JSON.',
    'Sie wurde nicht ausgeführt.',
    'Senden Sie je Sendung ein JSON-Objekt.',
  ],
  'frame.invalid': ({ why }) => [
    `Die Sendung wurde nicht verstanden: „${why}“`,
    'Sie wurde nicht ausgeführt.',
    'Laden Sie die Seite neu, falls die App inzwischen aktualisiert wurde; docs/protocol.md nennt alle Sendungen.',
  ],
  'frame.noPart': ({ type }) => [
    `Diese App hat keinen Teil, der „${type}“ beantwortet.`,
    'Nichts wurde gelesen oder geändert.',
    'Fragen Sie die App, die mit Fenster oder als Server läuft.',
  ],
  'reach.wholeMachine': ({ type }) => [
    `„${type}“ betrifft den ganzen Computer, und dieser Zugang ist auf einige Ordner oder Sitzungen beschränkt.`,
    'Es wurde nicht ausgeführt; nichts hat sich geändert.',
    'Verwenden Sie einen unbeschränkten Schlüssel, oder bitten Sie den Besitzer, es im Fenster zu tun.',
  ],
  'reach.noFolder': [
    'In dem Bereich, auf den dieser Zugang beschränkt ist, gibt es keinen solchen Ordner.',
    'Nichts wurde geöffnet, angelegt oder geändert.',
    'Wählen Sie einen Ordner darin, oder bitten Sie den Besitzer, es im Fenster zu tun.',
  ],
  'scope.missing': ({ what, scopes, count }) => [
    `${what} braucht ${count === 1 ? 'die Berechtigung' : 'die Berechtigungen'} ${scopes}; dieser Zugang hat sie nicht.`,
    'Es wurde nicht ausgeführt; nichts hat sich geändert.',
    `Verwenden Sie einen Schlüssel mit ${scopes}, oder bitten Sie den Besitzer, es im Fenster zu tun.`,
  ],
  'list.badCursor': [
    'Diese Stelle der Liste ist nicht bekannt.',
    'Nichts wurde gelesen.',
    'Beginnen Sie wieder mit der ersten Seite.',
  ],
  'link.endedBeforeAnswer': [
    'Die Verbindung endete, bevor die Antwort kam.',
    'Es kann ausgeführt worden sein.',
    'Verbinden Sie sich neu und sehen Sie nach.',
  ],

  'session.mayNotAct': [
    'In dieser Sitzung handelt der Agent, ohne zu fragen; ihm zu sagen, was er tun soll, braucht die Berechtigung approvals:write.',
    'Nichts wurde gesendet oder geändert.',
    'Verwenden Sie einen Schlüssel mit approvals:write, oder bitten Sie den Besitzer, die Sitzung auf „Fragen“ zu stellen.',
  ],
  'session.none': ['Diese Sitzung gibt es nicht.', unchanged, 'Sehen Sie in der Liste der Sitzungen nach.'],
  'session.needsPlace': [
    'Eine neue Sitzung braucht einen Ordner (cwd) und einen Agenten (provider).',
    'Nichts wurde gesendet, und keine Sitzung geöffnet.',
    'Nennen Sie beide, oder die Sitzung (session_id), der die Nachricht gilt.',
  ],
  'session.movedAway': [
    'Diese Sitzung ist in einen Ordner umgezogen, den Ihr Zugang nicht erreicht.',
    'Sie wird nicht weiter verfolgt. Was Sie davon gesehen haben, bleibt Ihnen.',
    'Bitten Sie den Besitzer um Zugang zum neuen Ordner.',
  ],
  'session.unreadable': [
    'Die Aufzeichnung dieser Sitzung konnte nicht von der Festplatte gelesen werden.',
    'Was hier steht, kann unvollständig sein. Auf der Festplatte wurde nichts geändert.',
    'Beenden Sie Quarterdeck und starten Sie es wieder: Es prüft die ganze Datenbank und öffnet die neueste Sicherung, wenn sie beschädigt ist.',
  ],
  'follow.none': [
    'Diese Sitzung gibt es nicht.',
    'Nichts wird verfolgt.',
    'Sehen Sie in der Liste der Sitzungen nach.',
  ],
  'follow.tooMany': ({ most }) => [
    `Eine Verbindung kann ${most} Sitzungen verfolgen.`,
    'Diese Sitzung wird nicht verfolgt.',
    'Schließen Sie zuerst eine andere.',
  ],
  'message.archived': [archived, notSent, 'Holen Sie die Sitzung zurück, dann senden Sie die Nachricht noch einmal.'],
  'message.attachmentGone': ({ name }) => [
    `Die Datei „${name}“ dieser Nachricht ist nicht hier.`,
    notSent,
    'Hängen Sie die Datei wieder an, dann senden Sie die Nachricht noch einmal.',
  ],
  'message.attachmentUnreadable': [
    'Eine Datei zu dieser Nachricht konnte nicht gelesen werden.',
    'Ihre Nachricht und alles bis hierher sind aufbewahrt; sie wurde nicht beantwortet.',
    'Hängen Sie die Datei noch einmal an und senden Sie die Nachricht erneut.',
  ],
  'message.fileGone': ({ name }) => [
    `Die Datei „${name}“ dieser Nachricht liegt nicht mehr im Quarterdeck-Ordner.`,
    'Ihre Nachricht ist aufbewahrt, aber nichts wurde ausgeführt.',
    'Hängen Sie die Datei wieder an und senden Sie die Nachricht noch einmal.',
  ],
  'message.queueFull': ({ most }) => [
    `In dieser Sitzung warten schon ${most} Nachrichten.`,
    notSent,
    'Warten Sie den laufenden Zug ab oder entfernen Sie eine wartende Nachricht, dann senden Sie noch einmal.',
  ],
  'message.tooLarge': ({ bytes }) => [
    `Die Nachricht ist größer als ${bytes} Bytes.`,
    'Sie wurde nicht gesendet; sonst ist nichts betroffen.',
    'Kürzen Sie sie, oder legen Sie den Text als Datei in den Ordner und nennen Sie die Datei.',
  ],
  'queue.gone': [
    'Diese Nachricht wartet nicht mehr.',
    'Sie wurde vorher gesendet oder entfernt.',
    'Der Verlauf zeigt, was gesendet wurde.',
  ],
  'turn.none': ['In dieser Sitzung läuft nichts.', unchanged, 'Senden Sie eine Nachricht, um einen Zug zu beginnen.'],
  'turn.other': [
    'Der Zug, den Sie anhalten wollten, ist zu Ende; jetzt läuft ein anderer.',
    'Der andere wurde nicht angehalten.',
    'Halten Sie ihn an, wenn Sie das wollen.',
  ],
  'turn.ended': [
    'Dieser Zug ist zu Ende.',
    unchanged,
    'Was angekommen war, ist aufbewahrt; senden Sie eine Nachricht wie „weiter“.',
  ],
  'turn.interrupted': ({ how }) => [
    how === 'killed'
      ? 'Die App endete, während dieser Zug lief.'
      : 'Die App wurde geschlossen, während dieser Zug lief.',
    'Was bis dahin angekommen war, steht oben. Nichts wurde noch einmal ausgeführt.',
    'Senden Sie eine Nachricht, um weiterzumachen; der Agent kennt das Gespräch noch.',
  ],
  'turn.stoppedByStorage': ({ full }) => [
    full
      ? 'Die Festplatte mit dem Quarterdeck-Ordner war voll, darum wurde dieser Zug angehalten.'
      : 'Die Datenbank konnte nicht geschrieben werden, darum wurde dieser Zug angehalten.',
    workStands,
    'Senden Sie eine Nachricht wie „weiter“; der Agent kennt das Gespräch noch.',
  ],
  'turn.timeLimit': ({ limit: which, minutes }) => {
    const time = `${String(minutes).replace('.', ',')} ${minutes === 1 ? 'Minute' : 'Minuten'}`;
    return [
      which === 'idle'
        ? `Der Agent gab ${time} lang kein Zeichen, darum wurde dieser Zug angehalten.`
        : `Dieser Zug dauerte länger als ${time} und wurde darum angehalten.`,
      workStands,
      'Senden Sie eine Nachricht wie „weiter“, oder ändern Sie die Zeitgrenzen in den Einstellungen.',
    ];
  },
  'conversation.lost': [
    'Der Agent kennt sein früheres Gespräch nicht mehr.',
    'Dieser Zug wurde nicht wiederholt, weil Teile davon ausgeführt sein können.',
    'Sehen Sie nach, was getan wurde, dann senden Sie Ihre Nachricht noch einmal: Ein neues Gespräch beginnt und erfährt, was geschehen ist.',
  ],
  'move.whileRunning': ['Die Sitzung kann nicht umziehen, während ein Zug läuft.', unchanged, stopFirst],
  'move.archived': [archived, unchanged, 'Holen Sie die Sitzung zurück, dann lassen Sie sie umziehen.'],
  'rewind.whileRunning': [
    'Das Gespräch kann nicht zurückgenommen werden, während ein Zug läuft.',
    unchanged,
    stopFirst,
  ],
  'rewind.noMessage': [
    'An dieser Stelle steht keine Nachricht von Ihnen, oder sie wurde schon zurückgenommen.',
    unchanged,
    'Wählen Sie eine Ihrer Nachrichten im Verlauf.',
  ],
  'takeOver.whileRunning': ['Das Gespräch kann nicht übernommen werden, während ein Zug läuft.', unchanged, stopFirst],
  'takeOver.noConversation': [
    'Hinter dieser Sitzung steht kein Gespräch der CLI.',
    unchanged,
    'Senden Sie eine Nachricht; der Agent beginnt ein neues.',
  ],
  'takeOver.cannotBranch': [
    'Dieser Agent kann sein Gespräch nicht verzweigen.',
    unchanged,
    'Beenden Sie das andere Programm und machen Sie hier weiter, oder verzweigen Sie diese Sitzung.',
  ],
  'fork.nothing': [
    'Vor dieser Stelle steht nichts, womit eine neue Sitzung beginnen könnte.',
    noSession,
    'Wählen Sie eine spätere Nachricht, oder öffnen Sie eine neue Sitzung.',
  ],
  'fork.turnRuns': [
    'Ein Zug läuft, darum kann eine neue Sitzung nicht mit ihm beginnen.',
    noSession,
    'Warten Sie sein Ende ab, halten Sie ihn an, oder wählen Sie eine frühere Nachricht.',
  ],
  'fork.tooFree': ({ name }) => [
    `${name} hat keinen Modus, der so vorsichtig ist wie der gewählte.`,
    noSession,
    'Wählen Sie einen anderen Modus.',
  ],
  'agents.changeWhileRunning': ['Der Agent kann nicht gewechselt werden, während ein Zug läuft.', unchanged, stopFirst],
  'agents.noCarefulMode': ({ name, mode }) => [
    `${name} hat keinen Modus, der so vorsichtig ist wie „${modes[mode] ?? mode}“.`,
    unchanged,
    'Wählen Sie für diese Sitzung zuerst einen anderen Modus, dann wechseln Sie den Agenten.',
  ],
  'agents.unknown': ({ id }) => [
    `Es gibt keinen Agenten namens „${id}“.`,
    unchanged,
    'Wählen Sie einen aus der Liste der Agenten.',
  ],
  'agents.unknownForNew': ({ id, known }) => [
    `Es gibt keinen Agenten namens „${id}“.`,
    noSession,
    `Wählen Sie einen von: ${known}.`,
  ],
  'agents.goneFromSession': ({ id }) => [
    `Den Agenten „${id}“ dieser Sitzung gibt es nicht mehr.`,
    'Ihre Nachricht ist aufbewahrt, aber nichts wurde ausgeführt.',
    'Fügen Sie ihn unter demselben Namen wieder hinzu (Einstellungen, Agenten) oder wählen Sie für diese Sitzung einen anderen, dann senden Sie die Nachricht noch einmal.',
  ],
  'mentions.noPlace': [
    'Weder eine Sitzung noch ein Ordner wurde genannt.',
    'Nach nichts wurde gesucht.',
    'Nennen Sie die Sitzung, oder den Ordner, in dem eine geöffnet werden soll.',
  ],

  'approval.wrongOption': [
    'Der Agent bietet diese Antwort nicht an, oder sie bedeutet etwas anderes.',
    'Die Anfrage wartet noch auf eine Antwort.',
    'Wählen Sie eine der gezeigten Antworten.',
  ],
  'approval.onceOnly': [
    'Diese Anfrage kann nur einmal erlaubt werden.',
    'Sie wartet noch auf eine Antwort.',
    'Wählen Sie „Einmal erlauben“ oder „Ablehnen“.',
  ],
  'approval.none': [
    'In dieser Sitzung gibt es keine solche Anfrage.',
    unchanged,
    'Öffnen Sie die Sitzung neu, um zu sehen, was wartet.',
  ],
  'approval.unknown': [
    'Diese Anfrage gibt es nicht.',
    'Nichts wurde beantwortet.',
    'Sehen Sie in der Liste der Anfragen nach.',
  ],
  'approval.takenBack': [
    'Diese Anfrage wurde vorher zurückgenommen.',
    'Ihre Antwort wurde nicht verwendet.',
    'Fragt der Agent wieder, beantworten Sie jene Anfrage.',
  ],
  'approval.answered': ({ kind, name, via, decision }) => [
    `Diese Anfrage wurde schon beantwortet, von ${who(kind, name)}${kind === 'rule' || kind === 'mode' ? '' : ` ${places[via] ?? via}`}: ${decisions[decision] ?? decision}.`,
    'Die erste Antwort gilt; Ihre wurde nicht verwendet.',
    'Der Verlauf zeigt die Antwort.',
  ],
  'approval.awaited': [
    'Der Agent wartet auf diese Antwort.',
    'Er wartet weiter.',
    'Lehnen Sie die Anfrage stattdessen ab.',
  ],
  'rule.alreadyOver': ['Die Regel wäre zu Ende, bevor sie beginnt.', unchanged, aheadOrNone],
  'rule.another': [
    'Eine frühere Anfrage mit demselben Schlüssel hat eine andere Regel angelegt.',
    'Keine Regel wurde angelegt oder geändert.',
    'Verwenden Sie für eine neue Regel einen neuen Schlüssel.',
  ],
  'rule.none': ['Diese Regel gibt es nicht, oder nicht mehr.', unchanged, lookAgain],
  'rule.noneInSession': [
    'Diese Sitzung hat keine solche Regel, oder sie wurde schon zurückgenommen.',
    unchanged,
    'Dauerhafte Regeln des Ordners stehen in den Einstellungen.',
  ],
  'rule.tooMany': ({ most }) => [
    `Diese Sitzung hat schon ${most} Regeln.`,
    unchanged,
    'Nehmen Sie eine zurück, die nicht mehr gebraucht wird.',
  ],
  'rule.noPattern': [
    'Die Regel sagt nicht, wofür sie gilt.',
    unchanged,
    'Nennen Sie den Befehl, seinen Anfang oder den Ordner.',
  ],
  'rule.notFullPath': ({ pattern }) => [
    `„${pattern}“ ist kein vollständiger Pfad.`,
    unchanged,
    'Schreiben Sie den ganzen Pfad.',
  ],
  'rule.everyProgram': ({ tool }) => [
    `Mit dieser Regel dürfte ${tool} jedes Programm ausführen, ohne zu fragen.`,
    unchanged,
    'Nennen Sie einen Befehl, seinen Anfang oder einen Ordner; oder sagen Sie „unlimited“, was die Berechtigung admin braucht.',
  ],
  'rule.everyFile': [
    'Diese Regel gälte für jede Datei dieses Computers.',
    unchanged,
    'Nennen Sie einen Befehl, seinen Anfang oder einen Ordner; oder sagen Sie „unlimited“, was die Berechtigung admin braucht.',
  ],

  'goal.now': ({ status, objective }) => [
    `Das Ziel ${goalStates[status] ?? status}: ${objective}`,
    unchanged,
    'Schreiben Sie /goal ZIEL, oder /goal pause, /goal resume, /goal clear.',
  ],
  'goal.none': [noGoal, unchanged, 'Setzen Sie eines: /goal ZIEL'],
  'goal.noAttachments': [
    'Ein Ziel nimmt keine Anhänge.',
    noGoalSet,
    'Senden Sie die Dateien zuerst in einer eigenen Nachricht.',
  ],
  'goal.objectiveLong': ({ length, most }) => [
    `Das Ziel hat ${length} Zeichen; höchstens ${most} passen.`,
    noGoalSet,
    'Schreiben Sie die Einzelheiten in eine Datei und nennen Sie sie im Ziel.',
  ],
  'goal.archived': [archived, noGoalSet, 'Holen Sie die Sitzung zurück, dann setzen Sie ihr Ziel.'],
  'goal.impossible': [cannotGoal, noGoalSet, otherAgent],
  'goal.exists': [
    'Diese Sitzung hat schon ein Ziel.',
    noGoalSet,
    'Entfernen Sie es zuerst (/goal clear), dann setzen Sie das neue.',
  ],
  'goal.ended': [
    'Das Ziel ist zu Ende.',
    unchanged,
    'Setzen Sie es fort, oder entfernen Sie es und setzen Sie ein neues.',
  ],
  'goal.over': ['Das Ziel ist zu Ende.', notResumed, 'Setzen Sie ein neues: /goal ZIEL'],
  'goal.archivedNotResumed': [archived, notResumed, 'Holen Sie die Sitzung zurück, dann setzen Sie ihr Ziel fort.'],
  'goal.impossibleNotResumed': [cannotGoal, notResumed, otherAgent],
  'goal.limitReached': (reached) => [limit(reached), notResumed, 'Erhöhen Sie die Grenze, dann setzen Sie es fort.'],
  'goal.mayNotWiden': ({ kept: what }) => [
    'Ein Ziel weiter gehen zu lassen als seine Grenzen oder die der Einstellungen, braucht die Berechtigung approvals:write.',
    kept[what],
    'Lassen Sie die Grenzen, wie sie sind, oder machen Sie sie enger; oder verwenden Sie einen Schlüssel mit approvals:write.',
  ],
  'goal.mayNotAct': [
    'In dieser Sitzung handelt der Agent, ohne zu fragen; ihr Ziel in Gang zu setzen, braucht die Berechtigung approvals:write.',
    notResumed,
    'Verwenden Sie einen Schlüssel mit approvals:write, oder bitten Sie den Besitzer, die Sitzung auf „Fragen“ zu stellen.',
  ],
  'goal.limit': (reached) => [limit(reached)],
  'goal.endedWithApp': [
    'Quarterdeck endete, während das Ziel verfolgt wurde. Alles bis dahin ist aufbewahrt; setzen Sie das Ziel fort, um weiterzumachen.',
  ],
  'goal.reached': ['Der Agent sagt, dass es erreicht ist.'],
  'goal.stuck': ['Der Agent kommt nicht weiter.'],
  'goal.turnFailed': ['Der letzte Zug ist gescheitert.'],
  'goal.turnStopped': ['Der Zug wurde angehalten.'],
  'goal.idle': ({ turns }) => [
    `Kein Fortschritt: In ${turns} Zügen hintereinander hat der Agent nichts getan und nichts gemeldet.`,
  ],
  'goal.sessionArchived': ['Die Sitzung wurde archiviert.'],
  'goal.agentCannot': [cannotGoal],
  'goal.doneBy': ({ what, kind, name }) => [
    `${{ Cleared: 'Entfernt', Paused: 'Angehalten', Stopped: 'Gestoppt' }[what] ?? what} von ${who(kind, name)}.`,
  ],
};
