/** Why this file exists: the frame that every part of the machine is drawn in. */
import { cloneElement, isValidElement, toChildArray } from 'preact';
import type { ComponentChildren, VNode } from 'preact';
import { useContext, useRef } from 'preact/hooks';
import { ScrubbingContext } from './scrubbing-context';
import { RoomContext, useInSight, useRoom } from './use-in-sight';
import { useWords } from './words-context';

export interface BoxProps {
  readonly name: string;
  readonly title: string;
  /** In the corner: a count, a clock. */
  readonly corner?: string | undefined;
  /** What is said when there is nothing in it. */
  readonly empty?: string | undefined;
  readonly active?: boolean;
  readonly children?: ComponentChildren;
}

export function Box({ name, title, corner, empty, active, children }: BoxProps): VNode {
  const section = useRef<HTMLElement>(null);
  const room = useRoom(section);
  return (
    <section ref={section} class={`box box-${name}${active === true ? ' active' : ''}${empty === undefined ? '' : ' is-empty'}`} aria-label={title}>
      <h2><span>{title}</span>{corner !== undefined && <span class="corner">{corner}</span>}</h2>
      {empty === undefined
        ? <RoomContext.Provider value={room}>{children}</RoomContext.Provider>
        : <p class="empty">{empty}</p>}
    </section>
  );
}

export interface TokenListProps {
  readonly children: ComponentChildren;
  readonly more: number;
  readonly label: string;
  /** Its tokens stand beside each other. */
  readonly isRow?: boolean;
}

/** A list that shows its first tokens and counts the others. */
export function TokenList({ children, more, label, isRow }: TokenListProps): VNode {
  const words = useWords();
  const isScrubbing = useContext(ScrubbingContext);
  const inSight = useInSight(Infinity, 2.1);
  return (
    <ul class="tokens" aria-label={label}>
      {isScrubbing ? byPlace(children, isRow === true ? Infinity : inSight) : children}
      {more > 0 && <li class="more">{words.more(more)}</li>}
    </ul>
  );
}

/** After a far jump other tokens stand in the same places: they are changed, since making them anew costs more. */
function byPlace(children: ComponentChildren, inSight: number): ComponentChildren {
  return toChildArray(children).slice(0, inSight)
    .map((child, n) => isValidElement(child) ? cloneElement(child, { key: n }) : child);
}
