/**
 * Why this file exists: what lies over the machine for a while: findings, search, sharing, a question. It takes the
 * focus when it comes and gives it back when it goes.
 */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren, VNode } from 'preact';
import { Icon } from './icon';
import { useWords } from './words-context';

interface PanelProps {
  readonly name: string;
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
  /** The focus stays where the reader is: the panel only tells. */
  readonly quiet?: boolean;
}

export function Panel({ name, title, close, children, quiet }: PanelProps): VNode {
  const words = useWords();
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    if (quiet !== true) (root.current?.querySelector<HTMLElement>('[data-first]') ?? root.current)?.focus();
    return () => {
      const { activeElement } = document;
      const isInside = root.current?.contains(activeElement) === true || activeElement === document.body;
      if (isInside && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <aside class={`panel panel-${name}`} aria-label={title} tabIndex={-1} ref={root}>
      <h2><span>{title}</span><button type="button" class="quiet" aria-label={words.close} title={`${words.close} (Esc)`} onClick={close}><Icon name="failed" /></button></h2>
      {children}
    </aside>
  );
}
