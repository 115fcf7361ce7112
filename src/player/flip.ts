/**
 * Why this file exists: a token that moves from one box to another is seen to move. Elements carry the names of what
 * they stand for in `data-flip`; after each step an element glides from where one of its names was before. A new one
 * comes out of the running line.
 */

const duration = 320;

type Places = ReadonlyMap<string, DOMRect>;

function namesOf(element: Element): readonly string[] {
  return (element.getAttribute('data-flip') ?? '').split(' ');
}

/** Where each named token is now. */
export function measureTokens(root: Element): Places {
  const places = new Map<string, DOMRect>();
  for (const element of root.querySelectorAll('[data-flip]')) {
    const place = element.getBoundingClientRect();
    for (const name of namesOf(element)) places.set(name, place);
  }
  return places;
}

/** True when the reader's system asks for no movement. */
export function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Moves every token from where it was; `birthplace` is where new ones come from. */
export function glideTokens(root: Element, before: Places, birthplace: DOMRect | undefined): void {
  for (const element of root.querySelectorAll('[data-flip]')) {
    const after = element.getBoundingClientRect();
    const known = namesOf(element).map(name => before.get(name)).find(place => place !== undefined);
    const from = known ?? birthplace;
    if (from === undefined || after.width === 0) continue;
    const [x, y] = [from.left - after.left, from.top - after.top];
    if (Math.abs(x) + Math.abs(y) < 1) continue;
    element.animate(
      [{ transform: `translate(${x}px, ${y}px)`, opacity: known === undefined ? 0 : 1, zIndex: 1 }, { transform: 'none', opacity: 1, zIndex: 1 }],
      { duration, easing: 'cubic-bezier(.2, .7, .2, 1)' },
    );
  }
}
