import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Attachment } from '../protocol/values.ts';
import { type ExportedSession, type ExportSource, eventsOf, pagesOf } from './events.ts';
import { moment } from './marks.ts';
import { type Passage, passageOf } from './passages.ts';
import { allEmbeddedBytes, createPictures, embeddedBytes, type Pictures } from './pictures.ts';
import { isReadableText } from './readable.ts';

const style = `
:root { color-scheme: light dark; --text: #1a1d21; --soft: #4d535b; --ground: #fff; --sunk: #f6f7f8; --line: #e3e5e8; --bubble: #eef2f5; --link: #0b6478 }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --soft: #a8afb8; --ground: #16181d; --sunk: #1b1e23; --line: #2a2e35; --bubble: #22262d; --link: #5cc3d6 } }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1rem; background: var(--ground); color: var(--text); font: 16px/1.6 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem } h2, h3 { margin: 1.6rem 0 .4rem; font-size: 1rem } h3, .facts { color: var(--soft) }
a { color: var(--link) } article { unicode-bidi: isolate; overflow-x: auto }
.said { padding-left: 1rem; border-left: 3px solid var(--line) } .said h4, .said h5, .said h6 { margin: 1rem 0 .3rem; font-size: 1rem }
.user_message { margin-top: 2rem; padding: .2rem 1rem; border-radius: 12px; background: var(--bubble) } .user_message .said { padding: 0; border: 0 }
pre { padding: .7rem 1rem; overflow-x: auto; border-radius: 8px; background: var(--sunk); font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap }
code { font-family: ui-monospace, monospace; font-size: .9em } blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--soft) }
table { border-collapse: collapse } td, th { padding: .3rem .6rem; border: 1px solid var(--line) }
img { max-width: 100%; max-height: 40rem } figure { margin: .6rem 0 } figcaption { color: var(--soft); font-size: .85rem }
.tool_activity, .file_edit, .plan, .approval_request, .approval_resolved { font-size: .93rem; color: var(--soft) }
@media print { body { max-width: none; margin: 0 } pre { white-space: pre-wrap } article { break-inside: avoid-page } }
`;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Markup in what was said stays text, addresses that are no web or mail address lead nowhere (CommonMark's safe mode of micromark). */
const htmlOf = (markdown: string): string => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });

/** In HTML of micromark's safe mode every other `<` is escaped: these are tags of its own. */
const headingTag = /<(\/?)h([1-6])>/g;
const imageTag = /<img src="([^"]*)" alt="([^"]*)"(?: title="[^"]*")? \/>/g;

/** Below the headings that tell who is speaking, so that none of what was said looks like one. */
const lowered = (html: string): string =>
  html.replace(headingTag, (_, slash, level) => `<${slash}h${Math.min(6, Number(level) + 3)}>`);

const sizeOf = (bytes: number): string =>
  bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1_048_576
      ? `${Math.ceil(bytes / 1024)} KB`
      : `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Pictures of the session's folder come along; what lies elsewhere is only named, since to fetch it would tell its host who reads. */
async function withPictures(html: string, pictures: Pictures): Promise<string> {
  let result = '';
  let at = 0;
  for (const match of html.matchAll(imageTag)) {
    const [tag, src = '', alt = ''] = match;
    const path = src === '' || /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(src) ? null : pathOf(src);
    const found = path === null ? null : await pictures.file(path);
    const named = `[Picture${alt ? `: ${alt}` : ''}${src ? ` (${src})` : ''}, not in this file]`;
    result += html.slice(at, match.index) + (found ? `<img src="${found.url}" alt="${alt}">` : named);
    at = match.index + tag.length;
  }
  return result + html.slice(at);
}

/** The path behind an address as micromark writes it; null: it is none. */
function pathOf(src: string): string | null {
  try {
    const path = decodeURIComponent(src.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** Words that would take the parser seconds stand as they were written: the app serves everybody in the same thread that makes the file. */
const laidOut = async (said: string, pictures: Pictures): Promise<string> =>
  isReadableText(said) ? withPictures(lowered(htmlOf(said)), pictures) : `<pre>${escaped(said)}</pre>`;

async function fileOf(attachment: Attachment, pictures: Pictures): Promise<string> {
  const about = `${escaped(attachment.name)} (${sizeOf(attachment.bytes)})`;
  const found = await pictures.attachment(attachment);
  if (found === null) return `<p class="facts">${about}, not in this file</p>`;
  return found.isPicture
    ? `<figure><img src="${found.url}" alt="${escaped(attachment.name)}"><figcaption>${about}</figcaption></figure>`
    : `<p><a download="${escaped(attachment.name)}" href="${found.url}">${about}</a></p>`;
}

async function articleOf(type: string, { head, said, block, tail, attachments }: Passage, pictures: Pictures) {
  const parts = [head && htmlOf(head)];
  if (said !== undefined) parts.push(`<div class="said">\n${await laidOut(said, pictures)}\n</div>`);
  if (block) parts.push(`<pre><code>${escaped(block.text)}</code></pre>`);
  if (attachments) for (const one of attachments) parts.push(await fileOf(one, pictures));
  else if (tail) parts.push(htmlOf(tail));
  return `<article class="${type}">\n${parts.filter(Boolean).join('\n')}\n</article>\n`;
}

/**
 * A session as one HTML file, in pieces: no script, and a policy of its own by which it fetches nothing, so that opening it tells nobody. Pictures and
 * attached files are in it, as many as its bounds allow.
 */
export async function* htmlDocumentOf(
  session: ExportedSession,
  source: ExportSource,
  now: number,
): AsyncGenerator<string> {
  const title = escaped(session.title || 'Untitled session');
  const bounds = `Pictures and files of up to ${sizeOf(embeddedBytes)}, ${sizeOf(allEmbeddedBytes)} together, are in this file; the others are named with their size.`;
  const facts = escaped(
    `Session ${session.session_id} in ${session.cwd}, written ${moment(now)} (UTC) by Quarterdeck. ${bounds}`,
  );
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
<p class="facts">${facts}</p>
`;
  const pictures = createPictures(source.bytes);
  for await (const page of pagesOf(source.page)) {
    for (const event of eventsOf(page)) {
      const passage = passageOf(event);
      if (passage !== null) yield await articleOf(event.type, passage, pictures);
    }
  }
  yield '</body>\n</html>\n';
}
