import type { ProviderId } from '../../main/protocol/ids.ts';
import type { ImportedItem, ImportedSession, ImportStatus, SearchHit } from '../../main/protocol/views.ts';

const minute = 60_000;
const now = Date.now();

function imported(
  id: string,
  provider: string,
  cwd: string | null,
  title: string,
  ago: number,
  more: Partial<ImportedSession> = {},
): ImportedSession {
  return {
    import_id: `imp_${id}`,
    provider: provider as ProviderId,
    provider_session_id: id,
    cwd,
    title,
    path: `/home/ada/.claude/projects/${id}.jsonl`,
    messages: 42,
    first_at: now - ago - 30 * minute,
    last_at: now - ago,
    live: false,
    gone: false,
    continued_by: [],
    ...more,
  };
}

export const sampleImports: readonly ImportedSession[] = [
  imported('live', 'claude', '/home/ada/atlas', 'Why does the map jump when a tile comes late?', minute / 2, {
    live: true,
    messages: 9,
  }),
  imported('b', 'codex', '/home/ada/atlas', 'Retry with jitter, and a cap', 200 * minute, {
    continued_by: ['ses_00000000000000000001' as ImportedSession['continued_by'][number]],
  }),
  imported(
    'c',
    'gemini',
    '/home/ada/ledger',
    'Explain how a month is closed, and which steps may run twice',
    2900 * minute,
    { messages: 118 },
  ),
  imported('d', 'claude', '/home/ada/ledger', 'Round half to even', 9000 * minute, { gone: true, messages: 12 }),
  imported('e', 'codex', null, 'What is a monad?', 60_000 * minute, { messages: 4 }),
];

export const sampleImportStatus: ImportStatus = {
  state: 'scanning',
  files_done: 412,
  files_total: 1038,
  bytes_done: 124_000_000,
  bytes_total: 306_000_000,
  sessions: 412,
  messages: 31_134,
  problems: [
    { path: '/home/ada/.codex/sessions/2026/10/02/rollout-x.jsonl', message: 'It may not be read by this user.' },
  ],
  finished_at: null,
};

const said = (n: number, kind: ImportedItem['kind'], text: string, more: Partial<ImportedItem> = {}): ImportedItem => ({
  n,
  ts: now - (20 - n) * minute,
  kind,
  text,
  ...more,
});

export const sampleItems: readonly ImportedItem[] = [
  said(1, 'user', 'When a tile arrives late the map jumps by a few pixels. Find out why.'),
  said(2, 'reasoning', 'The jump is probably a layout shift: the placeholder has another height than the tile.'),
  said(3, 'text', 'I will look at how tiles are placed.'),
  said(4, 'tool', 'src/map/tile.ts:31: height: auto\nsrc/map/tile.ts:88: style.height = …', {
    tool: 'Grep',
    title: 'height',
  }),
  said(5, 'tool', 'export function place(tile: Tile) {\n  tile.style.height = px(size);\n}', {
    tool: 'Read',
    title: '/home/ada/atlas/src/map/tile.ts',
  }),
  said(6, 'tool', 'not ok 3 - keeps its place\n  expected 256, found 251', {
    tool: 'Bash',
    title: 'npm test -- map',
    failed: true,
  }),
  said(
    7,
    'text',
    'The placeholder is **251** pixels high, the tile 256:\n\n```ts\nplaceholder.style.height = px(size - border);\n```\n\nThe border counts twice.',
  ),
  said(8, 'user', 'Fix it.'),
  said(9, 'tool', 'Updated.', { tool: 'Edit', title: '/home/ada/atlas/src/map/placeholder.ts' }),
];

export const sampleHits: readonly SearchHit[] = [
  {
    where: { kind: 'import', import_id: 'imp_live', n: 7 },
    title: 'Why does the map jump when a tile comes late?',
    provider: 'claude' as ProviderId,
    cwd: '/home/ada/atlas',
    ts: now - minute,
    snippet: 'The \u0001placeholder\u0002 is 251 pixels high, the \u0001tile\u0002 256: the border counts twice.',
  },
  {
    where: { kind: 'import', import_id: 'imp_b', n: 3 },
    title: 'Retry with jitter, and a cap',
    provider: 'codex' as ProviderId,
    cwd: '/home/ada/atlas',
    ts: now - 200 * minute,
    snippet:
      '…so a late \u0001tile\u0002 is asked for again after a random while, and the \u0001placeholder\u0002 stays until then…',
  },
];
