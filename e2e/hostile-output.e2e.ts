import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import type { SessionEvent } from '../main/protocol/events.ts';
import type { ApprovalId, SessionId } from '../main/protocol/ids.ts';
import type { ToolKind } from '../main/protocol/values.ts';
import { testIds } from '../renderer/test-ids.ts';
import { expect } from './driver/fixtures.ts';
import { approvalCard } from './steps/approval.ts';
import { turnWith } from './steps/conversation.ts';
import { test } from './steps/demo.ts';
import { openSession } from './steps/session.ts';
import { turnOf, writeSession } from './tools/fill-session.ts';

const calm = 'ses_00000000000000000001' as SessionId;
const hostile = 'ses_00000000000000000002' as SessionId;
const endless = 'ses_00000000000000000003' as SessionId;

/** One pixel, PNG. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const esc = '\u001b';
const rlo = '\u202e';
/** What sets this, or what asks this host for anything, has broken out. */
const boom = 'window.broken=1';
const host = 'https://evil.example';

/** Each kind of attack, as what an agent says. */
const words: Readonly<Record<string, string>> = {
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
function toolCall(kind: ToolKind, title: string, output: string, more: Partial<SessionEvent> = {}): SessionEvent[] {
  calls += 1;
  const tool = { tool_call_id: `call_${calls}`, tool: title, kind, title };
  return [
    { type: 'tool_activity', phase: 'start', ...tool, input: { command: title, path: title } },
    ...(Object.keys(more).length > 0 ? [{ tool_call_id: tool.tool_call_id, ...more } as SessionEvent] : []),
    { type: 'tool_activity', phase: 'end', ...tool, status: 'completed', output, duration_ms: 4 },
  ];
}

const markup = words.html ?? '';
const diff = {
  ...{ path: `/x/${rlo}${markup.slice(0, 200)}`, change: 'update', added: 2, removed: 1 },
  hunks: [
    {
      ...{ old_start: 1, old_lines: 1, new_start: 1, new_lines: 2 },
      lines: ['-a', `+${markup.split('\n')[0]}`, `+${'y'.repeat(20_000)}`],
    },
  ],
};

function hostileTurns() {
  const said = Object.entries(words).flatMap(([name, text], at) =>
    turnOf(at + 1, `Attack ${name}`, [
      { type: 'reasoning', item_id: `think_${at}`, text, duration_ms: 10 },
      { type: 'text', item_id: `text_${at}`, text },
    ]),
  );
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
const around = (page: Page) =>
  page.evaluate(() =>
    ['.sidebar', '.pane-header', '.sidebar-new', 'body', '.main', '.composer'].map((selector) => {
      const { x, y, width, height } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      return [selector, x, y, width, height];
    }),
  );

/** Things a conversation may not hold, whatever was said in it. */
const strangers = (page: Page) =>
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

test('whatever an agent says, nothing outside of its own box changes', async ({ launch, home, folder }) => {
  test.slow();
  writeSession(home, { session_id: calm, cwd: folder, title: 'Calm' }, turnOf(1, 'Hello', []));
  const title = `${markup.slice(0, 150)} ${rlo}`;
  const cwd = join(folder, 'work');
  mkdirSync(cwd);
  writeSession(home, { session_id: hostile, cwd, title }, hostileTurns());
  writeFileSync(join(cwd, 'plot.png'), pixel);
  writeFileSync(join(cwd, 'not.png'), '<svg onload="window.broken=1">');
  writeFileSync(join(folder, 'outside.png'), pixel);
  symlinkSync(join(folder, 'outside.png'), join(cwd, 'linked.png'));
  const { page, url } = (await launch()) as Awaited<ReturnType<typeof launch>> & { url: string };
  const own = new URL(url ?? page.url()).host;
  const wrong: string[] = [];
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const { protocol, host: to } = new URL(request.url());
    if (/^https?:$/.test(protocol) && to !== own) wrong.push(`request: ${request.url()}`);
  });
  page.on('popup', (popup) => wrong.push(`window: ${popup.url()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));

  await openSession(page, calm);
  const before = { layout: await around(page), address: page.url() };
  expect(await page.locator('.main').boundingBox()).toMatchObject({ y: 0, height: page.viewportSize()?.height });
  await openSession(page, hostile);

  await test.step('the only request is the true one, and its command shows what is invisible', async () => {
    await expect(approvalCard(page)).toHaveCount(1);
    await expect(page.getByTestId(testIds.approvalAllowOnce)).toHaveCount(1);
    const command = approvalCard(page).getByTestId(testIds.approvalCommand);
    await expect(command).toContainText('U+202E');
    await expect(command).toContainText('U+200B');
    await expect(command).toContainText('U+001B');
    await approvalCard(page)
      .getByTestId(testIds.approvalSetAside)
      .or(page.getByTestId(testIds.approvalDeny))
      .first()
      .click();
    await expect(approvalCard(page)).toHaveCount(0);
  });

  /** What else is true of one of them. */
  const looked: Readonly<Record<string, (turn: Locator) => Promise<void>>> = {
    // What a name, a title or a path hides is shown by its number.
    async tools(turn) {
      const titles = (await turn.locator('.tool-title').allTextContents()).join('');
      expect(titles).toContain('U+202E');
      expect(titles).not.toContain(rlo);
    },
    // The host is said as it is on the wire.
    async homoglyphs(turn) {
      await turn.getByRole('link', { name: 'https://apple.com' }).first().click();
      await expect(page.getByTestId(testIds.leaveHost)).toHaveText('xn--pple-43d.com');
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testIds.leaveDialog)).toHaveCount(0);
    },
    // Pictures of the folder are shown, and no others.
    async pictures(turn) {
      const said = turn.locator('.assistant-text');
      await expect(said.getByTestId(testIds.localImage)).toHaveCount(1);
      for (const name of ['out', 'far', 'linked', 'not one'])
        await expect(said).toContainText(`Image: ${name} (is missing in the folder, or may not be read here)`);
      await said.getByTestId(testIds.localImage).click();
      await expect(page.getByTestId(testIds.lightboxImage)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByTestId(testIds.lightbox)).toHaveCount(0);
    },
  };

  await test.step('each attack is looked at', async () => {
    const scroller = page.locator('.transcript-scroller');
    for (const name of ['tools', ...Object.keys(words).toReversed()]) {
      const turn = turnWith(page, `Attack ${name}`);
      await expect(async () => {
        if (await turn.first().isVisible()) return;
        await scroller.evaluate((box) => {
          // Rows of guessed height may be passed over on the way up: from the end again.
          if (box.scrollTop === 0) box.scrollTop = box.scrollHeight;
          else box.scrollBy(0, -500);
          return new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
        });
        await expect(turn.first()).toBeVisible({ timeout: 100 });
      }).toPass({ timeout: 30_000, intervals: [30] });
      for (const fold of await turn.getByRole('button', { expanded: false }).all())
        await fold.click({ timeout: 250 }).catch(() => {});
      await page.waitForTimeout(50);
      expect(await strangers(page), name).toEqual([]);
      await expect(page.getByTestId(testIds.approvalAllowOnce)).toHaveCount(0);
      await looked[name]?.(turn.first());
    }
  });

  await test.step('a link that lies is told, and nothing opens before it is agreed to', async () => {
    const turn = turnWith(page, 'Attack links');
    const dialog = page.getByTestId(testIds.leaveDialog);
    await expect(async () => {
      // A click that was counted as late may have been one.
      if (await dialog.isVisible()) return;
      await page.locator('.transcript-scroller').evaluate((box) => box.scrollBy(0, 300));
      // The list takes no clicks while it scrolls, and for a moment after.
      await turn.getByRole('link', { name: 'https://github.com/login' }).first().click({ timeout: 1_000 });
    }).toPass({ timeout: 20_000, intervals: [30] });
    await expect(dialog.getByTestId(testIds.leaveHost)).toHaveText('evil.example');
    await expect(dialog).toContainText('The link says github.com, but it leads to evil.example.');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    const names = await turn.getByRole('link').allTextContents();
    expect([...new Set(names)].sort()).toEqual(['https://github.com/login', 'k']);
  });

  await test.step('a diagram is drawn where it reaches nothing, and shown as a picture', async () => {
    const turn = turnWith(page, 'Attack diagram');
    await expect(async () => {
      if (await turn.first().isVisible()) return;
      await page.locator('.transcript-scroller').evaluate((box) => {
        if (box.scrollTop === 0) box.scrollTop = box.scrollHeight;
        else box.scrollBy(0, -500);
      });
      await expect(turn.first()).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 30_000, intervals: [30] });
    const picture = turn.getByTestId(testIds.diagram).first().getByRole('img');
    await expect(picture).toBeVisible({ timeout: 30_000 });
    expect(
      await picture.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth)),
    ).toBeGreaterThan(20);
    await expect(turn.getByTestId(testIds.diagramFailed).first()).toContainText(
      'its text is shown as the agent wrote it',
    );
    const frame = page.frames().find((one) => one.url().endsWith('/diagram.html'));
    const reached = await frame?.evaluate(async (address) => {
      const tried = async (what: () => unknown): Promise<boolean> => {
        try {
          await what();
          return true;
        } catch {
          return false;
        }
      };
      return {
        origin: self.origin,
        page: await tried(() => parent.document.title),
        store: await tried(() => localStorage.length),
        network: await tried(() => fetch(`${address}/api/v1/me`, { mode: 'no-cors' })),
        code: await tried(() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = 1';
          document.head.append(script);
          if (!('ran' in window)) throw new Error('It did not run.');
        }),
      };
    }, new URL(page.url()).origin);
    expect(reached).toEqual({ origin: 'null', page: false, store: false, network: false, code: false });
  });

  expect(wrong).toEqual([]);
  expect(await page.evaluate(() => Reflect.get(window, 'broken'))).toBeUndefined();
  expect(await page.title()).toMatch(/^[^\p{C}]+ – Quarterdeck$/u);
  await openSession(page, calm);
  expect({ layout: await around(page), address: page.url() }).toEqual(before);
});

test('an endless line and endless output leave the page alive', async ({ launch, home, folder }) => {
  const flood = Array.from({ length: 20_000 }, (_, at) => `line ${at} ${esc}[3${at % 8}mcolour${esc}[0m`).join('\n');
  writeSession(home, { session_id: endless, cwd: folder, title: 'Endless' }, [
    ...turnOf(1, 'One line', toolCall('execute', 'yes | tr -d "\\n"', `${'z'.repeat(900_000)}\nlast`)),
    ...turnOf(2, 'Many lines', toolCall('execute', 'seq', `${flood}\nneedle in it\nend`)),
    ...turnOf(3, 'Said', [{ type: 'text', item_id: 'said', text: 'w'.repeat(300_000) }]),
  ]);
  const { page } = await launch();
  await openSession(page, endless);
  await expect(turnWith(page, 'Said')).toBeVisible();
  const nodes = () => page.evaluate(() => document.querySelectorAll('*').length);
  const scroller = page.locator('.transcript-scroller');
  for (const name of ['Many lines', 'One line']) {
    await expect(async () => {
      await scroller.evaluate((box) => box.scrollBy(0, -box.scrollHeight / 5));
      await expect(turnWith(page, name).getByTestId(testIds.toolToggle).first()).toBeVisible({ timeout: 100 });
    }).toPass({ timeout: 30_000, intervals: [30] });
    const toggle = turnWith(page, name).getByTestId(testIds.toolToggle).first();
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    await expect(turnWith(page, name).getByTestId(testIds.outputOpen)).toBeVisible();
    expect(await nodes()).toBeLessThan(2_500);
  }

  await turnWith(page, 'One line').getByTestId(testIds.outputOpen).click();
  await expect(page.getByTestId(testIds.outputLines)).toContainText('896,000 more characters');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId(testIds.outputDialog)).toHaveCount(0);

  await expect(async () => {
    await scroller.evaluate((box) => box.scrollBy(0, 400));
    await turnWith(page, 'Many lines').getByTestId(testIds.outputOpen).click({ timeout: 3_000 });
    await expect(page.getByTestId(testIds.outputDialog)).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 30_000, intervals: [30] });
  await page.getByTestId(testIds.outputSearch).fill('needle');
  await expect(page.getByTestId(testIds.outputHits)).toHaveText('1 of 1');
  await expect(page.getByTestId(testIds.outputLines)).toContainText('needle in it');
  expect(await nodes()).toBeLessThan(2_500);
  // Still alive: what is typed is there.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByTestId(testIds.composerInput).fill('Still here.');
  await expect(page.getByTestId(testIds.composerInput)).toHaveValue('Still here.');
});
