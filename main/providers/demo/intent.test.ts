import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Intent, parseIntent } from './intent.ts';

const examples: [string, Intent][] = [
  ['help', { kind: 'help' }],
  ['What can you do?', { kind: 'help' }],
  ['/help', { kind: 'help' }],
  ['Hi there', { kind: 'hello' }],
  ['ls', { kind: 'list', path: '.' }],
  ['list', { kind: 'list', path: '.' }],
  ['List files', { kind: 'list', path: '.' }],
  ['Could you please list the files in this folder?', { kind: 'list', path: '.' }],
  ['what files are here?', { kind: 'list', path: '.' }],
  ['show me the files in src', { kind: 'list', path: 'src' }],
  ['list src', { kind: 'list', path: 'src' }],
  ['ls ./src/lib', { kind: 'list', path: './src/lib' }],
  ['read README.md', { kind: 'read', path: 'README.md' }],
  ['Please open the file "my notes.txt".', { kind: 'read', path: 'my notes.txt' }],
  ['cat a.txt', { kind: 'read', path: 'a.txt' }],
  ['show me a.txt', { kind: 'read', path: 'a.txt' }],
  ['search TODO', { kind: 'search', text: 'TODO', path: '.' }],
  ['search for "hello world" in src', { kind: 'search', text: 'hello world', path: 'src' }],
  ['find fish', { kind: 'search', text: 'fish', path: '.' }],
  ['write a.txt: Hello', { kind: 'write', path: 'a.txt', text: 'Hello\n' }],
  ['create a.txt with the text "Hello"', { kind: 'write', path: 'a.txt', text: 'Hello\n' }],
  ['write "Hello" to a.txt', { kind: 'write', path: 'a.txt', text: 'Hello\n' }],
  ['create a file called notes.md', { kind: 'write', path: 'notes.md', text: null }],
  ['write a.txt\nline one\nline two', { kind: 'write', path: 'a.txt', text: 'line one\nline two\n' }],
  ['write a.py:\n```python\nprint(1)\n```', { kind: 'write', path: 'a.py', text: 'print(1)\n' }],
  ['write C:\\notes.txt: Hello', { kind: 'write', path: 'C:\\notes.txt', text: 'Hello\n' }],
  ['edit a.txt: replace cat with dog', { kind: 'edit', path: 'a.txt', from: 'cat', to: 'dog' }],
  ['replace "a cat" with "a dog" in a.txt', { kind: 'edit', path: 'a.txt', from: 'a cat', to: 'a dog' }],
  ['in a.txt replace cat by dog', { kind: 'edit', path: 'a.txt', from: 'cat', to: 'dog' }],
  ['delete a.txt', { kind: 'delete', path: 'a.txt' }],
  ['remove the file a.txt', { kind: 'delete', path: 'a.txt' }],
  ['run npm test', { kind: 'run', command: 'npm test' }],
  ['run: echo hi', { kind: 'run', command: 'echo hi' }],
  ['run the command `echo hi`', { kind: 'run', command: 'echo hi' }],
  ['$ echo hi', { kind: 'run', command: 'echo hi' }],
  ['!echo hi', { kind: 'run', command: 'echo hi' }],
  ['plan', { kind: 'plan' }],
  ['think about fish', { kind: 'think', about: 'fish' }],
  ['ask me', { kind: 'ask' }],
  ['tour', { kind: 'tour' }],
  ['take the tour', { kind: 'tour' }],
  ['fail', { kind: 'fail' }],
  ['big output', { kind: 'big', lines: 5000 }],
  ['count to 20 slowly', { kind: 'count', to: 20, slowly: true }],
  ['slowly count to 20', { kind: 'count', to: 20, slowly: true }],
  ['count to 3', { kind: 'count', to: 3, slowly: false }],
  ['read', { kind: 'incomplete', verb: 'read' }],
  ['run', { kind: 'incomplete', verb: 'run' }],
  ['write a poem', { kind: 'unknown', words: 'write a poem' }],
  ['fix the failing test', { kind: 'unknown', words: 'fix the failing test' }],
  ['delete everything', { kind: 'delete', path: 'everything' }],
  ['runaway train', { kind: 'unknown', words: 'runaway train' }],
  ['Führe mich herum.', { kind: 'tour' }],
  ['Hallo!', { kind: 'hello' }],
  ['Was kannst du?', { kind: 'help' }],
  ['lies notizen.md', { kind: 'read', path: 'notizen.md' }],
  ['suche nach Fisch', { kind: 'search', text: 'Fisch', path: '.' }],
  ['zähle langsam bis 20', { kind: 'count', to: 20, slowly: true }],
  ['案内してください。', { kind: 'tour' }],
  ['こんにちは', { kind: 'hello' }],
  ['ヘルプ', { kind: 'help' }],
  ['带我参观一下。', { kind: 'tour' }],
  ['你好', { kind: 'hello' }],
  ['读取 笔记.md', { kind: 'read', path: '笔记.md' }],
  ['删除a.txt', { kind: 'delete', path: 'a.txt' }],
  ['数据库坏了', { kind: 'unknown', words: '数据库坏了' }],
];

describe('parseIntent', () => {
  it.each(examples)('reads %j', (words, intent) => {
    expect(parseIntent(words)).toEqual(intent);
  });

  it('answers every text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .constantFrom(...examples.map(([words]) => words))
            .chain((words) => fc.string().map((rest) => words + rest)),
        ),
        (text) => {
          expect(parseIntent(text).kind).toBeTypeOf('string');
        },
      ),
    );
  });

  it('keeps a command as it was typed', () => {
    const command = fc
      .string({ minLength: 1, maxLength: 80 })
      .map((text) => text.trim())
      .filter((text) => /^[a-z]/.test(text) && !/^the command/.test(text));
    fc.assert(
      fc.property(command, (typed) => {
        expect(parseIntent(`run ${typed}`)).toEqual({ kind: 'run', command: typed });
      }),
    );
  });
});
