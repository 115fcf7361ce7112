/** Why this file exists: the loop's own row: its phases, its sleep, and where one piece of code kept it. */
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { LoopStretch } from '../../timeline/loop-row';
import { fitText } from './layout';
import { xOf } from './place';
import type { PlaceProps } from './place';

interface LoopRowProps extends PlaceProps {
  readonly row: readonly LoopStretch[];
  readonly blocked: readonly { readonly from: number; readonly to: number; readonly ms: number }[];
}

export function LoopRow({ row, blocked, ...place }: LoopRowProps): VNode {
  const { layout, words } = place;
  const middle = layout.row / 2;
  const bar = layout.row * barShare;
  const drawn = inSight(row, place);
  return (
    <g class="loop-row">
      <text class="lane-label" x="0" y={middle} dominant-baseline="central">{words.lanes.theLoop}</text>
      <Slivers drawn={drawn.filter(({ width }) => width < narrow)} {...place} />
      {drawn.filter(({ width }) => width >= narrow).map(({ stretch, x, width }) => (
        <g key={stretch.from} class={`phase ${stretch.kind}`} onClick={() => place.go(stretch.from)}>
          <title>{`${words.phases[stretch.kind]}, ${words.turn(stretch.turn)}`}</title>
          {stretch.kind === 'asleep'
            ? <path class="sleep" d={`M${x} ${middle}h${width}`} />
            : <rect x={x + 0.5} y={middle - bar / 2} width={Math.max(width - 1, 1)} height={bar} rx="2" />}
          <PhaseName name={fitText(words.phases[stretch.kind], width - 6, layout.type)} x={x + width / 2} y={middle} />
        </g>
      ))}
      {blocked.map(({ from, to, ms }) => {
        const [left, right] = [Math.max(xOf(place, from), layout.label), Math.min(xOf(place, to), layout.width)];
        if (right < left) return null;
        return (
          <g key={from} class="blocked" onClick={() => place.go(from)}>
            <rect x={left} y={middle - bar / 2} width={Math.max(right - left, 3)} height={bar} rx="2" />
            <text x={(left + right) / 2} y={middle} text-anchor="middle" dominant-baseline="central">{fitText(words.lanes.blocked(Math.round(ms)), right - left - 4, layout.type)}</text>
          </g>
        );
      })}
    </g>
  );
}

const barShare = 0.72;
/** Stretches narrower than so many points are drawn together. */
const narrow = 4;

interface SliversProps extends PlaceProps {
  readonly drawn: readonly Drawn[];
}

/** Of a long run most stretches are slivers: one path for each kind, which knows what stands under the pointer. */
function Slivers({ drawn, ...place }: SliversProps): VNode {
  const { layout, words, go } = place;
  const title = useRef<HTMLTitleElement>(null); // so JSX calls the SVG's
  const [middle, bar] = [layout.row / 2, layout.row * barShare];
  const paths = new Map<LoopStretch['kind'], string>();
  for (const { stretch: { kind }, x, width } of drawn) {
    const shape = kind === 'asleep' ? `M${x} ${middle}h${width}` : `M${x + 0.5} ${middle - bar / 2}h${Math.max(width - 1, 1)}v${bar}H${x + 0.5}z`;
    paths.set(kind, `${paths.get(kind) ?? ''}${shape}`);
  }
  function under({ currentTarget, clientX }: { currentTarget: SVGGElement; clientX: number }): LoopStretch | undefined {
    const x = clientX - (currentTarget.ownerSVGElement?.getBoundingClientRect().left ?? 0);
    return (drawn.find(each => x < each.x + Math.max(each.width, 1.5)) ?? drawn.at(-1))?.stretch;
  }
  function tell(stretch: LoopStretch | undefined): void {
    if (title.current === null || stretch === undefined) return;
    title.current.textContent = `${words.phases[stretch.kind]}, ${words.turn(stretch.turn)}`;
  }
  return (
    <g class="slivers" onClick={event => go(under(event)?.from ?? 0)} onPointerMove={event => tell(under(event))}>
      <title ref={title} />
      {[...paths].map(([kind, d]) => <path key={kind} class={`phase ${kind} ${kind === 'asleep' ? 'sleep' : 'sliver'}`} d={d} />)}
    </g>
  );
}

/** Most phases of a long run are too narrow for their names. */
function PhaseName({ name, x, y }: { readonly name: string; readonly x: number; readonly y: number }): VNode | null {
  return name === '' ? null : <text x={x} y={y} text-anchor="middle" dominant-baseline="central">{name}</text>;
}

interface Drawn {
  readonly stretch: LoopStretch;
  readonly x: number;
  readonly width: number;
}

/** Stretches in sight; of many that are narrower than a point, one. */
function inSight(row: readonly LoopStretch[], place: PlaceProps): readonly Drawn[] {
  const drawn: Drawn[] = [];
  for (const stretch of row) {
    const left = Math.max(xOf(place, stretch.from), place.layout.label);
    const right = Math.min(xOf(place, stretch.to), place.layout.width);
    if (right < place.layout.label || left > place.layout.width) continue;
    const last = drawn.at(-1);
    if (last !== undefined && right - left < 1.5 && left - last.x < 1.5) continue;
    drawn.push({ stretch, x: left, width: Math.max(right - left, 0) });
  }
  return drawn;
}
