import { describe, expect, it } from 'vitest';
import { mentionOf } from '../../../main/protocol/mention-text.ts';
import { typedMention, withMention } from './mention.ts';

const at = (marked: string) => {
  const caret = marked.indexOf('|');
  return { text: marked.replace('|', ''), caret };
};
const typed = (marked: string) => {
  const { text, caret } = at(marked);
  return typedMention(text, caret);
};
const picked = (marked: string, path: string, how: 'finish' | 'go_on' = 'finish') => {
  const { text, caret } = at(marked);
  const mention = typedMention(text, caret);
  if (!mention) throw new Error('there is no mention');
  const is_folder = path.endsWith('/');
  const done = withMention(text, mention, { path: path.replace(/\/$/, ''), is_folder }, how);
  return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`;
};

describe('a mention', () => {
  it('is an @ that begins a word, with what follows it up to the caret', () => {
    expect(typed('@|')).toEqual({ from: 0, to: 1, text: '' });
    expect(typed('look at @src/a|')).toEqual({ from: 8, to: 14, text: 'src/a' });
    expect(typed('(@a|')?.text).toBe('a');
    expect(typed('two\n@lines|')?.text).toBe('lines');
  });

  it('is no address of mail, and nothing that has ended', () => {
    expect(typed('me@example.org|')).toBeNull();
    expect(typed('@src and|')).toBeNull();
    expect(typed('none|')).toBeNull();
    expect(typed('@"a b" |')).toBeNull();
  });

  it('replaces the whole word, also when the caret stands in its middle', () => {
    expect(picked('see @ap|p.t please', 'src/app.ts')).toBe('see @src/app.ts |please');
    expect(picked('@ap|', 'src/app.ts')).toBe('@src/app.ts |');
  });

  it('of a path with spaces stands in quotation marks, and may be typed so', () => {
    expect(mentionOf('My notes/plan.md')).toBe('@"My notes/plan.md"');
    expect(typed('@"My no|')).toEqual({ from: 0, to: 7, text: 'My no' });
    expect(picked('@"My no|te" now', 'My notes/plan.md')).toBe('@"My notes/plan.md" |now');
  });

  it('of a folder is gone into with Tab, or finished', () => {
    expect(picked('@sr|', 'src/', 'go_on')).toBe('@src/|');
    expect(picked('@my|', 'my files/', 'go_on')).toBe('@"my files/|"');
    expect(picked('@sr|', 'src/')).toBe('@src/ |');
  });
});
