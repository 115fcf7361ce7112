/**
 * Why this file exists: the running line stays in its view. Where a line lies is looked at once, when the browser has
 * laid it out, and remembered: a jump to a known line asks for nothing.
 */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Place {
  readonly top: number;
  readonly height: number;
}

interface View extends Place {
  /** It cannot be scrolled farther. */
  readonly lowest: number;
}

/** Scrolls `line` (the first is 1) of a scroller's children away from its edges; `text` says when they are others. */
export function useKeptInView(scroller: RefObject<HTMLElement | null>, line: number | undefined, text: unknown): void {
  const places = useRef(new Map<number, Place>());
  const view = useRef<View>({ top: 0, height: 0, lowest: 0 });
  const wanted = useRef(line);
  const observer = useRef<ResizeObserver>(undefined);
  wanted.current = line;
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return undefined;
    const look = (): void => {
      const { scrollTop: top, clientHeight: height, scrollHeight } = current;
      view.current = { top, height, lowest: scrollHeight - height };
    };
    let width = 0;
    observer.current = new ResizeObserver(() => {
      look();
      if (width !== current.clientWidth) places.current.clear(); // lines are broken elsewhere
      width = current.clientWidth;
      const place = placeOf(current, wanted.current);
      if (place === undefined || wanted.current === undefined) return;
      places.current.set(wanted.current, place);
      bringIntoView(current, place, view.current);
    });
    places.current.clear();
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.current?.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, [text]);
  useLayoutEffect(() => {
    if (scroller.current === null || line === undefined) return;
    const place = places.current.get(line);
    if (place === undefined) { // it tells after the next layout
      observer.current?.unobserve(scroller.current);
      observer.current?.observe(scroller.current);
    } else bringIntoView(scroller.current, place, view.current);
  }, [line, text]);
}

function placeOf(scroller: HTMLElement, line: number | undefined): Place | undefined {
  const element = line === undefined ? undefined : scroller.children[line - 1];
  if (!(element instanceof HTMLElement)) return undefined;
  return { top: element.offsetTop - scroller.offsetTop, height: element.offsetHeight };
}

/** The view may be few lines high; the page is not moved. */
function bringIntoView(scroller: HTMLElement, place: Place, view: View): void {
  const spare = Math.max(view.height - place.height, 0);
  const above = place.top - view.top;
  if (above >= spare * 0.15 && above <= spare * 0.85) return;
  const top = Math.min(Math.max(place.top - spare * 0.4, 0), view.lowest);
  if (Math.abs(top - view.top) >= 1) scroller.scrollTop = top;
}
