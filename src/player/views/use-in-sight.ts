/**
 * Why this file exists: while the strip is dragged, a list that scrolls draws the rows that can be seen and no more.
 * How many that are is looked at when the browser has laid the list out, never while a picture is made.
 */
import type { RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { ScrubbingContext } from './scrubbing-context';

/** A list that is not there yet has room for so many. */
const few = 4;

/** How many rows of an element are to be drawn. No row is lower than `lowest`, in the size of the element's type. */
export function useInSight<E extends HTMLElement>(
  element: RefObject<E | null>, all: number, lowest: number, isThere: boolean,
): number {
  const isScrubbing = useContext(ScrubbingContext);
  const rows = useRef(few);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const look = (): void => {
      const high = Math.abs(current.scrollTop) + current.clientHeight;
      rows.current = Math.ceil(high / (lowest * parseFloat(getComputedStyle(current).fontSize))) + 1;
    };
    const observer = new ResizeObserver(look); // tells of what it begins to observe, too
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [isThere]);
  return isScrubbing ? Math.min(rows.current, all) : all;
}
