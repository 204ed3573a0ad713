import type { SessionId } from '../../main/protocol/ids.ts';
import { recallJson, remember } from './storage.ts';

/** Where a person was reading in a session: so many pixels below the top of the entry with this `seq`, or of a part of it where it is long. */
export interface ReadingPlace {
  readonly seq: number;
  readonly offset: number;
  /** Default: the first. */
  readonly part?: number;
}

/** Sessions whose place is kept; the one left longest ago is forgotten first. */
const keptPlaces = 100;
const storageKey = 'reading-places';

type Places = readonly (readonly [SessionId, ReadingPlace])[];

const isPlaces = (value: unknown): value is Places =>
  Array.isArray(value) &&
  value.every(
    (one) =>
      Array.isArray(one) &&
      typeof one[0] === 'string' &&
      Number.isFinite(one[1]?.seq) &&
      Number.isFinite(one[1]?.offset) &&
      (one[1]?.part === undefined || Number.isFinite(one[1].part)),
  );

const places = (): Places => recallJson(storageKey, isPlaces) ?? [];

/** @returns null when the session was left at its end: there a person reads on with what is newest. */
export function readingPlaceOf(sessionId: SessionId): ReadingPlace | null {
  return places().find(([id]) => id === sessionId)?.[1] ?? null;
}

/** @param place - null: at the end. */
export function keepReadingPlace(sessionId: SessionId, place: ReadingPlace | null): void {
  const others = places().filter(([id]) => id !== sessionId);
  const kept = place === null ? others : [...others, [sessionId, place] as const];
  remember(storageKey, kept.length === 0 ? null : JSON.stringify(kept.slice(-keptPlaces)));
}
