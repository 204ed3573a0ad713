import { describe, expect, it } from 'vitest';
import { chooseOption, offeredOptions, onlyForGood, questionOf } from './permission-options.ts';

const option = (id: string, kind: string) => ({ id, name: id.toUpperCase(), kind });
const usual = [option('always', 'allow_always'), option('once', 'allow_once'), option('no', 'reject_once')];

describe('the option an agent is told', () => {
  it.each([
    ['allow_once', 'once'],
    ['allow_session', 'once'],
    ['allow_always', 'once'],
    ['deny', 'no'],
  ] as const)('%s: "%s", because lasting answers are kept by us', (decision, id) => {
    expect(chooseOption(usual, { decision }, null)).toBe(id);
  });

  it('is one for good only where the agent offers no other yes', () => {
    const forGood = [option('always', 'allow_always'), option('never', 'reject_always')];
    expect(onlyForGood(forGood)).toBe(true);
    expect(onlyForGood(usual)).toBe(false);
    expect(chooseOption(forGood, { decision: 'allow_once' }, null)).toBe('always');
    expect(chooseOption(forGood, { decision: 'deny' }, null)).toBe('never');
  });

  it('is none when the agent offers nothing like it: then the request is cancelled', () => {
    expect(chooseOption([option('once', 'allow_once')], { decision: 'deny' }, null)).toBeNull();
    expect(chooseOption([], { decision: 'allow_once' }, null)).toBeNull();
  });

  it('is the one that was picked where there are several ways to say yes', () => {
    const colours = [option('red', 'allow_once'), option('blue', 'allow_once'), option('none', 'reject_once')];
    const question = questionOf('Which?', colours);
    expect(question?.options.map(({ label }) => label)).toEqual(['RED', 'BLUE', 'NONE']);
    expect(chooseOption(colours, { decision: 'allow_once', answers: { 'Which?': 'BLUE' } }, question)).toBe('blue');
    expect(chooseOption(colours, { decision: 'deny' }, question)).toBe('none');
    expect(questionOf('Run?', usual)).toBeNull();
  });

  it('is the very one that was named, and none when the agent did not offer it', () => {
    expect(chooseOption(usual, { decision: 'allow_always', option_id: 'always' }, null)).toBe('always');
    expect(chooseOption(usual, { decision: 'allow_once', option_id: 'another' }, null)).toBeNull();
  });

  it('is shown in its own words, unless nobody knows what it means', () => {
    const odd = [...usual, option('maybe', 'allow_sometimes'), option('x'.repeat(300), 'allow_once')];
    expect(offeredOptions(odd).map(({ option_id, label }) => [option_id, label])).toEqual([
      ['always', 'ALWAYS'],
      ['once', 'ONCE'],
      ['no', 'NO'],
    ]);
  });
});
