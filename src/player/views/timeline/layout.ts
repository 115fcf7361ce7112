/** Why this file exists: the measures of the timeline's picture, in points, from its width and the size of its type. */

export interface Layout {
  readonly width: number;
  /** The column of names, and the track beside it. */
  readonly label: number;
  readonly track: number;
  readonly row: number;
  readonly type: number;
}

/** The same share as `--label` in player.css, so that the strip above stands in step. */
export function layoutOf(width: number, unit: number): Layout {
  const label = Math.round(Math.min(Math.max(7 * unit, 0.17 * width), 15 * unit));
  return { width, label, track: Math.max(width - label, 50), row: Math.round(unit * 1.62), type: unit * 0.86 };
}

/** A text cut to a width in points; '' when not even three letters fit. The type is about 0.6 as wide as high. */
export function fitText(text: string, width: number, type: number, wide = 0.6): string {
  const letters = Math.floor(width / (type * wide));
  if (text.length <= letters) return text;
  return letters < 4 ? '' : `${text.slice(0, letters - 1)}…`;
}
