/**
 * What a person typed as an FTS5 expression: every word must be there, the last one may be the beginning of one; what stands in quotes must stand
 * so. Nothing in it is FTS5's own syntax. Null: there is no word in it.
 */
export function matchExpression(text: string): string | null {
  const terms: string[] = [];
  let isLastOpen = false;
  for (const [, quoted, bare] of text.normalize('NFC').matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    const said = (quoted ?? bare ?? '').replaceAll('\u0000', ' ');
    if (!/[\p{L}\p{N}\p{Co}]/u.test(said)) continue;
    terms.push(`"${said.replaceAll('"', ' ')}"`);
    isLastOpen = bare !== undefined;
  }
  if (terms.length === 0) return null;
  if (isLastOpen && !/\s$/.test(text)) {
    const last = terms.pop()!;
    // Both: where the word stands whole, it counts twice.
    terms.push(`(${last} OR ${last}*)`);
  }
  return terms.join(' AND ');
}
