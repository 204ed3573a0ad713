import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../../main/protocol/events.ts';
import type { ApprovalOption } from '../../../main/protocol/values.ts';
import { decisionOf, ownOptions } from './approval-options.ts';

const option = (option_id: string, kind: ApprovalOption['kind']): ApprovalOption => ({
  option_id,
  label: option_id,
  kind,
});
const idsOf = (options?: ApprovalOption[], rule: object | null = null): string[] =>
  ownOptions({ options, rule } as EventOf<'approval_request'>).map((one) => one.option_id);

describe('the answers a CLI offers', () => {
  it('are not repeated where ours say the same', () => {
    expect(idsOf()).toEqual([]);
    expect(idsOf([option('yes', 'allow_once'), option('no', 'reject_once')])).toEqual([]);
  });

  it('are offered where they last, or where there are several of a kind', () => {
    expect(idsOf([option('yes', 'allow_once'), option('always', 'allow_always'), option('no', 'reject_once')])).toEqual(
      ['always'],
    );
    expect(
      idsOf([option('fast', 'allow_once'), option('careful', 'allow_once'), option('never', 'reject_always')]),
    ).toEqual(['fast', 'careful', 'never']);
  });

  it('leave one "no" beside ours where another one stops the turn, and one "for this session"', () => {
    const offered = [
      option('acceptForSession', 'allow_always'),
      option('rule-1', 'allow_always'),
      option('cancel', 'reject_once'),
      option('decline', 'reject_once'),
    ];
    expect(idsOf(offered, { match: 'exact' })).toEqual(['rule-1', 'cancel']);
    expect(idsOf(offered)).toEqual(['acceptForSession', 'rule-1', 'cancel']);
    expect(idsOf([option('decline', 'reject_once'), option('later', 'reject_once')])).toEqual(['decline', 'later']);
  });

  it('amount to an allowance or to a refusal', () => {
    expect(decisionOf(option('a', 'allow_always'))).toBe('allow_always');
    expect(decisionOf(option('c', 'reject_once'))).toBe('deny');
    expect(decisionOf(option('b', 'reject_always'))).toBe('deny');
  });
});
