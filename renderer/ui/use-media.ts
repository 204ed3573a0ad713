import { useCallback, useSyncExternalStore } from 'react';

/**
 * As narrow as a phone, or as low as one that lies on its side: what stands beside the page elsewhere comes out over it. A test holds the styles to
 * the same words.
 */
export const phoneQuery = '(max-width: 760px), (max-width: 960px) and (max-height: 500px) and (hover: none)';

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
