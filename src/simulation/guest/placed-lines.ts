/**
 * Why this file exists: libraries that are Node's own code in other lines. For stacks the build says where Node makes
 * each of their calls (scripts/stream-frames.mjs).
 */
import { NativeMap, apply, bareList } from './primordials';
import { nodeFrames } from './stood-for';
import type { EngineSite } from './unseen-frames';

/** Columns from and to, what is called, and the frames of Node's, the innermost first. */
type PlacedCall = readonly [from: number, to: number, name: string, ...frames: string[]];
type Lines = Readonly<Record<string, readonly PlacedCall[]>>;

const placed = new NativeMap<string, Lines>();
const { get, set } = NativeMap.prototype;
const none = bareList<string>();

export function placeLines(part: string, lines: Lines): void {
  apply(set, placed, [`loopscope:guest/${part}`, lines]);
}

/** Whether the function is of such a library. */
export function isPlaced(site: EngineSite): boolean {
  return nodeFrames.shown && apply(get, placed, [site.getFileName() ?? '']) !== undefined;
}

/** `callee` is the name of what it has called. */
export function framesAt(site: EngineSite, callee: string): readonly string[] {
  const lines = apply(get, placed, [site.getFileName() ?? '']) as Lines | undefined;
  const calls = lines?.[site.getLineNumber()];
  const column = site.getColumnNumber();
  let best: PlacedCall | undefined;
  for (let i = 0; calls !== undefined && i < calls.length; i++) {
    const call = calls[i];
    if (call === undefined || call[0] > column || call[1] < column) continue;
    if (best === undefined || (best[2] !== callee && (call[2] === callee || call[0] > best[0]))) best = call;
  }
  if (best === undefined) return none;
  const frames = bareList<string>();
  for (let i = 3; i < best.length; i++) frames[frames.length] = String(best[i]);
  return frames;
}
