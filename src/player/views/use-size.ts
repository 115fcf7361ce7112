/** Why this file exists: what is drawn in points must know how many there are, and how large the type is. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Size {
  readonly width: number;
  readonly height: number;
  /** The size of the type, in points. */
  readonly unit: number;
}

/**
 * The inner size of an element as it is laid out; follows it. Undefined until then, so that nothing is drawn by a guess
 * and then again.
 */
export function useSize(): [RefObject<HTMLDivElement | null>, Size | undefined] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | undefined>(undefined);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => setSize(known => {
      const next = sizeOf(current);
      const isSame = known?.width === next.width && known.height === next.height && known.unit === next.unit;
      return isSame ? known : next;
    });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}

function sizeOf(element: HTMLElement): Size {
  const style = getComputedStyle(element);
  const width = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return { width: Math.max(Math.floor(width), 100), height: element.clientHeight, unit: parseFloat(style.fontSize) };
}
