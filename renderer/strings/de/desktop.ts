import type { desktopStrings as english } from '../en/desktop.ts';
import type { Translation } from '../languages.ts';

export const desktopStrings = {
  newWindow: 'Neues Fenster',
  openInWindow: 'In neuem Fenster öffnen',
  openThis: 'Diese Sitzung in einem neuen Fenster öffnen',
  tooManyWindows: {
    message: 'Mehr Fenster öffnet Quarterdeck nicht.',
    impact: 'Es wurde keines geöffnet; alles andere geht weiter.',
    next: 'Schließen Sie ein Fenster, das Sie nicht brauchen, oder öffnen Sie die Sitzung in diesem.',
  },
  onlyWindow: 'Das gehört zur App auf dem Computer, auf dem sie läuft',
  onlyWindowNote:
    'Die Tasten, die Quarterdeck nach vorne holen, das Öffnen bei der Anmeldung, die Größe und die Rechtschreibprüfung werden im eigenen Fenster eingestellt. Ein Browser hat dafür eigene Einstellungen.',
  summonTitle: 'Quarterdeck nach vorne holen',
  summonNote:
    'Tasten, die in jedem Programm gelten. Noch einmal gedrückt, räumen sie Quarterdeck wieder weg. Auf manchen Linux-Desktops gibt das System Programmen keine solchen Tasten.',
  noKeys: 'Keine Tasten eingestellt.',
  setKeys: 'Tasten einstellen…',
  changeKeys: 'Andere Tasten…',
  clearKeys: 'Entfernen',
  pressKeys: 'Jetzt die Tasten drücken',
  pressKeysNote:
    'Zwei von Strg, Alt, Umschalt und der Systemtaste mit Buchstabe oder Ziffer, oder eine mit F1 bis F24. Esc beendet das.',
  refused: {
    unfit:
      'Diese würden in anderen Programmen fehlen, oder das System kennt sie nicht. Halten Sie zwei Tasten, etwa Umschalt und noch eine.',
    own: 'Diese Tasten benutzt Quarterdeck selbst. Drücken Sie bitte andere.',
  },
  keysDead:
    'Diese Tasten wirken gerade nicht: Ein anderes Programm hat sie, oder der Desktop gibt keine. Andere einstellen, oder dieselben noch einmal, sobald sie frei sind.',
  loginTitle: 'Bei der Anmeldung',
  login: 'Quarterdeck bei der Anmeldung öffnen',
  loginNote: 'Damit Telefone und Skripte es erreichen, ohne dass jemand daran denkt.',
  loginCannot: 'Nur ein installiertes Quarterdeck kann bei der Anmeldung geöffnet werden.',
  hidden: 'Ohne Fenster',
  hiddenNote: 'Es öffnet im Hintergrund. Ein weiterer Start von Quarterdeck, oder die eigenen Tasten, zeigen es.',
  unapproved:
    'Das System wartet auf die Erlaubnis in seinen Einstellungen, bei den Programmen, die bei der Anmeldung öffnen.',
  otherProgram: (path: string) =>
    `Das System öffnet zurzeit eine andere Kopie: ${path}. Aus- und wieder einschalten, damit es diese öffnet.`,
  backgroundTitle: 'Wenn das letzte Fenster geschlossen wird',
  background: 'Neben der Uhr weiterlaufen',
  backgroundNote:
    'Züge gehen weiter, und Telefone und Skripte erreichen es noch. Das Symbol neben der Uhr oder ein weiterer Start von Quarterdeck bringt das Fenster zurück.',
  backgroundCannot:
    'Dieser Desktop hat keinen Platz für ein Symbol neben der Uhr, deshalb beendet das Schließen des letzten Fensters Quarterdeck.',
  zoomTitle: 'Größe',
  zoom: 'Größe von allem im Fenster',
  zoomNote: 'Gilt für alle Fenster und bleibt. Auch im Menü „Ansicht“, mit Tasten.',
  spellingTitle: 'Rechtschreibung',
  spelling: 'Rechtschreibung beim Schreiben prüfen',
  spellingFetches:
    'Nichts Geschriebenes verlässt diesen Computer. Aber jede Sprache braucht ein Wörterbuch, das einmal von Servern von Google geholt wird; solange das aus ist, wird nichts geholt. Ein Rechtsklick auf ein Wort hat Vorschläge.',
  spellingSystem: 'Mit den Wörterbüchern des Systems; nichts wird geholt. Ein Rechtsklick auf ein Wort hat Vorschläge.',
  spellingLanguages: (languages: string) =>
    `Geprüft wird: ${languages}. Das folgt der Sprache der App und des Systems.`,
  noDictionary: 'Für die Sprache der App und des Systems gibt es kein Wörterbuch, also wird nichts geprüft.',
  dictionaryMissing: (languages: string) =>
    `Das Wörterbuch konnte nicht geholt werden: ${languages}. Aus- und wieder einschalten, sobald es ein Netz gibt.`,
} satisfies Translation<typeof english>;
