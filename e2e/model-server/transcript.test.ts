import { describe, expect, it } from 'vitest';
import { selectStep, type Turn } from './transcript.ts';

const user = (...prompts: string[]): Turn => ({ role: 'user', prompts, continuations: [], results: [] });
const goOn = (text: string): Turn => ({ role: 'user', prompts: [], continuations: [text], results: [] });
const result = (text: string): Turn => ({
  role: 'user',
  prompts: [],
  continuations: [],
  results: [{ callId: 'c', text, isError: false }],
});
const assistant = (text = ''): Turn => ({ role: 'assistant', text, toolCalls: [] });

function directives(...turns: Turn[]) {
  const selection = selectStep({ turns });
  return selection.ok ? selection.step.directives : selection.problem;
}

const script = '[[tool: A]] [[then]] [[tool: B]] [[then]] [[text: end]]';

describe('the step a request asks for', () => {
  it('is the first one for a new prompt', () => {
    expect(directives(user(script))).toEqual([{ kind: 'tool', name: 'A', input: {} }]);
  });

  it('is that of what a person says now, not of what is told of before', () => {
    const told = `<earlier-in-this-session>\n${script}\n</earlier-in-this-session>\n\n[[text: now]]`;
    expect(directives(user(told))).toEqual([{ kind: 'text', text: 'now' }]);
  });

  it('moves on by one with every round of tool results', () => {
    expect(directives(user(script), assistant(), result('a'))).toEqual([{ kind: 'tool', name: 'B', input: {} }]);
    expect(directives(user(script), assistant(), result('a'), assistant(), result('b'))).toEqual([
      { kind: 'text', text: 'end' },
    ]);
  });

  it('carries the newest tool results', () => {
    const selection = selectStep({ turns: [user(script), assistant(), result('a'), assistant(), result('b')] });
    expect(selection).toMatchObject({ ok: true, step: { results: [{ text: 'b' }] } });
  });

  it('is a plain end when the script has no more', () => {
    expect(directives(user('[[tool: A]]'), assistant(), result('a'))).toEqual([{ kind: 'text', text: 'Done.' }]);
  });

  it('belongs to the newest prompt, not to an older script', () => {
    expect(directives(user(script), assistant(), user('hello there'))).toEqual([
      { kind: 'text', text: 'You said: hello there' },
    ]);
  });

  it('belongs to the last of several prompts when the earlier ones got no answer', () => {
    expect(directives(user('[[error: 500]]', '[[text: now]]'))).toEqual([{ kind: 'text', text: 'now' }]);
  });

  it('stays in the script when the CLI or a steering person says something in between', () => {
    expect(directives(user('[[text: a]] [[then]] [[text: b]]'), assistant('a'), goOn('go on'))).toEqual([
      { kind: 'text', text: 'b' },
    ]);
  });

  it('says what is wrong instead of guessing', () => {
    expect(directives(user('[[nonsense: 1]]'))).toContain('[[nonsense]] is not a marker');
    expect(directives(assistant('hi'))).toContain('no prompt');
  });
});
