import type { diagramStrings as english } from '../en/diagram.ts';
import type { Translation } from '../languages.ts';

export const diagramStrings = {
  name: 'Diagramm',
  picture: (kind: string) => (kind === '' ? 'Diagramm' : `Diagramm (${kind})`),
  drawing: 'Das Diagramm wird gezeichnet…',
  asText: 'Den Text dieses Diagramms zeigen',
  asPicture: 'Dieses Diagramm als Bild zeigen',
  copy: 'Den Text dieses Diagramms kopieren',
  wrong: 'Das ist kein Diagramm, das sich zeichnen lässt; darum steht hier sein Text, wie der Agent ihn schrieb.',
  notDrawn: 'Dieses Diagramm ist zu groß oder ließ sich hier nicht zeichnen; darum steht hier sein Text.',
} satisfies Translation<typeof english>;
