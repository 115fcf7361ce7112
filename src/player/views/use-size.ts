/** Why this file exists: what is drawn in points must know how many there are, and how large the type is. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface Size {
  readonly width: number;
  /** The size of the type, in points. */
  readonly unit: number;
}

/** The inner size of an element as it is laid out; follows it. */
export function useSize(): [RefObject<HTMLDivElement | null>, Size] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 600, unit: 13 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (): void => {
      const style = getComputedStyle(current);
      const width = current.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const next = { width: Math.max(Math.floor(width), 100), unit: parseFloat(style.fontSize) };
      setSize(known => known.width === next.width && known.unit === next.unit ? known : next);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, size];
}
