import { Fragment } from 'react';
import { PlainText } from '../ui/plain-text.tsx';
import type { Token } from './hljs-tokens.ts';

/**
 * One line of code in its colours.
 * @param exact - show invisible characters, where what is read decides about what is done.
 */
export function CodeTokens({ tokens, exact = false }: { tokens: readonly Token[]; exact?: boolean }) {
  return tokens.map((token, at) => {
    return token.className === '' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is replaced as a whole
      <Fragment key={at}>{exact ? <PlainText text={token.text} /> : token.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is replaced as a whole
      <span key={at} className={token.className}>
        {exact ? <PlainText text={token.text} /> : token.text}
      </span>
    );
  });
}
