/**
 * Why this file exists: lines from lane to lane: who began whom, and whose result let whom go on. An error that
 * travels is a line of its own kind.
 */
import type { VNode } from 'preact';
import type { Lane, LaneEdge } from '../../timeline/lanes';
import { xOf } from './place';
import type { PlaceProps } from './place';

interface EdgesProps extends PlaceProps {
  readonly edges: readonly LaneEdge[];
  /** Lanes that are drawn, in their rows; edges to others are left out. */
  readonly lanes: readonly Lane[];
  /** Edges that pass none of these rows are left out. */
  readonly firstRow: number;
  readonly lastRow: number;
}

/** More would be a tangle, and cost more than it shows. */
const mostEdges = 400;

export function Edges({ edges, lanes, firstRow, lastRow, ...place }: EdgesProps): VNode {
  const rows = new Map(lanes.map((lane, row) => [lane, row]));
  const { label, width } = place.layout;
  const drawn: VNode[] = [];
  for (const [n, edge] of edges.entries()) {
    if (drawn.length >= mostEdges) break;
    const [from, to] = [rows.get(edge.from), rows.get(edge.to)];
    if (from === undefined || to === undefined) continue;
    if (Math.max(from, to) < firstRow || Math.min(from, to) > lastRow) continue;
    const [x1, x2] = [xOf(place, edge.kind === 'chain' ? edge.fromBeat + 1 : edge.fromBeat), xOf(place, edge.toBeat)];
    if (x2 < label || x1 > width) continue;
    drawn.push(<path key={n} class={`edge ${edge.kind}${edge.failed ? ' failed' : ''}`} d={curve(edge.kind, from, to, x1, x2, place)} marker-end="url(#tip)" />);
  }
  return <g class="edges">{drawn}</g>;
}

type Place = Omit<PlaceProps, 'words' | 'go'>;

function curve(
  kind: LaneEdge['kind'], from: number, to: number, x1: number, x2: number, { layout }: Place,
): string {
  const [y1, y2] = [(from + 0.5) * layout.row, (to + 0.5) * layout.row];
  const down = Math.sign(y2 - y1);
  const edge = layout.row * 0.36;
  const [start, end] = [Math.max(x1, layout.label), Math.min(Math.max(x2, layout.label), layout.width)];
  if (kind === 'fork') return `M${start + 2} ${y1 + down * edge}V${y2 - down * edge}`;
  const bend = Math.min(Math.max((end - start) / 2, 6), 26);
  return `M${start} ${y1}C${start + bend} ${y1} ${end - bend} ${y2 - down * edge * 2} ${end} ${y2 - down * edge}`;
}
