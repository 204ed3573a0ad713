import { useEffect, useMemo, useState } from 'react';
import { highlightLimit, highlightLines, loadLanguage } from './highlight.ts';
import type { Token } from './hljs-tokens.ts';

/** Code as coloured lines once its language is loaded; null until then, and for what is not coloured. */
export function useHighlight(code: string, language: string | null): Token[][] | null {
  const [loads, setLoads] = useState(0);
  const wanted = language !== null && code.length <= highlightLimit;
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    void loadLanguage(language).then(() => {
      if (!gone) setLoads((n) => n + 1);
    });
    return () => {
      gone = true;
    };
  }, [language, wanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `loads` says when the language has come
  return useMemo(() => (wanted ? highlightLines(code, language) : null), [code, language, wanted, loads]);
}
