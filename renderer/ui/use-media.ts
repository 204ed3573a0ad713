import { useCallback, useSyncExternalStore } from 'react';

/** As narrow as a phone: what stands beside the page elsewhere comes out over it. */
export const phoneQuery = '(max-width: 760px)';

/** Does the media query hold now? */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
