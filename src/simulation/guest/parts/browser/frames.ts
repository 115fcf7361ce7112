/** Why this file exists: requestAnimationFrame and the frames it waits for, 60 a second on virtual time. */
import { clock } from '../../clock';
import { SafeMap, call, named, type Callable } from '../../primordials';
import { here, nameOf, siteOf } from '../../recorder';
import { bootMs } from '../../time';
import { taskCancelled, taskQueued } from '../../tasks';
import { frameMs, frameRaces } from './frame-races';
import { loop, runCallback } from './loop';
import { callbackOf } from './web-errors';

interface FrameCallback {
  readonly callback: Callable;
  readonly token: number;
  /** Where it was asked for. */
  readonly site: number;
}

let waiting = new SafeMap<number, FrameCallback>();
let lastId = 0;
let at = Infinity;
/** The frame that is being rendered, and the callback that runs. */
let running: { readonly callbacks: SafeMap<number, FrameCallback>; readonly id: number } | undefined;
/** A frame was asked for by a frame: it comes one period later, and there is time between to be idle. */
export const frames = { isRendering: false, isFollowed: false, pending: (): boolean => loop.frameAt() !== Infinity };

function nextFrame(): number {
  return (Math.floor(clock.now() / frameMs + 1e-9) + 1) * frameMs;
}

function request(...given: unknown[]): number {
  const callback = callbackOf(given, 'requestAnimationFrame', 'Window');
  const about = { queue: 'frames', origin: 'requestAnimationFrame', label: nameOf(callback), site: siteOf(callback) } as const;
  waiting.set(++lastId, { callback, token: taskQueued(about), site: here() });
  if (at === Infinity) {
    at = nextFrame();
    frames.isFollowed = frames.isRendering;
    frameRaces.asked(frames.isRendering);
  }
  return lastId;
}

/** Also a callback of this very frame, if it has not run yet. */
function cancelFrame(given?: unknown): void {
  const id = Number(given);
  const owner = waiting.has(id) ? waiting : id > (running?.id ?? Infinity) ? running?.callbacks : undefined;
  const found = owner?.get(id);
  if (found === undefined) return;
  owner?.delete(id);
  taskCancelled(found.token);
}

/** HTML §8.1.7.3, the steps that run callbacks. NOT MODELLED: resize, scroll, animations, observers of size. */
loop.render = () => {
  const callbacks = waiting;
  const time = at + bootMs;
  waiting = new SafeMap();
  at = Infinity;
  frames.isFollowed = false;
  frames.isRendering = true;
  for (const first of callbacks.values()) {
    frameRaces.rendered(first.site);
    break;
  }
  for (const [id, each] of callbacks) {
    running = { callbacks, id };
    runCallback(each.token, () => call(each.callback, globalThis, time));
  }
  running = undefined;
  frames.isRendering = false;
};
loop.frameAt = () => (waiting.size > 0 ? at : Infinity);

export const animation = {
  requestAnimationFrame: named(request, 'requestAnimationFrame', 1),
  cancelAnimationFrame: named(cancelFrame, 'cancelAnimationFrame', 1),
};
