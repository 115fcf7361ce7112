/** Why this file exists: what every part of the timeline's picture is drawn with. */
import { positionOf } from '../../timeline/axis';
import type { Axis, Span } from '../../timeline/axis';
import type { Words } from '../../words/en';
import type { Layout } from './layout';

export interface PlaceProps {
  readonly axis: Axis;
  readonly span: Span;
  readonly layout: Layout;
  readonly words: Words;
  /** Goes to a beat. */
  readonly go: (beat: number) => void;
}

/** Where a beat stands on the picture, in points from its left edge. */
export function xOf({ axis, span, layout }: Omit<PlaceProps, 'words' | 'go'>, beat: number): number {
  return layout.label + ((positionOf(axis, beat) - span.from) / (span.to - span.from)) * layout.track;
}
