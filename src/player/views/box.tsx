/** Why this file exists: the frame that every part of the machine is drawn in. */
import type { ComponentChildren, VNode } from 'preact';
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
  return (
    <section class={`box box-${name}${active === true ? ' active' : ''}${empty === undefined ? '' : ' is-empty'}`} aria-label={title}>
      <h2><span>{title}</span>{corner !== undefined && <span class="corner">{corner}</span>}</h2>
      {empty === undefined ? children : <p class="empty">{empty}</p>}
    </section>
  );
}

export interface TokenListProps {
  readonly children: ComponentChildren;
  readonly more: number;
  readonly label: string;
}

/** A list that shows its first tokens and counts the others. */
export function TokenList({ children, more, label }: TokenListProps): VNode {
  const words = useWords();
  return (
    <ul class="tokens" aria-label={label}>
      {children}
      {more > 0 && <li class="more">{words.more(more)}</li>}
    </ul>
  );
}
