/**
 * Why this file exists: awaits that went one after the other, though they might have overlapped. The trace knows how
 * long each took; the source knows whether a later one names what an earlier one brought. Only calls whose results
 * are kept count: a pause between two steps is there on purpose.
 */
import type { Observation } from './observation';
import type { TraceIndex } from './trace-index';
import type { FrameId, SiteId, VirtualMs } from './trace';

type Serial = Extract<Observation, { kind: 'serial' }>;

interface Await {
  readonly step: number;
  readonly site: SiteId;
  readonly text: string;
  readonly names: readonly string[];
  readonly from: VirtualMs;
  to: VirtualMs;
}

interface Run {
  readonly awaits: Await[];
  /** The statement that the frame stands at. */
  statement: SiteId | undefined;
  pending: Await | undefined;
}

/** Less than this is no loss that anybody feels. */
const worthwhileMs = 1;

export function serialAwaits(index: TraceIndex): readonly Serial[] {
  const runs = new Map<FrameId, Run>();
  const found: Serial[] = [];
  for (const [step, event] of index.trace.events.entries()) {
    if (event.kind === 'frame-pushed') {
      if (event.promise !== undefined) runs.set(event.frame, { awaits: [], statement: undefined, pending: undefined });
      continue;
    }
    if (!('frame' in event)) continue;
    const run = runs.get(event.frame ?? 0);
    if (run === undefined) continue;
    if (event.kind === 'statement-reached') {
      run.statement = event.site;
      if (!isKeptAwait(index.snippet(event.site, 400))) found.push(...closed(index, event.frame, run));
    } else if (event.kind === 'frame-suspended' && event.on === 'await') {
      run.pending = awaitAt(index, run.statement, step, event.at);
    } else if (event.kind === 'frame-resumed') {
      resumed(index, event.frame, run, event.at, found);
    } else if (event.kind === 'frame-popped') {
      found.push(...closed(index, event.frame, run));
      runs.delete(event.frame);
    }
  }
  return found;
}

/** `const cat = await nap(…)`, `users.push(await load(id))`: the result of one awaited call is kept. */
function isKeptAwait(text: string): boolean {
  return /^(?:const|let|var)\s[^=]+=\s*await\s+[\w$.]+\(/.test(text) || /^[\w$.[\]]+\s*=\s*await\s+[\w$.]+\(/.test(text)
    || /^[\w$.]+\.push\(\s*await\s+[\w$.]+\(/.test(text);
}

function awaitAt(index: TraceIndex, site: SiteId | undefined, step: number, at: VirtualMs): Await | undefined {
  const text = index.snippet(site, 400);
  if (site === undefined || !isKeptAwait(text)) return undefined;
  const declared = /^(?:const|let|var)\s+([^=]+?)(?::[^=]*)?=/.exec(text)?.[1] ?? /^([\w$]+)/.exec(text)?.[1] ?? '';
  return { step, site, text, names: declared.match(/[A-Za-z_$][\w$]*/g) ?? [], from: at, to: at };
}

function resumed(index: TraceIndex, frame: FrameId, run: Run, at: VirtualMs, found: Serial[]): void {
  const { pending } = run;
  run.pending = undefined;
  if (pending === undefined) return;
  pending.to = at;
  const known = run.awaits.flatMap(each => each.names);
  // The same line again pushes to the same list: that names no result.
  const isAgain = run.awaits.at(-1)?.site === pending.site;
  const asked = pending.text.slice(pending.text.indexOf('await'));
  if (!isAgain && known.some(name => new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(asked))) {
    found.push(...closed(index, frame, run));
  }
  run.awaits.push(pending);
}

/** What the awaits so far took, against the longest of them. */
function closed(index: TraceIndex, frame: FrameId, run: Run): readonly Serial[] {
  const awaits = run.awaits.splice(0).filter(each => each.to - each.from >= worthwhileMs);
  const first = awaits[0];
  if (first === undefined || awaits.length < 2) return [];
  const times = awaits.map(each => each.to - each.from);
  const ms = times.reduce((sum, each) => sum + each, 0);
  const lost = ms - Math.max(...times);
  return [{ kind: 'serial', step: first.step, site: first.site, frame, label: index.frameLabel(frame), count: awaits.length, ms, lost }];
}
