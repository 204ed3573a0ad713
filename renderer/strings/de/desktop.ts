import type { desktopStrings as english } from '../en/desktop.ts';
import type { Translation } from '../languages.ts';

export const desktopStrings = {
  newWindow: 'Neues Fenster',
  openInWindow: 'In neuem Fenster öffnen',
  openThis: 'Diese Sitzung in einem neuen Fenster öffnen',
  tooManyWindows: {
    message: 'Mehr Fenster öffnet Quarterdeck nicht.',
    impact: 'Es wurde keines geöffnet; alles andere geht weiter.',
    next: 'Ein Fenster schließen, das nicht gebraucht wird, oder die Sitzung in diesem öffnen.',
  },
} satisfies Translation<typeof english>;
