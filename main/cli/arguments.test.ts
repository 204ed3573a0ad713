import { describe, expect, it } from 'vitest';
import { limits } from '../protocol/limits.ts';
import { Scope } from '../protocol/queries.ts';
import { PermissionMode } from '../protocol/values.ts';
import { knownModes, knownScopes, maxFiles, readArguments } from './arguments.ts';
import { readServeOptions } from './serve-options.ts';

const read = (...argv: string[]) => readArguments(argv, { HOME: '/home/me' }, '/work');
const understood = (...argv: string[]) => {
  const call = read(...argv);
  if (!call.ok) throw new Error(call.error);
  return call.value;
};

describe('the command line', () => {
  it('reads a message of several words with its options before or behind', () => {
    const send = {
      session: null,
      provider: 'demo',
      model: null,
      cwd: '/work/here',
      mode: 'plan',
      text: 'list the files',
    };
    expect(
      understood('send', '--provider', 'demo', '--cwd', 'here', '--mode=plan', 'list', 'the', 'files'),
    ).toMatchObject({ verb: 'send', json: false, send });
    expect(
      understood('send', 'list the files', '--provider=demo', '--cwd=here', '--mode', 'plan', '--json'),
    ).toMatchObject({ verb: 'send', json: true, send });
  });

  it('takes what follows -- as the message, whatever it looks like', () => {
    expect(understood('send', '--', '--json')).toMatchObject({ json: false, send: { text: '--json' } });
  });

  it('leaves the message to stdin when there is none, or a dash', () => {
    expect(understood('send')).toMatchObject({ send: { text: null } });
    expect(understood('send', '-')).toMatchObject({ send: { text: null } });
  });

  it('finds the verb behind options', () => {
    expect(understood('--home', '/data', 'sessions', '--all')).toEqual({
      home: '/data',
      json: false,
      verb: 'sessions',
      all: true,
    });
    expect(understood('--json', '--home=rel', 'status')).toEqual({ home: '/work/rel', json: true, verb: 'status' });
  });

  it('reads every verb', () => {
    expect(understood('show', 'ses_1').verb).toBe('show');
    expect(understood('fork', 'ses_1')).toMatchObject({ verb: 'fork', id: 'ses_1', before: null, title: null });
    expect(understood('fork', '--before', '12', '--title', 'T', 'ses_1')).toMatchObject({ before: 12, title: 'T' });
    expect(understood('switch', 'ses_1', 'codex', '--model', 'm')).toMatchObject({
      verb: 'switch',
      id: 'ses_1',
      provider: 'codex',
      model: 'm',
    });
    expect(understood('import', '--now')).toMatchObject({ verb: 'import', now: true });
    expect(understood('import', '--status')).toMatchObject({ verb: 'import', now: false });
    expect(understood('search', '--limit', '3', 'two', 'words')).toMatchObject({
      verb: 'search',
      text: 'two words',
      limit: 3,
    });
    expect(understood('verify')).toMatchObject({ verb: 'verify', id: null });
    expect(understood('verify', 'ses_1')).toMatchObject({ verb: 'verify', id: 'ses_1' });
    expect(understood('keys', 'create', '--name', 'n', '--scopes', 'chat, sessions:read')).toMatchObject({
      verb: 'keys create',
      name: 'n',
      scopes: ['chat', 'sessions:read'],
    });
    const narrow = ['--folder', 'app', '--folder', '/b', '--session', 'ses_1', '--expires', '2999-01-01'];
    expect(understood('keys', 'create', '--name', 'n', '--scopes', 'chat', ...narrow)).toMatchObject({
      folders: ['/work/app', '/b'],
      sessions: ['ses_1'],
      expires_at: Date.parse('2999-01-01'),
    });
    expect(understood('keys', 'rotate', 'k1', '--overlap', '90m')).toMatchObject({ id: 'k1', overlap_ms: 5_400_000 });
    expect(understood('keys', 'delete', 'k1')).toMatchObject({ verb: 'keys delete', id: 'k1' });
    expect(understood('devices', 'rename', 'd1', 'My', 'phone')).toMatchObject({ id: 'd1', name: 'My phone' });
    expect(understood('pair', '--name', 'n', '--scopes', 'chat')).toMatchObject({ verb: 'pair', expires_at: null });
    expect(understood('keys', 'list').verb).toBe('keys list');
    expect(understood('keys', 'revoke', 'k1')).toMatchObject({ verb: 'keys revoke', id: 'k1' });
    for (const verb of ['doctor', 'status', 'stop', 'open', 'help'] as const) expect(understood(verb).verb).toBe(verb);
    expect(understood('send', '--help').verb).toBe('help');
    expect(understood('--version').verb).toBe('version');
  });

  it('knows the scopes and modes of the protocol, all of them', () => {
    expect(knownScopes).toEqual(Scope.options);
    expect(knownModes).toEqual(PermissionMode.options);
  });

  it('reads the files that go with a message, from where the person stands, and how hard to think', () => {
    expect(understood('send', '--attach', 'a.png', '--attach=/b/c.txt', '--effort', 'high', 'look')).toMatchObject({
      send: { attach: ['/work/a.png', '/b/c.txt'], effort: 'high', text: 'look' },
    });
    expect(understood('send', 'look')).toMatchObject({ send: { attach: [], effort: null } });
    expect(maxFiles).toBe(limits.attachmentsPerMessage);
  });

  it('keeps everything in the data folder of this user unless told otherwise', () => {
    expect(understood('status').home).toBe('/home/me/.local/share/quarterdeck');
  });

  it.each([
    [[], 'verb'],
    [['dance'], 'dance'],
    [['send', '--mode', 'yolo', 'x'], 'yolo'],
    [['send', '--session', 'ses_1', '--cwd', '.', 'x'], 'new sessions'],
    [['send', '--provider', '', 'x'], '--provider'],
    [['send', '--nonsense', 'x'], '--nonsense'],
    [['sessions', '--mode', 'ask'], '--mode'],
    [['send', '--attach', '', 'x'], '--attach'],
    [['send', ...Array.from({ length: 21 }, () => '--attach=a'), 'x'], '20 times'],
    [['fork'], 'ID'],
    [['fork', 'ses_1', '--before', '1'], '--before'],
    [['switch', 'ses_1'], 'agent'],
    [['show'], 'ID'],
    [['show', 'a', 'b'], '"b"'],
    [['keys'], 'create, list or revoke'],
    [['keys', 'create', '--scopes', 'chat'], '--name'],
    [['keys', 'create', '--name', 'n'], '--scopes'],
    [['keys', 'create', '--name', 'n', '--scopes', 'chat,everything'], '"everything" is not a scope'],
    [['keys', 'revoke'], 'ID'],
    [['keys', 'rotate', 'k1', '--overlap', 'soon'], '--overlap'],
    [['keys', 'create', '--name', 'n', '--scopes', 'chat', '--expires', 'soon'], '--expires'],
    [['keys', 'create', '--name', 'n', '--scopes', 'chat', '--expires', '2001-01-01'], 'past'],
    [['devices'], 'list, rename'],
    [['devices', 'revoke', 'd1', 'd2'], '"d2"'],
    [['devices', 'rename', 'd1'], 'NAME'],
    [['pair', 'x'], 'options only'],
    [['status', 'now'], '"now"'],
    [['--home', ''], '--home'],
  ])('says what is wrong with %j', (argv, words) => {
    const call = read(...argv);
    expect(call.ok).toBe(false);
    if (!call.ok) expect(call.error).toContain(words);
  });
});

describe('the arguments of the headless start', () => {
  const serve = (...argv: string[]) => readServeOptions(argv, { HOME: '/home/me' }, '/work');

  it('takes any free port when the usual one is taken, but only the named one when one is named', () => {
    expect(serve()).toMatchObject({ value: { port: 8741, portFixed: false } });
    expect(serve('--port', '9000')).toMatchObject({ value: { port: 9000, portFixed: true } });
    expect(serve('--port', '0')).toMatchObject({ value: { port: 0, portFixed: false } });
  });

  it('resolves the home against where the person stands', () => {
    expect(serve('--home', 'data')).toMatchObject({ value: { home: '/work/data' } });
    expect(readServeOptions([], { QUARTERDECK_HOME: '/q' }, '/work')).toMatchObject({ value: { home: '/q' } });
  });

  it.each([['--port', 'x'], ['--port', '65536'], ['--port', '-1'], ['--home', ''], ['--verbose'], ['extra']])(
    'refuses %j %j',
    (...argv) => {
      expect(serve(...argv.filter((one): one is string => one !== undefined)).ok).toBe(false);
    },
  );
});
