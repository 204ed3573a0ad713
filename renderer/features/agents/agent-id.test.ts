import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderId } from '../../../main/protocol/ids.ts';
import { agentId } from './agent-id.ts';

describe('the id of a new agent', () => {
  it.each([
    ['OpenCode', 'opencode'],
    ['Mistral Vibe (work)', 'mistral-vibe-work'],
    ['Žluťoučký 2', 'z-lut-ouc-ky-2'],
    ['42', 'agent'],
    ['智能体', 'agent'],
    ['Claude', 'claude-2'],
  ])('of %s is %s', (name, id) => {
    expect(agentId(name, new Set(['claude', 'demo']))).toBe(id);
  });

  it('is one the protocol takes, and nobody else has, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 0, max: 12 }), (name, more) => {
        const taken = new Set<string>();
        for (let n = 0; n <= more; n += 1) {
          const id = agentId(name, taken);
          expect(ProviderId.safeParse(id).success).toBe(true);
          expect(taken.has(id)).toBe(false);
          taken.add(id);
        }
      }),
    );
  });
});
