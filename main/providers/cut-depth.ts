import { isDeeperThan } from '../base/json-depth.ts';

/** Levels of a CLI's line that are taken over. Real ones have about ten; what walks them later does so with the call stack. */
export const maxLineDepth = 200;

/** Stands for what was cut off. */
const cutMark = '… nested too deep …';

/**
 * Is the parsed line nested more than `maxLineDepth` times? Costs nothing for short lines, which cannot be.
 * @param text - the line that `value` was parsed from.
 */
export function isTooDeep(text: string, value: unknown): boolean {
  return text.length > 2 * maxLineDepth && isDeeperThan(value, maxLineDepth);
}

/** Replaces, in place, every array and object below `maxLineDepth` with a mark. Walks with a list of its own: no value overflows the stack. */
export function cutDepth(value: unknown): void {
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth += 1) {
    const next: Nested[] = [];
    for (const one of level) {
      for (const name of Object.keys(one)) {
        const member = one[name];
        if (!isNested(member)) continue;
        if (depth < maxLineDepth) next.push(member);
        else one[name] = cutMark;
      }
    }
    level = next;
  }
}

type Nested = { [name: string]: unknown };

function isNested(value: unknown): value is Nested {
  return typeof value === 'object' && value !== null;
}
