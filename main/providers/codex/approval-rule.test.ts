import { describe, expect, it } from 'vitest';
import { commandRule, editRule } from './approval-rule.ts';

const home = '/home/me';

describe('what a lasting answer would cover', () => {
  it.each([
    ['npm test', ['npm', 'test'], 'exact', 'npm test'],
    ['npm test --watch', ['npm', 'test'], 'prefix', 'npm test '],
    ['npm test && rm x', ['npm', 'test'], 'exact', 'npm test && rm x'],
    ['bash x.sh', ['bash'], 'exact', 'bash x.sh'],
    ['echo $A; ls', ['/bin/bash', '-lc', 'echo $A; ls'], 'exact', 'echo $A; ls'],
    ['ls', undefined, 'exact', 'ls'],
  ])('%s, for which Codex proposes %j: %s %s', (command, amendment, match, pattern) => {
    expect(commandRule('shell', command, amendment, '/p')).toMatchObject({ tool: 'shell', match, pattern });
  });

  it('is the folder for changes that lie in it', () => {
    expect(editRule('apply_patch', ['/p/a', '/p/b/c'], '/p', home)).toMatchObject({ match: 'folder', pattern: '/p' });
  });

  it.each([
    [['/p/a', '/q/b'], '/p'],
    [['/p/.git/hooks/pre-commit'], '/p'],
    [['/p/.codex/config.toml'], '/p'],
    [['/p/sub/AGENTS.md'], '/p'],
    [[], '/p'],
    [['/home/me/notes.txt'], home],
  ])('is nothing for %j in %s: they are asked for one by one', (paths, cwd) => {
    expect(editRule('apply_patch', paths, cwd, home)).toBeNull();
  });
});
