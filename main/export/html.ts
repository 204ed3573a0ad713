import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { DurableEvent } from '../protocol/events.ts';
import { type ExportedSession, eventsOf, type FetchPage, pagesOf } from './events.ts';
import { markdownOfEvent, moment } from './markdown.ts';
import { isReadable } from './readable.ts';

const style = `
:root { color-scheme: light dark; --text: #1a1d21; --soft: #4d535b; --ground: #fff; --sunk: #f6f7f8; --line: #e3e5e8; --bubble: #eef2f5; --link: #0b6478 }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --soft: #a8afb8; --ground: #16181d; --sunk: #1b1e23; --line: #2a2e35; --bubble: #22262d; --link: #5cc3d6 } }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; background: var(--ground); color: var(--text); font: 16px/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2, h3 { margin: 1.6rem 0 .4rem; font-size: 1rem } h3, .facts { color: var(--soft) }
a { color: var(--link) } article { unicode-bidi: isolate; overflow-x: auto }
.user_message { margin-top: 2rem; padding: .2rem 1rem; border-radius: 12px; background: var(--bubble) }
pre { padding: .7rem 1rem; overflow-x: auto; border-radius: 8px; background: var(--sunk); font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap }
code { font-family: ui-monospace, monospace; font-size: .9em } blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft) }
table { border-collapse: collapse } td, th { padding: .3rem .6rem; border: 1px solid var(--line) }
.tool_activity, .file_edit, .plan, .approval_request, .approval_resolved { font-size: .93rem; color: var(--soft) }
@media print { body { max-width: none; margin: 0 } pre { white-space: pre-wrap } article { break-inside: avoid-page } }
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Markup in what was said stays text, addresses that are no web or mail address lead nowhere (CommonMark's safe mode of micromark). */
const htmlOf = (markdown: string): string => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** What somebody else wrote as Markdown; the other events are put together here, with every mark of theirs escaped or in a fence. */
const written: ReadonlySet<DurableEvent['type']> = new Set(['user_message', 'text', 'reasoning']);

/** Words that would take the parser seconds stand as they were written: the app serves everybody in the same thread that makes the file. */
const laidOut = (type: DurableEvent['type'], markdown: string): string =>
  !written.has(type) || markdown.split(/\n\s*\n/).every(isReadable)
    ? htmlOf(markdown)
    : `<pre>${escaped(markdown)}</pre>`;

/**
 * A session as one HTML file, in pieces: no script, and a policy of its own by which it fetches nothing, so that opening it tells nobody.
 */
export async function* htmlDocumentOf(
  session: ExportedSession,
  fetchPage: FetchPage,
  now: number,
): AsyncGenerator<string> {
  const title = escaped(session.title || 'Untitled session');
  const facts = escaped(
    `Session ${session.session_id} in ${session.cwd}, written ${moment(now)} (UTC) by Quarterdeck.`,
  );
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p class="facts">${facts}</p>
`;
  for await (const page of pagesOf(fetchPage)) {
    for (const event of eventsOf(page)) {
      const markdown = markdownOfEvent(event);
      if (markdown !== null) yield `<article class="${event.type}">\n${laidOut(event.type, markdown)}\n</article>\n`;
    }
  }
  yield '</body>\n</html>\n';
}
