import type { offStrings as english } from '../en/off.ts';
import type { Translation } from '../languages.ts';

export const offStrings = {
  empty: 'Schreiben Sie zuerst etwas.',
  incomplete: 'Es fehlt noch etwas, oder etwas stimmt noch nicht.',
  unchanged: 'Es wurde nichts geändert.',
  unanswered: 'Beantworten Sie zuerst alle Fragen.',
  first: 'Das ist schon der erste Eintrag.',
  last: 'Das ist schon der letzte Eintrag.',
  wait: 'Einen Moment…',
  running: 'Nur zwischen zwei Zügen.',
  offline: 'Nur solange Quarterdeck erreichbar ist.',
  noHits: 'Es gibt nichts, wohin es gehen könnte.',
  nothingMore: 'Mehr gibt es nicht zu zeigen.',
  topFolder: 'Über diesem Ordner gibt es keinen.',
  inEverything: 'Es ist bereits alles erlaubt.',
  notHeld: 'Dieses Gerät darf das selbst nicht und kann es deshalb nicht erlauben.',
  smallest: 'Kleiner geht es nicht.',
  largest: 'Größer geht es nicht.',
} satisfies Translation<typeof english>;
