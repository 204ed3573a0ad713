import { useEffect, useMemo, useRef, useState } from 'react';
import { type FindQuestion, findPattern } from '../../store/find.ts';
import { type FindPlace, findPlaces, firstHit, hitAt, indexWhere, mostHits, totalOf } from './find-places.ts';
import { useSession } from './session-context.ts';
import { shownFind, topSeq } from './use-find-scroll.ts';

/** A pause in typing, and in what an agent says, after which is looked anew. Milliseconds. */
const typedMs = 120;
const grownMs = 400;

export interface Finding {
  /** Hits; null: nothing is looked for, or it is still being looked. */
  readonly total: number | null;
  /** There are more than are counted. */
  readonly more: boolean;
  /** From 1; 0 without a hit. */
  readonly at: number;
  /** Goes on from hit to hit, from the last one to the first one. */
  move(by: 1 | -1): void;
}

interface Found {
  readonly pattern: RegExp;
  readonly places: readonly FindPlace[];
  readonly index: number;
}

/** Looks through the whole session, and has the conversation show one hit. */
export function useFind(question: FindQuestion): Finding {
  const { store } = useSession();
  const { text, words, seq, asked } = question;
  const pattern = useMemo(() => findPattern({ text, words }), [text, words]);
  const [found, setFound] = useState<Found | null>(null);
  const before = useRef<{ found: Found | null; asked: number }>({ found: null, asked });

  useEffect(() => {
    if (pattern === null) {
      before.current = { found: null, asked };
      setFound(null);
      return;
    }
    const look = (): void => {
      const view = store.getState();
      // What a search found is waited for.
      if (seq !== null && view.phase !== 'live' && view.seq < seq) return;
      const places = findPlaces(view, pattern);
      const last = before.current.found;
      const same = last?.pattern.source === pattern.source && before.current.asked === asked && last.places.length > 0;
      const next = { pattern, places, index: same ? sameHit(last, places) : firstHit(places, seq, topSeq()) };
      before.current = { found: next, asked };
      setFound(next);
    };
    const typed = setTimeout(look, words === null ? typedMs : 0);
    let grown: ReturnType<typeof setTimeout> | null = null;
    const leave = store.subscribe(() => {
      grown ??= setTimeout(() => {
        grown = null;
        look();
      }, grownMs);
    });
    return () => {
      clearTimeout(typed);
      if (grown !== null) clearTimeout(grown);
      leave();
    };
  }, [store, pattern, words, seq, asked]);

  const hit = found ? hitAt(found.places, found.index) : null;
  const { key, nth } = hit ? { key: hit.place.key, nth: hit.nth } : { key: null, nth: 0 };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same hit is shown once, however often it is found again
  useEffect(() => {
    shownFind.setState({ shown: found ? { pattern: found.pattern, hit } : null });
  }, [found?.pattern.source, key, nth, asked]);
  useEffect(() => () => shownFind.setState({ shown: null }), []);

  const total = found ? totalOf(found.places) : null;
  return {
    total: pattern === null ? null : total,
    more: total === mostHits,
    at: hit && found ? found.index + 1 : 0,
    move(by) {
      if (!found || !total) return;
      const next = { ...found, index: (found.index + by + total) % total };
      before.current = { ...before.current, found: next };
      setFound(next);
    },
  };
}

/** Where the hit stands now that was shown; what came before it may have moved it on. */
function sameHit({ places, index }: Found, now: readonly FindPlace[]): number {
  const hit = hitAt(places, index);
  const at = hit ? indexWhere(now, ({ key }) => key === hit.place.key) : -1;
  return at < 0 ? Math.min(index, Math.max(0, totalOf(now) - 1)) : at + (hit?.nth ?? 0);
}
