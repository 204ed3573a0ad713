import { beforeEach, describe, expect, it } from 'vitest';
import { choicesMade, lastChoice, rememberChoice } from './last-choice.ts';
import { remember } from './storage.ts';

beforeEach(() => remember('last-choices', null));

describe('what was chosen last', () => {
  it('is that of the folder, and of anywhere where nothing was chosen yet', () => {
    rememberChoice('/a', { provider: 'claude', model: 'opus', effort: 'high', mode: 'plan' });
    rememberChoice('/b', { provider: 'codex', model: null, mode: 'ask' });
    expect(lastChoice('/a')).toEqual({ provider: 'claude', model: 'opus', effort: 'high', mode: 'plan' });
    // A model is chosen for the work in a folder.
    expect(lastChoice('/new')).toEqual({ provider: 'codex', mode: 'ask' });
  });

  it('changes by what is chosen in a session, and forgets the model of an agent that is left', () => {
    rememberChoice('/a', { provider: 'claude', model: 'opus', effort: 'high', mode: 'plan' });
    rememberChoice('/a', { effort: null });
    expect(lastChoice('/a')).toEqual({ provider: 'claude', model: 'opus', effort: null, mode: 'plan' });
    rememberChoice('/a', { provider: 'codex' });
    expect(lastChoice('/a')).toEqual({ provider: 'codex', mode: 'plan' });
  });

  it('reaches a form that was open before the choice was answered', () => {
    let shown = lastChoice('/a').mode;
    const leave = choicesMade.subscribe(() => {
      shown = lastChoice('/a').mode;
    });
    rememberChoice('/a', { mode: 'plan' });
    leave();
    expect(shown).toBe('plan');
  });

  it('never is full access', () => {
    rememberChoice('/a', { provider: 'claude', mode: 'accept-edits' });
    rememberChoice('/a', { mode: 'full' });
    expect(lastChoice('/a').mode).toBe('accept-edits');
    rememberChoice('/b', { provider: 'claude', mode: 'full' });
    expect(lastChoice('/b').mode).toBe('accept-edits');
  });

  it('is kept of the folders that were used last, and whatever they are called', () => {
    for (let n = 0; n < 101; n += 1) rememberChoice(`/${n}`, { provider: 'claude', model: `m${n}` });
    expect(lastChoice('/0').model).toBeUndefined();
    expect(lastChoice('/1').model).toBe('m1');
    expect(lastChoice('constructor')).toEqual({ provider: 'claude', mode: undefined });
  });
});
