import { describe, expect, it } from 'vitest';
import { diffRows } from './diff-rows.ts';

describe('diffRows', () => {
  it('numbers each side by itself and marks what is left out', () => {
    const rows = diffRows({
      path: '/x',
      change: 'update',
      added: 1,
      removed: 1,
      hunks: [
        {
          old_start: 4,
          old_lines: 2,
          new_start: 4,
          new_lines: 2,
          lines: [' a', '-b', '+c', '\\ No newline at end of file'],
        },
      ],
    });
    expect(rows).toEqual([
      { kind: 'skip', count: 3 },
      { kind: 'same', oldLine: 4, newLine: 4, text: 'a' },
      { kind: 'remove', oldLine: 5, newLine: null, text: 'b' },
      { kind: 'add', oldLine: null, newLine: 5, text: 'c' },
    ]);
  });

  it('shows a new file without a mark of what is left out', () => {
    const hunks = [{ old_start: 0, old_lines: 0, new_start: 1, new_lines: 1, lines: ['+x'] }];
    expect(diffRows({ path: '/x', change: 'create', added: 1, removed: 0, hunks })).toEqual([
      { kind: 'add', oldLine: null, newLine: 1, text: 'x' },
    ]);
  });
});
