import { describe, expect, it } from 'vitest';
import type { TurnId } from '../protocol/ids.ts';
import { maxLiveOutput, OpenItems } from './open-items.ts';

const turn = 'turn_1' as TurnId;

describe('text that is still growing', () => {
  it('is bounded where it is the output of a tool, and whole where an agent speaks', () => {
    const items = new OpenItems();
    const piece = 'x'.repeat(maxLiveOutput - 1);
    for (const kind of ['tool_output', 'text'] as const) {
      items.append(kind, kind, turn, piece);
      items.append(kind, kind, turn, 'abc');
      items.append(kind, kind, turn, 'def');
    }
    expect(items.get('tool_output')?.since(maxLiveOutput - 1)).toBe('a');
    expect(items.get('text')?.since(maxLiveOutput - 1)).toBe('abcdef');
    items.replace('tool_output', 'tool_output', turn, 'new');
    expect(items.get('tool_output')?.since(0)).toBe('new');
  });
});
