/**
 * Why this file exists: pictures of a few strokes, drawn here so that the page loads no font and looks the same
 * everywhere.
 */
import type { VNode } from 'preact';

const strokes = {
  first: 'M4 3v10M13 3L6 8l7 5z', last: 'M12 3v10M3 3l7 5-7 5z', play: 'M4 2.5l9 5.5-9 5.5z', pause: 'M4.5 3v10M11.5 3v10',
  back: 'M11 3L4 8l7 5z', forward: 'M5 3l7 5-7 5z', await: 'M2 11c1-6 8-8 11-3M13 3v5H8', print: 'M2 3h12v10H2zM4.5 6.5L7 8.5l-2.5 2M8.5 11h3',
  task: 'M2 4h5v8H2zM9.5 8h5M12 5.5L14.5 8 12 10.5', running: 'M5 3.5l7 4.5-7 4.5z', suspended: 'M5.5 3.5v9M10.5 3.5v9', waiting: 'M4 8h.01M8 8h.01M12 8h.01',
  done: 'M3 8.5l3.2 3.5L13 4.5', failed: 'M4 4l8 8M12 4l-8 8', arrow: 'M2 8h11M9.5 4.5L13 8l-3.5 3.5', help: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.8h.01',
  theme: 'M8 2a6 6 0 1 0 0 12zM8 2a6 6 0 0 1 0 12', save: 'M3 2h8l2 2v10H3zM5.5 2v4h5V2M5.5 14V9.5h5V14', tick: 'M8 3v5l3 2M8 1.8a6.2 6.2 0 1 0 .01 0',
  over: 'M2 9.5A5.5 5.5 0 0 1 12.5 7.5M13.5 3.5V8H9M7 13h.01', out: 'M8 10V2.5M4.5 6L8 2.5L11.5 6M8 13.5h.01', quiz: 'M4 4.5h9M4 8h9M4 11.5h9M1.8 4.5h.01M1.8 8h.01M1.8 11.5h.01',
  search: 'M7 2.5a4.5 4.5 0 1 1-.01 0M10.5 10.5L14 14', view: 'M2 2.5h12v6H2zM2 11h7M4 13.5h10', presenter: 'M1.5 3h13v8h-13zM8 11v3M5.5 14h5', share: 'M8 10V2M5 4.5L8 1.8l3 2.7M3 8v6h10V8', flag: 'M4 14V2h8L9.5 5L12 8H4',
  warning: 'M8 2L14.5 13.5h-13zM8 6.5v3.5M8 12h.01', more: 'M4 6l4 4 4-4', world: 'M8 1.8a6.2 6.2 0 1 0 .01 0M1.8 8h12.4M8 1.8c-4 4-4 8.4 0 12.4M8 1.8c4 4 4 8.4 0 12.4',
} as const;

export type IconName = keyof typeof strokes;

const filled: ReadonlySet<IconName> = new Set(['play', 'running', 'first', 'last', 'back', 'forward']);

/** Decoration: what it says stands beside it as text. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg class={filled.has(name) ? 'icon filled' : 'icon'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  );
}
