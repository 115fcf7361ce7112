/**
 * Why this file exists: parts of the picture that are made anew only when what they show has changed. Preact does not
 * look into a node that it has seen. (The `memo` of preact/compat brings along what slows every other node.)
 */
import { createElement } from 'preact';
import type { FunctionComponent, VNode } from 'preact';
import { useRef } from 'preact/hooks';

/** Without `isSame` every property is compared by identity. */
export function memo<P extends object>(
  view: FunctionComponent<P>,
  isSame: (one: P, other: P) => boolean = sameProperties,
): FunctionComponent<P> {
  return props => {
    const drawn = useRef<{ readonly props: P; readonly node: VNode<P> }>(undefined);
    if (drawn.current === undefined || !isSame(drawn.current.props, props)) {
      drawn.current = { props, node: createElement(view, props) };
    }
    return drawn.current.node;
  };
}

function sameProperties<P extends object>(one: P, other: P): boolean {
  const before = new Map(Object.entries(one));
  const now = Object.entries(other);
  return now.length === before.size && now.every(([key, value]) => before.has(key) && before.get(key) === value);
}
