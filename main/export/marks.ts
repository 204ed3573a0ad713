import { splitInvisible } from './invisible-characters.ts';

/** Of one output that is shown; the JSON has all of it. Characters. */
export const outputChars = 20_000;

/** A fence longer than any inside. */
export function fenced(text: string, language = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** Characters nobody sees, and those that change the order of others, by their number. */
export const visible = (text: string): string =>
  splitInvisible(text)
    .map((part) => (part.code === null ? part.text : `[${part.code}]`))
    .join('');

/** One line, in which nothing is a mark of Markdown. */
export const plain = (text: string): string => visible(text.replace(/\s+/g, ' ')).replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

/** A point in time in UTC, to the minute. */
export const moment = (ts: number): string => new Date(ts).toISOString().replace('T', ' ').slice(0, 16);

/** What any reader takes for the end of a line; Markdown knows the first three. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** A document that is shown in a terminal must not move its cursor, set its clipboard or name its window. */
const controls = /(?!\t)\p{Cc}/gu;

/** Each line behind a mark of its own: what stands at the left edge of a document is nobody's words but the app's. */
export const quoted = (text: string): string =>
  text
    .split(lineEnd)
    .map((line) => line.replace(controls, ''))
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
