import { describe, expect, it } from 'vitest';
import type { ImportedSession } from '../../../main/protocol/views.ts';
import { groupImports } from './group-imports.ts';
import { kindOfTool } from './tool-kind.ts';

const imported = (import_id: string, cwd: string | null) => ({ import_id, cwd }) as ImportedSession;

describe('the list of the history', () => {
  it('keeps the order within a folder, and puts the folder with the newest first', () => {
    const groups = groupImports([imported('3', '/b'), imported('2', null), imported('1', '/b'), imported('0', '/a')]);
    expect(groups.map(({ cwd, imports }) => [cwd, imports.map((one) => one.import_id)])).toEqual([
      ['/b', ['3', '1']],
      [null, ['2']],
      ['/a', ['0']],
    ]);
  });
});

describe('a tool in a conversation from disk', () => {
  it.each([
    ['Bash', 'execute'],
    ['exec_command', 'execute'],
    ['run_shell_command', 'execute'],
    ['apply_patch', 'edit'],
    ['write_file', 'edit'],
    ['Read', 'read'],
    ['Grep', 'search'],
    ['WebFetch', 'fetch'],
    ['update_plan', 'plan'],
    ['mcp__files__list', 'other'],
  ])('%s is shown as %s', (tool, kind) => expect(kindOfTool(tool)).toBe(kind));
});
