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
    next: '„Neue Sitzung“ wählen und den Ordner mit „Durchsuchen“ suchen, oder ihn auf das Fenster der Quarterdeck-App ziehen.',
  },
  nowhere: {
    message: (folder) => `Der Ordner „${folder}“ wurde nicht geöffnet: Er hat keinen Platz auf diesem Datenträger.`,
    impact: 'Nichts wurde geändert, und alles Geschriebene ist noch da.',
    next: 'Liegt er in einem Archiv oder auf einem Telefon, ihn zuerst auf diesen Rechner kopieren und die Kopie hierher ziehen.',
  },
  onlyFirst: {
    message: (folder) => `Eine Sitzung hat einen Ordner: „${folder}“ wurde geöffnet, die anderen Ordner nicht.`,
    impact: 'Nichts wurde gesendet.',
    next: 'Für jeden weiteren ein Fenster öffnen und ihn dorthin ziehen.',
  },
  notTaken: {
    message: 'Hier kann nur ein Ordner losgelassen werden.',
    impact: 'Die Dateien wurden weder gelesen noch hochgeladen.',
    next: 'Zum Anhängen eine Sitzung öffnen und sie auf das Gespräch ziehen.',
  },
} satisfies Translation<typeof english>;
