import { Fragment } from 'react';
import { splitInvisible } from '../../main/export/invisible-characters.ts';

/**
 * Text exactly as it is: characters that are invisible or change the order of others are shown by their number, so that nobody agrees to
 * something that looks different from what it is.
 */
export function PlainText({ text }: { text: string }) {
  return splitInvisible(text).map((part, at) =>
    part.code === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <Fragment key={at}>{part.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <span key={at} className="invisible-character">
        {part.code}
      </span>
    ),
  );
}
