import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatScenario } from './format-scenario.ts';
import { parseScenario } from './parse-scenario.ts';
import type { Directive, ErrorDetails, JsonObject, Scenario } from './scenario.ts';

const hostilePiece = fc.constantFrom(
  '[[',
  ']]',
  '{',
  '}',
  '"',
  '\\',
  '\\"',
  '[[then]]',
  '[[text: no]]',
  '\n',
  ' ',
  'ü😀',
  ']',
  '[',
);
const hostileText = fc
  .array(fc.oneof(hostilePiece, fc.string({ maxLength: 8 })), { maxLength: 8 })
  .map((pieces) => pieces.join(''));
const count = fc.nat({ max: 1_000_000 });
const times = fc.option(fc.nat({ max: 20 }), { nil: null });
const toolName = fc.stringMatching(/^[A-Za-z][\w.-]{0,20}$/);
// What JSON can carry and give back: no -0, no undefined, no key that sets a prototype.
const jsonObject = fc
  .dictionary(hostileText, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject);
const word = fc.stringMatching(/^[a-z][a-z_-]{0,12}$/);
const details: fc.Arbitrary<ErrorDetails> = fc.record(
  {
    type: hostileText,
    message: hostileText,
    headers: fc.dictionary(word, hostileText, { maxKeys: 3, noNullPrototype: true }),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const directive: fc.Arbitrary<Directive> = fc.oneof(
  fc.record({ kind: fc.constant('think' as const), text: hostileText }),
  fc.record({ kind: fc.constantFrom('text' as const, 'part' as const), text: hostileText }),
  fc.record({ kind: fc.constant('slow' as const), words: count, delayMs: count }),
  fc.record({ kind: fc.constant('big' as const), bytes: count }),
  fc.record({ kind: fc.constant('results' as const) }),
  fc.record({ kind: fc.constant('tool' as const), name: toolName, input: jsonObject }),
  fc.record({ kind: fc.constant('wait' as const), gate: word }),
  fc.record({ kind: fc.constant('stall' as const), delayMs: fc.option(count, { nil: null }) }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'truncate' as const), times }),
  fc.record({ kind: fc.constant('error' as const), status: fc.integer({ min: 400, max: 599 }), times, details }),
  fc.record({ kind: fc.constant('stop' as const), reason: word }),
  fc.record({
    kind: fc.constant('usage' as const),
    usage: fc.dictionary(word, fc.nat(), { maxKeys: 3, noNullPrototype: true }),
  }),
);
const scenario: fc.Arbitrary<Scenario> = fc.record({
  steps: fc.array(fc.array(directive, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
});

function steps(prompt: string): Directive[][] {
  const parsed = parseScenario(prompt);
  if (parsed.outcome !== 'scenario') throw new Error(JSON.stringify(parsed));
  return parsed.scenario.steps;
}

function problem(prompt: string): string {
  const parsed = parseScenario(prompt);
  if (parsed.outcome !== 'mistake') throw new Error(JSON.stringify(parsed));
  return parsed.problem;
}

describe('the marker grammar', () => {
  it('reads back every scenario it can write, whatever quotes, braces and brackets its texts contain', () => {
    fc.assert(
      fc.property(scenario, (wanted) => {
        expect(parseScenario(formatScenario(wanted))).toEqual({ outcome: 'scenario', scenario: wanted });
      }),
      { numRuns: 1000 },
    );
  });

  it('ignores prose around the markers', () => {
    const prose = fc.string().filter((text) => !text.includes('[') && !text.includes(']'));
    fc.assert(
      fc.property(scenario, prose, prose, (wanted, before, after) => {
        expect(steps(`${before}${formatScenario(wanted)}${after}`)).toEqual(wanted.steps);
      }),
    );
  });

  it('answers any text with a scenario, a mistake or nothing, and never throws', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(['plain', 'scenario', 'mistake']).toContain(parseScenario(text).outcome);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes words without quotes as they stand', () => {
    expect(steps('[[think: let me see ]] then [[text: It is "so", {ok}]]')).toEqual([
      [
        { kind: 'think', text: 'let me see' },
        { kind: 'text', text: 'It is "so", {ok}' },
      ],
    ]);
  });

  it('keeps a text that only begins with a quoted word', () => {
    expect(steps('[[text: "Yes" she said]]')).toEqual([[{ kind: 'text', text: '"Yes" she said' }]]);
  });

  it('reads the JSON of a tool call over line breaks and closing brackets', () => {
    const input = { command: 'if [[ -f "a" ]]; then\n echo "}]]"; fi' };
    expect(steps(`[[tool: Bash ${JSON.stringify(input, null, 2)} ]]`)).toEqual([
      [{ kind: 'tool', name: 'Bash', input }],
    ]);
  });

  it('starts a new step at [[then]] and keeps the tool calls of one step together', () => {
    expect(steps('[[tool: A {}]] [[tool: B]] [[then]] [[results]]').map((step) => step.length)).toEqual([2, 1]);
  });

  it.each([
    ['[[slow: 20 words, 5 ms]]', { kind: 'slow', words: 20, delayMs: 5 }],
    ['[[slow: 20 words, 5 ms each]]', { kind: 'slow', words: 20, delayMs: 5 }],
    ['[[slow: 20 5]]', { kind: 'slow', words: 20, delayMs: 5 }],
    ['[[big: 2 MB]]', { kind: 'big', bytes: 2 * 1024 * 1024 }],
    ['[[big: 200000 bytes]]', { kind: 'big', bytes: 200_000 }],
    ['[[stall: 250 ms]]', { kind: 'stall', delayMs: 250 }],
    ['[[error: 429 x2]]', { kind: 'error', status: 429, times: 2, details: {} }],
    ['[[cut]]', { kind: 'cut', times: null }],
  ])('reads %s', (prompt, wanted) => {
    expect(steps(prompt)).toEqual([[wanted]]);
  });

  it('leaves the test brackets of a shell alone', () => {
    expect(parseScenario('Why does `[[ -f x ]]` fail in sh? And a[[0]]?').outcome).toBe('plain');
  });

  it.each([
    ['[[txet: hello]]', 'is not a marker'],
    ['[[text: hello', 'never closed'],
    ['[[error: 200]]', 'status 400-599'],
    ['[[error: 429 {"retry":1}]]', 'nothing else'],
    ['[[tool: Bash {"command":}]]', 'not valid JSON'],
    ['[[slow: many]]', 'N words, M ms'],
    ['[[big: huge]]', 'size'],
    ['[[stall: long]]', 'milliseconds'],
    ['[[wait]]', 'gate'],
    ['[[cut: 2]]', 'x2'],
  ])('says what is wrong with %s', (prompt, reason) => {
    expect(problem(prompt)).toContain(reason);
  });
});
