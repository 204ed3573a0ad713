import { useMemo } from 'react';
import { encode } from 'uqr';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';

/** Light modules around the code without which readers do not find it (ISO/IEC 18004: four). */
const quietZone = 4;

/** A QR code as one SVG path. Always dark on light, in dark mode too: many readers do not know the other way round. */
export function QrCode({ text }: { text: string }) {
  const { size, path } = useMemo(() => draw(text), [text]);
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={t.access.pairing.code}
      data-testid={testIds.pairingCode}
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}

function draw(text: string): { size: number; path: string } {
  const { size, data } = encode(text, { ecc: 'M', border: quietZone });
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  }
  return { size, path };
}
