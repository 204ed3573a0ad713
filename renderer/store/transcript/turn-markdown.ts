import { fenced, outputChars, plain } from '../../../main/export/marks.ts';
import { stripAnsi } from '../../markdown/ansi.ts';
import type { Item, Turn } from './view.ts';

/** A whole turn as Markdown: what was asked as a quotation, what was said as it was written, and each step with what came out. */
export function markdownOfTurn(turn: Turn): string {
  return turn.items
    .flatMap((item) => {
      const text = markdownOfItem(item);
      return text === '' ? [] : [text];
    })
    .join('\n\n');
}

const quoted = (text: string): string => `> ${text.replaceAll('\n', '\n> ')}`;

function markdownOfItem(item: Item): string {
  switch (item.kind) {
    case 'user':
      return [quoted(item.text), ...item.attachments.map(({ name }) => `> - ${plain(name)}`)].join('\n');
    case 'text':
      return item.text.trim();
    case 'tool': {
      const head = `**${plain(item.tool)}** ${plain(item.title)}`;
      const output = stripAnsi(item.output).trim();
      const left = output.length - outputChars;
      const shown = left > 0 ? `${output.slice(0, outputChars)}\n… (+${left})` : output;
      return output === '' ? head : `${head}\n\n${fenced(shown)}`;
    }
    case 'plan':
      return item.entries
        .map(({ text, status }) => `- [${status === 'completed' ? 'x' : ' '}] ${plain(text)}`)
        .join('\n');
    // What was thought on the way, and lines of status, are nothing that somebody else reads.
    default:
      return '';
  }
}
