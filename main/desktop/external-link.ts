/** Longer than any address a person would follow; some systems' openers cut or crash on more. */
const maxLinkChars = 8_192;
const openedOutside: readonly string[] = ['http:', 'https:', 'mailto:'];

/**
 * Decides whether an address may be handed to the system's opener. Only web and mail: every other scheme (`file:`, `smb:`, `ms-msdt:`,
 * an app's own) can start a program, and the address may come from a model.
 * @returns the address in its parsed form, or null when it is refused.
 */
export function externalLink(url: unknown): string | null {
  if (typeof url !== 'string' || url.length > maxLinkChars) return null;
  const parsed = URL.parse(url);
  if (parsed === null || !openedOutside.includes(parsed.protocol)) return null;
  return parsed.href;
}
