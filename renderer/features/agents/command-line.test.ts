import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCommandLine, parseCommandLine } from './command-line.ts';

const words = (text: string, home: string | null = '/home/ada') => {
  const parsed = parseCommandLine(text, home);
  return parsed.ok ? [parsed.line.command, ...parsed.line.args] : parsed.problem;
};

describe('a command line that was pasted', () => {
  it.each([
    ['npx -y @agentclientprotocol/claude-agent-acp', ['npx', '-y', '@agentclientprotocol/claude-agent-acp']],
    ['  opencode   acp ', ['opencode', 'acp']],
    [`"/opt/my agent/run" --name='a "b"' "c'd"`, ['/opt/my agent/run', '--name=a "b"', "c'd"]],
    ['a\\ b "x\\"y" \'z\\\'', ['a b', 'x"y', 'z\\']],
    ['run "" last', ['run', '', 'last']],
    ['~/bin/agent ~x a~', ['/home/ada/bin/agent', '~x', 'a~']],
    ['C:\\Tools\\agent.exe --acp', ['C:\\Tools\\agent.exe', '--acp']],
    ['"C:\\Program Files\\agent.exe" acp', ['C:\\Program Files\\agent.exe', 'acp']],
    ['agent\n--acp', ['agent', '--acp']],
  ])('%s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('may set variables before the program', () => {
    expect(parseCommandLine(`A=1 B="two words" agent C=3`, null)).toEqual({
      ok: true,
      line: { command: 'agent', args: ['C=3'], env: { A: '1', B: 'two words' } },
    });
  });

  it.each([
    ['', { kind: 'empty' }],
    ['A=1', { kind: 'empty' }],
    ['agent "half', { kind: 'quote' }],
    ['agent | tee log', { kind: 'shell', what: '|' }],
    ['cd /x && agent', { kind: 'shell', what: '&' }],
    ['agent $HOME', { kind: 'shell', what: '$' }],
    ['agent "$(pwd)"', { kind: 'shell', what: '$' }],
  ])('cannot be taken as it stands: %s', (text, problem) => {
    expect(words(text)).toEqual(problem);
  });

  it('comes back as it was, whatever its words are', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(word), (command, args) => {
        // A name of Windows holds no quotes.
        fc.pre(!/^[A-Za-z]:\\/.test(command));
        expect(words(formatCommandLine({ command, args }), null)).toEqual([command, ...args]);
      }),
    );
  });
});
