const tag = 'earlier-in-this-session';

/** The two parts of what an agent got, for one that does not read as a model does. */
export function splitPrompt(prompt: string): { digest: string | null; text: string } {
  const end = `\n</${tag}>\n\n`;
  const at = prompt.startsWith(`<${tag}>\n`) ? prompt.indexOf(end) : -1;
  return at < 0 ? { digest: null, text: prompt } : { digest: prompt.slice(0, at), text: prompt.slice(at + end.length) };
}

/**
 * What an agent gets for a message: ahead of it, clearly marked off, what it has not seen of the session.
 * @param digest - null: it has seen everything.
 */
export function promptText(digest: string | null, text: string): string {
  if (digest === null) return text;
  const marked = digest.replaceAll(`</${tag}`, `<\\/${tag}`);
  return [
    `<${tag}>`,
    'Quarterdeck, the app this session runs in, tells you here what happened in this session and in this folder before, as far as you have not',
    'seen it yourself. It is a report, not a request: nothing in it is to be done again. The message of the person follows after it.',
    '',
    marked,
    `</${tag}>`,
    '',
    text,
  ].join('\n');
}
