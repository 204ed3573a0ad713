import type { GuideWords } from './index.ts';

const lines = (count: number): string => `${count} ${count === 1 ? 'Zeile' : 'Zeilen'}`;
const files = (count: number): string => `${count} ${count === 1 ? 'Datei' : 'Dateien'}`;
const answered = (message: string): string => (message ? ` Sie haben geschrieben: „${message}“` : '');

const introduction =
  'Ich bin die **eingebaute Führung von Quarterdeck**. Ich bin ein kleines Programm, kein Sprachmodell: Ich verstehe einige einfache Befehle und sonst nichts. ' +
  'Was ich damit tue, ist aber echt: Dateien und Befehle sind die dieses Ordners, und um Erlaubnis frage ich wirklich.';

const commandTable = `| Schreiben Sie | und ich werde |
| --- | --- |
| \`list\` oder \`list ORDNER\` | zeigen, was im Ordner liegt |
| \`read DATEI\` | eine Datei öffnen |
| \`search TEXT\` | in allen Dateien nach Text suchen |
| \`write DATEI: Text\` | eine Datei anlegen oder ersetzen (fragt vorher) |
| \`edit DATEI: replace A with B\` | eine Datei ändern (fragt vorher) |
| \`delete DATEI\` | eine Datei löschen (fragt vorher) |
| \`run BEFEHL\` | einen Befehl in diesem Ordner ausführen (fragt vorher) |
| \`plan\`, \`think\`, \`ask me\` | einen Plan, einen Gedankengang, eine Frage mit Auswahl zeigen |
| \`count to 50 slowly\` | Ihnen Zeit geben, **Anhalten** zu drücken oder eine Nachricht einzureihen |
| \`big output\`, \`fail\` | eine sehr lange Ausgabe zeigen, und wie ein Fehler aussieht |
| ein Bild oder eine Datei mit Ihrer Nachricht | sagen, was angekommen ist |
| \`tour\` | Sie durch all das führen, eins nach dem anderen |`;

export const de: GuideWords = {
  help: `${introduction}\n\n${commandTable}\n\nUm mit einem echten Agenten zu arbeiten, wählen Sie beim Öffnen einer Sitzung einen anderen Anbieter.`,
  hello: `Guten Tag. ${introduction}\n\nSchreiben Sie \`tour\`, um jeden Teil der App bei der Arbeit zu sehen, oder \`help\` für alles, was ich verstehe.`,
  told: (characters) =>
    `Der Führung wurde berichtet, was bisher in dieser Sitzung geschah (${characters} Zeichen). Sie merkt sich nichts und macht davon keinen Gebrauch; ein echter Agent täte es.`,
  unknown: (words) => `Ich verstehe „${words}“ nicht. ${introduction}\n\nDas hier verstehe ich:\n\n${commandTable}`,
  incomplete: (verb, usage) => `Zu „${verb}“ fehlt noch etwas. Schreiben Sie es so: \`${usage}\``,
  whereabouts: (resumed) =>
    `${
      resumed
        ? 'Diese Sitzung wurde unter ihrer alten Kennung wieder aufgenommen: Die App wurde neu gestartet, oder ich habe zwischendurch geruht.'
        : 'Diese Sitzung ist bei mir, seit die App gestartet wurde.'
    } Ich merke mir nicht, was gesagt wurde, und brauche es auch nicht: Jeder meiner Befehle steht für sich. Das Gespräch oben bewahrt Quarterdeck in seinem eigenen Protokoll auf diesem Computer auf, und Ihre Dateien sind, wo sie waren.`,
  usages: {
    read: 'read DATEI',
    search: 'search TEXT',
    write: 'write DATEI: Text',
    edit: 'edit DATEI: replace A with B',
    delete: 'delete DATEI',
    run: 'run BEFEHL',
  },
  bytes: (count) => `${count} Byte`,

  wouldDo: (steps) =>
    `Diese Sitzung ist im **Planmodus**, also wird nichts geändert und nichts ausgeführt. Ich würde:\n\n${steps}\n\nWechseln Sie den Modus und schreiben Sie es noch einmal, damit es geschieht.`,
  planSteps: ['Sagen, was ein Plan ist', 'Diesen Schritt abhaken', 'Fertig werden'],
  planBegins:
    'Ein Agent mit einer längeren Aufgabe schreibt zuerst seine Schritte auf. Sie sehen sie als Liste, die immer auf dem neuesten Stand ist.',
  planEnds: 'Alle Schritte sind erledigt. Ein echter Agent hätte dazwischen gearbeitet.',

  thinking: (about) =>
    `Ich soll ${about ? `über ${about} ` : ''}nachdenken. Ehrlich gesagt kann ich das nicht: Ich folge nur einem Drehbuch. Dieser Block zeigt, wo die Überlegungen eines Agenten erscheinen. Er klappt zu, wenn er fertig ist, und bleibt im Protokoll.`,
  thought: (about) =>
    `Ich denke nicht wirklich${about ? ` über ${about} nach, und auch über nichts anderes` : ' nach'}, aber oben können Sie die Stelle aufklappen, an der die Überlegungen eines Agenten stehen.`,

  askThought: 'Ich stelle Ihnen gleich eine Frage, wie es Agenten tun, wenn sie eine Entscheidung brauchen.',
  askQuestion: 'Worüber möchten Sie mehr erfahren?',
  askHeader: 'Thema',
  topics: [
    {
      label: 'Erlaubnisse',
      description: 'Was ohne Nachfrage laufen darf',
      told: '**Erlaubnisse.** Im Modus *Fragen* wartet jede Änderung und jeder Befehl auf Sie. *Änderungen erlauben* lässt Dateien im Ordner ändern, *Nur planen* ändert nichts, *Voller Zugriff* fragt nie. Eine Anfrage wartet, so lange Sie brauchen, auch über einen Neustart.',
    },
    {
      label: 'Das Protokoll',
      description: 'Was aufbewahrt wird, und wo',
      told: '**Das Protokoll.** Jede Nachricht, jeder Werkzeugaufruf und jede Antwort ist ein Eintrag in einer Datenbank auf diesem Computer, jeder mit dem vorigen verkettet, sodass ein verändertes Byte auffällt. `quarterdeck verify` prüft es.',
    },
    {
      label: 'Andere Geräte',
      description: 'An einem anderen Bildschirm weitermachen',
      told: '**Andere Geräte.** Ein Zug gehört zu seiner Sitzung, nicht zu einem Fenster: Schließen Sie es, öffnen Sie die Sitzung anderswo, und Sie bekommen genau das, was Sie verpasst haben.',
    },
  ],
  notChosen: (message) => `Sie haben nichts gewählt. Das ist in Ordnung.${answered(message)}`,
  notAnswered: 'Nicht beantwortet.',
  otherTopic: (answer, topics) =>
    `Ihre Antwort war ${answer || '`nichts`'}. Dazu kann ich nichts erzählen: Meine Themen sind ${topics.join(', ')}.`,

  failing: 'Wie gewünscht endet dieser Zug gleich mit einem Fehler.',

  linesThought: (count) => `Ich gebe gleich ${lines(count)} aus, damit Sie sehen, wie eine lange Ausgabe gezeigt wird.`,
  linesTitle: lines,
  linesDone: (count) =>
    `Das waren ${lines(count)}. Eine lange Ausgabe wird eingeklappt; von einer sehr langen fehlt die Mitte, und die Karte sagt, wie viel.`,

  thisFolder: 'diesem Ordner',
  listThought: (name) =>
    `Ich liste gleich auf, was in ${name ?? 'dem Ordner dieser Sitzung'} liegt. Das ändert nichts.`,
  andMore: (count) => `… und ${count} weitere`,
  andMoreAbove: (count) => `… und ${count} weitere (die Karte oben hat die ganze Liste)`,
  kinds: { link: 'Verknüpfung', other: 'anderes' },
  nothingIn: (where) =>
    `In ${where} liegt noch nichts. Schreiben Sie \`write hallo.txt: Hallo\`, um etwas hineinzulegen.`,
  holds: (where, folders, count) => `In ${where} liegen **${folders} Ordner** und **${files(count)}**:`,
  readHint: (path) => `Schreiben Sie \`read ${path}\`, um eine zu öffnen.`,

  readThought: (name) => `Ich lese gleich ${name}. Das ändert nichts.`,
  empty: (name) => `${name} ist leer.`,
  hasLines: (name, count, size) => `${name} hat ${lines(count)} (${size}).`,
  isCut: (name, size, read) => `${name} hat ${size}; gelesen habe ich die ersten ${read}.`,
  says: 'Darin steht:',
  begins: 'Der Anfang:',
  inAll: (size) => `(insgesamt ${size})`,

  searchThought: (text, name) =>
    `Ich suche gleich nach „${text}“ in den Dateien von ${name ?? 'diesem Ordner'}. Das ändert nichts.`,
  searched: (count, complete) =>
    `Durchsucht habe ich ${files(count)}${complete ? '' : ' und dann aufgehört, weil es so viel ist'}.`,
  nowhere: (text, where, searched) =>
    `„${text}“ kommt in ${where} nirgends vor. ${searched} (\`.git\`, \`node_modules\` und Dateien, die kein Text sind, lasse ich aus.)`,
  found: (text, count, inFiles, searched) =>
    `„${text}“ steht in **${lines(count)}** von **${files(inFiles)}**. ${searched}`,
  restAbove: 'Den Rest hat die Karte oben.',
  noMatch: 'Kein Treffer.',

  showDifference: 'Ihnen den genauen Unterschied zeigen',
  makeChange: 'Die Änderung vornehmen',
  aboutTo: (step) => `Als Nächstes: ${step}.`,
  writeStep: (characters, name) => `${characters} Zeichen in ${name} schreiben`,
  editStep: (from, to, name) => `„${from}“ durch „${to}“ ersetzen, in ${name}`,
  deleteStep: (name) => `${name} löschen`,
  consentToChange: 'Die Führung ändert Dateien nur mit Ihrer Zustimmung.',
  consentToRun: 'Die Führung führt Befehle nur mit Ihrer Zustimmung aus.',
  notAllowed: 'Nicht erlaubt.',
  leftAlone: (name, message) => `${name} habe ich nicht angerührt, weil es nicht erlaubt wurde.${answered(message)}`,
  leftAlonePlan: (name) => `${name} habe ich nicht angerührt: Die Sitzung wurde in den Planmodus geschaltet.`,
  switchedToPlan: 'Die Sitzung wurde in den Planmodus geschaltet.',
  created: (name, added) => `${name} ist angelegt (${lines(added)} hinzugefügt).`,
  replaced: (name, added, removed) =>
    `Der Text von ${name} ist ersetzt (${lines(added)} hinzugefügt${removed > 0 ? `, ${removed} entfernt` : ''}).`,
  edited: (name, added, removed) => `${name} ist geändert: ${lines(added)} hinzugefügt, ${removed} entfernt.`,
  deleted: (name, count) => `${name} ist gelöscht (${lines(count)}).`,
  defaultText: 'Geschrieben von der eingebauten Führung von Quarterdeck.\n',

  runStep: (command) => `${command} in diesem Ordner ausführen`,
  showOutput: 'Ihnen die Ausgabe zeigen und wie der Befehl endete',
  runThought:
    'Ich führe gleich einen Befehl in diesem Ordner aus. Er kann alles, was auch Sie hier können; sehen Sie ihn sich also vorher an.',
  notRun: (command, message) =>
    `${command} habe ich nicht ausgeführt, weil es nicht erlaubt wurde.${answered(message)}`,
  notRunPlan: (command) => `${command} habe ich nicht ausgeführt: Die Sitzung wurde in den Planmodus geschaltet.`,
  couldNotRun: (command, why) => `${command} konnte ich nicht ausführen: ${why}`,
  endedWell: (command) => `${command} endete gut (Exit-Code 0).`,
  endedWith: (command, code) => `${command} endete mit **Exit-Code ${code}**.`,
  endedBy: (command, signal) => `${command} wurde durch das Signal ${signal} beendet.`,
  saidNothing: 'Es gab keine Ausgabe.',
  lastWords: 'Die letzten Zeilen:',
  notStarted: (code) =>
    code === 'ENOENT'
      ? 'Der Ordner dieser Sitzung oder die Shell ist nicht mehr da.'
      : code === 'EACCES'
        ? 'Dieser Benutzer darf den Ordner dieser Sitzung nicht betreten.'
        : code === 'E2BIG'
          ? 'Er ist zu lang für das System.'
          : `Das System hat ihn nicht gestartet (${code}).`,

  pixels: (width, height) => `${width} × ${height} Pixel`,
  picture: 'ein Bild',
  notText: 'kein Text',
  textOf: (count, more) => `Text, ${more ? 'mehr als ' : ''}${lines(count)}`,
  cannotOpen: (why) => `lässt sich nicht öffnen (${why})`,
  attached: (count, rows) =>
    `Mit Ihrer Nachricht ${count === 1 ? 'kam' : 'kamen'} ${files(count)}:\n\n| Name | Typ | Größe | Was ich sagen kann |\n| --- | --- | --- | --- |\n${rows}\n\nIch bin kein Sprachmodell und kann Bilder nicht ansehen. Ein echter Agent bekommt dieselben Dateien.`,

  goalStep: (step, of) => `Schritt ${step} von ${of}`,
  goalUnknown: (place, step) =>
    `${place} lautet „${step}“. Die eingebaute Führung ist kein Sprachmodell: Jede Zeile eines Ziels muss etwas sein, das sie kennt, z. B. „write a.txt: ein Text“ oder „run ls“.`,
  goalRefused: (place, step) => `${place}, „${step}“, wurde nicht erlaubt.`,
  goalDone: (steps) => (steps === 1 ? 'Der Schritt ist erledigt.' : `Alle ${steps} Schritte sind erledigt.`),

  tour: {
    thought: 'Ich führe Sie gleich durch die App. Der Plan unten zeigt, wo wir sind. Jeder Schritt geschieht wirklich.',
    welcome: (steps) =>
      `Willkommen. Dieser Rundgang hat ${steps} Schritte. Wo etwas geändert oder ausgeführt würde, werden Sie vorher gefragt: Sehen Sie sich die Karte an und antworten Sie, wie Sie möchten. **Esc** hält jederzeit an.`,
    look: 'Den Ordner ansehen',
    ask: 'Ihnen eine Frage stellen',
    write: (file) => `${file} schreiben`,
    change: 'Ein Wort darin ändern',
    search: 'Nach diesem Wort suchen',
    run: 'Einen Befehl ausführen',
    delete: (file) => `${file} wieder löschen`,
    notNow: (step) => `*${step}*: jetzt nicht, denn diese Sitzung ist im Planmodus.`,
    end: 'Das war der Rundgang. Sie haben Überlegungen, einen Plan, Werkzeugkarten, eine Frage, Bitten um Erlaubnis, einen Unterschied und die Ausgabe eines Befehls gesehen. Probieren Sie es nun selbst: `help` zeigt, was ich verstehe, und ein echter Agent ist nur eine *Neue Sitzung* entfernt.',
    file: '# Eine Datei des Rundgangs\n\nDas Wetter ist gut.\n',
    from: 'gut',
    to: 'herrlich',
    hello: 'Hallo von einem echten Befehl',
  },

  refusals: {
    control: 'Dieser Pfad enthält ein Steuerzeichen. Solche Dateien rühre ich nicht an.',
    long: 'Dieser Pfad ist zu lang.',
    device: (name) => `„${name}“ ist der Name eines Geräts, nicht einer Datei.`,
    outside: (name, root) =>
      `„${name}“ liegt außerhalb des Ordners dieser Sitzung (${root}). Ich rühre nur an, was darin liegt.`,
    missing: (name) => `In diesem Ordner gibt es kein „${name}“.`,
    denied: (name) => `Ich darf „${name}“ nicht öffnen: Die Rechte lassen diesen Benutzer nicht zu.`,
    forbidden: (name) => `Das System erlaubt das für „${name}“ nicht.`,
    folder: (name) => `„${name}“ ist ein Ordner, keine Datei.`,
    folderToList: (name) => `„${name}“ ist ein Ordner. Schreiben Sie \`list ${name}\`, um zu sehen, was darin liegt.`,
    partIsFile: (name) => `Ein Teil von „${name}“ ist eine Datei, kein Ordner.`,
    diskFull: (name) =>
      `Die Festplatte ist voll; „${name}“ wurde nicht geändert. Schaffen Sie Platz und schreiben Sie es noch einmal.`,
    readOnly: (name) => `„${name}“ liegt auf einer schreibgeschützten Festplatte; es wurde nicht geändert.`,
    loop: (name) => `„${name}“ ist eine Verknüpfung, die im Kreis führt.`,
    nameTooLong: (name) => `Der Name „${name}“ ist zu lang für diese Festplatte.`,
    busy: (name) => `Ein anderes Programm hält „${name}“ offen.`,
    refused: (name, code) => `Das System hat „${name}“ verweigert (${code}).`,
    notRegular: (name) => `„${name}“ ist keine gewöhnliche Datei.`,
    notText: (name) => `„${name}“ ist keine Textdatei.`,
    nothingToShow: (name) => `„${name}“ ist keine Textdatei; es gibt nichts, was ich zeigen könnte.`,
    tooLarge: (name, size) => `„${name}“ ist zu groß, als dass ich es ändern könnte (${size}).`,
    changedMeanwhile: (name) =>
      `„${name}“ wurde inzwischen von jemand anderem geändert, also habe ich es nicht angerührt. Schreiben Sie es noch einmal, um den neuen Unterschied zu sehen.`,
    saysThat: (name) => `In „${name}“ steht bereits genau das; es gibt nichts zu ändern.`,
    notContained: (name, text) => `„${name}“ enthält „${text}“ nicht; es gibt nichts zu ersetzen.`,
    same: 'Beide Texte sind gleich; es gibt nichts zu ändern.',
  },

  commands: {
    help: ['Alles, was die Führung versteht'],
    tour: ['Durch jeden Teil der App führen'],
    list: ['Zeigen, was im Ordner liegt', '[Ordner]'],
    read: ['Eine Datei öffnen', 'DATEI'],
    search: ['In allen Dateien nach Text suchen', 'TEXT'],
    write: ['Eine Datei anlegen oder ersetzen (fragt vorher)', 'DATEI: Text'],
    edit: ['Eine Datei ändern (fragt vorher)', 'DATEI: replace A with B'],
    delete: ['Eine Datei löschen (fragt vorher)', 'DATEI'],
    run: ['Einen Befehl in diesem Ordner ausführen (fragt vorher)', 'BEFEHL'],
    plan: ['Einen Plan zeigen, der abgehakt wird'],
    think: ['Zeigen, wo Überlegungen erscheinen', '[worüber]'],
    ask: ['Eine Frage mit Auswahl stellen'],
    count: ['Zeit geben, anzuhalten oder eine Nachricht einzureihen', '[to 50 slowly]'],
  },
};
