import { useEffect, useState } from 'react';
import { mayHaveMath } from './find-math.ts';
import type { mathPlugins } from './math-plugins.ts';

let known: typeof mathPlugins | null = null;

/** What lays out formulas, once it is there; null: this text has none, or it is still on its way, and formulas are shown as they were written. */
export function useMath(text: string): typeof mathPlugins | null {
  const wanted = mayHaveMath(text);
  const [, setLoaded] = useState(known !== null);
  useEffect(() => {
    if (!wanted || known) return;
    let gone = false;
    import('./math-plugins.ts').then(
      ({ mathPlugins }) => {
        known = mathPlugins;
        if (!gone) setLoaded(true);
      },
      // Without it, a formula is what it was written as.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [wanted]);
  return wanted ? known : null;
}
