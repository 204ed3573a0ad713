import { describe, expect, it } from 'vitest';
import { type AllRouteDeps, createAllRoutes } from '../main/gateway/all-routes.ts';
import { scopesOf } from '../main/gateway/route.ts';
import type { ClientFrame } from '../main/protocol/frames.ts';
import { Scope } from '../main/protocol/scope.ts';
import { frameScopes } from '../main/security/scopes.ts';
import { offeredScopes, presetOf, presets } from '../renderer/features/access/scope-groups.ts';
import { accessStrings } from '../renderer/strings/en/access.ts';

/** A frame that asks for all there is: every field is there, and what is in it as well. */
const greedy: ClientFrame & never = new Proxy({ mode: 'full', scopes: [] } as Record<string | symbol, unknown>, {
  get: (fields, name) => (name in fields ? fields[name] : greedy),
}) as never;

/** What frames need; of those that decide by the frame, what the greediest needs. */
function scopesOfFrames(): Set<string> {
  const rows = Object.values(frameScopes).map((needs) => (typeof needs === 'function' ? needs(greedy) : needs));
  return new Set(rows.flat());
}

const scopesOfRoutes = (): string[] => createAllRoutes({ files: {} } as AllRouteDeps).flatMap(scopesOf);

describe('rights that are offered', () => {
  it('are those that open a frame or a route, all of them and no other', () => {
    const open = new Set([...scopesOfFrames(), ...scopesOfRoutes()]);
    expect([...offeredScopes].sort()).toEqual([...open].sort());
  });

  it('are told in a sentence of their own', () => {
    const sentences = offeredScopes.map((scope) => accessStrings.scope[scope]);
    expect(sentences.filter((sentence) => !/^[A-Z].{10,}/.test(sentence))).toEqual([]);
    expect(new Set(sentences).size).toBe(offeredScopes.length);
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
