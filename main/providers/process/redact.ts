const shapes: readonly RegExp[] = [
  /\b(?:sk|pk|rk)-[A-Za-z0-9_-]{12,}/g,
  /\b(?:ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs])[-_][A-Za-z0-9_-]{12,}/g,
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bAIza[0-9A-Za-z_-]{30,}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g,
];
const assignment =
  /((?:api[-_ ]?key|token|secret|password|authorization|bearer)["']?\s*[:= ]\s*["']?(?:bearer\s+)?)[^\s"',;]{8,}/gi;

/**
 * Takes out of text what looks like a key, and every one of the `known` values. What a CLI prints to stderr ends in error cards and bug
 * reports, so a false alarm costs less than a miss.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let result = text;
  for (const value of known) result = result.replaceAll(value, '[redacted]');
  for (const shape of shapes) result = result.replace(shape, '[redacted]');
  return result.replace(assignment, '$1[redacted]');
}
