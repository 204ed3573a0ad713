const personHead = '### The person';
const maxChars = 300;

/** A digest in one line: the first words of each message of the person, without the steps that follow it; of one without them, its beginning without the marks of Markdown. */
export function digestPreview(text: string): string {
  const said = text
    .split(/\n{2,}(?=### )/)
    .filter((part) => part.startsWith(`${personHead}\n`))
    .map((part) => plain(part.slice(personHead.length).replace(/\n{2,}- [\s\S]*/, '')))
    .filter((words) => words !== '')
    .map((words) => (words.length > 60 ? `${words.slice(0, 59).trimEnd()}…` : words));
  return (said.length > 0 ? said.join(' · ') : plain(text)).slice(0, maxChars);
}

const plain = (text: string): string =>
  text
    .replace(/^[#>\s-]+/gm, '')
    .replace(/[*`]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
