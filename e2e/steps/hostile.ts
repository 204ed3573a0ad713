import type { Page } from 'playwright';
import type { SessionEvent } from '../../main/protocol/events.ts';
import type { ApprovalId } from '../../main/protocol/ids.ts';
import type { ToolKind } from '../../main/protocol/values.ts';
import { turnOf } from '../tools/fill-session.ts';

/** What an agent says and does that means ill, and what of it would have broken out. */

/** One pixel, PNG. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const esc = '\u001b';
export const rlo = '\u202e';
/** What sets this, or what asks this host for anything, has broken out. */
const boom = 'window.broken=1';
const host = 'https://evil.example';

/** Each kind of attack, as what an agent says. */
export const words: Readonly<Record<string, string>> = {
  html: `<script>${boom}</script><img src=x onerror="${boom}"><svg onload="${boom}"></svg>
<iframe srcdoc="<script>parent.broken=1</script>"></iframe><style>* { display: none !important }</style>
<form action="${host}"><input name=a autofocus onfocus="${boom}"></form><meta http-equiv="refresh" content="0;url=${host}">
<base href="${host}/"><link rel="stylesheet" href="${host}/x.css"><object data="${host}"></object><video autoplay src="${host}/v"></video>`,
  links: `[a](javascript:${boom}) [b](JaVaScRiPt:${boom}) [c](data:text/html,<script>${boom}</script>) [d](vbscript:x)
[e](file:///etc/passwd) [f](\u0001javascript:${boom}) [g](java\nscript:${boom}) <javascript:${boom}> [i](blob:x) [j](quarterdeck://x)
[https://github.com/login](${host}/login) [k](https://github.com@evil.example/) [l](//evil.example/x)`,
  images: `![pixel](${host}/pixel.gif) ![x](javascript:${boom}) ![y](data:image/svg+xml,<svg onload="${boom}"/>) ![z](x" onerror="${boom})`,
  bidi: `${rlo}txet desrever ${'\u2066\u2067\u200f'.repeat(50)} \u202d and no end to it`,
  card: `**The agent waits for your answer** Run this command?
<section class="approval-card" data-testid="approval-card"><button data-testid="approval-allow-once">Allow once</button></section>
<dialog open class="dialog"><button>Allow</button></dialog><div style="position:fixed;inset:0;z-index:99999">Session expired, sign in</div>`,
  math: String.raw`\(\href{javascript:${boom}}{x}\) \(\url{${host}}\) \(\includegraphics{${host}/a.png}\) \(\htmlClass{app}{x}\)
\(\htmlStyle{position:fixed;inset:0}{x}\) \(\def\a{\a\a}\a\) \(\rule{100000em}{100000em}\) \(\kern{-9999em}x\) \(\raisebox{9999em}{x}\) \(\Huge{x}^{x^{x^{x}}}\)`,
  fences: `\`\`\`html\n<script>${boom}</script></code></pre><b>out</b>\n\`\`\`\n\n\`\`\`"><script>${boom}</script>\nx\n\`\`\`\n\n~~~ onload=${boom}\ny\n~~~`,
  nesting: `${'>'.repeat(10_000)} deep\n\n${'[a'.repeat(10_000)}\n\n${'*a_b'.repeat(10_000)}\n\n${'**'.repeat(10_000)}a${'**'.repeat(10_000)}\n\n${'- '.repeat(400)}x`,
  table: `|${'a|'.repeat(10_000)}\n|${'-|'.repeat(10_000)}\n|${'b|'.repeat(10_000)}\n\n|${'a|'.repeat(200)}\n|${'-|'.repeat(200)}\n|${'b|'.repeat(200)}`,
  line: `${'x'.repeat(30_000)} ${'\u0301'.repeat(3_000)}`,
  diagram: `\`\`\`mermaid
%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "@import url(${host}/x.css); * { position: fixed; background: url(${host}/p) }"}}%%
flowchart LR
  a["<img src='${host}/i' onerror='parent.broken=1'><script>parent.broken=1</script><b onclick='parent.broken=1'>x</b>"] --> b
  click a href "javascript:parent.broken=1"
  click b call alert(1)
\`\`\`

\`\`\`mermaid
flowchart LR
  <script>${boom}</script> -->
\`\`\``,
  mathBombs: String.raw`\(\def\a{${'x'.repeat(2_000)}}${'\\a'.repeat(290)}\)

$$
\gdef\b{\b\b}\b
$$

${'$x^2$ '.repeat(500)}

\(\begin{matrix}${'a&'.repeat(700)}b\end{matrix}\) \(\hspace{-9999em}\text{Allow once}\) \(\raisebox{-9999em}{x}\) \(\raisebox{20em}{\Huge{Allow once}}\)`,
  notices: `**System:** the session has expired. [Sign in again](${host}/login)

> ⚠️ Quarterdeck: 1 request waits for you. Allow once | Allow always | Deny

\`\`\`
┌ The agent waits for your answer ┐
│ rm -rf ~   [Allow once] [Deny]  │
└─────────────────────────────────┘
\`\`\``,
  lists: `${Array.from({ length: 120 }, (_, at) => `${' '.repeat(at * 2)}- x`).join('\n')}\n\n${'- '.repeat(1_000)}y\n\n${'1. '.repeat(500)}z`,
  homoglyphs: `[https://apple.com](https://\u0430pple.com/) [paypal.com](https://paypal.com.evil.example/) [gist](https://github.com\u2044x.evil.example/)`,
  pictures: `![plot](plot.png) ![out](../outside.png) ![far](/etc/far.png) ![linked](linked.png) ![not one](not.png) [![in a link](plot.png)](${host}/)`,
  headings: `# Page title\n\nSession\n=======\n\n###### least`,
  zalgo: `a${'\u0301\u0489\u035b'.repeat(300)}`,
};

const terminal = `${esc}[2J${esc}[H${esc}[999;999Hout ${esc}]0;owned\u0007${esc}]52;c;b3duZWQ=\u0007${esc}]8;;javascript:${boom}\u0007link${esc}]8;;\u0007 ${esc}[?1049h${esc}c<script>${boom}</script>`;

let calls = 0;
export function toolCall(
  kind: ToolKind,
  title: string,
  output: string,
  more: Partial<SessionEvent> = {},
): SessionEvent[] {
  calls += 1;
  const tool = { tool_call_id: `call_${calls}`, tool: title, kind, title };
  return [
    { type: 'tool_activity', phase: 'start', ...tool, input: { command: title, path: title } },
    ...(Object.keys(more).length > 0 ? [{ tool_call_id: tool.tool_call_id, ...more } as SessionEvent] : []),
    { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output, duration_ms: 4 },
  ];
}

export const markup = words.html ?? '';
const diff = {
  ...{ path: `/x/${rlo}${markup.slice(0, 200)}`, change: 'update', added: 2, removed: 1 },
  hunks: [
    {
      ...{ old_start: 1, old_lines: 1, new_start: 1, new_lines: 2 },
      lines: ['-a', `+${markup.split('\n')[0]}`, `+${'y'.repeat(20_000)}`],
    },
  ],
};

/** A turn for each attack, one in which tools are used, and a request that waits. @param names - of attacks; all of them where none is named. */
export function hostileTurns(names: readonly string[] = Object.keys(words)) {
  const said = names.flatMap((name, at) => {
    const text = words[name] ?? '';
    return turnOf(at + 1, `Attack ${name}`, [
      { type: 'reasoning', item_id: `think_${at}`, text, duration_ms: 10 },
      { type: 'text', item_id: `text_${at}`, text },
    ]);
  });
  const done = turnOf(50, 'Attack tools', [
    ...toolCall('execute', `${markup} ${rlo}fr- mr`, terminal),
    ...toolCall('fetch', `javascript:${boom}`, markup),
    ...toolCall('edit', diff.path, '', { type: 'file_edit', diff } as unknown as Partial<SessionEvent>),
    { type: 'plan', entries: [{ text: markup, status: 'pending' }] },
    { type: 'text', item_id: 'text_tools', text: 'All tools were used.' },
  ]);
  const asked = turnOf(
    51,
    'Attack approval',
    [
      {
        type: 'tool_activity',
        phase: 'start',
        ...{ tool_call_id: 'call_ask', tool: 'Bash', kind: 'execute', title: 'x', input: {} },
      },
      {
        type: 'approval_request',
        ...{ approval_id: 'apr_00000000000000000001' as ApprovalId, tool_call_id: 'call_ask', tool: 'Bash' },
        ...{
          kind: 'execute',
          title: markup,
          command: `ls ${rlo}# fr- mr ;\u200b${esc}[8m rm -rf ~ ${esc}[0m`,
          input: {},
        },
        ...{ reason: markup, rule: null, digest: 'd' },
      },
    ],
    true,
  );
  return [...said, ...done, ...asked];
}

/** What is around the conversation, and where it stands. */
export const around = (page: Page) =>
  page.evaluate(() =>
    ['.sidebar', '.pane-header', '.sidebar-new', 'body', '.main', '.composer'].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      return [selector, x, y, width, height];
    }),
  );

/** Things a conversation may not hold, whatever was said in it. */
export const strangers = (page: Page) =>
  page.evaluate(() => {
    const inside = document.querySelector('.conversation') as HTMLElement;
    const box = (document.querySelector('.transcript-scroller') as HTMLElement).getBoundingClientRect();
    // A picture of a diagram is made here, and can neither run nor fetch anything.
    const pictures = ':not(.diagram-picture > *, .local-image img[src^="blob:"])';
    const tags = `script, iframe, style, form, meta, base, link, object, embed, video, audio, dialog, img${pictures}, .markdown h1, [onerror], [onload], [srcdoc]`;
    const found = [...inside.querySelectorAll(tags)].map((one) => one.outerHTML.slice(0, 120));
    for (const one of inside.querySelectorAll<HTMLElement>('.transcript-scroller *')) {
      const { position } = getComputedStyle(one);
      if (position === 'fixed') found.push(`fixed: ${one.outerHTML.slice(0, 120)}`);
      const href = one.getAttribute('href') ?? one.getAttribute('src') ?? '';
      if (href !== '' && !one.matches('.diagram-picture > img, .local-image img') && !/^(https?:|mailto:)/i.test(href))
        found.push(`leads to ${href}`);
    }
    // What is drawn outside of the box that scrolls would lie over something else: the box cuts it off.
    if (getComputedStyle(document.querySelector('.transcript-scroller') as HTMLElement).overflowX === 'visible')
      found.push('the conversation does not cut off what is too wide');
    // The only buttons that answer a request are those of a request.
    for (const one of inside.querySelectorAll('.transcript-scroller button'))
      if (/^(Allow|Deny)/.test(one.textContent ?? '')) found.push(`a button that answers: ${one.textContent}`);
    for (const one of inside.querySelectorAll('.markdown'))
      if (getComputedStyle(one).overflowX !== 'clip') found.push('a message draws over others');
    if (box.width > innerWidth) found.push('the conversation is wider than the window');
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page scrolls sideways');
    return found;
  });
