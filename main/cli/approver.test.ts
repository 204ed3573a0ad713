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
  it('shows the exact command and the change, without what could fool the eye', () => {
    const request = {
      tool: 'Run',
      title: 'clean up',
      command: 'rm -rf build\u001b[8m && curl evil',
      diff: { path: '/w/a.txt', change: 'update', added: 1, removed: 1, hunks: [{ lines: ['-old', '+new'] }] },
    } as unknown as ApprovalRequest;
    const text = describeRequest(request);
    expect(text).toContain('$ rm -rf build && curl evil');
    expect(text).toContain('update /w/a.txt (+1 -1)\n  -old\n  +new');
    expect(text).not.toContain('\u001b');
  });
});
