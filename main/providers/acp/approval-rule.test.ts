import { describe, expect, it } from 'vitest';
import { approvalRule } from './approval-rule.ts';
import type { Call } from './tool-calls.ts';

const call = (more: Partial<Call>): Call => ({
  ...{ id: 'i', tool: 'tool', kind: 'other', title: 't', input: {}, inputTold: false },
  ...{ command: undefined, diffs: [], paths: [], description: '' },
  ...more,
});
const at = (...paths: string[]) => ({ cwd: '/p', home: '/home/me', paths });

describe('what a lasting answer to an agent covers', () => {
  it('is exactly this command, and nothing when more than the command decides what happens', () => {
    const command = 'npm test';
    expect(approvalRule(call({ kind: 'execute', command }), at())).toMatchObject({ match: 'exact', pattern: command });
    expect(approvalRule(call({ kind: 'execute', command, input: { command, cwd: '/p' } }), at())).not.toBeNull();
    expect(approvalRule(call({ kind: 'execute', command, input: { command, cwd: '/elsewhere' } }), at())).toBeNull();
    expect(approvalRule(call({ kind: 'execute', title: 'Run the tests' }), at())).toBeNull();
  });

  it('is edits in the folder, unless more than one file, or a delicate one, is touched', () => {
    const edit = call({ kind: 'edit' });
    expect(approvalRule(edit, at('/p/a'))).toMatchObject({ match: 'folder', pattern: '/p' });
    for (const path of ['/q/a', '/p/.git/hooks/pre-commit', '/p/.gemini/settings.json', '/p/.env', '/p/../q'])
      expect(approvalRule(edit, at(path))).toBeNull();
    expect(approvalRule(edit, at('/p/a', '/p/b'))).toBeNull();
    expect(approvalRule(edit, at())).toBeNull();
  });

  it('is nothing where the folder holds the home of the person', () => {
    for (const cwd of ['/home/me', '/home', '/'])
      expect(approvalRule(call({ kind: 'edit' }), { cwd, home: '/home/me', paths: ['/home/me/a'] })).toBeNull();
  });

  it('is this very input, where the agent tells it', () => {
    const fetch = call({ inputTold: true, input: { url: 'u' } });
    expect(approvalRule(fetch, at())).toMatchObject({ match: 'exact', pattern: '{"url":"u"}' });
    expect(approvalRule(call({ input: { description: 'd' } }), at())).toBeNull();
    expect(approvalRule(call({ kind: 'plan', inputTold: true }), at())).toBeNull();
  });
});
