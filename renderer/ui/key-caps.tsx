import { type Chord, keyCaps } from '../store/shortcuts.ts';

/** Keys to press, drawn as keys. */
export function KeyCaps({ chord }: { chord: Chord }) {
  return (
    <span className="key-caps">
      {keyCaps(chord).map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}
