import { asArray, asObject, asText, boundedTool, titleLine } from './transcript.ts';

/** Which argument of a tool says in one line what it does, most telling first. */
const telling = [
  'command',
  'cmd',
  'file_path',
  'path',
  'absolute_path',
  'notebook_path',
  'pattern',
  'query',
  'url',
  'prompt',
  'description',
  'dir_path',
  'skill',
];

/** What a tool was given: a line for people, and its longer texts (a file's new content, a patch). */
export function toolInput(input: unknown): { title: string; body: string } {
  if (typeof input === 'string') return { title: titleLine(firstFile(input) ?? input), body: boundedTool(input) };
  const fields = asObject(input);
  if (!fields) return { title: '', body: '' };
  const main = telling.find((name) => fields[name] !== undefined && words(fields[name]) !== '');
  const title = main === undefined ? titleLine(JSON.stringify(fields)) : titleLine(words(fields[main]));
  const long = Object.entries(fields)
    .filter(([name, value]) => typeof value === 'string' && (name === main ? value.length > 200 : value.includes('\n')))
    .map(([, value]) => value as string);
  return { title: title === '{}' ? '' : title, body: boundedTool(long.join('\n')) };
}

/** A command as a list of words, or a text. */
const words = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(' ') : asText(value));

/** The file a patch in the format of Codex touches first. */
const firstFile = (patch: string): string | undefined =>
  /^\*\*\* (?:Add|Update|Delete) File: .+$/m.exec(patch)?.[0].slice(4);

/** Text of a result that is a text, or a list of parts with text. */
export function partsText(value: unknown): string {
  if (typeof value === 'string') return value;
  return asArray(value)
    .map((part) => (typeof part === 'string' ? part : asText(asObject(part)?.text)))
    .filter(Boolean)
    .join('\n');
}
