import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../base/canonical-json.ts';
import { approvalRule, isInside, isSensitive } from './approval-rule.ts';

const suggest = (...contents: string[]) => [
  { type: 'addRules', rules: contents.map((ruleContent) => ({ toolName: 'Bash', ruleContent })), behavior: 'allow' },
  { type: 'setMode', mode: 'acceptEdits', destination: 'session' },
];
const command = (text: string, suggestions: unknown = []) =>
  approvalRule({ tool: 'Bash', kind: 'execute', input: { command: text }, suggestions, cwd: '/project' });
const edit = (path: string, tool = 'Edit') =>
  approvalRule({ tool, kind: 'edit', input: { file_path: path }, suggestions: [], path, cwd: '/project' });

describe('what a lasting answer to a command covers', () => {
  it('is what the CLI suggests, when the command begins like that', () => {
    expect(command('npm run test -- --watch', suggest('npm run test *'))).toEqual({
      tool: 'Bash',
      match: 'prefix',
      pattern: 'npm run test ',
      label: '`npm run test …`',
    });
    expect(command('npm run test a', suggest('npm run test:*'))).toMatchObject({
      match: 'prefix',
      pattern: 'npm run test ',
    });
  });

  it('is the command itself when it has nothing behind the prefix', () => {
    expect(command('touch a1', suggest('touch a1 *'))).toEqual({
      tool: 'Bash',
      match: 'exact',
      pattern: 'touch a1',
      label: '`touch a1`',
    });
  });

  it.each([
    ['several suggestions', 'cd a && npm test', suggest('cd a', 'npm test *')],
    ['a shell control character behind the prefix', 'npm test x; rm -rf /', suggest('npm test *')],
    ['a prefix that is not how the command begins', 'rm -rf /', suggest('npm test *')],
    ['a program that runs other programs', 'bash -c "rm -rf /"', suggest('bash *')],
    ['one by its path', '/usr/bin/env rm', suggest('/usr/bin/env *')],
    ['an assignment in front', 'A=1 npm test x', suggest('A=1 *')],
    ['a suggestion for everything', 'ls -l', suggest('*')],
    [
      'a suggestion for another tool',
      'ls -l',
      [{ type: 'addRules', rules: [{ toolName: 'Read', ruleContent: 'ls *' }] }],
    ],
    ['no suggestion', 'ls -l', undefined],
    ['nonsense', 'ls -l', [{ type: 'addRules', rules: 'all' }, null, 4]],
  ])('is the exact command for %s', (_why, text, suggestions) => {
    expect(command(text, suggestions)).toMatchObject({ match: 'exact', pattern: text });
  });

  it.each([
    ['leaves the sandbox', { dangerouslyDisableSandbox: true }],
    ['goes on in the background', { run_in_background: true }],
    ['has a field that nobody knows', { shell: '/tmp/x' }],
  ])('is nothing when the input %s: the words on the button would not say so', (_what, more) => {
    const suggestions = suggest('npm test *');
    for (const text of ['npm test', 'npm test a']) {
      const input = { command: text, ...more };
      expect(approvalRule({ tool: 'Bash', kind: 'execute', input, suggestions, cwd: '/project' })).toBeNull();
    }
  });

  it('does not mind how it is described and how long it may take', () => {
    const input = { command: 'npm test', description: 'Runs the tests', timeout: 60_000 };
    expect(approvalRule({ tool: 'Bash', kind: 'execute', input, suggestions: [], cwd: '/project' })).toMatchObject({
      match: 'exact',
      pattern: 'npm test',
    });
  });

  it('is nothing when there is no command', () => {
    expect(approvalRule({ tool: 'Bash', kind: 'execute', input: {}, suggestions: [], cwd: '/project' })).toBeNull();
  });
});

describe('what a lasting answer to an edit covers', () => {
  it('is what this tool does in the folder of the session, and says so', () => {
    expect(edit('/project/src/a.ts')).toEqual({
      tool: 'Edit',
      match: 'folder',
      pattern: '/project',
      label: 'Edit in this folder',
    });
  });

  it.each([
    '/etc/passwd',
    '/project-b/a',
    '/project/../etc/passwd',
    '/project/.git/hooks/pre-commit',
    '/project/.claude/settings.json',
  ])('is nothing for %s', (path) => {
    expect(edit(path)).toBeNull();
  });
});

describe('what a lasting answer to an edit covers, in a session about the whole home folder', () => {
  const rule = (cwd: string) =>
    approvalRule({ tool: 'Edit', kind: 'edit', input: {}, suggestions: [], path: `${cwd}/a/b`, cwd, home: '/home/u' });

  it('is nothing, nor in one above it', () => {
    expect([rule('/home/u'), rule('/home')]).toEqual([null, null]);
  });

  it('is the folder in any below it and beside it', () => {
    expect([rule('/home/u/project'), rule('/home/u2')].map((one) => one?.match)).toEqual(['folder', 'folder']);
  });
});

describe('what a lasting answer to anything else covers', () => {
  it('is exactly the same input', () => {
    const input = { url: 'https://example.com', prompt: 'p' };
    const rule = approvalRule({ tool: 'WebFetch', kind: 'fetch', input, suggestions: [], cwd: '/project' });
    expect(rule).toMatchObject({ match: 'exact', pattern: canonicalJson(input) });
  });

  it('is nothing for questions, plans and sub-agents', () => {
    for (const kind of ['question', 'plan', 'agent'] as const) {
      expect(approvalRule({ tool: 'X', kind, input: {}, suggestions: [], cwd: '/project' })).toBeNull();
    }
  });

  it('is nothing when the input is too large to be held against another', () => {
    const input = { text: 'x'.repeat(30_000) };
    expect(approvalRule({ tool: 'X', kind: 'other', input, suggestions: [], cwd: '/project' })).toBeNull();
  });
});

describe('folders', () => {
  it('contain themselves and what lies below, not their neighbours', () => {
    expect(['/a', '/a/b', '/a/..b'].map((path) => isInside('/a', path))).toEqual([true, true, true]);
    expect(['/', '/ab', '/b', '/a/../b'].map((path) => isInside('/a', path))).toEqual([false, false, false, false]);
  });

  it('have places whose content others run', () => {
    expect(
      ['/a/.git/config', '/a/x/.vscode/tasks.json', '/a/.mcp.json'].map((path) => isSensitive('/a', path)),
    ).toEqual([true, true, true]);
    const started = [
      '.ssh/config',
      '.config/fish/config.fish',
      '.npmrc',
      '.gitconfig',
      '.bashrc',
      '.profile',
      '.zshrc',
    ];
    for (const name of [...started, '.zprofile', '.bash_profile'])
      expect(isSensitive('/a', `/a/${name}`), name).toBe(true);
    expect(['/a/.gitignore', '/a/git/x', '/a/claude.md'].map((path) => isSensitive('/a', path))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
