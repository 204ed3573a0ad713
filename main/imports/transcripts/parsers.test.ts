import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseClaudeLine } from './claude.ts';
import { parseCodexLine } from './codex.ts';
import { parseGeminiLine } from './gemini.ts';
import { isTooDense, type ParseLine, readTime, type TranscriptChange, type TranscriptItem } from './transcript.ts';

const lines = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')
    .trimEnd()
    .split('\n');

/** What stands there after all lines, and the lines that were not understood. */
function play(parse: ParseLine, text: readonly string[]): { items: TranscriptItem[]; unknown: string[]; cwd: string } {
  let items: TranscriptItem[] = [];
  let cwd = '';
  const unknown: string[] = [];
  const carryOut = (change: TranscriptChange): void => {
    if (change.op === 'clear') items = [];
    if (change.op === 'about') cwd = change.cwd ?? cwd;
    if (change.op === 'drop_from') {
      const at = items.findIndex((item) => item.key?.startsWith(change.prefix));
      if (at >= 0) items = items.slice(0, at);
    }
    if (change.op === 'put') {
      const at = change.item.key === null ? -1 : items.findIndex((item) => item.key === change.item.key);
      if (at < 0) items.push(change.item);
      else items[at] = change.item;
    }
    if (change.op === 'result') {
      const at = items.findIndex((item) => item.key === change.key);
      const item = items[at]!;
      items[at] = { ...item, body: `${item.body}|${change.body}`, failed: change.failed };
    }
  };
  for (const line of text) {
    const changes = parse(line);
    if (changes === null) unknown.push(line);
    else for (const change of changes) carryOut(change);
  }
  return { items, unknown, cwd };
}

const told = (items: readonly TranscriptItem[]): string[] =>
  items.map(({ kind, tool, title, body, failed }) =>
    kind === 'tool' ? `${tool}: ${title}${failed ? ' FAILED' : ''}` : `${kind}: ${body}`,
  );

describe('reading the files the CLIs wrote', () => {
  it('finds in Claude Code’s what was said, thought and done, and nothing of its own bookkeeping', () => {
    const { items, unknown, cwd } = play(parseClaudeLine, lines('claude.jsonl'));
    expect(told(items)).toEqual([
      'user: Write a greeting for the lighthouse keeper.',
      'reasoning: The keeper likes short words.',
      'text: I will write the file.',
      'Write: /home/kim/lighthouse/greeting.txt',
      'Bash: cat greeting.txt missing.txt FAILED',
      'text: The greeting is in **greeting.txt**.',
      'user: Now say it in Italian.',
      'text: Ciao, guardiano del faro!',
    ]);
    expect(unknown).toEqual([]);
    expect(cwd).toBe('/home/kim/lighthouse');
    expect(items[3]!.body).toContain('Ahoy, keeper!');
    expect(items[4]!.body).toContain('cat: missing.txt: No such file or directory');
    expect(items[0]!.ts).toBeGreaterThan(Date.parse('2026-11-20T00:00:00Z'));
  });

  it('finds in Codex’s what was said, thought and done, without the context Codex adds', () => {
    const { items, unknown, cwd } = play(parseCodexLine, lines('codex.jsonl'));
    expect(told(items)).toEqual([
      'user: Codex, write a greeting for the lighthouse keeper.',
      'reasoning: The keeper likes short words.',
      'text: I will write the file.',
      'apply_patch: Add File: greeting2.txt',
      'exec_command: cat greeting2.txt missing.txt FAILED',
      'text: The greeting is in **greeting2.txt**.',
      'user: Now say it in Italian.',
      'text: Ciao, guardiano del faro!',
    ]);
    expect(unknown).toEqual([]);
    expect(cwd).toBe('/home/kim/lighthouse');
    expect(items[3]!.body).toContain('+Ahoy, keeper!');
  });

  const geminiTold = [
    'user: Gemini, write a greeting for the lighthouse keeper.',
    'reasoning: The keeper likes short words.',
    'text: I will write the file.',
    'write_file: /home/kim/lighthouse/greeting3.txt',
    'run_shell_command: cat greeting3.txt missing.txt',
    'text: The greeting is in **greeting3.txt**.',
  ];

  it('plays Gemini’s journal: a message that comes again replaces itself', () => {
    const { items, unknown } = play(parseGeminiLine, lines('gemini.jsonl'));
    expect(told(items)).toEqual(geminiTold);
    expect(unknown).toEqual([]);
    expect(items[4]!.body).toContain('Exit Code: 1');
  });

  it('takes back in Gemini’s journal what was rewound', () => {
    const rewound = [...lines('gemini.jsonl'), '{"$rewindTo":"1980445b-5374-4abc-b372-3479026f7607"}'];
    expect(told(play(parseGeminiLine, rewound).items)).toEqual(geminiTold.slice(0, 4));
  });

  it('reads Gemini’s older file, one JSON value', () => {
    const messages = lines('gemini.jsonl')
      .map((line) => JSON.parse(line))
      .filter((line) => line.id);
    const old = JSON.stringify({ sessionId: 'old-1', projectHash: 'x', messages }, null, 2);
    expect(told(play(parseGeminiLine, [old]).items)).toEqual(geminiTold);
  });

  it('leaves out sub-agents, reminders and summaries that stand among Claude Code’s messages', () => {
    const user = { type: 'user', timestamp: '2026-11-20T10:00:00Z', message: { role: 'user', content: 'Hello.' } };
    const left = [
      { ...user, isSidechain: true },
      { ...user, isMeta: true },
      { ...user, isCompactSummary: true },
      { ...user, message: { role: 'user', content: '<command-name>/clear</command-name>' } },
      { ...user, message: { role: 'user', content: [{ type: 'text', text: '<system-reminder>x</system-reminder>' }] } },
    ];
    expect(
      play(
        parseClaudeLine,
        left.map((line) => JSON.stringify(line)),
      ).items,
    ).toEqual([]);
    expect(play(parseClaudeLine, [JSON.stringify(user)]).items).toHaveLength(1);
  });

  it.each([
    ['claude', parseClaudeLine],
    ['codex', parseCodexLine],
    ['gemini', parseGeminiLine],
  ])('calls what a newer %s writes unknown, and throws at nothing', (_name, parse) => {
    expect(parse('{"type":"hologram","payload":{"type":"x"}}')).toBeNull();
    for (const line of ['', 'nonsense', '{"type":', '[]', '7', 'null', '{"type":"user","message":null}']) {
      expect(() => parse(line)).not.toThrow();
    }
  });

  it('reads the bare lines of the first Codex versions', () => {
    const { items, cwd } = play(parseCodexLine, [
      '{"id":"a","timestamp":"2025-05-01T10:00:00Z","instructions":null,"cwd":"/w"}',
      '{"record_type":"state"}',
      '{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi."}]}',
      '{"type":"function_call","name":"shell","arguments":"{\\"command\\":[\\"ls\\",\\"-la\\"]}","call_id":"c1"}',
      '{"type":"function_call_output","call_id":"c1","output":"{\\"output\\":\\"no\\",\\"metadata\\":{\\"exit_code\\":2}}"}',
    ]);
    expect(told(items)).toEqual(['user: Hi.', 'shell: ls -la FAILED']);
    expect(cwd).toBe('/w');
  });
});

describe('a time that a CLI wrote', () => {
  it.each([
    ['2026-11-20T10:00:00.000Z', Date.parse('2026-11-20T10:00:00Z')],
    [1_763_632_800_000.25, 1_763_632_800_000],
    [4.2e12, null],
    [1e300, null],
    [-1, null],
    [0, null],
    ['+275760-09-13T00:00:00Z', null],
    ['yesterday', null],
    [null, null],
  ])('%s is %s', (value, ms) => expect(readTime(value)).toBe(ms));
});

describe('a text that holds more values than there is memory for', () => {
  const many = 2_100_000;

  it.each([
    ['empty objects', `[${'{},'.repeat(many)}{}]`],
    ['numbers', `[${'1,'.repeat(many)}1]`],
    ['lists in lists', '['.repeat(many)],
    ['such behind words', `["a \\" [", ${'{},'.repeat(many)}{}]`],
  ])('is known before it is read: %s', (_what, text) => expect(isTooDense(text)).toBe(true));

  it.each([
    ['words with commas', JSON.stringify({ text: ',[{'.repeat(many) })],
    ['words with quotes and slashes', JSON.stringify({ text: '\\",'.repeat(many) })],
    ['a string without end', `"${','.repeat(many)}`],
    ['many entries', `[${'{"text":"some words"},'.repeat(500_000)}{}]`],
  ])('is not one of %s', (_what, text) => expect(isTooDense(text)).toBe(false));

  it('is not read where it stands inside a string either', () => {
    const given = `{"a":[${'{},'.repeat(many)}{}]}`;
    const line = JSON.stringify({ type: 'function_call', name: 'shell', arguments: given, call_id: 'c1' });
    const [change] = parseCodexLine(line)!;
    expect(change).toMatchObject({ op: 'put', item: { kind: 'tool', title: expect.stringMatching(/^{"a":\[{},/) } });
  });
});
