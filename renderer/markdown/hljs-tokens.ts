/** A piece of code with the classes it is coloured by; empty for plain text. */
export interface Token {
  readonly text: string;
  readonly className: string;
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };
const piece = /<span class="([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|\n|[^<&\n]+|[<&]/g;

/**
 * Turns highlight.js' markup (spans with classes, five entities, nothing else) into tokens by line, so that no markup is ever put into the
 * page as such.
 */
export function tokensByLine(markup: string): Token[][] {
  const lines: Token[][] = [[]];
  const classes: string[] = [];
  const add = (text: string): void => {
    const line = lines[lines.length - 1]!;
    const className = classes.at(-1) ?? '';
    const last = line.at(-1);
    if (last?.className === className) line[line.length - 1] = { text: last.text + text, className };
    else line.push({ text, className });
  };
  for (const match of markup.matchAll(piece)) {
    const [part, className] = match;
    if (part === '\n') lines.push([]);
    else if (className !== undefined) classes.push(className);
    else if (part === '</span>') classes.pop();
    else add(entities[part] ?? part);
  }
  return lines;
}
