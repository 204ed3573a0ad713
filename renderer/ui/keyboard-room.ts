interface Seen {
  readonly height: number;
  readonly offsetTop: number;
  /** 1 unless a person has zoomed in, and then what is seen is theirs to choose. */
  readonly scale: number;
}

/**
 * How much of the page's lower end a screen keyboard covers, CSS pixels. 0 where the browser makes the page itself shorter
 * (`interactive-widget=resizes-content`), which iOS does not.
 */
export function coveredBy(pageHeight: number, seen: Seen): number {
  return seen.scale === 1 ? Math.max(0, Math.round(pageHeight - seen.height - seen.offsetTop)) : 0;
}

/** Keeps the page above the screen keyboard from now on: `--covered` tells the styles how much is lost below. */
export function keepAboveKeyboard(): void {
  const seen = window.visualViewport;
  if (!seen) return;
  const tell = (): void => {
    const covered = coveredBy(window.innerHeight, seen);
    document.documentElement.style.setProperty('--covered', `${covered}px`);
    // Some browsers push the page up so that the field is seen; it has made room by itself.
    if (covered > 0 || seen.offsetTop > 0) window.scrollTo(0, 0);
  };
  seen.addEventListener('resize', tell);
  seen.addEventListener('scroll', tell);
}
