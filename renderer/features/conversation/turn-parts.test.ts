import { expect, it } from 'vitest';
import { pieceChars } from '../../markdown/split-pieces.ts';
import type { Item, OpenItem, TextItem, ToolItem } from '../../store/transcript/view.ts';
import { partRows, partsOf, partsOfTurn } from './turn-parts.ts';

const tool = (number: number, more: Partial<ToolItem> = {}): ToolItem => ({
  kind: 'tool',
  key: `tool ${number}`,
  toolCallId: `tool_${number}`,
  parentId: null,
  tool: 'Bash',
  toolKind: 'execute',
  title: '',
  input: null,
  status: 'completed',
  startedAt: 0,
  durationMs: 1,
  exitCode: null,
  output: '',
  outputOmitted: 0,
  diffs: [],
  approvals: [],
  ...more,
});
const many = (count: number, more: Partial<ToolItem> = {}): Item[] =>
  Array.from({ length: count }, (_, number) => tool(number, more));

it('leaves a turn whole as long as it is short, and cuts a long one into rows of the list', () => {
  expect(partsOf(undefined)).toBe(1);
  expect(partsOf({ items: [] })).toBe(1);
  expect(partsOf({ items: many(partRows) })).toBe(1);
  expect(partsOf({ items: many(partRows + 1) })).toBe(2);
  expect(partsOf({ items: many(10_000) })).toBe(Math.ceil(10_000 / partRows));
});

it('counts what is seen: folded runs and what sub-agents did are no rows of their own', () => {
  expect(partsOf({ items: many(500, { toolKind: 'read' }) })).toBe(1);
  const nested = [tool(0), ...many(500).map((_, at) => tool(at + 1, { parentId: 'tool_0' }))];
  expect(partsOf({ items: nested })).toBe(1);
});

it('moves nothing out of a part that is full when more comes', () => {
  const kinds: Partial<ToolItem>[] = [
    { toolKind: 'read' },
    {},
    { toolKind: 'search' },
    { toolKind: 'read' },
    { toolKind: 'read' },
    {},
  ];
  const all = Array.from({ length: 400 }, (_, at) => tool(at, kinds[at % kinds.length]));
  let full: string[] = [];
  for (let count = 1; count <= all.length; count += 1) {
    const keys = partsOfTurn({ items: all.slice(0, count) }).parts.flatMap((part) => part.map(({ row }) => row.key));
    // The last rows are still open: quiet calls at the end of a turn may fold together.
    const settled = keys.slice(0, Math.floor(keys.length / partRows) * partRows - 2);
    expect(keys.slice(0, full.length)).toEqual(full);
    if (settled.length > full.length) full = settled;
  }
  expect(full.length).toBeGreaterThan(100);
});

it('finds the rows of 10,000 items under one call without looking at each of them for each', () => {
  const items = [tool(0), ...Array.from({ length: 10_000 }, (_, at) => tool(at + 1, { parentId: 'tool_0' }))];
  const startedAt = performance.now();
  partsOfTurn({ items });
  expect(performance.now() - startedAt).toBeLessThan(500);
});

const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, at) => `Paragraph ${at}. ${'It says something. '.repeat(10)}`).join('\n\n');
const answer = (text: string): TextItem => ({
  kind: 'text',
  key: 'answer',
  parentId: null,
  text,
  partial: true,
  durationMs: null,
});
const keysOf = (turn: Parameters<typeof partsOfTurn>[0]) =>
  partsOfTurn(turn).parts.map((part) => part.map(({ row }) => row.key));

it('cuts an answer of 200,000 characters into rows of which each is mounted by itself', () => {
  const text = paragraphs(1_000);
  const { parts } = partsOfTurn({ items: [answer(text)] });
  expect(partsOf({ items: [answer(text)] })).toBe(parts.length);
  const rows = parts.flat().map(({ row }) => row as TextItem);
  expect(rows.map((row) => row.text).join('')).toBe(text);
  for (const part of parts) {
    const length = part.reduce((sum, { row }) => sum + (row as TextItem).text.length, 0);
    expect(length).toBeLessThan(pieceChars * 1.2);
  }
  expect(rows.map((row) => row.partial).lastIndexOf(false)).toBe(rows.length - 2);
});

it('leaves every piece of an answer where it is, under its name, while the answer grows and when it is finished', () => {
  const text = paragraphs(300);
  let before: string[][] = [];
  for (let end = 400; end < text.length; end += 400) {
    const open: OpenItem = { kind: 'text', key: 'answer', itemId: 'answer', text: text.slice(0, end) };
    const { parts } = partsOfTurn({ items: many(3), open: [open] });
    expect(parts.flat().filter(({ growing }) => growing)).toHaveLength(1);
    const keys = parts.map((part) => part.map(({ row }) => row.key));
    expect(keys.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    before = keys;
  }
  const finished = keysOf({ items: [...many(3), answer(text)] });
  expect(finished.slice(0, before.length)).toEqual(before);
});
