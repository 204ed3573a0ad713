import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PermissionMode } from '../protocol/values.ts';
import { narrowed, widens } from './decide-provider.ts';

describe('the mode a session has with another agent', () => {
  const mode = fc.constantFrom(...PermissionMode.options);

  it('is the same, or the next narrower one, and never gives more freedom', () => {
    fc.assert(
      fc.property(mode, fc.uniqueArray(mode, { minLength: 1 }), (now, modes) => {
        const next = narrowed(now, modes);
        if (modes.includes(now)) expect(next).toBe(now);
        if (next === null) {
          expect(modes.every((one) => widens(now, one))).toBe(true);
          return;
        }
        expect(modes).toContain(next);
        expect(widens(now, next)).toBe(false);
        // None between the two would have done.
        expect(modes.some((one) => widens(next, one) && !widens(now, one))).toBe(false);
      }),
    );
  });
});
