import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Run } from '../../main/providers/conformance.ts';
import { codexPlace, killAll, type Place } from './codex-place-test-support.ts';

describe('when the real Codex fails', { timeout: 60_000 }, () => {
  let at: Place;
  let run: Run;

  beforeEach(async () => {
    at = await codexPlace();
    run = at.begin();
  });
  afterEach(() => at.dispose());

  it('is stopped at the first refusal of its credential, and goes on after', async () => {
    const { status, problem } = await run.turn('[[error: 401]]');
    expect([status, problem?.code]).toEqual(['failed', 'provider_not_signed_in']);
    // It would have asked twice more.
    expect(at.server.requests.filter(({ kind }) => kind === 'conversation')).toHaveLength(1);
    expect(await run.turn('[[text: Now.]]')).toMatchObject({ status: 'completed' });
  });

  it.each([
    ['[[error: 429]]', 'provider_rate_limited', 'limits the rate'],
    ['[[error: 429 {"type":"insufficient_quota"}]]', 'provider_rate_limited', 'usage limit'],
    ['[[error: 500]]', 'provider_failed', 'answered with an error'],
    ['[[error: 503 {"type":"server_is_overloaded"}]]', 'provider_failed', 'answered with an error'],
    ['[[error: 404]]', 'provider_failed', 'does not exist'],
    ['[[text: some]] [[stop: max_tokens]]', 'provider_failed', 'before it was complete'],
    ['[[part: some]] [[cut]]', 'provider_failed', 'could not be reached'],
    ['[[error: 400 {"type":"context_length_exceeded"}]]', 'context_full', 'too long'],
    ['[[part: x]] [[error: 400 {"type":"context_length_exceeded"}]]', 'context_full', 'too long'],
  ])('says what a failure means: %s', async (prompt, code, words) => {
    const { status, problem } = await run.turn(prompt);
    expect([status, problem?.code]).toEqual(['failed', code]);
    expect(problem?.message).toContain(words);
    expect(problem?.next).toBeTruthy();
    // Nothing is in the way of the next.
    expect(await run.turn('[[text: Now.]]')).toMatchObject({ status: 'completed' });
  });

  it('tells the limits of the plan, and when the one that was reached is free again', async () => {
    const headers = {
      'x-codex-primary-used-percent': '100',
      'x-codex-primary-window-minutes': '300',
      'x-codex-primary-reset-at': '1795189999',
      'x-codex-secondary-used-percent': '85',
      'x-codex-secondary-window-minutes': '10080',
      'x-codex-secondary-reset-at': '1795999999',
    };
    const { problem } = await run.turn(`[[error: 429 ${JSON.stringify({ type: 'usage_limit_reached', headers })}]]`);
    expect(run.of('plan_limits').at(-1)?.limits).toEqual([
      { id: 'primary', label: '5 hours', state: 'reached', used_percent: 100, resets_at: 1_795_189_999_000 },
      { id: 'secondary', label: '1 week', state: 'warning', used_percent: 85, resets_at: 1_795_999_999_000 },
    ]);
    expect(problem).toMatchObject({ code: 'provider_rate_limited', message: expect.stringContaining('2026-11-20') });
  });

  it('does not wait for ever for a model provider that cannot be reached', async () => {
    const path = join(at.folder, 'config.toml');
    writeFileSync(path, readFileSync(path, 'utf8').replace(at.server.url, 'http://127.0.0.1:9'));
    const lost = at.begin();
    await run.session.close();
    const { status, problem } = await lost.turn('Hello');
    expect([status, problem?.code, problem?.message]).toEqual([
      'failed',
      'provider_failed',
      'The model provider could not be reached or did not answer.',
    ]);
    expect(lost.of('notice').map(({ code }) => code)).toEqual(['api_retry', 'api_retry']);
  });

  it('tells that a conversation is lost before anything ran, and is gone then', async () => {
    const lost = at.begin({ resume: '11111111-1111-4111-8111-111111111111' });
    void lost.turn('[[text: Fresh.]]');
    await lost.next('closed');
    expect(lost.events.map(({ type }) => type).filter((type) => type !== 'commands')).toEqual([
      'resume_lost',
      'closed',
    ]);
    expect(at.server.requests.filter(({ kind }) => kind === 'conversation')).toEqual([]);
  });

  it('goes on with the same conversation after its CLI was killed', async () => {
    const end = run.turn('[[part: Half]] [[stall]]');
    await run.next('item_delta');
    killAll(at.instance);
    expect(await end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
    await run.next('closed');
    expect(run.of('text').map(({ text }) => text)).toEqual(['Half']);
    const resume = run.of('session')[0]?.provider_session_id ?? null;
    const later = at.begin({ resume });
    expect(await later.turn('[[text: Here again.]]')).toMatchObject({ status: 'completed' });
    // What was asked before the end is still there; the half answer was never complete.
    expect(JSON.stringify(at.server.requests.at(-1)?.transcript)).toContain('[[part: Half]]');
  });
});
