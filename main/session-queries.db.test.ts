import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createManualClock } from './base/clock.ts';
import type { Principal } from './orchestrator/ports.ts';
import { owner, settle, World } from './orchestrator/world-test-support.ts';
import type { CommandId, SessionId } from './protocol/ids.ts';
import type { QueryOf } from './protocol/queries.ts';
import { defaultSettings } from './protocol/settings.ts';
import type { Attachment } from './protocol/values.ts';
import { createSessionQueries } from './session-queries.ts';
import { createAttachmentStore } from './storage/attachment-store.ts';
import { createSettingsStore } from './storage/settings-store.ts';

let world: World;
let queries: ReturnType<typeof createSessionQueries>;
const command_id = 'query-0001' as CommandId;

beforeEach(() => {
  world = new World();
  const attachments = createAttachmentStore(join(world.folder, 'attachments'), createManualClock().now);
  Object.assign(world.attachments, { has: attachments.has, path: attachments.path });
  const settings = createSettingsStore(world.db);
  queries = createSessionQueries({ orchestrator: world.orchestrator, attachments, settings });
});
afterEach(() => world.close());

const refused = (code: string) => ({ refused: true, problem: { code, next: expect.any(String) } });

async function upload(text: string): Promise<Attachment> {
  const bytes = Buffer.from(text);
  const query: QueryOf<'upload'> = {
    type: 'upload',
    command_id,
    name: 'a.txt',
    media_type: 'text/plain',
    bytes: bytes.length,
    offset: 0,
    data: bytes.toString('base64'),
  };
  const answer = (await queries.upload(query, owner)) as { attachment: Attachment };
  return answer.attachment;
}

const read = (session_id: string, attachment_id: string) =>
  queries.read_attachment(
    { type: 'read_attachment', command_id, session_id: session_id as SessionId, attachment_id, offset: 0 },
    owner,
  );

describe('an attachment', () => {
  it('can be read in the session it stands in, and in no other', async () => {
    const attachment = await upload('the tide tables');
    const { client, session_id } = await world.session();
    const other = await world.session();
    expect(read(session_id, attachment.attachment_id)).toMatchObject(refused('not_found'));
    await client.result({ type: 'message', session_id, text: 'look', attachments: [attachment] });
    expect(read(session_id, attachment.attachment_id)).toEqual({
      data: Buffer.from('the tide tables').toString('base64'),
      bytes: 15,
      name: 'a.txt',
      media_type: 'text/plain',
    });
    expect(read(other.session_id, attachment.attachment_id)).toMatchObject(refused('not_found'));
    expect(world.provider.heard).toMatchObject([{ attachments: [{ path: expect.stringMatching(/a\.txt$/) }] }]);
  });

  it('can be read in a fork of its session', async () => {
    const attachment = await upload('x');
    const { client, session_id } = await world.session();
    await client.result({ type: 'message', session_id, text: 'look', attachments: [attachment] });
    world.provider.say({ type: 'turn_end', status: 'completed' });
    const fork = await client.result({ type: 'fork_session', session_id, before_seq: null });
    expect(read(fork.session_id!, attachment.attachment_id)).toMatchObject({ bytes: 1 });
  });

  it('of a message that is not what it says is not taken', async () => {
    const attachment = await upload('x');
    const { client, session_id } = await world.session();
    const attachments = [{ ...attachment, bytes: 2 }];
    expect(await client.ask({ type: 'message', session_id, text: 'look', attachments })).toMatchObject({ ok: false });
  });
});

describe('uploads', () => {
  it('of one key leave room for those of another key and of the owner', async () => {
    const keyOf = (id: string): Principal => ({
      actor: { kind: 'api_key', id, name: 'nightly', via: 'http' },
      scopes: new Set(['chat']),
    });
    const begin = async (principal: Principal) => {
      const about = { name: 'a.txt', media_type: 'text/plain', bytes: 10, offset: 0, data: 'AAAA' };
      return queries.upload({ type: 'upload', command_id, ...about }, principal);
    };
    for (let n = 0; n < 10; n += 1) expect(await begin(keyOf('one'))).toMatchObject({ offset: 3 });
    expect(await begin(keyOf('one'))).toMatchObject(refused('overloaded'));
    expect(await begin(keyOf('two'))).toMatchObject({ offset: 3 });
    for (let n = 0; n < 20; n += 1) expect(await begin(owner)).toMatchObject({ offset: 3 });
  });
});

describe('the slash commands of a session', () => {
  it('are those its CLI told last, in this folder or elsewhere', async () => {
    const { client, session_id } = await world.session();
    const list = (id: string) =>
      queries.list_commands({ type: 'list_commands', command_id, session_id: id as SessionId }, owner);
    expect(list(session_id)).toEqual({ commands: [] });
    await client.result({ type: 'message', session_id, text: 'go' });
    const commands = [{ name: 'compact', description: 'Makes room' }];
    world.provider.say({ type: 'commands', commands });
    await settle();
    expect(list(session_id)).toEqual({ commands });
    expect(client.types()).not.toContain('commands');
    const other = await client.result({ type: 'new_chat', cwd: '/elsewhere', provider: 'scripted', mode: 'ask' });
    expect(list(other.session_id!)).toEqual({ commands });
    const third = await client.result({ type: 'new_chat', cwd: '/project', provider: 'other', mode: 'ask' });
    expect(list(third.session_id!)).toEqual({ commands: [] });
    expect(list('ses_notthere00')).toMatchObject(refused('not_found'));
  });
});

describe('the settings', () => {
  it('are told and changed, only what is named', () => {
    const set = queries.settings_set({ type: 'settings_set', command_id, settings: { turn_total_minutes: 60 } }, owner);
    expect(set).toEqual({ settings: { ...defaultSettings, turn_total_minutes: 60 } });
    expect(queries.settings_get({ type: 'settings_get', command_id }, owner)).toEqual(set);
  });

  it('tell a narrowed client no folder outside of what it reaches', async () => {
    const told = (workspaces: string[]) =>
      (
        queries.settings_get({ type: 'settings_get', command_id }, { ...owner, restrictions: { workspaces } }) as {
          settings: { ductor_folder: string | null };
        }
      ).settings.ductor_folder;
    queries.settings_set({ type: 'settings_set', command_id, settings: { ductor_folder: '/work/secret' } }, owner);
    expect([told(['/project']), told(['/work'])]).toEqual([null, '/work/secret']);
  });
});
