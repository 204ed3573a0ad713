import { describe, expect, it } from 'vitest';
import type { SessionId } from '../../main/protocol/ids.ts';
import { addToDraft, type QuotedLine, quoteLines, whereOf } from './comment.ts';
import { draftOf, setDraft } from './drafts.ts';

const same = (n: number, text: string): QuotedLine => ({ kind: 'same', oldLine: n, newLine: n + 1, text });
const added = (n: number, text: string): QuotedLine => ({ kind: 'add', oldLine: null, newLine: n, text });
const removed = (n: number, text: string): QuotedLine => ({ kind: 'remove', oldLine: n, newLine: null, text });

describe('a comment on lines', () => {
  it('names the file, the lines by number, the lines themselves and what is said', () => {
    expect(quoteLines('src/a.ts', [added(4, 'const a = 1;'), same(4, 'export {};')], ' Why?\n')).toBe(
      'On `src/a.ts`, lines 4 to 5:\n```diff\n+const a = 1;\n export {};\n```\nWhy?\n',
    );
  });

  it('names lines that are gone by the numbers they had', () => {
    expect(whereOf([removed(3, 'x'), removed(4, 'y')])).toBe('lines 3 to 4 as it was before');
    expect(whereOf([removed(3, 'x'), added(7, 'y')])).toBe('line 7');
  });

  it('stays in its box whatever the lines and the path hold', () => {
    const quote = quoteLines('we`ird\n# name', [added(1, '````'), added(2, '```sh')], 'x');
    expect(quote.split('\n')).toEqual([
      'On `` we`ird # name ``, lines 1 to 2:',
      '`````diff',
      '+````',
      '+```sh',
      '`````',
      'x',
      '',
    ]);
  });

  it('goes behind what was written, and behind other comments', () => {
    const session = 'ses_comment1' as SessionId;
    setDraft(session, 'Two things. \n');
    addToDraft(session, 'On `a`, line 1:\n');
    addToDraft(session, 'On `b`, line 2:\n');
    expect(draftOf(session)).toBe('Two things.\n\nOn `a`, line 1:\n\nOn `b`, line 2:\n');
  });
});
