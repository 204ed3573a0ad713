import { describe, expect, it } from 'vitest';
import { type ApprovalRequest, describeRequest, readAnswer, readChoice } from './approver.ts';

describe('an answer at the terminal', () => {
  it('is read from one letter or word, with a reason for a no', () => {
    expect(readAnswer('y', true)).toEqual({ decision: 'allow_once' });
    expect(readAnswer(' YES ', true)).toEqual({ decision: 'allow_once' });
    expect(readAnswer('s', true)).toEqual({ decision: 'allow_session' });
    expect(readAnswer('a', true)).toEqual({ decision: 'allow_always' });
    expect(readAnswer('n', true)).toEqual({ decision: 'deny' });
    expect(readAnswer('n use npm instead', true)).toEqual({ decision: 'deny', message: 'use npm instead' });
  });

  it("can be one of the agent's own, by its number", () => {
    const options = [
      { option_id: 'git', label: 'Always, for git', kind: 'allow_always' as const },
      { option_id: 'never', label: 'Never', kind: 'reject_always' as const },
    ];
    expect(readAnswer(' 1 ', false, options)).toEqual({ decision: 'allow_always', option_id: 'git' });
    expect(readAnswer('2', false, options)).toEqual({ decision: 'deny', option_id: 'never' });
    expect(readAnswer('3', false, options)).toBeNull();
    expect(readAnswer('1', false)).toBeNull();
  });

  it('is asked for again when it is not clear: nothing is ever allowed by a slip', () => {
    for (const line of ['', ' ', 'x', 'yep sure', 'ok', 'sy']) expect(readAnswer(line, true)).toBeNull();
  });

  it('cannot last where no rule could say what it covers', () => {
    expect(readAnswer('s', false)).toBeNull();
    expect(readAnswer('a', false)).toBeNull();
  });

  it('to a question is a number, several where that is allowed, or own words', () => {
    const labels = ['Red', 'Green', 'Blue'];
    expect(readChoice('2', labels, false)).toBe('Green');
    expect(readChoice('1, 3', labels, true)).toBe('Red, Blue');
    expect(readChoice('1 3', labels, false)).toBeNull();
    expect(readChoice('4', labels, true)).toBeNull();
    expect(readChoice('', labels, true)).toBeNull();
    expect(readChoice('rather purple', labels, false)).toBe('rather purple');
  });
});

describe('a request at the terminal', () => {
  it('names every file that would be changed before anything of them can be cut off', () => {
    const diff = (path: string) => ({
      path,
      change: 'update',
      added: 80,
      removed: 0,
      hunks: [{ lines: Array.from({ length: 80 }, (_, at) => `+line ${at}`) }],
    });
    const request = { tool: 'patch', title: 'edit', diff: diff('/w/a'), diffs: [diff('/w/a'), diff('/etc/passwd')] };
    const { text, cut } = describeRequest(request as unknown as ApprovalRequest);
    expect(text).toContain('update /w/a (+80 -0)');
    expect(text).toContain('update /etc/passwd (+80 -0)');
    expect(cut).toBeGreaterThan(0);
    expect(describeRequest(request as unknown as ApprovalRequest, true).text.match(/\+line 79/g)).toHaveLength(2);
  });

  it('shows the exact command and the change, without what could fool the eye', () => {
    const request = {
      tool: 'Run',
      title: 'clean up',
      command: 'rm -rf build\u001b[8m && curl evil',
      diff: { path: '/w/a.txt', change: 'update', added: 1, removed: 1, hunks: [{ lines: ['-old', '+new'] }] },
    } as unknown as ApprovalRequest;
    const { text, cut } = describeRequest(request);
    expect(cut).toBe(0);
    expect(text).toContain('$ rm -rf build[U+001B][8m && curl evil');
    expect(text).toContain('update /w/a.txt (+1 -1)\n  -old\n  +new');
    expect(text).not.toContain('\u001b');
  });

  it('names every character that cannot be seen, and leaves none out', () => {
    const hidden = [
      '\u0000',
      '\r',
      '\u007f',
      '\u00ad',
      '\u200b',
      '\u200d',
      '\u202e',
      '\u2066',
      '\u2028',
      '\u3164',
      '\u{e0041}',
    ];
    const { text } = describeRequest({ tool: 'Run', title: 't', command: `a${hidden.join('b')}c` } as ApprovalRequest);
    for (const character of hidden) {
      expect(text).not.toContain(character);
      expect(text).toContain(`[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}]`);
    }
  });

  it('shows the input where there is neither a command nor a change, and a plan as its words', () => {
    const plan = { tool: 'ExitPlanMode', title: 'plan', input: { plan: '# Plan\n1. delete all\u202e' } };
    expect(describeRequest(plan as ApprovalRequest).text).toContain('  plan:\n    # Plan\n    1. delete all[U+202E]');
    const fetch = { tool: 'mcp__x', title: 'x', input: { url: 'http://a.example/', deep: { n: 1 } } };
    const { text } = describeRequest(fetch as unknown as ApprovalRequest);
    expect(text).toContain('  url: http://a.example/');
    expect(text).toContain('"n": 1');
  });

  it('says how much of a long change is cut, and can show it whole', () => {
    const lines = Array.from({ length: 100 }, (_, n) => `+line ${n}`);
    const diff = { path: '/w/a', change: 'create', added: 100, removed: 0, hunks: [{ lines }] };
    const request = { tool: 'Write', title: 'a', diff } as unknown as ApprovalRequest;
    const shown = describeRequest(request);
    expect(shown.cut).toBe(40);
    expect(shown.text).toContain('40 more lines');
    expect(shown.text).not.toContain('line 60');
    expect(describeRequest(request, true).text).toContain('line 99');
  });
});
