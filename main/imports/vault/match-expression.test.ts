import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { matchExpression } from './match-expression.ts';

const db = new Database(':memory:');
db.exec(`CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'unicode61 remove_diacritics 2')`);
const texts = [
  'The lantern hangs in the tower',
  'A café in Zürich',
  'rm -rf "the old" AND NOT this',
  'foo_bar.baz(42)',
  '灯台 の 灯',
];
for (const text of texts) db.prepare('INSERT INTO words VALUES (?)').run(text);
afterAll(() => db.close());

function find(typed: string): string[] {
  const expression = matchExpression(typed);
  return expression === null
    ? []
    : db.prepare<[string], string>('SELECT body FROM words WHERE words MATCH ? ORDER BY rank').pluck().all(expression);
}

describe('what a person types into the search', () => {
  it.each([
    ['lantern', 0],
    ['LANT', 0],
    ['tower lantern', 0],
    ['"in the tower"', 0],
    ['zurich cafe', 1],
    ['AND NOT', 2],
    ['the old"', 2],
    ['foo_bar', 3],
    ['baz(42', 3],
    ['灯', 4],
  ])('%j finds the text that has it', (typed, at) => expect(find(typed)).toContain(texts[at]));

  it.each(['tower the "in tower"', 'lanterns', '"lant"', '*', '""', ' ', '" "', '()', '-', 'ant'])(
    '%j finds nothing',
    (typed) => expect(find(typed)).toEqual([]),
  );

  it('is never taken for the index’s own language', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('"', '*', 'NEAR(', 'OR', '^', 'body:', '{', '}', '\\', '\u0000', "'", '+', '-'),
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => Array.isArray(find(pieces.join(' ')))));
  });

  it('puts the whole word before a longer one that begins with it', () => {
    db.prepare('INSERT INTO words VALUES (?)').run('number 77');
    db.prepare('INSERT INTO words VALUES (?)').run('number 775');
    expect(find('number 77')).toEqual(['number 77', 'number 775']);
  });
});
