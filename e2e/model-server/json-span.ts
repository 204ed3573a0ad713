/**
 * Finds the end of the JSON object or string that starts at `start`, so that braces, quotes and `]]` inside it do not count.
 * @returns the index after its last character, or `null` when it never ends or does not start with `{` or `"`.
 */
export function jsonSpanEnd(text: string, start: number): number | null {
  if (text[start] === '"') return stringEnd(text, start);
  if (text[start] !== '{') return null;
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = stringEnd(text, at);
      if (end === null) return null;
      at = end - 1;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

function stringEnd(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}
