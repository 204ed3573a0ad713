import { jsonSpanEnd } from './json-span.ts';
import { directiveReaders } from './read-directive.ts';
import type { Directive, Scenario } from './scenario.ts';

export type ParsedPrompt =
  | { outcome: 'plain' }
  | { outcome: 'scenario'; scenario: Scenario }
  | { outcome: 'mistake'; problem: string };

/** A marker opens with `[[` and a lower-case name; `[[ -f x ]]` of a shell test is therefore prose. */
const markerOpening = /\[\[([a-z][a-z-]*)(?=\s*:|\s*\]\])/g;

/**
 * Reads the markers of a prompt, in order. Everything between markers is prose for human readers and is ignored.
 * A marker with a mistake is reported, not skipped: a spec that misspells one must fail at once.
 */
export function parseScenario(prompt: string): ParsedPrompt {
  const steps: Directive[][] = [[]];
  let found = false;
  let from = 0;
  for (;;) {
    markerOpening.lastIndex = from;
    const opening = markerOpening.exec(prompt);
    if (opening === null) break;
    found = true;
    const name = opening[1] as string;
    const marker = readArgument(prompt, opening.index + opening[0].length);
    if (marker === null) return { outcome: 'mistake', problem: `[[${name}: … is never closed by ]]` };
    from = marker.end;
    if (name === 'then') {
      steps.push([]);
      continue;
    }
    const read = directiveReaders.get(name);
    if (read === undefined) return { outcome: 'mistake', problem: `[[${name}]] is not a marker of the model server` };
    const directive = read(marker.argument);
    if (typeof directive === 'string')
      return { outcome: 'mistake', problem: `[[${name}: ${marker.argument}]] ${directive}` };
    steps.at(-1)?.push(directive);
  }
  return found ? { outcome: 'scenario', scenario: { steps } } : { outcome: 'plain' };
}

/** The argument between `:` and the closing `]]`, where a JSON object or a JSON string may itself contain `]]`. */
function readArgument(prompt: string, start: number): { argument: string; end: number } | null {
  let at = start;
  while (isSpace(prompt[at])) at += 1;
  if (prompt[at] !== ':') return { argument: '', end: prompt.indexOf(']]', at) + 2 };
  at += 1;
  const argumentStart = at;
  const json = jsonBeforeClose(prompt, argumentStart);
  const close = json ?? prompt.indexOf(']]', argumentStart);
  if (close === -1) return null;
  return { argument: prompt.slice(argumentStart, close).trim(), end: close + 2 };
}

/** Where `]]` stands when the argument ends with a JSON value (`Write {…}`, `429 x2 {…}`, `"…"`), else `null`. */
function jsonBeforeClose(prompt: string, argumentStart: number): number | null {
  const opening = /^[^[\]"{]*?(?=["{])/.exec(prompt.slice(argumentStart, argumentStart + 200));
  if (opening === null) return null;
  const jsonStart = argumentStart + opening[0].length;
  if (prompt[jsonStart] === '"' && opening[0].trim() !== '') return null;
  const jsonEnd = jsonSpanEnd(prompt, jsonStart);
  if (jsonEnd === null) return null;
  let at = jsonEnd;
  while (isSpace(prompt[at])) at += 1;
  return prompt.startsWith(']]', at) ? at : null;
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}
