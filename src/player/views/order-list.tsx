/** Why this file exists: lines that are put in order: dragged, or moved by buttons and keys. */
import { useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { Icon } from './icon';
import { useWords } from './words-context';

interface OrderListProps {
  readonly lines: readonly string[];
  readonly label: string;
  readonly change: (lines: readonly string[]) => void;
  /** Whether the line at a place is right; nothing is marked without it. */
  readonly mark: ((place: number) => boolean) | undefined;
}

/** The lines with one of them moved. */
export function moved(lines: readonly string[], from: number, to: number): readonly string[] {
  const line = lines[from];
  if (line === undefined || to < 0 || to >= lines.length) return lines;
  return lines.toSpliced(from, 1).toSpliced(to, 0, line);
}

export function OrderList({ lines, label, change, mark }: OrderListProps): VNode {
  const words = useWords().predict;
  const list = useRef<HTMLOListElement>(null);
  const [dragged, setDragged] = useState<number | undefined>(undefined);
  function move(from: number, to: number): void {
    change(moved(lines, from, to));
    // The focus goes with the line.
    const place = Math.min(Math.max(to, 0), lines.length - 1);
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('.line-token')[place]?.focus());
  }
  function onKey(event: KeyboardEvent, n: number): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(n, event.key === 'ArrowUp' ? n - 1 : n + 1);
  }
  function dropAt(event: DragEvent, n: number): void {
    event.preventDefault();
    if (dragged !== undefined && dragged !== n) change(moved(lines, dragged, n));
    setDragged(undefined);
  }
  return (
    <ol class="order" aria-label={label} ref={list}>
      {lines.map((line, n) => (
        <li key={`${line} ${lines.slice(0, n).filter(other => other === line).length}`} draggable class={dragged === n ? 'dragged' : ''}
          onDragStart={() => setDragged(n)} onDragEnd={() => setDragged(undefined)}
          onDragOver={event => event.preventDefault()} onDrop={event => dropAt(event, n)}>
          <span class={`line-token${mark === undefined ? '' : mark(n) ? ' right' : ' wrong'}`} tabIndex={0} onKeyDown={event => onKey(event, n)}>
            {mark !== undefined && <Icon name={mark(n) ? 'done' : 'failed'} />}<code>{line === '' ? '\u00a0' : line}</code>
          </span>
          <button type="button" class="quiet" aria-label={words.up(line)} title={words.up(line)} aria-disabled={n === 0} onClick={() => move(n, n - 1)}>↑</button>
          <button type="button" class="quiet" aria-label={words.down(line)} title={words.down(line)} aria-disabled={n === lines.length - 1} onClick={() => move(n, n + 1)}>↓</button>
        </li>
      ))}
    </ol>
  );
}
