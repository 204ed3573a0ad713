import { describe, expect, it } from 'vitest';
import { fillIn, formOf } from './elicitation.ts';

const form = (properties: object, message = 'Which?') =>
  formOf({ mode: 'form', message, requestedSchema: { type: 'object', properties } });

describe('a form of an agent', () => {
  it('is asked in its own words: the message for the one field that has none', () => {
    const asked = form({
      q: { type: 'string', title: 'Colour', enum: ['red', 'blue'] },
      other: { type: 'string', title: 'Other', description: 'Or say it yourself.' },
    });
    expect(
      asked?.fields.map(({ question: { question, header, options } }) => [question, header, options.length]),
    ).toEqual([
      ['Which?', 'Colour', 2],
      ['Or say it yourself.', 'Other', 0],
    ]);
  });

  it('tells two fields apart that are asked in the same words', () => {
    const asked = form({ a: { type: 'string', description: 'Name' }, b: { type: 'string', description: 'Name' } });
    expect(asked?.fields.map((field) => field.question.question)).toEqual(['Name', 'Name (b)']);
  });

  it('is filled in with the values behind the labels, and without what was left open', () => {
    const asked = form({
      one: { type: 'string', title: 'One', oneOf: [{ const: 'r', title: 'Red' }] },
      many: {
        type: 'array',
        title: 'Many',
        items: {
          anyOf: [
            { const: 's', title: 'Small' },
            { const: 'l', title: 'Large' },
          ],
        },
      },
      count: { type: 'integer', title: 'Count' },
      sure: { type: 'boolean', title: 'Sure' },
      left: { type: 'string', title: 'Left' },
    });
    const answers = { One: 'Red', Many: 'Small, Large', Count: '3', Sure: 'No', Left: '' };
    expect(fillIn(asked!, { decision: 'allow_once', answers })).toEqual({
      action: 'accept',
      content: { one: 'r', many: ['s', 'l'], count: 3, sure: false },
    });
    expect(fillIn(asked!, { decision: 'deny' })).toEqual({ action: 'decline' });
  });

  it('is none where there is nothing to fill in, or it is a page to be visited', () => {
    expect(form({})).toBeNull();
    expect(formOf({ mode: 'url', message: 'Sign in', url: 'http://127.0.0.1/' })).toBeNull();
  });
});
