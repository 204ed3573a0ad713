import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../base/canonical-json.ts';
import { membersOf } from '../cli/json-members.ts';
import { verifyMembers } from '../cli/verify-file.ts';
import { type ExportPage, SessionFile } from '../protocol/export.ts';
import { type ExportFormat, exportName } from './events.ts';
import { exportSession } from './export.ts';
import type { FetchBytes } from './pictures.ts';

const session = { session_id: 'ses_1', title: 'A <b>title</b>', cwd: '/x', provider: 'demo' };
const by = { kind: 'owner', via: 'window' };
const hostile = '<script>alert(1)</script>\n\n[x](javascript:alert(1)) <b onclick="x">y</b>';

function page(events: object[], secret?: string): ExportPage {
  let hash = Buffer.alloc(32);
  const all = events.map((event, at) => {
    const body = canonicalJson({ ts: 1_700_000_000_000 + at, turn_id: null, ...event });
    hash = createHash('sha256').update(hash).update(body, 'utf8').digest() as Buffer<ArrayBuffer>;
    const clean = secret ? body.replaceAll(secret, '[redacted]') : body;
    return {
      ...{ seq: at + 1, hash: hash.toString('hex'), body: clean },
      ...(clean === body ? {} : { redacted: true as const }),
    };
  });
  return { events: all, seq: all.length, head: hash.toString('hex'), next: null };
}

const conversation = [
  { type: 'user_message', message_id: 'm', text: 'What is `x`? # no heading', by },
  { type: 'turn_started', message_id: 'm', provider: 'demo', model: 'm-1', mode: 'ask' },
  { type: 'text', item_id: 'i', text: `It is **four**.\n\n${hostile}` },
  { type: 'tool_activity', tool_call_id: 'c', phase: 'start', tool: 'Bash', kind: 'execute', title: 'ls', input: {} },
  {
    ...{ type: 'tool_activity', tool_call_id: 'c', phase: 'end', tool: 'Bash', kind: 'execute', title: 'ls' },
    ...{ status: 'failed', exit_code: 2, output: '\u001b[31mred\u001b[0m ``` fence' },
  },
  { type: 'turn_end', status: 'completed', duration_ms: 5 },
];

async function exported(
  format: ExportFormat,
  pages: ExportPage[],
  bytes: FetchBytes = async () => null,
): Promise<string> {
  let text = '';
  const fetchPage = async (after: number) => pages.find((one) => (one.events[0]?.seq ?? 1) === after + 1) as ExportPage;
  for await (const piece of exportSession(format, session, { page: fetchPage, bytes }, 1_700_000_000_000))
    text += piece;
  return text;
}

/** As the file would be read from a disk, in pieces that end anywhere. */
async function verified(file: unknown) {
  async function* pieces() {
    const text = JSON.stringify(file);
    for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7);
  }
  const report = await verifyMembers(membersOf(pieces(), 'events'), 'x.json');
  return report.ok ? report.value : report.error;
}

describe('a session taken elsewhere', () => {
  it('reads as a document, in which an output does not break out of its fence', async () => {
    const text = await exported('md', [page(conversation)]);
    expect(text).toContain('# A \\<b\\>title\\</b\\>');
    expect(text).toContain('## You, 2023-11-14 22:13');
    expect(text).toContain('It is **four**.');
    expect(text).toContain('**Bash** ls — failed, exit code 2\n\n> ````\n> red ``` fence\n> ````');
  });

  it('as HTML holds nothing that runs, leads astray or is fetched', async () => {
    const text = await exported('html', [page(conversation)]);
    expect(text).toContain('<strong>four</strong>');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/<script|href="javascript:|<b onclick/);
    expect(text).toContain("default-src 'none'");
    expect(text).toContain('<title>A &#60;b&#62;title&#60;/b&#62;</title>');
  });

  it('as HTML holds as it was written what a parser of Markdown would take seconds for', async () => {
    for (const flood of [
      '*a_ '.repeat(25_000),
      '[a](b '.repeat(20_000),
      `${'> '.repeat(5_000)}x`,
      '- '.repeat(5_000),
    ]) {
      const text = await exported('html', [page([{ type: 'text', item_id: 'i', text: `${flood}<b>` }])]);
      // Not one mark of it was laid out.
      expect(text.match(/<div class="said">\n<pre>([^<]*)<\/pre>\n<\/div>/)?.[1]).toContain('&#60;b&#62;');
      const document = await exported('md', [page([{ type: 'text', item_id: 'i', text: flood }])]);
      expect(document).toContain(`\n> \`\`\`\n> ${flood.slice(0, 200)}`);
    }
  });

  it('as a document takes any number of marks in a command that was asked for', async () => {
    const asked = { type: 'approval_request', title: 'run', command: '`a'.repeat(400_000) };
    expect(await exported('md', [page([asked])])).toContain('```sh');
  });

  it('as JSON is verified by anybody, over the bounds of pages', async () => {
    const whole = page(conversation);
    const pages = [
      { ...whole, events: whole.events.slice(0, 4), next: 4 },
      { ...whole, events: whole.events.slice(4) },
    ];
    const file = SessionFile.parse(JSON.parse(await exported('json', pages)));
    expect(file.events).toHaveLength(6);
    expect(await verified(file)).toMatchObject({ ok: true, version: 2, events: 6, redacted: 0 });
  });

  it('tells the event that was altered, left out or added, and a missing end', async () => {
    const file = SessionFile.parse(JSON.parse(await exported('json', [page(conversation)])));
    const without = (at: number) => ({ ...file, events: file.events.filter((_, index) => index !== at) });
    const altered = structuredClone(file);
    altered.events[2]!.body = altered.events[2]!.body.replace('four', 'five');
    expect(await verified(altered)).toMatchObject({ ok: false, broken_at: 3 });
    expect(await verified(without(3))).toMatchObject({ ok: false, broken_at: 4 });
    expect(await verified(without(5))).toMatchObject({ ok: false, broken_at: 5 });
    expect(await verified({ ...file, events: [...file.events, file.events[5]!] })).toMatchObject({ broken_at: 7 });
    const relinked = structuredClone(file);
    relinked.events[2]!.hash = 'a'.repeat(64);
    expect(await verified(relinked)).toMatchObject({ ok: false, broken_at: 3 });
  });

  it('without a secret is still verified, but for the event it stood in', async () => {
    const file = SessionFile.parse(JSON.parse(await exported('json', [page(conversation, 'four')])));
    expect(JSON.stringify(file)).not.toContain('four');
    expect(await verified(file)).toMatchObject({ ok: true, redacted: 1 });
    const excused = SessionFile.parse(JSON.parse(await exported('json', [page(conversation)])));
    Object.assign(excused.events[2]!, { body: excused.events[2]!.body.replace('four', 'five'), redacted: true });
    expect(await verified(excused)).toMatchObject({ ok: false, broken_at: 3 });
  });

  it('that is empty is a whole file too', async () => {
    const empty = { events: [], seq: 0, head: '0'.repeat(64), next: null };
    const file = SessionFile.parse(JSON.parse(await exported('json', [empty])));
    expect(await verified(file)).toMatchObject({ ok: true, events: 0 });
  });

  it('has a name that every file system takes', () => {
    expect(exportName('../../etc/passwd: 文 "x"', 'md')).toBe('etc-passwd-文-x.md');
    expect(exportName('???', 'json')).toBe('session.json');
  });
});
