import { isAccelerator } from '../../main/protocol/desktop.ts';
import { type Chord, isChord, isMac, shortcutIds, shortcuts } from './shortcuts.ts';

/** Names of keys that Electron writes otherwise than `KeyboardEvent.key`. */
const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether only keys are held that mean nothing by themselves. */
export const isModifier = ({ key }: Pick<Pressed, 'key'>): boolean =>
  ['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'OS'].includes(key);

/**
 * The keys that were pressed, as the system takes them.
 * @returns `unfit`: they cannot count everywhere; `own`: the app uses them itself.
 */
export function acceleratorOf(event: Pressed, mac = isMac()): { keys: string } | { refused: 'unfit' | 'own' } {
  // With Alt and Shift a key types another character; its place tells which key it is. A letter is named by what it types otherwise.
  const place = /^(?:Key|Digit)(\w)$/.exec(event.code)?.[1];
  const typed = /^[a-z0-9]$/i.test(event.key) ? event.key.toUpperCase() : undefined;
  const key = typed ?? place ?? names[event.key] ?? event.key;
  const keys = [
    event.ctrlKey && 'Control',
    event.metaKey && (mac ? 'Command' : 'Super'),
    event.altKey && 'Alt',
    event.shiftKey && 'Shift',
    key,
  ]
    .filter((part) => part !== false)
    .join('+');
  if (shortcutIds.some((id) => isChord(event as KeyboardEvent, shortcuts[id] as Chord, mac))) return { refused: 'own' };
  return isAccelerator(keys) ? { keys } : { refused: 'unfit' };
}

const macSigns: Readonly<Record<string, string>> = { Command: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧' };
const signs: Readonly<Record<string, string>> = { Control: 'Ctrl', Up: '↑', Down: '↓', Left: '←', Right: '→' };

/** An accelerator as people read it, one cap each. `Super` has the name that the system's keyboard has for it. */
export function acceleratorCaps(accelerator: string, platform = globalThis.navigator?.platform ?? ''): string[] {
  const mac = isMac(platform);
  return accelerator.split('+').map((part) => {
    if (part === 'Super') return /win/i.test(platform) ? 'Win' : 'Super';
    return (mac ? macSigns[part] : undefined) ?? signs[part] ?? part;
  });
}
