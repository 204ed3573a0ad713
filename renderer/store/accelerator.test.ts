import { describe, expect, it } from 'vitest';
import { acceleratorCaps, acceleratorOf } from './accelerator.ts';

const pressed = (key: string, held: string, code = '') => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

describe('keys that count everywhere', () => {
  it.each([
    [pressed('q', 'ca', 'KeyQ'), false, 'Control+Alt+Q'],
    [pressed('Q', 'cs', 'KeyQ'), false, 'Control+Shift+Q'],
    [pressed('œ', 'ma', 'KeyQ'), true, 'Command+Alt+Q'],
    [pressed(' ', 'ms', 'Space'), false, 'Super+Shift+Space'],
    [pressed('!', 'cs', 'Digit1'), false, 'Control+Shift+1'],
    [pressed('ArrowUp', 'ca'), false, 'Control+Alt+Up'],
    [pressed('F9', 'c'), false, 'Control+F9'],
  ])('%j on a Mac: %s, are %s', (event, mac, keys) => {
    expect(acceleratorOf(event, mac)).toEqual({ keys });
  });

  it('are not those that every program uses, nor a key alone, nor one that no system knows', () => {
    for (const event of [
      pressed('c', 'c', 'KeyC'),
      pressed('q', 's', 'KeyQ'),
      pressed('F9', ''),
      pressed('Dead', 'ca', 'Equal'),
    ]) {
      expect(acceleratorOf(event, false)).toEqual({ refused: 'unfit' });
    }
  });

  it('are not those of the app itself', () => {
    expect(acceleratorOf(pressed('N', 'cs', 'KeyN'), false)).toEqual({ refused: 'own' });
    expect(acceleratorOf(pressed('n', 'ma', 'KeyN'), true)).toEqual({ refused: 'own' });
  });

  it('are drawn as the keyboard has them', () => {
    expect(acceleratorCaps('Command+Alt+Q', 'MacIntel')).toEqual(['⌘', '⌥', 'Q']);
    expect(acceleratorCaps('Control+Super+Up', 'Linux x86_64')).toEqual(['Ctrl', 'Super', '↑']);
    expect(acceleratorCaps('Super+Shift+Space', 'Win32')).toEqual(['Win', 'Shift', 'Space']);
  });
});
