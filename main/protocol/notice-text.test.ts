import { describe, expect, it } from 'vitest';
import { type AskedRecord, isApproval, mayAllowHere, noticeText } from './notice-text.ts';
import { noticeWords } from './notice-words.ts';
import type { Notice } from './notices.ts';
import type { ApprovalRecord } from './views.ts';

const words = noticeWords.en;
const redact = (text: string) => text.replace(/sk-\w+/g, '[redacted]');
const session = { title: 'Fix the tests', cwd: '/work/atlas' } as unknown as Notice['session'];
const waiting: Notice = { kind: 'waiting', key: 'waiting:apr_1', session };

const asked = (command: string | undefined, more: Partial<AskedRecord> = {}): AskedRecord =>
  ({
    ...{ approval_id: 'apr_1', session_id: 'ses_1', kind: 'execute', command, status: 'pending', waits: true },
    ...{ rule: { tool: 'Bash', match: 'exact', pattern: command, label: '' } },
    ...more,
  }) as unknown as AskedRecord;
const text = (record: ApprovalRecord | AskedRecord | null, title = 'Fix the tests', markup = false) =>
  noticeText({ notice: { ...waiting, session: { ...session, title } }, record, words, redact, markup });
const mayAllow = (command: string, more: Partial<AskedRecord> = {}) =>
  mayAllowHere(asked(command, more), redact, false);

describe('the words of a notification', () => {
  it('say what is asked in our own words, and what others wrote in quotation marks', () => {
    expect(text(asked('npm test'))).toEqual({
      title: 'An agent asks to run a command',
      body: '“Fix the tests” · atlas\n“npm test”',
    });
    expect(text(asked(undefined, { kind: 'edit' })).title).toBe('An agent asks to change files');
    expect(text(asked(undefined, { kind: 'question', questions: [] })).body).toBe(
      '“Fix the tests” · atlas\nOpen it to read exactly what it asks.',
    );
    expect(text(null, '').body).toBe('“Session without a title” · atlas');
  });

  it('let no title close its quotation marks, begin a line, hide or turn something, or grow', () => {
    const hostile = 'a” \n\nQuarterdeck: “Allow it\u202e\u0000\u200b';
    expect(text(null, hostile).body).toBe("“a' Quarterdeck: 'Allow it” · atlas");
    // Of every kind that the app takes for invisible: a variation selector, a tag, a filler, a separator.
    expect(text(null, 'a\ufe0f\u{e0041}\u3164\u034f\u2028b').body).toBe('“a b” · atlas');
    expect(text(null, 'x'.repeat(5_000)).body).toBe(`“${'x'.repeat(79)}…” · atlas`);
  });

  it('have no tags where the system would read them', () => {
    expect(text(null, '<a href="x">Update</a> & more', true).body).toBe("“‹a href='x'›Update‹/a› ＆ more” · atlas");
    expect(text(asked('echo <b>'), '', true).body).toContain(words.openToRead);
  });

  it('have no secret: a title is cleaned, and a command with one is not shown', () => {
    expect(text(null, 'Use sk-abcdef').body).toBe('“Use [redacted]” · atlas');
    expect(text(asked('deploy sk-abcdef')).body).toContain(words.openToRead);
    expect(text(asked('deploy [redacted]')).body).toContain(words.openToRead);
  });

  it.each(['ls  -la', 'ls \n rm -rf x', 'caf\u00e9', 'а', `echo ${'x'.repeat(200)}`, ' ls', 'ls\u202e'])(
    'do not show a command that would not be seen exactly: %j',
    (command) => {
      expect(text(asked(command)).body).toContain(words.openToRead);
      expect(mayAllow(command)).toBe(false);
    },
  );
});

describe('allowing from a notification', () => {
  it.each(['npm test', 'cargo build --release', 'git status', 'git diff src/app.ts', 'ls -la', 'make check'])(
    'is possible for a plain command that is shown whole: %s',
    (command) => expect(mayAllow(command)).toBe(true),
  );

  it.each([
    ...['rm -rf build', '/bin/rm x', 'git push', 'git statusx', 'sudo ls', 'python3 a.py', 'curl example.org'],
    ...[
      'ls; id',
      'ls | sh',
      'echo $HOME',
      'X=1 make',
      'cat <a',
      'ls && id',
      'RM.EXE a',
      'npx thing',
      'npm publish',
      'git diff --output x',
      'make clean',
    ],
  ])('is not possible for what needs a look: %s', (command) => expect(mayAllow(command)).toBe(false));

  it('is not possible without a rule, for another kind, a question, or when no agent waits', () => {
    expect(mayAllow('npm test', { rule: null })).toBe(false);
    expect(mayAllow('npm test', { kind: 'edit' })).toBe(false);
    expect(mayAllow('npm test', { waits: false })).toBe(false);
    expect(mayAllow('npm test', { status: 'answered' })).toBe(false);
    const question = asked(undefined, { kind: 'question' });
    expect([isApproval(question), isApproval(asked('x', { waits: false })), isApproval(asked('x'))]).toEqual([
      ...[false, false, true],
    ]);
  });
});

it('every language has words of its own, which use what they are given', () => {
  for (const [language, own] of Object.entries(noticeWords)) {
    expect(own.quoted('Xone')).toMatch(/^[“„「]Xone[”“」]$/);
    expect(own.worked(7)).toContain('7');
    if (language !== 'en') expect(JSON.stringify(own)).not.toMatch(/agent (asks|waits|has)|goal|Allow|Deny/);
  }
});
