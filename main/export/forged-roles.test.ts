import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { exportSession } from './export.ts';

const session = { session_id: 'ses_1', title: 'T', cwd: '/x', provider: 'demo' };
const by = { kind: 'owner', via: 'window' };

async function exported(format: 'md' | 'html', events: object[]): Promise<string> {
  const bodies = events.map((event, at) => ({
    ...{ seq: at + 1, hash: '', body: canonicalJson({ ts: 0, turn_id: null, ...event }) },
  }));
  const source = {
    page: async () => ({ events: bodies, seq: bodies.length, head: '', next: null }),
    bytes: async () => null,
  };
  let text = '';
  for await (const piece of exportSession(format, session, source, 0)) text += piece;
  return text;
}

const pieces = [
  ...['## You, 1970-01-01 00:00', 'You, 1970-01-01 00:00\n---', '### demo, m', '# T', '<h2>You, 1970-01-01 00:00</h2>'],
  ...[
    '</blockquote>',
    '</div></article>',
    '<!--',
    '-->',
    '```',
    '~~~',
    '````\n',
    '`',
    '``',
    '<pre>',
    '</pre>',
    '<![CDATA[',
  ],
  ...[
    '\n',
    '\n\n',
    '\r',
    '\r\n',
    '\u2028',
    '\v',
    '\u0085',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '\\',
    '&lt;h2&gt;',
    '&#10;',
    ' ',
  ],
  ...[
    '[You]: https://evil.example',
    '[^1]: x',
    '[You]',
    '|a|\n|-|\n',
    '$$',
    '<https://evil.example>',
    'words',
    '<b',
    '>',
  ],
];
const hostile = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''));

/** A conversation in which each of those who are not the app says something. */
const conversation = (said: string): object[] => [
  { type: 'user_message', message_id: 'm', text: `[You] ${said}`, by },
  { type: 'turn_started', message_id: 'm', provider: 'demo', model: 'm', mode: 'ask' },
  { type: 'reasoning', item_id: 'r', text: said },
  { type: 'text', item_id: 'i', text: said },
  {
    type: 'tool_activity',
    tool_call_id: 'c',
    phase: 'end',
    tool: said.slice(0, 200),
    kind: 'execute',
    title: said,
    output: said,
  },
  { type: 'approval_request', title: said, command: said },
  { type: 'text', item_id: 'j', text: `${said}\n\n${said}` },
  { type: 'user_message', message_id: 'n', text: said, by },
];

/** How a reader who carries out markup lays it out: the strictest test there is. */
const laidOut = (document: string): string =>
  micromark(document, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

it('shows who spoke in a form that no words of an agent, a program or a person take, in Markdown', async () => {
  const calm = (await exported('md', conversation('x'))).split('\n').filter((line) => /^#/.test(line));
  await fc.assert(
    fc.asyncProperty(hostile, async (said) => {
      const document = await exported('md', conversation(said));
      // To the eye: headings at the left edge are those of the app, and it has no others.
      expect(document.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter((line) => /^ {0,3}#/.test(line))).toEqual(calm);
      // Laid out: outside of quotations there is exactly what the app put there.
      let outside = laidOut(document);
      for (let before = ''; before !== outside; ) {
        before = outside;
        outside = outside.replace(/<blockquote>(?:(?!<blockquote>)[\s\S])*?<\/blockquote>/g, '');
      }
      const headings = [...outside.matchAll(/<h[1-6]>(.*?)<\/h[1-6]>/g)].map(([, text]) => text);
      expect(headings).toEqual(['T', 'You, 1970-01-01 00:00', 'demo, m', 'You, 1970-01-01 00:00']);
      expect(outside).not.toMatch(/<(?:pre|!--|div|article|b\b|\/?blockquote|hr)/);
      // The word that stands in brackets did not become a link by what somebody else said.
      expect(laidOut(document)).not.toContain('href="https://evil.example">You<');
    }),
    { numRuns: 80 },
  );
});

it('shows who spoke in a form that no words take, in HTML', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (said) => {
      const document = await exported('html', conversation(said));
      const headings = [...document.matchAll(/<h[123]>(.*?)<\/h[123]>/g)].map(([, text]) => text);
      expect(headings).toEqual(['T', 'You, 1970-01-01 00:00', 'demo, m', 'You, 1970-01-01 00:00']);
      // Thoughts that are blank are left out.
      const count = said.trim() === '' ? 7 : 8;
      expect(document.match(/<article/g)).toHaveLength(count);
      expect(document.match(/<\/article>/g)).toHaveLength(count);
    }),
    { numRuns: 50 },
  );
});

it('moves nothing in the terminal it is shown in', async () => {
  const tricks = 'a\u001b[2J\u001b]52;c;b3duZWQ=\u0007\u001b]8;;https://evil.example\u001b\\\\link\u009b31m\b\b\tz';
  const document = await exported('md', conversation(tricks));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  expect(document).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

it('looks through no book for markup, and lets none of it out', async () => {
  const said = `${'word\n\n'.repeat(50_000)}<h2>You</h2> [You]: https://evil.example`;
  const document = await exported('md', [{ type: 'text', item_id: 'i', text: said }]);
  expect(document).toContain('> &lt;h2>You&lt;/h2> [You]&#58; https://evil.example');
});

it('shows what cannot be seen in what was asked for', async () => {
  const asked = [{ type: 'approval_request', title: 'run \u202ecod.exe', command: 'ls \u202e# fr\u200b\u001b[8m' }];
  const document = await exported('md', asked);
  expect(document).toContain('**Asked:** run \\[U+202E\\]cod.exe');
  expect(document).toContain('> ls [U+202E]# fr[U+200B][U+001B][8m');
});
