const redacted = '[redacted]';
/** Deeper or longer than this, a log field is a mistake; it is cut, not walked. */
const maxDepth = 6;
const maxMembers = 200;

/**
 * What secrets look like. Each pattern is linear in the text (no nested repetition), and keeps what names the secret so that the line still
 * makes sense. Order matters: whole headers first, then what may stand inside other text.
 */
const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g, redacted],
  // A header, as text or as a member of printed JSON.
  [
    /\b(set-cookie|cookie|(?:proxy-)?authorization|x-api-key|x-goog-api-key)(["']?\s*[:=]\s*)[^\r\n]+/gi,
    `$1$2${redacted}`,
  ],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${redacted}`],
  // Ours: API keys, the owner token, browser logins, codes of one-time links, and the cookie by its name.
  [/qd[a-z]?_[A-Za-z0-9_-]{16,}/g, redacted],
  [/\b(qd_\d{1,5}(?:_visit)?=)[^\s;,"']+/g, `$1${redacted}`],
  [/(#(?:open|pair)=)[^\s"'<>&]+/g, `$1${redacted}`],
  // Of others, by the prefix their issuers gave them for this purpose.
  [/\bsk-[A-Za-z0-9_-]{8,}/g, redacted],
  [/\bAIza[A-Za-z0-9_-]{20,}/g, redacted],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|hf_)[A-Za-z0-9_-]{10,}/g, redacted],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, redacted],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, redacted],
  [/(:\/\/[^\s/:@"']{0,200}:)[^\s/@"']{1,500}@/g, `$1${redacted}@`],
  // NAME=value and "name": "value", when the name says what it is. Not "tokens": that counts words, and logs are for counts.
  [
    /\b([A-Za-z0-9_-]{0,60}(?:api_?-?key|token|secrets?|password|passwd|passphrase|credentials?)["']?\s{0,4}[=:]\s{0,4})(?:"(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"',;&]+)/gi,
    `$1${redacted}`,
  ],
];

/** Names of fields that are secrets whatever they hold. `code` is not among them: error codes are what logs are for. */
const secretName =
  /^(?:.*[_-])?(?:api_?-?key|key|token|secret|passw(?:or)?d|passphrase|credentials?|cookie|set-cookie|authorization|owner_?token)$|(?:Token|Secret|Password|ApiKey)$/i;

/** Replaces everything in a text that looks like a secret. The same text comes back when there is none. */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}

/**
 * A copy of log fields without secrets: by name, and inside every text. Errors become name, message, stack and cause; bytes become their
 * length; cycles, great depth and great width are cut. Never throws, whatever it is given.
 */
export function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  return redactValue(fields, 0, new Set()) as Record<string, unknown>;
}

function redactValue(value: unknown, depth: number, above: Set<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (above.has(value)) return '[circular]';
  if (depth >= maxDepth) return '[deep]';
  above.add(value);
  try {
    if (Array.isArray(value)) return value.slice(0, maxMembers).map((member) => redactValue(member, depth + 1, above));
    return redactMembers(value, depth, above);
  } catch {
    // A getter or a proxy of somebody else threw.
    return '[unreadable]';
  } finally {
    above.delete(value);
  }
}

function redactMembers(value: object, depth: number, above: Set<object>): Record<string, unknown> {
  const members: [string, unknown][] = [];
  if (value instanceof Error) {
    members.push(['name', value.name], ['message', value.message], ['stack', value.stack]);
    if (value.cause !== undefined) members.push(['cause', value.cause]);
  }
  const entries = value instanceof Map ? [...value].map(([k, v]) => [String(k), v] as const) : Object.entries(value);
  const clean: Record<string, unknown> = {};
  for (const [name, member] of [...members, ...entries].slice(0, maxMembers)) {
    const secret = secretName.test(name) && member !== null && member !== undefined && typeof member !== 'boolean';
    clean[redactText(name)] = secret ? redacted : redactValue(member, depth + 1, above);
  }
  return clean;
}
