import { describe, expect, it } from 'vitest';
import { appCommands, matchCommands, mergeCommands, parseAppCommand, typedCommand } from './app-commands.ts';

describe('a command in the composer', () => {
  it('is being typed as long as there is only a slash and the beginning of a name', () => {
    expect(typedCommand('/')).toBe('');
    expect(typedCommand('/com')).toBe('com');
    expect(typedCommand('/compact now')).toBeNull();
    expect(typedCommand('/usr/bin')).toBeNull();
    expect(typedCommand('see /com')).toBeNull();
    expect(typedCommand('/a\n')).toBeNull();
  });

  it('is offered first where its name begins like what is typed', () => {
    const commands = mergeCommands(appCommands({ goals: true }), [
      { name: 'security-review', description: '' },
      { name: 'review', description: '' },
    ]);
    expect(matchCommands(commands, 'RE').map((one) => one.name)).toEqual(['rename', 'review', 'security-review']);
    expect(matchCommands(commands, 'zzz')).toEqual([]);
  });

  it('of the app hides one of the agent with the same name', () => {
    const merged = mergeCommands(appCommands({ goals: true }), [{ name: 'goal', description: 'theirs' }]);
    expect(merged.filter((one) => one.name === 'goal')).toMatchObject([{ ours: true }]);
    const without = mergeCommands(appCommands({ goals: false }), [{ name: 'goal', description: 'theirs' }]);
    expect(without.filter((one) => one.name === 'goal')).toMatchObject([{ ours: false }]);
  });

  it('of the app is understood with what follows it; everything else goes to the agent', () => {
    const parse = (text: string, goals = true) => parseAppCommand(text, { goals });
    expect(parse('/goal make all\ntests pass ')).toEqual({ type: 'goal', objective: 'make all\ntests pass' });
    expect(parse('/goal pause')).toEqual({ type: 'goal_action', action: 'pause' });
    expect(parse('/goal')).toEqual({ type: 'goal_empty' });
    expect(parse('/goal x', false)).toBeNull();
    expect(parse('/fork')).toEqual({ type: 'fork' });
    expect(parse('/fork it')).toBeNull();
    expect(parse('/rename A new name')).toEqual({ type: 'rename', title: 'A new name' });
    expect(parse('/compact')).toBeNull();
    expect(parse('hello /fork')).toBeNull();
  });
});
