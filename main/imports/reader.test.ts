import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProviderId, SessionId } from '../protocol/ids.ts';
import { by, claudeLine, TestVault } from './reader-test-support.ts';

let vault: TestVault;
beforeEach(() => {
  vault = new TestVault();
});
afterEach(() => vault.close());

const fixture = (name: string): string => join(import.meta.dirname, 'transcripts', 'fixtures', name);
const codexId = '01a1f95f-3bb9-7611-b60f-3ce3ae3bb858';
const codexFile = (): string =>
  vault.path('.codex', 'sessions', '2026', '11', '20', `rollout-2026-11-20T14-32-10-${codexId}.jsonl`);
const geminiFile = (): string =>
  vault.path('.gemini', 'tmp', 'lighthouse', 'chats', 'session-2026-11-20T14-32-57f80a20.jsonl');

function takeFixtures(): void {
  for (const [name, path] of [
    ['claude.jsonl', vault.claude('aaaaaaaa-0000-4000-8000-00000000000a')],
    ['codex.jsonl', codexFile()],
    ['gemini.jsonl', geminiFile()],
  ] as const) {
    mkdirSync(join(path, '..'), { recursive: true });
    copyFileSync(fixture(name), path);
  }
  vault.write(vault.path('.gemini', 'projects.json'), '{"projects":{"/home/kim/lighthouse":"lighthouse"}}');
}

describe('reading what the CLIs have on disk', () => {
  it('finds the conversations of all three, with folder, title and number of entries', async () => {
    takeFixtures();
    const status = await vault.scan();
    expect(status).toMatchObject({ state: 'idle', files_done: 3, files_total: 3, sessions: 3, problems: [] });
    expect(status.bytes_done).toBe(status.bytes_total);
    const found = (await vault.list()).map(({ provider, provider_session_id, cwd, title, messages }) => ({
      provider,
      provider_session_id,
      cwd,
      title,
      messages,
    }));
    const cwd = '/home/kim/lighthouse';
    expect(found.toSorted((a, b) => a.provider.localeCompare(b.provider))).toEqual([
      {
        provider: 'claude',
        provider_session_id: 'aaaaaaaa-0000-4000-8000-00000000000a',
        cwd,
        title: 'Write a greeting for the lighthouse keeper.',
        messages: 8,
      },
      {
        provider: 'codex',
        provider_session_id: codexId,
        cwd,
        title: 'Codex, write a greeting for the lighthouse keeper.',
        messages: 8,
      },
      {
        provider: 'gemini',
        provider_session_id: '57f80a20-bbc8-49ab-b618-468274b69e47',
        cwd,
        title: 'Gemini, write a greeting for the lighthouse keeper.',
        messages: 6,
      },
    ]);
  });

  it('changes nothing in the CLIs’ folders', async () => {
    takeFixtures();
    const before = [vault.claude('aaaaaaaa-0000-4000-8000-00000000000a'), codexFile(), geminiFile()].map((path) => [
      readFileSync(path, 'utf8'),
      statSync(path).mtimeMs,
    ]);
    await vault.scan();
    const after = [vault.claude('aaaaaaaa-0000-4000-8000-00000000000a'), codexFile(), geminiFile()].map((path) => [
      readFileSync(path, 'utf8'),
      statSync(path).mtimeMs,
    ]);
    expect(after).toEqual(before);
  });

  it('goes where the CLIs were told to keep their things', async () => {
    vault.append(vault.path('elsewhere', 'projects', '-p', 'x.jsonl'), claudeLine('user', 'Here I am.'));
    vault.reader({ env: { CLAUDE_CONFIG_DIR: vault.path('elsewhere') } });
    await vault.scan();
    expect(await vault.texts()).toEqual(['Here I am.']);
  });

  it('takes over only what came new, and never the beginning of a line that is still being written', async () => {
    const file = vault.claude();
    vault.append(file, claudeLine('user', 'One.'));
    await vault.scan();
    const half = JSON.stringify(claudeLine('assistant', 'Two.'));
    writeFileSync(file, `${readFileSync(file, 'utf8')}${half.slice(0, 60)}`);
    await vault.scan();
    expect(await vault.texts()).toEqual(['One.']);
    writeFileSync(file, `${readFileSync(file, 'utf8')}${half.slice(60)}\n`);
    await vault.scan();
    await vault.scan();
    expect(await vault.texts()).toEqual(['One.', 'Two.']);
  });

  it('joins what a tool gave with its call, also when it comes later', async () => {
    const file = vault.claude();
    const call = { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'make' } };
    vault.append(file, { type: 'assistant', message: { content: [call] } });
    await vault.scan();
    vault.append(file, {
      type: 'user',
      message: { content: [{ type: 'tool_result', tool_use_id: 't1', content: 'made', is_error: true }] },
    });
    await vault.scan();
    const [imported] = await vault.list();
    const read = await vault.reader().answer('read', { import_id: imported!.import_id, after: 0, limit: 10 });
    expect(read!.items).toEqual([
      { n: 1, ts: null, kind: 'tool', text: 'made', tool: 'Bash', title: 'make', failed: true },
    ]);
    expect(await vault.search('made')).toHaveLength(1);
  });

  it.each([
    ['was cut', (file: string) => truncateSync(file, 0)],
    ['begins differently', (file: string) => writeFileSync(file, '')],
  ])('reads a file anew that %s, in place of what it had', async (_how, change) => {
    const file = vault.claude();
    vault.append(file, claudeLine('user', 'The old beginning.'), claudeLine('assistant', 'The old answer.'));
    await vault.scan();
    const [before] = await vault.list();
    change(file);
    vault.append(
      file,
      claudeLine(
        'user',
        'A wholly new beginning, longer than both of the old lines were together, so that its size tells nothing at all. '.repeat(
          8,
        ),
      ),
    );
    await vault.scan();
    const imports = await vault.list();
    expect(imports).toHaveLength(1);
    expect(imports[0]!.import_id).toBe(before!.import_id);
    expect(await vault.texts()).toHaveLength(1);
    expect(await vault.search('old answer')).toEqual([]);
    expect(imports[0]!.title).toMatch(/^A wholly new/);
  });

  it('follows a file that was moved or packed, without a second copy', async () => {
    takeFixtures();
    await vault.scan();
    const archived = vault.path('.codex', 'archived_sessions', `rollout-2026-11-20T14-32-10-${codexId}.jsonl`);
    mkdirSync(join(archived, '..'), { recursive: true });
    renameSync(codexFile(), archived);
    await vault.scan();
    expect((await vault.list()).filter((one) => one.provider === 'codex')).toMatchObject([
      { path: archived, messages: 8, gone: false },
    ]);
    writeFileSync(`${archived}.zst`, zstdCompressSync(readFileSync(archived)));
    rmSync(archived);
    await vault.scan();
    expect((await vault.list()).filter((one) => one.provider === 'codex')).toMatchObject([
      { path: `${archived}.zst`, messages: 8, gone: false },
    ]);
  });

  it('reads a packed file it never saw otherwise', async () => {
    const packed = `${codexFile()}.zst`;
    mkdirSync(join(packed, '..'), { recursive: true });
    writeFileSync(packed, zstdCompressSync(readFileSync(fixture('codex.jsonl'))));
    await vault.scan();
    expect(await vault.texts()).toHaveLength(8);
  });

  it('keeps a conversation whose file is gone, and says so', async () => {
    const file = vault.claude();
    vault.append(file, claudeLine('user', 'Remember me.'));
    await vault.scan();
    rmSync(file);
    await vault.scan();
    expect(await vault.list()).toMatchObject([{ gone: true, messages: 1 }]);
    vault.append(file, claudeLine('user', 'Back again.'));
    await vault.scan();
    expect(await vault.list()).toMatchObject([{ gone: false }]);
  });

  it('follows no link out of the folder, and passes over what is no file', async () => {
    const outside = join(vault.folder, 'outside.jsonl');
    vault.append(outside, claudeLine('user', 'A secret from elsewhere.'));
    vault.append(vault.claude('real'), claudeLine('user', 'Mine.'));
    symlinkSync(outside, vault.claude('link'));
    symlinkSync(vault.folder, vault.path('.claude', 'projects', 'linked'));
    mkdirSync(vault.claude('folder'), { recursive: true });
    await vault.scan();
    expect(await vault.search('secret')).toEqual([]);
    expect(await vault.list()).toHaveLength(1);
  });

  it('leaves out a line that is too long, says so, and reads on behind it', async () => {
    const file = vault.claude();
    vault.append(
      file,
      claudeLine('user', 'Before.'),
      claudeLine('assistant', 'x'.repeat(300_000)),
      claudeLine('user', 'After.'),
    );
    const status = await vault.scan();
    expect(await vault.texts()).toEqual(['Before.', 'After.']);
    expect(status.problems).toEqual([{ path: file, message: expect.stringContaining('1 of its lines') }]);
  });

  it('leaves out a line that holds too many values, says so, and reads on behind it', async () => {
    const dense = `{"type":"user","message":{"content":[${'{},'.repeat(2_100_000)}{}]}}`;
    const lines = [claudeLine('user', 'Before.'), dense, claudeLine('user', 'After.')];
    vault.append(vault.claude(), ...lines);
    const packed = `${codexFile()}.zst`;
    mkdirSync(join(packed, '..'), { recursive: true });
    writeFileSync(packed, zstdCompressSync(`${dense}\n${readFileSync(fixture('codex.jsonl'), 'utf8')}`));
    const whole = vault.path('.gemini', 'tmp', 'abc', 'chats', 'session-dense.json');
    vault.write(whole, `{"sessionId":"g","messages":[${'{},'.repeat(2_100_000)}{}]}`);
    vault.reader({ maxLineBytes: 64 * 1_048_576 });
    const status = await vault.scan();
    const left = expect.stringContaining('1 of its lines');
    expect(status.problems.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: vault.claude(), message: left },
      { path: packed, message: left },
      { path: whole, message: expect.stringContaining('more values') },
    ]);
    expect((await vault.list()).map((one) => [one.provider, one.messages]).toSorted()).toEqual([
      ['claude', 2],
      ['codex', 8],
    ]);
    expect(await vault.search('After')).toHaveLength(1);
  });

  it('reads on behind lines with impossible times, or nested without end', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const call = `{"type":"tool_use","id":"t","name":"X","input":{"a":${deep}}}`;
    vault.append(
      vault.claude(),
      { ...claudeLine('user', 'A fraction.'), timestamp: 1_763_632_800_000.5 },
      { ...claudeLine('user', 'Far too late.'), timestamp: 1e300 },
      `{"type":"assistant","message":{"content":[${call}]}}`,
      claudeLine('assistant', 'Still here.'),
    );
    const status = await vault.scan();
    expect(status).toMatchObject({ state: 'idle', problems: [] });
    expect(await vault.texts()).toEqual(['A fraction.', 'Far too late.', 'Still here.']);
    const { items } = (await vault.reader().answer('read', {
      import_id: (await vault.list())[0]!.import_id,
      after: 0,
      limit: 10,
    }))!;
    expect(items.map((item) => item.ts)).toEqual([1_763_632_800_001, null, expect.any(Number)]);
  });

  it('goes on with the other files when the vault does not take what one holds', async () => {
    vault.append(vault.claude('refused'), claudeLine('user', 'Refuse me.'));
    vault.append(vault.claude('taken'), claudeLine('user', 'Take me.'));
    vault.reader();
    const db = new Database(vault.vault);
    db.exec(`CREATE TRIGGER refuse BEFORE INSERT ON texts WHEN new.body LIKE 'Refuse%'
      BEGIN SELECT RAISE(ABORT, 'not this one'); END`);
    db.close();
    const status = await vault.scan();
    expect(status.state).toBe('idle');
    expect(status.problems).toEqual([{ path: vault.claude('refused'), message: expect.stringContaining('not this') }]);
    expect(await vault.texts()).toEqual(['Take me.']);
  });

  it.skipIf(process.getuid?.() === 0)('names a file it may not read, and reads the others', async () => {
    vault.append(vault.claude('closed'), claudeLine('user', 'Closed.'));
    vault.append(vault.claude('open'), claudeLine('user', 'Open.'));
    chmodSync(vault.claude('closed'), 0o000);
    const status = await vault.scan();
    expect(status.problems).toEqual([{ path: vault.claude('closed'), message: 'It may not be read by this user.' }]);
    expect(await vault.texts()).toEqual(['Open.']);
  });

  it('names a file that cannot be read, and reads the others', async () => {
    const large = vault.path('.gemini', 'tmp', 'abc', 'chats', 'session-large.json');
    vault.write(large, JSON.stringify({ sessionId: 'g', messages: ['x'.repeat(200_000)] }));
    vault.append(vault.claude('open'), claudeLine('user', 'Open.'));
    const status = await vault.scan();
    expect(status.problems).toEqual([{ path: large, message: expect.stringContaining('It could not be read') }]);
    expect(await vault.texts()).toEqual(['Open.']);
  });

  it('shows of each hit its own words, with what was found between marks', async () => {
    vault.append(
      vault.claude('a'),
      claudeLine('user', 'The lantern is red.'),
      claudeLine('assistant', 'A lantern, how nice.'),
    );
    await vault.scan();
    const snippets = (await vault.search('lant')).map((hit) => hit.snippet);
    expect(snippets.toSorted()).toEqual(['A \u0001lantern\u0002, how nice.', 'The \u0001lantern\u0002 is red.']);
  });

  it('puts what was said before what a tool put out, and what is new before what is old', async () => {
    const tool = { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'cat lantern' } };
    const old = claudeLine('user', 'A lantern for the old pier, please.', Date.now() - 300 * 86_400_000);
    vault.append(vault.claude('old'), old);
    vault.append(
      vault.claude('new'),
      { type: 'assistant', message: { content: [tool] } },
      claudeLine('user', 'A lantern for the new pier, please.', Date.now()),
    );
    await vault.scan();
    expect(
      (await vault.search('lantern')).map(
        (hit) => hit.snippet.includes('new') || (hit.snippet.includes('old') ? 'old' : 'tool'),
      ),
    ).toEqual([true, 'old', 'tool']);
  });

  it('keeps a text once that stands in several conversations', async () => {
    const said = [claudeLine('user', 'Shared beginning.'), claudeLine('assistant', 'Shared answer.')];
    vault.append(vault.claude('trunk'), ...said);
    vault.append(vault.claude('branch'), ...said, claudeLine('user', 'Only here.'));
    await vault.scan();
    expect(await vault.list()).toHaveLength(2);
    expect(await vault.search('shared')).toHaveLength(2);
    // The trunk is rewritten: what the branch still has stays.
    writeFileSync(vault.claude('trunk'), `${JSON.stringify(claudeLine('user', 'Another one.'))}\n`);
    await vault.scan();
    expect(await vault.search('shared')).toHaveLength(2);
  });

  it('takes Gemini’s older files, which are written anew each time', async () => {
    const file = vault.path('.gemini', 'tmp', 'abc', 'chats', 'session-2025-09-01T10-00-aabbccdd.json');
    const message = (id: string, type: string, content: string) => ({
      id,
      type,
      content,
      timestamp: '2025-09-01T10:00:00Z',
    });
    const session = (messages: object[]) =>
      JSON.stringify({ sessionId: 'g-old', projectHash: 'abc', messages }, null, 2);
    vault.write(file, session([message('1', 'user', 'First.')]));
    await vault.scan();
    vault.write(file, session([message('1', 'user', 'First.'), message('2', 'gemini', 'Second.')]).slice(0, 90));
    await vault.scan();
    expect(await vault.texts()).toEqual(['First.']);
    vault.write(file, session([message('1', 'user', 'First.'), message('2', 'gemini', 'Second.')]));
    await vault.scan();
    expect(await vault.texts()).toEqual(['First.', 'Second.']);
    expect((await vault.list())[0]).toMatchObject({ provider_session_id: 'g-old', title: 'First.' });
  });

  it('opens again where it was, and reads nothing twice', async () => {
    takeFixtures();
    await vault.scan();
    await vault.restart();
    const status = await vault.scan();
    expect(status).toMatchObject({ files_done: 3, bytes_total: 0, messages: 22 });
    expect(await vault.search('keeper')).not.toEqual([]);
  });

  it('sets a damaged vault aside, fills it again and says so', async () => {
    takeFixtures();
    await vault.scan();
    await vault.restart();
    const bytes = readFileSync(vault.vault);
    bytes.fill(7, 0, 8192);
    writeFileSync(vault.vault, bytes);
    const status = await vault.scan();
    expect(status.messages).toBe(22);
    const { notice } = await vault.heard('notice');
    expect(notice.message).toContain('damaged');
    expect(statSync(notice.detail!.split(': ')[0]!).size).toBe(bytes.length);
  });

  it('does nothing while it is switched off', async () => {
    takeFixtures();
    await vault.reader().answer('enable', { enabled: false });
    expect(await vault.scan()).toMatchObject({ state: 'paused', files_done: 0 });
    expect(await vault.list()).toEqual([]);
    await vault.reader().answer('enable', { enabled: true });
    expect(await vault.scan()).toMatchObject({ state: 'idle', sessions: 3 });
  });
});

describe('following live', () => {
  it('takes over lines as they are written, and conversations as they begin', async () => {
    vault.append(vault.claude(), claudeLine('user', 'One.'));
    vault.reader({ scanAfterMs: 0 });
    const first = await vault.heard('grown');
    vault.append(vault.claude(), claudeLine('assistant', 'Two.'));
    await vault.heard('grown', ({ grown }) =>
      grown.some((one) => one.import_id === first.grown[0]!.import_id && one.items === 2),
    );
    vault.append(vault.claude('fresh', '-another-project'), claudeLine('user', 'New here.'));
    await vault.heard('grown', ({ grown }) => grown.some((one) => one.import_id !== first.grown[0]!.import_id));
    expect(await vault.search('"New here"')).toHaveLength(1);
    expect(await vault.list()).toMatchObject([{ live: true }, { live: true }]);
  });

  it('calls one live only that was written to just now', async () => {
    vault.append(vault.claude(), claudeLine('user', 'One.'));
    utimesSync(vault.claude(), new Date(), new Date(Date.now() - 300_000));
    await vault.scan();
    expect(await vault.list()).toMatchObject([{ live: false }]);
  });
});

describe('sessions of this app', () => {
  const provider = 'claude' as ProviderId;
  const created = (origin?: object) =>
    ({
      type: 'session_created',
      cwd: '/w',
      provider,
      model: null,
      mode: 'ask',
      title: 'Mine',
      by,
      ...(origin ? { origin } : {}),
    }) as never;
  const named = (provider_session_id: string, branch?: boolean) =>
    ({ type: 'provider_session', provider, provider_session_id, branch }) as never;
  const said = (text: string) => ({ type: 'user_message', message_id: 'msg_00000000', text, by }) as never;
  const started = { type: 'turn_started', message_id: 'msg_00000000', provider, model: null, mode: 'ask' } as never;
  const ended = { type: 'turn_end', status: 'completed', duration_ms: 1 } as never;
  const at = Date.parse('2026-11-20T12:00:00Z');

  /** A session with one turn that said this. */
  function session(text: string): SessionId {
    const id = vault.log('own', at, [created(), named('c1')]);
    vault.log('own', at + 1000, [said(text), started], 'turn_00000001');
    vault.log('own', at + 9000, [ended], 'turn_00000001');
    return id;
  }

  it('are found by what was said in them, once, and not listed a second time as conversations of the CLI', async () => {
    const session_id = session('Paint the lighthouse.');
    vault.append(vault.claude('c1'), claudeLine('user', 'Paint the lighthouse.', at + 1500));
    vault.append(vault.claude('c2'), claudeLine('user', 'From the terminal.'));
    expect(await vault.scan()).toMatchObject({ sessions: 1, messages: 1 });
    expect(await vault.list()).toMatchObject([{ provider_session_id: 'c2' }]);
    expect(await vault.search('paint')).toMatchObject([
      { where: { kind: 'session', session_id, seq: 3 }, title: 'Mine', provider: 'claude', cwd: '/w' },
    ]);
    vault.log('own', at + 20_000, [said('And the door.')]);
    expect(await vault.search('door')).toMatchObject([{ where: { kind: 'session', session_id, seq: 6 } }]);
  });

  it('say of a conversation that they go on with it', async () => {
    vault.append(vault.claude('c1'), claudeLine('user', 'From the terminal.', at - 60_000));
    await vault.scan();
    const [imported] = await vault.list();
    const { import_id } = imported!;
    const session_id = vault.log('own', at, [
      created({ kind: 'import', import_id, provider, provider_session_id: 'c1' }),
      named('c1'),
    ]);
    await vault.scan();
    expect(await vault.list()).toMatchObject([{ import_id, continued_by: [session_id] }]);
  });

  it('warn when somebody else speaks in their conversation, and only then', async () => {
    const session_id = session('Paint the lighthouse.');
    vault.append(vault.claude('c1'), claudeLine('user', 'Paint the lighthouse.', at + 1500));
    await vault.scan();
    vault.append(vault.claude('c1'), claudeLine('assistant', 'Still my answer.', at + 60_000));
    await vault.scan();
    expect(vault.told.filter((one) => 'tell' in one && one.tell === 'other_writer')).toEqual([]);
    vault.append(vault.claude('c1'), claudeLine('user', 'No, paint it red.', at + 120_000));
    await vault.scan();
    const { writers } = await vault.heard('other_writer');
    expect(writers).toMatchObject([{ session_id, provider: 'claude', ts: at + 120_000 }]);
  });

  it('do not warn of what a later turn of theirs went on from', async () => {
    session('Paint the lighthouse.');
    vault.log('own', at + 200_000, [said('Go on.'), started], 'turn_00000002');
    vault.log('own', at + 201_000, [ended], 'turn_00000002');
    vault.append(vault.claude('c1'), claudeLine('user', 'No, paint it red.', at + 120_000));
    await vault.scan();
    await vault.reader().answer('search', { text: 'red', limit: 1 });
    expect(vault.told.filter((one) => 'tell' in one && one.tell === 'other_writer')).toEqual([]);
  });

  it('do not warn of words in a conversation from which they branched off', async () => {
    session('Paint the lighthouse.');
    vault.log('own', at + 10_000, [named('c1', true)]);
    vault.append(vault.claude('c1'), claudeLine('user', 'I go on in the terminal.', at + 120_000));
    await vault.scan();
    await vault.reader().answer('search', { text: 'terminal', limit: 1 });
    expect(vault.told.filter((one) => 'tell' in one && one.tell === 'other_writer')).toEqual([]);
  });

  it('are read anew when the log is older than what was read of it', async () => {
    session('Paint the lighthouse.');
    vault.log('own', at + 30_000, [said('This was lost with a backup.')]);
    expect(await vault.search('backup')).toHaveLength(1);
    vault.forgetSession('own', 4);
    expect(await vault.search('backup')).toEqual([]);
    expect(await vault.search('paint')).toHaveLength(1);
  });
});
