import { describe, expect, it } from 'vitest';
import { type Chord, isChord, keyCaps, shortcutIds, shortcuts, withKeys } from './shortcuts.ts';

const press = (key: string, change: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change }) as KeyboardEvent;

describe('shortcuts', () => {
  it('are all different', () => {
    const all = shortcutIds.map((id) => JSON.stringify(keyCaps(shortcuts[id], false)));
    expect(new Set(all).size).toBe(all.length);
  });

  it('take Ctrl here and Cmd on a Mac, and neither both', () => {
    const k: Chord = { mod: true, key: 'k' };
    expect(isChord(press('k', { ctrlKey: true }), k, false)).toBe(true);
    expect(isChord(press('k', { metaKey: true }), k, false)).toBe(false);
    expect(isChord(press('k', { metaKey: true }), k, true)).toBe(true);
    expect(isChord(press('k', { ctrlKey: true, metaKey: true }), k, true)).toBe(false);
  });

  it('want no modifier more', () => {
    expect(isChord(press('K', { ctrlKey: true, shiftKey: true }), { mod: true, key: 'k' }, false)).toBe(false);
    expect(isChord(press('Escape', { altKey: true }), { key: 'Escape' }, false)).toBe(false);
  });

  it('know a letter by its place where Alt types another one', () => {
    const n: Chord = { mod: true, alt: true, key: 'n' };
    expect(isChord(press('˜', { metaKey: true, altKey: true, code: 'KeyN' }), n, true)).toBe(true);
  });

  it('are written as the machine writes them', () => {
    expect(keyCaps({ mod: true, shift: true, key: 'a' }, false)).toEqual(['Ctrl', 'Shift', 'A']);
    expect(keyCaps({ mod: true, shift: true, key: 'a' }, true)).toEqual(['⌘', '⇧', 'A']);
  });

  it('stand behind the name of what they do', () => {
    expect(withKeys('Inbox', 'inbox', false)).toBe('Inbox (Alt+I)');
    expect(withKeys('Inbox', 'inbox', true)).toBe('Inbox (⌥I)');
  });
});
