import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDraftQueries } from './draft-queries.ts';
import type { Principal, QueryHandlers } from './orchestrator/ports.ts';
import { World } from './orchestrator/world-test-support.ts';
import type { Draft, DraftKept } from './protocol/drafts.ts';
import type { SessionId } from './protocol/ids.ts';
import { createDraftStore } from './storage/draft-store.ts';

let world: World;
let queries: ReturnType<typeof createDraftQueries>;
const sessions: SessionId[] = [];
const late: Partial<QueryHandlers> = {
  drafts_list: (...asked) => queries.drafts_list(...asked),
  draft_get: (...asked) => queries.draft_get(...asked),
  draft_set: (...asked) => queries.draft_set(...asked),
};
const make = () => {
  const drafts = createDraftStore(world.db, () => 10_000);
  queries = createDraftQueries({
    db: world.db,
    orchestrator: world.orchestrator,
    bus: world.bus,
    attachments: world.attachments,
    drafts,
  });
};

beforeAll(async () => {
  world = new World({ queries: late });
  make();
  const client = world.connect();
  for (const cwd of ['/project/one', '/project/two']) {
    const opened = await client.result({ type: 'new_chat', cwd, provider: 'scripted', mode: 'ask' });
    sessions.push(opened.session_id as SessionId);
  }
});
afterAll(() => world.close());

const narrowedTo = (folder: string): Principal => ({
  actor: { kind: 'device', id: 'd', name: 'Phone', via: 'websocket' },
  scopes: new Set(['chat', 'sessions:read']),
  restrictions: { workspaces: [folder] },
});
type Client = ReturnType<World['connect']>;
const told = ({ frames }: Client) => frames.filter((frame) => frame.type === 'draft_changed');
const write = (client: Client, session_id: SessionId | null, text: string, base = 0, written_at = 1_000) =>
  client.result({ type: 'draft_set', session_id, text, base, written_at }) as unknown as Promise<DraftKept>;
const read = (client: Client, session_id: SessionId | null) =>
  client.result({ type: 'draft_get', session_id }) as unknown as Promise<Draft>;

describe('what is being written', () => {
  it('is there for another client, who is told of it, and after a restart', async () => {
    const [window, phone] = [world.connect(), world.connect()];
    await phone.result({ type: 'drafts_list' });
    expect(await write(window, sessions[0]!, 'Half a sent')).toMatchObject({ kept: true, draft: { rev: 1 } });
    expect(told(phone)).toEqual([{ type: 'draft_changed', session_id: sessions[0], rev: 1, empty: false }]);
    expect(told(window)).toEqual([]);
    expect((await read(phone, sessions[0]!)).text).toBe('Half a sent');
    world.crash();
    world.start();
    make();
    const after = world.connect();
    expect((await read(after, sessions[0]!)).text).toBe('Half a sent');
    expect(await after.result({ type: 'drafts_list' })).toEqual({ drafts: [{ session_id: sessions[0], rev: 1 }] });
  });

  it('stands as it was written last, whoever keeps it later', async () => {
    const client = world.connect();
    await write(client, null, 'early', 0, 2_000);
    expect(await write(client, null, 'from before that', 0, 1_500)).toEqual({
      kept: false,
      draft: { session_id: null, text: 'early', attachments: [], rev: 1, written_at: 2_000 },
    });
    expect(await write(client, null, 'later', 0, 3_000)).toMatchObject({ kept: true, draft: { rev: 2 } });
    // A change of the one that stands is newer than it, whatever the clock of the client says.
    expect(await write(client, null, 'later!', 2, 1)).toMatchObject({ kept: true, draft: { rev: 3 } });
    // The same words again are no change.
    expect(await write(client, null, 'later!', 0, 9_000)).toMatchObject({ kept: true, draft: { rev: 3 } });
  });

  it('has files, as long as they are on the disk', async () => {
    const client = world.connect();
    await client.result({ type: 'drafts_list' });
    const [here, gone] = ['a', 'b'].map((letter) => ({
      ...{ attachment_id: letter.repeat(64), name: `${letter}.png`, media_type: 'image/png', bytes: 3 },
    }));
    world.attachmentsHere.add(here!.attachment_id);
    const set = { type: 'draft_set', session_id: sessions[1]!, text: '', base: 0, written_at: 500 };
    await client.result({ ...set, attachments: [here, gone] });
    expect((await read(client, sessions[1]!)).attachments).toEqual([here]);
    expect(told(client).at(-1)).toMatchObject({ session_id: sessions[1], empty: false });
    expect((await client.result<{ drafts: unknown[] }>({ type: 'drafts_list' })).drafts).toContainEqual({
      session_id: sessions[1],
      rev: 1,
    });
    await client.result({ ...set, base: 1, attachments: [] });
    expect(told(client).at(-1)).toMatchObject({ session_id: sessions[1], rev: 2, empty: true });
  });

  it('takes no time that is still to come', async () => {
    const client = world.connect();
    expect((await write(client, sessions[1]!, 'x', 0, 99_000)).draft.written_at).toBe(10_000);
  });

  it('is not told to who is narrowed to other folders, nor what a new session is to begin with', async () => {
    const narrow = world.connect(narrowedTo('/project/two'));
    const client = world.connect();
    await narrow.result({ type: 'drafts_list' });
    await write(client, sessions[0]!, 'secret', 99, 9_000);
    await write(client, null, 'secret too', 99, 9_000);
    await write(client, sessions[1]!, 'for both', 99, 10_000);
    expect(told(narrow).map(({ session_id }) => session_id)).toEqual([sessions[1]]);
    expect(await narrow.result({ type: 'drafts_list' })).toEqual({
      drafts: [{ session_id: sessions[1], rev: expect.any(Number) }],
    });
    for (const session_id of [sessions[0]!, null]) {
      const answer = await narrow.ask({ type: 'draft_get', session_id });
      expect(answer).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
  });
});
