import { Fragment, memo, useRef } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { LongText } from '../ui/long-text.tsx';
import { CodeTokens } from './code-lines.tsx';
import { languageOf } from './highlight.ts';
import { useHighlight } from './use-highlight.ts';

/** While code still grows it is coloured only as long as that is cheap enough to do at every frame. Characters. */
const growingLimit = 4_000;

interface CodeBlockProps {
  code: string;
  language: string;
  growing?: boolean;
}

export const CodeBlock = memo(function CodeBlock({ code, language, growing = false }: CodeBlockProps) {
  const known = growing && code.length > growingLimit ? null : languageOf(language);
  const lines = useHighlight(code, known);
  const latest = useRef(code);
  latest.current = code;
  return (
    <figure className="code-block">
      <Caption language={language} latest={latest} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>
          {lines ? (
            lines.map((tokens, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
              <Fragment key={at}>
                {at > 0 && '\n'}
                <CodeTokens tokens={tokens} />
              </Fragment>
            ))
          ) : (
            <LongText text={code} />
          )}
        </code>
      </pre>
    </figure>
  );
});

/** Stays as it is while the code grows. */
const Caption = memo(function Caption({
  language,
  latest,
}: {
  language: string;
  latest: { readonly current: string };
}) {
  return (
    <figcaption>
      <span className="code-language">{language || 'text'}</span>
      <CopyButton text={() => latest.current} />
    </figcaption>
  );
});
