import { describe, expect, it } from 'vitest';
import { elicitation, userInput } from './questions.ts';

const form = (properties: object, required: string[] = []) =>
  elicitation({ mode: 'form', serverName: 'deck', message: 'Please.', requestedSchema: { properties, required } });

describe('a form of a tool server', () => {
  it('is one question for each field, with the choices it has', () => {
    const asked = form({
      name: { type: 'string', title: 'Name', description: 'of the branch' },
      kind: { type: 'string', oneOf: [{ const: 'f', title: 'Feature' }, { const: 'x' }] },
      level: { type: 'string', enum: ['1', '2'], enumNames: ['low', 'high'] },
      many: { type: 'array', items: { enum: ['a', 'b', 'c'] } },
      sure: { type: 'boolean' },
      count: { type: 'integer', default: 3 },
    });
    expect(
      asked?.questions.map(({ question, multiple, options }) => [question, multiple, options.map((one) => one.label)]),
    ).toEqual([
      ['Please.\nName: of the branch', false, []],
      ['kind', false, ['Feature', 'x']],
      ['level', false, ['low', 'high']],
      ['many', true, ['a', 'b', 'c']],
      ['sure', false, ['Yes', 'No']],
      ['count', false, []],
    ]);
    expect(
      asked?.result({
        'Please.\nName: of the branch': 'main',
        kind: 'Feature',
        level: 'high',
        many: 'a, c',
        sure: 'No',
      }),
    ).toEqual({
      action: 'accept',
      content: { name: 'main', kind: 'f', level: '2', many: ['a', 'c'], sure: false, count: 3 },
      _meta: null,
    });
  });

  it('is declined when something is missing that has to be there, or is no number', () => {
    const asked = form({ count: { type: 'number' } }, ['count']);
    expect(asked?.result({ 'Please.\ncount': 'many' })).toBeNull();
    expect(asked?.result({})).toBeNull();
    expect(asked?.result({ 'Please.\ncount': '2.5' })).toMatchObject({ content: { count: 2.5 } });
    expect(asked?.declined).toEqual({ action: 'decline', content: null, _meta: null });
  });

  it('without fields is a yes or no; a page to open names its address', () => {
    const plain = form({});
    expect(plain?.result({ 'Please.': 'Accept' })).toMatchObject({ action: 'accept' });
    expect(plain?.result({ 'Please.': 'Decline' })).toMatchObject({ action: 'decline' });
    const page = elicitation({ mode: 'url', message: 'Sign in', url: 'https://example.org/x' });
    expect(page?.questions[0]?.question).toBe('Sign in\nhttps://example.org/x');
  });

  it('of a kind that nobody can answer here is none', () => {
    expect(elicitation({ mode: 'openai/userVerification', title: 'Who?' })).toBeNull();
  });
});

describe('a question of the agent', () => {
  it('is answered by its id, as far as it was answered', () => {
    const asked = userInput({
      questions: [
        { id: 'a', question: 'A?', options: null },
        { id: 'b', question: 'B?', options: [] },
      ],
    });
    expect(asked.result({ 'B?': 'yes' })).toEqual({ answers: { b: { answers: ['yes'] } } });
  });

  it('that is longer than an answer can name is cut, and still answered', () => {
    const asked = userInput({ questions: [{ id: 'a', question: 'x'.repeat(5000) }] });
    const words = asked.questions[0]?.question ?? '';
    expect(words).toHaveLength(2000);
    expect(asked.result({ [words]: 'yes' })).toEqual({ answers: { a: { answers: ['yes'] } } });
  });
});
