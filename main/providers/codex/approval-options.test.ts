import { describe, expect, it } from 'vitest';
import { commandOffers, fileOffers, permissionOffers, toolOffers } from './approval-options.ts';

const ids = (offers: { option_id: string; kind: string }[]) => offers.map(({ option_id, kind }) => [option_id, kind]);

describe('what Codex offers for a command', () => {
  it('is shown as it is offered, and answered in its own words', () => {
    const rule = { acceptWithExecpolicyAmendment: { execpolicy_amendment: ['npm', 'test'] } };
    const host = (action: string) => ({
      applyNetworkPolicyAmendment: { network_policy_amendment: { host: 'example.org', action } },
    });
    const offers = commandOffers({
      availableDecisions: ['accept', rule, host('allow'), host('deny'), 'cancel', { something: 'new' }],
    });
    expect(ids(offers)).toEqual([
      ['accept', 'allow_once'],
      ['rule-1', 'allow_always'],
      ['host-2', 'allow_always'],
      ['host-3', 'reject_always'],
      ['cancel', 'reject_once'],
      ['decline', 'reject_once'],
    ]);
    expect(offers[1]).toMatchObject({ label: expect.stringContaining('`npm test`'), result: { decision: rule } });
    expect(offers[1]?.label).toContain("Codex's own rules");
    expect(offers[3]?.allows).toBe(false);
  });

  it('is the four plain answers where an older version lists none', () => {
    expect(commandOffers({}).map(({ result }) => result)).toEqual(
      ['accept', 'acceptForSession', 'decline', 'cancel'].map((decision) => ({ decision })),
    );
    expect(fileOffers).toHaveLength(4);
  });

  it('has labels that fit', () => {
    const words = ['x'.repeat(1000)];
    const offers = commandOffers({
      availableDecisions: [{ acceptWithExecpolicyAmendment: { execpolicy_amendment: words } }],
    });
    expect(offers[0]?.label.length).toBeLessThanOrEqual(300);
  });
});

describe('what is offered otherwise', () => {
  it('for a tool of a server holds for as long as Codex says it can', () => {
    expect(ids(toolOffers(undefined)).map(([id]) => id)).toEqual(['accept', 'decline', 'cancel']);
    expect(toolOffers(['session', 'always'])[2]).toMatchObject({
      kind: 'allow_always',
      result: { action: 'accept', content: {}, _meta: { persist: 'always' } },
    });
  });

  it('for permissions grants what was asked for, or nothing', () => {
    const permissions = { network: { enabled: true } };
    expect(permissionOffers(permissions).map(({ result }) => result)).toEqual([
      { permissions, scope: 'turn' },
      { permissions, scope: 'session' },
      { permissions: {}, scope: 'turn' },
    ]);
  });
});
