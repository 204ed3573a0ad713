import type { DurableEvent } from '../protocol/events.ts';
import { type ExportedSession, eventsOf, type FetchPage, pagesOf } from './events.ts';

/** Of one output that is shown; the JSON has all of it. Characters. */
export const outputChars = 20_000;

/** A fence longer than any inside. */
export function fenced(text: string, language = ''): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}

/** One line, in which nothing is a mark of Markdown. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

/** A point in time in UTC, to the minute. */
export const moment = (ts: number): string => new Date(ts).toISOString().replace('T', ' ').slice(0, 16);

const cut = (text: string): string =>
  text.length > outputChars ? `${text.slice(0, outputChars)}\n… ${text.length - outputChars} more characters` : text;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of terminals begin with one
const withoutColours = (text: string): string => text.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '');

/** What an event says in a document; null: nothing a reader would look for. */
export function markdownOfEvent(event: DurableEvent): string | null {
  switch (event.type) {
    case 'user_message': {
      const files = (event.attachments ?? []).map(({ name, bytes }) => `- ${plain(name)} (${bytes} bytes)`);
      const who = event.by.name ? ` (${plain(event.by.name)})` : '';
      return [`## You${who}, ${moment(event.ts)}`, event.text, ...(files.length > 0 ? [files.join('\n')] : [])].join(
        '\n\n',
      );
    }
    case 'turn_started':
      return `### ${plain(event.provider)}${event.model ? `, ${plain(event.model)}` : ''}`;
    case 'text':
      return event.text;
    case 'reasoning':
      return event.text.trim() === '' ? null : `> *Thinking:* ${event.text.trim().replaceAll('\n', '\n> ')}`;
    case 'tool_activity': {
      if (event.phase === 'start') return null;
      const exit = event.exit_code ? `, exit code ${event.exit_code}` : '';
      const head = `**${plain(event.tool)}** ${plain(event.title)} — ${event.status ?? 'completed'}${exit}`;
      const output = withoutColours(event.output ?? '').trim();
      return output === '' ? head : `${head}\n\n${fenced(cut(output))}`;
    }
    case 'file_edit': {
      const { path, added, removed, hunks } = event.diff;
      const lines = hunks.flatMap((hunk) => [
        `@@ -${hunk.old_start},${hunk.old_lines} +${hunk.new_start},${hunk.new_lines} @@`,
        ...hunk.lines,
      ]);
      return `**Changed** ${plain(path)} (+${added} −${removed})\n\n${fenced(cut(lines.join('\n')), 'diff')}`;
    }
    case 'plan': {
      const box = { completed: '[x]', in_progress: '[ ]', pending: '[ ]' };
      return event.entries.map(({ text, status }) => `- ${box[status]} ${plain(text)}`).join('\n');
    }
    case 'approval_request':
      return `**Asked:** ${plain(event.title)}${event.command ? `\n\n${fenced(event.command, 'sh')}` : ''}`;
    case 'approval_resolved': {
      const who = event.by.name ?? event.by.kind;
      return `**Answered:** ${event.decision} by ${plain(who)}${event.message ? `: ${plain(event.message)}` : ''}`;
    }
    case 'notice':
      return `*${plain(event.text)}*`;
    case 'rewound':
      return `*Gone back to before entry ${event.to_seq}; what came after it is not heard of any more.*`;
    case 'turn_end':
      return event.status === 'completed'
        ? null
        : `*The turn ${event.status}${event.problem ? `: ${plain(event.problem.message)}` : ''}.*`;
    default:
      return null;
  }
}

/** A session as a Markdown document, in pieces. */
export async function* markdownOf(session: ExportedSession, fetchPage: FetchPage, now: number): AsyncGenerator<string> {
  const facts = `Session ${session.session_id} in ${plain(session.cwd)}, written ${moment(now)} (UTC) by Quarterdeck.`;
  yield `# ${plain(session.title || 'Untitled session')}\n\n${facts}\n`;
  for await (const page of pagesOf(fetchPage)) {
    const parts = eventsOf(page).flatMap((event) => markdownOfEvent(event) ?? []);
    if (parts.length > 0) yield `\n${parts.join('\n\n')}\n`;
  }
}
