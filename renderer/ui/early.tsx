import { type ComponentType, useEffect, useState } from 'react';

/** A part of the page that is a script of its own, and is asked for before it is shown. */
export interface Early<P extends object> {
  /** Asks for it; nothing happens where it is there or on its way. */
  readonly fetch: () => Promise<void>;
  readonly View: ComponentType<P>;
}

/**
 * As `lazy` of React, for what is nearly always shown at the start: React holds what follows a `Suspense` back for 300 ms once that has shown that
 * something is on its way; this is shown as soon as it is there.
 * @param load - gets the script.
 * @param Waiting - shown until then.
 */
export function early<P extends object>(load: () => Promise<ComponentType<P>>, Waiting: ComponentType): Early<P> {
  let Ready: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  const fetch = (): Promise<void> => {
    coming ??= load().then(
      (loaded) => {
        Ready = loaded;
      },
      (error: unknown) => {
        // Asked for again the next time.
        coming = null;
        throw error;
      },
    );
    return coming;
  };
  const View = (props: P) => {
    const [, setLoaded] = useState(Ready !== null);
    const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
    useEffect(() => {
      if (Ready) return;
      let gone = false;
      fetch().then(
        () => !gone && setLoaded(true),
        (error: unknown) => !gone && setFailure({ error }),
      );
      return () => {
        gone = true;
      };
    }, []);
    // The boundary around it says so.
    if (failure) throw failure.error;
    return Ready ? <Ready {...props} /> : <Waiting />;
  };
  return { fetch, View };
}
