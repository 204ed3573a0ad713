import { describe, expect, it } from 'vitest';
import { goalStepOf } from './goal-step.ts';

const call = (tool: string, input: unknown = {}, title = '') => goalStepOf({ tool, title, toolKind: 'other', input });

describe('a call of the goal’s own tools', () => {
  it.each([
    'mcp__quarterdeck__report_progress',
    'mcp__quarterdeck.report_progress',
    'mcp_quarterdeck_report_progress',
    'quarterdeck.report_progress',
    'quarterdeck: report_progress',
  ])('is known by the name %s', (name) => {
    expect(call(name, { text: 'Half.' })).toEqual({ kind: 'progress', text: 'Half.' });
  });

  it('is known by its title where the agent names no tool, and says what its kind of step says', () => {
    expect(call('tool', { summary: 'All.' }, 'mcp__quarterdeck__complete_goal')).toEqual({
      kind: 'complete',
      text: 'All.',
    });
    expect(call('mcp__quarterdeck__block_goal', { reason: 'No key.' })).toEqual({ kind: 'blocked', text: 'No key.' });
    expect(call('mcp__quarterdeck__block_goal', undefined)).toEqual({ kind: 'blocked', text: '' });
  });

  it('is no call of another server, no other tool, and nothing that only holds the name', () => {
    for (const name of [
      'mcp__other__report_progress',
      'mcp__quarterdeck__toString',
      'report_progress',
      'mcp__quarterdeck__report_progress; rm -rf x',
    ]) {
      expect(call(name)).toBeNull();
    }
    const title = 'mcp__quarterdeck__complete_goal';
    expect(goalStepOf({ tool: 'Bash', title, toolKind: 'execute', input: {} })).toBeNull();
  });
});
