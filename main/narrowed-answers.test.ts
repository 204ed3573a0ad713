import { expect, it } from 'vitest';
import { narrowedAnswers } from './narrowed-answers.ts';
import { refuseQuery } from './orchestrator/connection.ts';
import type { Principal, QueryHandlers } from './orchestrator/ports.ts';
import type { Restrictions } from './protocol/access.ts';
import type { SessionSummary } from './protocol/views.ts';
import { listFolders } from './security/list-folders.ts';

const sessions = [
  { session_id: 'ses_in', cwd: '/project' },
  { session_id: 'ses_out', cwd: '/elsewhere' },
] as SessionSummary[];
const vault = [
  { import_id: 'in', cwd: '/project/app' },
  { import_id: 'out', cwd: '/elsewhere' },
  { import_id: 'nowhere', cwd: null },
];
/** What the parts answer, which know nothing of restrictions. */
const parts = {
  verify: () => ({
    ok: false,
    sessions: [
      { session_id: 'ses_in', ok: true },
      { session_id: 'ses_out', ok: false },
    ],
  }),
  list_providers: () => ({ providers: [{ id: 'claude', path: '/home/me/bin/claude', account: 'me' }] }),
  imports_list: () => ({ imports: vault, next: null }),
  import_read: ({ import_id }: { import_id: string }) => ({
    session: vault.find((one) => one.import_id === import_id),
  }),
  search: () => ({
    hits: [
      ...sessions.map(({ session_id, cwd }) => ({ where: { kind: 'session', session_id }, cwd })),
      ...vault.map(({ import_id, cwd }) => ({ where: { kind: 'import', import_id }, cwd })),
    ],
    more: true,
  }),
  async list_folders({ path }: { path?: string }) {
    const listing = await listFolders(path);
    return listing.ok ? listing.value : refuseQuery(listing.error);
  },
} as unknown as QueryHandlers;
const answers = narrowedAnswers(parts, { summaries: () => sessions });
const ask = (type: keyof QueryHandlers, query: object, restrictions: Restrictions = { workspaces: ['/project'] }) => {
  const principal = { actor: { kind: 'api_key', via: 'http' }, scopes: new Set(['admin']), restrictions } as Principal;
  return (answers[type] as (query: object, principal: Principal) => unknown)({ type, ...query }, principal);
};

it('says of whole-app questions only what lies inside', async () => {
  expect(await ask('verify', {})).toEqual({ ok: true, sessions: [{ session_id: 'ses_in', ok: true }] });
  expect(await ask('list_providers', {})).toEqual({ providers: [{ id: 'claude' }] });
  expect(await ask('imports_list', {})).toMatchObject({ imports: [{ import_id: 'in' }] });
  const { hits, more } = (await ask('search', { limit: 5 })) as { hits: { cwd: string }[]; more: boolean };
  expect([hits.map(({ cwd }) => cwd), more]).toEqual([['/project', '/project/app'], false]);
});

it('does not tell a conversation of the vault outside from one that is not there', async () => {
  expect(await ask('import_read', { import_id: 'in' })).toMatchObject({ session: { import_id: 'in' } });
  expect(await ask('import_read', { import_id: 'out' })).toMatchObject({
    refused: true,
    problem: { code: 'not_found' },
  });
});

it('shows folders inside only, and not whether others are there', async () => {
  const workspaces = [import.meta.dirname];
  const list = (path?: string) => ask('list_folders', { path }, { workspaces }) as Promise<Record<string, unknown>>;
  expect(await list()).toMatchObject({ path: import.meta.dirname, parent: null, home: import.meta.dirname });
  expect(await list(`${import.meta.dirname}/cli`)).toMatchObject({ parent: import.meta.dirname });
  const outside = await list('/etc');
  expect(outside).toMatchObject({ refused: true, problem: { code: 'not_found' } });
  expect(await list('/nowhere/at/all')).toEqual(outside);
  expect(await list(`${import.meta.dirname}/..`)).toEqual(outside);
});

it('leaves whoever is not narrowed everything', async () => {
  for (const type of ['verify', 'imports_list', 'search'] as const) {
    expect(await ask(type, {}, {})).toEqual((parts[type] as () => unknown)());
  }
});
