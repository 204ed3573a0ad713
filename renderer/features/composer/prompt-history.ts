import type { TranscriptView } from '../../store/transcript/view.ts';

/** Prompts that are walked through at most. */
const most = 200;

/** What people said in a session, newest first, the same thing in a row once. */
export function promptsOf({ entries, turns }: Pick<TranscriptView, 'entries' | 'turns'>): readonly string[] {
  const prompts: string[] = [];
  for (const entry of entries.toReversed()) {
    if (entry.kind !== 'turn') continue;
    for (const item of turns.get(entry.turnId)?.items.toReversed() ?? []) {
      if (item.kind !== 'user' || item.text.trim() === '' || item.text === prompts.at(-1)) continue;
      prompts.push(item.text);
      if (prompts.length === most) return prompts;
    }
  }
  return prompts;
}

/** Where somebody is in the prompts: -1 is what they were writing, which is kept as `written`. */
export interface HistoryPlace {
  readonly at: number;
  readonly written: string;
}

/**
 * One step through the prompts. @param text - what stands in the field now: when it is not the prompt of the place, it was changed, and that counts as what is being written.
 * @returns the new place and what to show; null: there is nothing further that way.
 */
export function stepThrough(
  prompts: readonly string[],
  place: HistoryPlace | null,
  text: string,
  direction: 'older' | 'newer',
): { place: HistoryPlace; text: string } | null {
  const walking = place !== null && place.at >= 0 && prompts[place.at] === text;
  const from = walking ? place : { at: -1, written: text };
  const at = from.at + (direction === 'older' ? 1 : -1);
  if (at < -1 || at >= prompts.length) return null;
  return { place: { ...from, at }, text: at === -1 ? from.written : (prompts[at] ?? '') };
}
