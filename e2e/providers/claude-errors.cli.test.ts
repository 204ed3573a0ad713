import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Run } from '../../main/providers/conformance.ts';
import { brokenLaws } from '../../main/providers/laws.ts';
import { expectNothingLeft, type Place, place } from './claude-place-test-support.ts';

let at: Place;
let run: Run;

beforeEach(async () => {
  at = await place({ CLAUDE_CODE_MAX_RETRIES: '1' });
  run = new Run(at);
});
afterEach(async () => {
  await run.session.close();
  await expectNothingLeft(at);
  expect(brokenLaws(run.events, run.prompts)).toEqual([]);
  await at.dispose();
});

const failure = (status: number, type: string, message: string) =>
  `[[error: ${status} ${JSON.stringify({ type, message })}]]`;

/** What the model provider does, what it is called then, and what the person is told to do. */
const cases: [what: string, prompt: string, code: string, message: RegExp, next: RegExp][] = [
  [
    'its rate limit',
    '[[error: 429 {"type":"rate_limit_error","message":"slow down","headers":{"retry-after":"1"}}]]',
    'provider_rate_limited',
    /limits the rate/,
    /Wait a few minutes/,
  ],
  ['an error of its own', '[[error: 500]]', 'provider_failed', /an error \(500\)/, /in a moment/],
  ['too much to do', failure(529, 'overloaded_error', 'Overloaded'), 'provider_failed', /overloaded/, /Wait a minute/],
  [
    'a conversation that does not fit',
    failure(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    'context_full',
    /too long/,
    /\/compact/,
  ],
  [
    'a message that is too large',
    failure(413, 'request_too_large', 'Request exceeds the maximum size'),
    'provider_failed',
    /too large/,
    /smaller/,
  ],
  [
    'an unknown model',
    failure(404, 'not_found_error', 'model: x'),
    'provider_failed',
    /does not exist/,
    /another model/,
  ],
  ['an unpaid bill', failure(402, 'billing_error', 'no credit'), 'provider_rate_limited', /credit/, /account/],
  ['a connection that breaks each time', '[[cut]]', 'provider_failed', /could not be reached/, /network/],
];

describe('the real Claude Code at a model provider with', { timeout: 60_000 }, () => {
  it.each(cases)(
    '%s: says what happened and what to do, and goes on after',
    async (_what, prompt, code, message, next) => {
      const end = await run.turn(prompt);
      expect(end).toMatchObject({ status: 'failed', problem: { code } });
      expect(end.problem?.message).toMatch(message);
      expect(end.problem?.next).toMatch(next);
      expect(end.problem?.impact).toBeTruthy();
      expect(run.of('text')).toEqual([]);
      expect(await run.turn('[[text: Fine now.]]')).toMatchObject({ status: 'completed' });
    },
  );

  it('a connection that breaks in the middle of an answer, each time: what came is void, and it says so', async () => {
    const end = run.turn('[[part: Half of]] [[wait: heard]] [[cut]]');
    await run.next('item_delta');
    at.server.open('heard');
    expect(await end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
    expect(run.of('notice').map((notice) => notice.code)).toContain('api_retry');
    expect(await run.turn('[[text: Fine now.]]')).toMatchObject({ status: 'completed' });
  });

  it('nobody there', async () => {
    const alone = await place({ CLAUDE_CODE_MAX_RETRIES: '1', ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' });
    const lonely = new Run(alone);
    try {
      const end = await lonely.turn('Hello');
      expect(end).toMatchObject({ status: 'failed', problem: { code: 'provider_failed' } });
      expect(end.problem?.message).toMatch(/could not be reached/);
    } finally {
      await lonely.session.close();
      await alone.dispose();
    }
  });
});
