import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Restrictions } from '../protocol/access.ts';
import type { ProviderInfo } from '../protocol/values.ts';
import type { Principal } from './ports.ts';
import { isNarrowerOrEqual } from './restrictions.ts';
import { settle, type TestClient, World } from './world-test-support.ts';

const missing = '/project/missing';
let world: World;
let inside: string;
let outside: string;

const narrowed = (restrictions: Restrictions): Principal => ({
  actor: { kind: 'api_key', id: 'k', via: 'http' },
  scopes: new Set(['admin']),
  restrictions,
});
const inProject = () => world.connect(narrowed({ workspaces: ['/project'] }));
const codeOf = async (client: TestClient, frame: { type: string } & Record<string, unknown>) => {
  const answer = await client.ask(frame);
  return answer.ok ? 'granted' : answer.error.code;
};
const open = async (cwd: string): Promise<string> => {
  const { session_id } = await world.connect().result({ type: 'new_chat', cwd, provider: 'scripted', mode: 'ask' });
  return session_id!;
};

beforeEach(async () => {
  world = new World({
    folders: {
      // `/project/link` leads out of the project.
      inspect: async (path) =>
        path.includes('missing')
          ? { ok: false, problem: { code: 'folder_missing', message: `There is no ${path}.` } }
          : { ok: true, path: path.replace('/project/link', '/elsewhere') },
    },
  });
  inside = await open('/project/app');
  outside = await open('/elsewhere');
});
afterEach(() => world.close());

describe('a credential that is narrowed to a folder', () => {
  it('sees the sessions inside and no other, in the list and in what changes in it', async () => {
    const client = inProject();
    await client.ask({ type: 'watch_sessions' });
    const lists = client.frames.flatMap((frame) => (frame.type === 'sessions' ? [frame.sessions] : []));
    expect(lists.map((list) => list.map(({ session_id }) => session_id))).toEqual([[inside]]);
    for (const session_id of [outside, inside]) {
      await world.connect().result({ type: 'rename_session', session_id, title: 'New name' });
    }
    await settle();
    const changed = client.frames.flatMap((frame) =>
      frame.type === 'session_summary' ? [frame.session.session_id] : [],
    );
    expect(changed).toEqual([inside]);
  });

  it('is told of a session outside what it is told of one that never was', async () => {
    const client = inProject();
    const ask = async (session_id: string) => {
      const answer = await client.ask({ type: 'message', session_id, text: 'hello' });
      return answer.ok ? null : answer.error;
    };
    expect(await ask(outside)).toEqual(await ask('ses_neverwas12'));
    expect((await ask(outside))?.code).toBe('not_found');
    expect(await ask(inside)).toBeNull();
    expect(world.provider.heard).toHaveLength(1);
    expect(await codeOf(client, { type: 'attach', session_id: outside, after_seq: 0 })).toBe('not_found');
    expect(client.events()).toEqual([]);
  });

  it('opens sessions inside only; whether a folder outside is there is not told', async () => {
    const client = inProject();
    const chat = (cwd: string) => client.ask({ type: 'new_chat', cwd, provider: 'scripted', mode: 'ask' });
    expect((await chat('/project')).ok).toBe(true);
    const refusals = await Promise.all(
      ['/elsewhere', '/elsewhere/missing', '/project/link', '/project/../elsewhere', '/projector'].map(chat),
    );
    for (const answer of refusals) expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(new Set(refusals.map((answer) => (answer.ok ? '' : answer.error.message))).size).toBe(1);
    expect(await codeOf(client, { type: 'new_chat', cwd: missing, provider: 'scripted', mode: 'ask' })).toBe(
      'folder_missing',
    );
    const asked = { type: 'chat_request', text: 'hello', provider: 'scripted' };
    expect(await codeOf(client, { ...asked, cwd: '/elsewhere' })).toBe('not_found');
    expect(await codeOf(client, { ...asked, session_id: outside })).toBe('not_found');
    expect(await codeOf(client, { ...asked, cwd: '/project' })).toBe('granted');
  });

  it('moves sessions within only', async () => {
    const client = inProject();
    const move = (cwd: string) => codeOf(client, { type: 'set_workspace_scope', session_id: inside, cwd });
    expect(await move('/elsewhere')).toBe('not_found');
    expect(await move('/project/link')).toBe('not_found');
    expect(await move('/project/other')).toBe('granted');
  });

  it('loses sight of a session that somebody moves out', async () => {
    const client = inProject();
    await client.ask({ type: 'attach', session_id: inside, after_seq: 0 });
    await client.ask({ type: 'watch_sessions' });
    await settle();
    const before = client.events().length;
    await world.connect().result({ type: 'set_workspace_scope', session_id: inside, cwd: '/elsewhere/secret' });
    await settle();
    expect(client.events()).toHaveLength(before);
    expect(client.frames).toContainEqual(
      expect.objectContaining({
        type: 'problem',
        session_id: inside,
        problem: expect.objectContaining({ code: 'not_found' }),
      }),
    );
    expect(JSON.stringify(client.frames)).not.toContain('/elsewhere/secret');
    expect(await codeOf(client, { type: 'rename_session', session_id: inside, title: 'x' })).toBe('not_found');
  });

  it.each([true, false])(
    'has a session taken off its list when it moves out, and put back (list: %s)',
    async (list) => {
      const client = inProject();
      await client.ask({ type: 'watch_sessions', list });
      const gone = () => client.frames.filter((frame) => frame.type === 'session_gone');
      const move = async (session_id: string, cwd: string) => {
        await world.connect().result({ type: 'set_workspace_scope', session_id, cwd });
        await settle();
      };
      await move(inside, '/elsewhere/secret');
      expect(gone()).toEqual([{ type: 'session_gone', session_id: inside }]);
      // Said once, and nothing of a session that never stood in the list.
      await move(inside, '/elsewhere/more');
      await move(outside, '/elsewhere/more');
      expect(gone()).toHaveLength(1);
      expect(JSON.stringify(client.frames)).not.toMatch(new RegExp(`/elsewhere|${outside}`));
      await move(inside, '/project/back');
      expect(client.frames.at(-1)).toMatchObject({ type: 'session_summary', session: { session_id: inside } });
      await move(inside, '/elsewhere');
      expect(gone()).toHaveLength(2);
    },
  );

  it('goes on with conversations of its folder only; of others it is told what it is told of one that never was', async () => {
    world.close();
    const cwds: Record<string, string> = { inside: '/project/app', outside: '/elsewhere', link: '/project/link' };
    const found = { provider: 'scripted', provider_session_id: 'cli-7', title: 'Mine', resumable: true };
    world = new World({
      folders: { inspect: async (path) => ({ ok: true, path: path.replace('/project/link', '/elsewhere') }) },
      imports: {
        find: async (id: string) =>
          id in cwds ? ({ ...found, cwd: cwds[id]!, digest: async () => 'secret words' } as never) : null,
      } as never,
    });
    const client = inProject();
    const go = (import_id: string, mode = 'ask') => client.ask({ type: 'continue_import', import_id, mode });
    expect((await go('inside')).ok).toBe(true);
    const refusals = await Promise.all(['never', 'outside', 'link'].map((id) => go(id)));
    const said = refusals.map((answer) => (answer.ok ? 'granted' : answer.error));
    expect(said[0]).toMatchObject({ code: 'not_found' });
    expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
    const single = world.connect(narrowed({ sessions: ['ses_single000000' as never] }));
    expect(await codeOf(single, { type: 'continue_import', import_id: 'inside', mode: 'ask' })).toBe('not_found');
    expect(world.orchestrator.summaries().map(({ cwd }) => cwd)).toEqual(['/project/app']);
  });

  it('hears no problem of the whole app and no path or account of the machine', async () => {
    const client = inProject();
    world.bus.problem.emit({ session_id: null, problem: { code: 'internal', message: '/home/me/secret' } });
    world.bus.providers.emit([{ id: 'claude', path: '/home/me/secret', account: 'me@example.org' } as ProviderInfo]);
    const said = JSON.stringify(client.frames);
    expect(said).toContain('claude');
    expect(said).not.toMatch(/secret|example\.org/);
  });
});

describe('a credential that is narrowed to sessions', () => {
  it('reaches these only, and opens, branches and moves none', async () => {
    const client = world.connect(narrowed({ sessions: [inside as never] }));
    expect(await codeOf(client, { type: 'attach', session_id: inside, after_seq: 0 })).toBe('granted');
    expect(await codeOf(client, { type: 'attach', session_id: outside, after_seq: 0 })).toBe('not_found');
    expect(await codeOf(client, { type: 'new_chat', cwd: '/project', provider: 'scripted', mode: 'ask' })).toBe(
      'not_found',
    );
    expect(await codeOf(client, { type: 'fork_session', session_id: inside, before_seq: null })).toBe('not_found');
    expect(await codeOf(client, { type: 'set_workspace_scope', session_id: inside, cwd: '/etc' })).toBe('not_found');
  });

  it('and to folders: both lists must hold', async () => {
    const sessions = [inside, outside] as never[];
    const client = world.connect(narrowed({ sessions, workspaces: ['/project'] }));
    expect(await codeOf(client, { type: 'attach', session_id: inside, after_seq: 0 })).toBe('granted');
    expect(await codeOf(client, { type: 'attach', session_id: outside, after_seq: 0 })).toBe('not_found');
  });
});

it.each([
  [{}, {}, true],
  [{ workspaces: ['/a'] }, {}, true],
  [{}, { workspaces: ['/a'] }, false],
  [{ workspaces: ['/a/b'] }, { workspaces: ['/a', '/c'] }, true],
  [{ workspaces: ['/a', '/d'] }, { workspaces: ['/a'] }, false],
  [{ workspaces: ['/ab'] }, { workspaces: ['/a'] }, false],
  [{ workspaces: ['/a/../b'] }, { workspaces: ['/a'] }, false],
  [{ sessions: ['ses_1'] }, { sessions: ['ses_1', 'ses_2'] }, true],
  [{ sessions: ['ses_3'] }, { sessions: ['ses_1'] }, false],
  [{ sessions: ['ses_1'] }, { workspaces: ['/a'] }, false],
  [{ sessions: ['ses_1'] }, { sessions: ['ses_1'], workspaces: ['/a'] }, false],
])('%j lies within %j: %s', (inner, outer, is) => {
  expect(isNarrowerOrEqual(inner as Restrictions, outer as Restrictions)).toBe(is);
});
