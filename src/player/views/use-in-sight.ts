/**
 * Why this file exists: while the strip is dragged, a list that scrolls draws the rows that can be seen and no more.
 * How many that are follows from the height of its box, which is told when the browser has laid it out: nothing is
 * asked while a picture is made.
 */
import { createContext } from 'preact';
import type { RefObject } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import { ScrubbingContext } from './scrubbing-context';

export interface Room {
  /** Points, from the beginning of what is scrolled. */
  height: number;
  /** The size of the type. */
  unit: number;
}

const unknown: Room = { height: 0, unit: 13 };
/** The room of the box around. */
export const RoomContext = createContext<Room>(unknown);

/** Follows the room of a box, and how far what is in it is scrolled. */
export function useRoom(element: RefObject<HTMLElement | null>): Room {
  const room = useRef({ ...unknown });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    let scrolled = 0;
    const look = (): void => {
      const unit = parseFloat(getComputedStyle(current).fontSize);
      Object.assign(room.current, { height: mostHeight(current, unit) + scrolled, unit });
    };
    const onScroll = ({ target }: Event): void => {
      scrolled = target instanceof HTMLElement ? Math.abs(target.scrollTop) : 0;
      look();
    };
    const observer = new ResizeObserver(look); // tells of what it begins to observe, too
    observer.observe(current);
    if (current.parentElement !== null) observer.observe(current.parentElement);
    current.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, []);
  return room.current;
}

/**
 * With room for three columns a box has a fixed share (columns.css); else it grows with what is in it, up to its
 * column, or to 14em where the whole page is scrolled (narrow.css).
 */
function mostHeight(box: HTMLElement, unit: number): number {
  const column = box.parentElement;
  if (column === null || getComputedStyle(column).display === 'contents') return box.clientHeight;
  return Math.max(column.clientHeight, 14 * unit);
}

/** How many rows of `all` are to be drawn. None takes less than `lowest`, in the size of the box's type. */
export function useInSight(all: number, lowest: number): number {
  const isScrubbing = useContext(ScrubbingContext);
  const { height, unit } = useContext(RoomContext);
  return isScrubbing ? Math.min(Math.ceil(height / (lowest * unit)), all) : all;
}
