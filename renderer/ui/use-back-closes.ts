import { useEffect, useRef } from 'react';
import { layers } from '../store/layers.ts';
import { phoneQuery } from './use-media.ts';

/** On a phone the gesture that goes back puts away what lies over the page, while it is open. */
export function useBackCloses(open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    if (!open || !window.matchMedia(phoneQuery).matches) return;
    return layers.cover(() => latest.current());
  }, [open]);
}
