import { useState } from 'react';
import { t } from '../strings/index.ts';

/** Characters that are drawn at first, and with each click: a browser lays text without a paragraph out as a whole. */
const drawnAtOnce = 20_000;

/** Text as it is, from its beginning as far as it can be drawn at once; the rest when it is asked for. */
export function LongText({ text }: { text: string }) {
  const [drawn, setDrawn] = useState(drawnAtOnce);
  if (text.length <= drawn) return text;
  return (
    <>
      {wholeStart(text, drawn)}
      <button type="button" className="link-button long-text-more" onClick={() => setDrawn(drawn * 2)}>
        {t.common.showRest(text.length - drawn)}
      </button>
    </>
  );
}

/** The beginning of a text, and no half of a character that is two units. */
function wholeStart(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
