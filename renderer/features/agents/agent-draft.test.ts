import { describe, expect, it } from 'vitest';
import { agentOf, draftOf, emptyDraft, nameOf } from './agent-draft.ts';

const context = { id: null, taken: new Set(['claude']), home: '/home/ada' };

describe('an agent that is being written', () => {
  it('is called after what it starts when nobody gives it a name', () => {
    expect(nameOf('opencode', ['acp'])).toBe('opencode');
    expect(nameOf('/opt/tools/goose.exe', ['acp'])).toBe('goose');
    expect(nameOf('npx', ['-y', '@agentclientprotocol/claude-agent-acp@1.2.3'])).toBe('claude-agent-acp');
    expect(nameOf('npx', [])).toBe('npx');
  });

  it('has the variables of its line and of its rows', () => {
    const rows = [
      { key: 1, name: ' B ', value: 'two words' },
      { key: 2, name: '', value: '' },
    ];
    const { agent } = agentOf({ ...emptyDraft, name: 'Claude', line: 'A=1 agent --acp', rows }, context);
    expect(agent).toEqual({
      ...{ id: 'claude-2', name: 'Claude', command: 'agent', args: ['--acp'] },
      env: { A: '1', B: 'two words' },
    });
  });

  it('comes back as it was when it is changed', () => {
    const agent = {
      ...{ id: 'mine', name: 'Mine', command: '/opt/my agent', args: ['--x=a b', ''], env: { A: '1' } },
      key_variable: 'MY_KEY',
    };
    expect(agentOf(draftOf(agent), { ...context, id: 'mine' }).agent).toEqual(agent);
  });

  it('says what is wrong with it', () => {
    expect(agentOf(emptyDraft, context).problems?.line).toContain('Paste');
    expect(agentOf({ ...emptyDraft, line: 'a | b' }, context).problems?.line).toContain('"|"');
    const rows = [{ key: 1, name: '1st', value: '' }];
    expect(agentOf({ ...emptyDraft, line: 'a', rows }, context).problems?.rows).toContain('1st');
    expect(agentOf({ ...emptyDraft, line: 'a', keyVariable: 'MY KEY' }, context).problems?.rows).toContain('MY KEY');
  });
});
