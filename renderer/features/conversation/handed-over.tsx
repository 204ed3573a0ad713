import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { mountedBeyond } from './mounted-beyond.ts';

/** How high the rows are that went from the tail over to the virtual list and were not near since, by their key. Pixels. */
export type HandedOver = Map<string, number>;

interface FromTailProps {
  row: string;
  handed: HandedOver;
  children: ReactNode;
}

/**
 * A row that went over to the virtual list far above what is seen. The list takes it for an element of its own, so all of it would be made anew,
 * in a frame in which an agent goes on writing; as its height is known, it is only room until somebody comes near.
 */
export function FromTail({ row, handed, children }: FromTailProps) {
  const [height, setHeight] = useState(() => handed.get(row));
  const room = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = room.current;
    if (element === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        handed.delete(row);
        setHeight(undefined);
      },
      { root: element.closest('.transcript-scroller'), rootMargin: `${mountedBeyond}px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [row, handed]);
  return height === undefined ? children : <div ref={room} style={{ blockSize: height }} />;
}
