/** Nothing we write is nested deeper; what comes from outside is checked at its door. */
export const maxDepth = 500;

/**
 * JSON text with one spelling for one value: object keys sorted by code unit, no white space, `undefined` members left out. The bytes that are
 * hashed are the UTF-8 form of this text (the idea of RFC 8785; numbers are written as ECMAScript writes them, which is what it asks for).
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > maxDepth) throw new RangeError(`a value is nested more than ${maxDepth} times`);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const toJson = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJson === 'function') return canonicalJson(toJson.call(value), depth + 1);
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member, depth + 1)).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member === undefined || typeof member === 'function' || typeof member === 'symbol') continue;
    members.push(`${JSON.stringify(key)}:${canonicalJson(member, depth + 1)}`);
  }
  return `{${members.join(',')}}`;
}
