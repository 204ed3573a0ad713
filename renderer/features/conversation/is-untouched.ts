import type { Entry } from '../../store/transcript/view.ts';

/** Nothing was said in the session yet, and nothing went wrong in it: lines about its settings alone are not worth showing. */
export function isUntouched(entries: readonly Entry[]): boolean {
  return entries.every(
    (entry) => entry.kind === 'line' && !(entry.line.line.type === 'notice' && entry.line.line.level === 'error'),
  );
}
