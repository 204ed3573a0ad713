/** Everything a key does by itself, wherever the focus is. What each is called stands in `t.shortcuts.name`. */
export const shortcutIds = [
  'palette',
  'newSession',
  'newWindow',
  'inbox',
  'settings',
  'previousSession',
  'nextSession',
  'nextWaiting',
  'focusComposer',
  'focusConversation',
  'find',
  'toggleSidebar',
  'togglePanel',
  'stop',
] as const;
export type ShortcutId = (typeof shortcutIds)[number];

/** `mod`: Cmd on a Mac, Ctrl elsewhere. `key` as `KeyboardEvent.key` has it, letters in lower case. */
export interface Chord {
  readonly mod?: boolean;
  readonly alt?: boolean;
  readonly shift?: boolean;
  readonly key: string;
}

/** What only the app's window has; a browser has its own for these keys. */
export const windowShortcuts: ReadonlySet<ShortcutId> = new Set(['newWindow']);

/** None of the others is taken by browsers for something a person would miss, nor by the window's own menu. */
export const shortcuts: Readonly<Record<ShortcutId, Chord>> = {
  palette: { mod: true, key: 'k' },
  newSession: { mod: true, alt: true, key: 'n' },
  newWindow: { mod: true, shift: true, key: 'n' },
  inbox: { alt: true, key: 'i' },
  settings: { mod: true, key: ',' },
  previousSession: { alt: true, key: 'ArrowUp' },
  nextSession: { alt: true, key: 'ArrowDown' },
  nextWaiting: { mod: true, shift: true, key: 'a' },
  focusComposer: { mod: true, key: 'l' },
  focusConversation: { mod: true, shift: true, key: 'l' },
  // A browser's own finds only what is mounted; where no conversation is shown, it is the browser's.
  find: { mod: true, key: 'f' },
  toggleSidebar: { mod: true, key: 'b' },
  togglePanel: { mod: true, key: 'j' },
  stop: { key: 'Escape' },
};

export const isMac = (platform = globalThis.navigator?.platform ?? ''): boolean => /mac|iphone|ipad/i.test(platform);

/** Whether the key that was pressed is this chord, no modifier more and none less. */
export function isChord(event: KeyboardEvent, chord: Chord, mac = isMac()): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  // With Alt, a Mac's keyboard types another character; the place of the key tells.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const same = key === chord.key || (chord.alt && event.code === `Key${chord.key.toUpperCase()}`);
  return (
    Boolean(same) &&
    mod === (chord.mod ?? false) &&
    !other &&
    event.altKey === (chord.alt ?? false) &&
    event.shiftKey === (chord.shift ?? false)
  );
}

const signs: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc' };

/** The keys as people read them, one cap each: ["Ctrl", "K"], on a Mac ["⌘", "K"]. */
export function keyCaps(chord: Chord, mac = isMac()): string[] {
  const key = signs[chord.key] ?? chord.key.toUpperCase();
  return [
    ...(chord.mod ? [mac ? '⌘' : 'Ctrl'] : []),
    ...(chord.alt ? [mac ? '⌥' : 'Alt'] : []),
    ...(chord.shift ? [mac ? '⇧' : 'Shift'] : []),
    key,
  ];
}

/** The name of something with its keys, for the note a mouse brings out: "Inbox (Alt+I)", on a Mac "Inbox (⌥I)". */
export function withKeys(name: string, id: ShortcutId, mac = isMac()): string {
  return `${name} (${keyCaps(shortcuts[id], mac).join(mac ? '' : '+')})`;
}
