/**
 * Why this file exists: what needs an element's size looks at it when the browser has laid it out for the next picture.
 * Asking while the picture is made would have it laid out twice.
 */
import { useLayoutEffect } from 'preact/hooks';

/** Looks at an element after each change of `changes` and whenever its size changes. */
export function useAfterLayout<E extends HTMLElement>(
  element: { readonly current: E | null },
  look: (element: E) => void,
  changes: readonly unknown[],
): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => look(current)); // tells of what it begins to observe, too
    observer.observe(current);
    return () => observer.disconnect();
  }, [...changes]);
}
