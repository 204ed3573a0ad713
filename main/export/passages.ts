import type { DurableEvent } from '../protocol/events.ts';
import type { Attachment } from '../protocol/values.ts';
import { moment, outputChars, plain, visible } from './marks.ts';

/** What an event says in a document, with the app's words apart from those of others. */
export interface Passage {
  /** Markdown the app wrote; whatever somebody else named in it is escaped. */
  readonly head?: string;
  /** Markdown as somebody else wrote it. */
  readonly said?: string;
  /** Text without marks: an output, a change, a command. */
  readonly block?: { readonly text: string; readonly language?: string };
  /** As `head`, behind the rest. */
  readonly tail?: string;
  readonly attachments?: readonly Attachment[];
}

const cut = (text: string): string =>
  text.length > outputChars ? `${text.slice(0, outputChars)}\n… ${text.length - outputChars} more characters` : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of terminals begin with one
const withoutColours = (text: string): string => text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '');

/** @returns null: nothing a reader would look for. */
export function passageOf(event: DurableEvent): Passage | null {
  switch (event.type) {
    case 'user_message': {
      const who = event.by.name ? ` (${plain(event.by.name)})` : '';
      return {
        head: `## You${who}, ${moment(event.ts)}`,
        said: event.text,
        attachments: event.attachments ?? [],
        tail: (event.attachments ?? []).map(({ name, bytes }) => `- ${plain(name)} (${bytes} bytes)`).join('\n'),
      };
    }
    case 'turn_started':
      return { head: `### ${plain(event.provider)}${event.model ? `, ${plain(event.model)}` : ''}` };
    case 'text':
      return { said: event.text };
    case 'reasoning':
      return event.text.trim() === '' ? null : { head: '*Thinking:*', said: event.text.trim() };
    case 'tool_activity': {
      if (event.phase === 'start') return null;
      const exit = event.exit_code ? `, exit code ${event.exit_code}` : '';
      const head = `**${plain(event.tool)}** ${plain(event.title)} — ${event.status ?? 'completed'}${exit}`;
      const output = withoutColours(event.output ?? '').trim();
      return output === '' ? { head } : { head, block: { text: cut(output) } };
    }
    case 'file_edit': {
      const { path, added, removed, hunks } = event.diff;
      const lines = hunks.flatMap((hunk) => [
        `@@ -${hunk.old_start},${hunk.old_lines} +${hunk.new_start},${hunk.new_lines} @@`,
        ...hunk.lines,
      ]);
      const block = { text: cut(lines.join('\n')), language: 'diff' };
      return { head: `**Changed** ${plain(path)} (+${added} −${removed})`, block };
    }
    case 'plan': {
      const box = { completed: '[x]', in_progress: '[ ]', pending: '[ ]' };
      return { head: event.entries.map(({ text, status }) => `- ${box[status]} ${plain(text)}`).join('\n') };
    }
    case 'approval_request': {
      const head = `**Asked:** ${plain(event.title)}`;
      // What was agreed to has to be seen as it is.
      return event.command ? { head, block: { text: visible(event.command), language: 'sh' } } : { head };
    }
    case 'approval_resolved': {
      const who = event.by.name ?? event.by.kind;
      return {
        head: `**Answered:** ${event.decision} by ${plain(who)}${event.message ? `: ${plain(event.message)}` : ''}`,
      };
    }
    case 'notice':
      return { head: `*${plain(event.text)}*` };
    case 'rewound':
      return { head: `*Gone back to before entry ${event.to_seq}; what came after it is not heard of any more.*` };
    case 'turn_end':
      return event.status === 'completed'
        ? null
        : { head: `*The turn ${event.status}${event.problem ? `: ${plain(event.problem.message)}` : ''}.*` };
    default:
      return null;
  }
}
