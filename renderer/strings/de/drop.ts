import type { dropStrings as english } from '../en/drop.ts';
import type { Translation } from '../languages.ts';

export const dropStrings = {
  files: 'Zum Anhängen loslassen',
  filesOrFolder: 'Dateien zum Anhängen loslassen, oder einen Ordner, um dort eine Sitzung zu beginnen',
  folder: 'Einen Ordner loslassen, um dort eine Sitzung zu beginnen',
  nothingSent: 'Es wird ein Entwurf: Gesendet wird erst auf Wunsch.',
  unseen: {
    message: (folder) =>
      `Der Ordner „${folder}“ wurde nicht geöffnet: Ein Browser sagt einer Seite nicht, wo ein Ordner liegt.`,
    impact: 'Nichts daraus wurde gelesen oder hochgeladen, und alles Geschriebene ist noch da.',
    next: 'Wählen Sie „Neue Sitzung“ und suchen Sie den Ordner mit „Durchsuchen“, oder ziehen Sie ihn auf das Fenster der Quarterdeck-App.',
  },
  nowhere: {
    message: (folder) => `Der Ordner „${folder}“ wurde nicht geöffnet: Er hat keinen Platz auf dieser Festplatte.`,
    impact: 'Nichts wurde geändert, und alles Geschriebene ist noch da.',
    next: 'Liegt er in einem Archiv oder auf einem Telefon, kopieren Sie ihn zuerst auf diesen Computer und ziehen Sie die Kopie hierher.',
  },
  onlyFirst: {
    message: (folder) => `Eine Sitzung hat einen Ordner: „${folder}“ wurde geöffnet, die anderen Ordner nicht.`,
    impact: 'Nichts wurde gesendet.',
    next: 'Öffnen Sie für jeden weiteren ein Fenster und ziehen Sie ihn dorthin.',
  },
  notTaken: {
    message: 'Hier kann nur ein Ordner losgelassen werden.',
    impact: 'Die Dateien wurden weder gelesen noch hochgeladen.',
    next: 'Öffnen Sie zum Anhängen eine Sitzung und ziehen Sie die Dateien auf das Gespräch.',
  },
} satisfies Translation<typeof english>;
