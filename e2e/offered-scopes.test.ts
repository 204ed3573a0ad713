import { describe, expect, it } from 'vitest';
import type { ClientFrame } from '../main/protocol/frames.ts';
import { Scope } from '../main/protocol/scope.ts';
import { frameScopes } from '../main/security/scopes.ts';
import { offeredScopes, presetOf, presets } from '../renderer/features/access/scope-groups.ts';

/** What frames need, whatever they ask for: of those that decide by the frame, what they need with every mode and no further scopes. */
function scopesOfFrames(): Set<string> {
  const needed = new Set<string>();
  for (const needs of Object.values(frameScopes)) {
    const rows =
      typeof needs === 'function' ? [needs({ mode: 'full', scopes: [] } as unknown as ClientFrame & never)] : [needs];
    for (const scope of rows.flat()) needed.add(scope);
  }
  return needed;
}

describe('rights that are offered', () => {
  it('leave out no scope that a frame needs', () => {
    expect([...scopesOfFrames()].filter((scope) => !(offeredScopes as readonly string[]).includes(scope))).toEqual([]);
  });

  it('are scopes, each once', () => {
    expect(new Set(offeredScopes).size).toBe(offeredScopes.length);
    expect(offeredScopes.every((scope) => Scope.options.includes(scope))).toBe(true);
  });

  it('are recognised as the preset they are', () => {
    expect(presetOf([...presets.follow].reverse())).toBe('follow');
    expect(presetOf(presets.everyday)).toBe('everyday');
    expect(presetOf(['chat'])).toBe('custom');
  });

  it('hand no administration to a device by a preset', () => {
    for (const scopes of Object.values(presets) as (readonly string[])[]) {
      for (const strong of ['admin', 'keys:write', 'devices:write', 'server:write'])
        expect(scopes).not.toContain(strong);
    }
  });
});
