import { expect, it } from 'vitest';
import { digestPreview } from './digest-preview.ts';

it('says of a digest what the person said, each message by its first words', () => {
  const text =
    '### The person\nFix **the** tests.\n\n- Bash: npm test (done)\n\n### claude\nDone.\n\n### The person\nNow\n\nthe docs.';
  expect(digestPreview(text)).toBe('Fix the tests. · Now the docs.');
  expect(digestPreview(`### The person\n${'a'.repeat(80)}`)).toBe(`${'a'.repeat(59)}…`);
});

it('is the beginning of a digest in which the person says nothing', () => {
  expect(digestPreview('# What was\n\n- one\n- `two`')).toBe('What was one two');
  expect(digestPreview('a'.repeat(1_000))).toHaveLength(300);
});
