import { Fragment } from 'react';
import type { Token } from './hljs-tokens.ts';

/** One line of code in its colours. */
export function CodeTokens({ tokens }: { tokens: readonly Token[] }) {
  return tokens.map((token, at) =>
    token.className === '' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is replaced as a whole
      <Fragment key={at}>{token.text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is replaced as a whole
      <span key={at} className={token.className}>
        {token.text}
      </span>
    ),
  );
}
