/**
 * Why this file exists: `tee` tells the end in a tick, as Node does. Node 20:
 * lib/internal/webstreams/readablestream.js (readableStreamDefaultTee). Streams of bytes stay the package's.
 */
import { ReadableStream, ReadableStreamDefaultReader } from 'web-streams-polyfill';
import { deferred } from '../../own-promises';
import { apply, get, hide, named, type Callable } from '../../primordials';
import { promiseThen } from '../../promise-methods';
import { enqueueMicrotask } from '../../tasks';
import { nextTick } from '../../ticks';
import { readWith } from './reading';

const ofPackage = get(ReadableStream.prototype, 'tee') as Callable;

interface Branch {
  stream: ReadableStream | undefined;
  controller: ReadableStreamDefaultController | undefined;
  isCanceled: boolean;
  reason: unknown;
}

function tee(this: ReadableStream): unknown {
  const isBytes = 'byobRequest' in (get(this, '_readableStreamController') as object); // the package's own
  if (isBytes || this.locked) return apply(ofPackage, this, []);
  const reader = new ReadableStreamDefaultReader<unknown>(this);
  const canceled = deferred();
  const newBranch = (): Branch => ({ stream: undefined, controller: undefined, isCanceled: false, reason: undefined });
  const branches = [newBranch(), newBranch()] as const;
  const each = (run: (controller: ReadableStreamDefaultController) => void): void => {
    for (const { controller, isCanceled } of branches) if (!isCanceled && controller !== undefined) run(controller);
  };
  let isReading = false;
  const pull = (): void => {
    if (isReading) return;
    isReading = true;
    readWith(this, {
      _chunkSteps: (chunk) => {
        enqueueMicrotask({ origin: 'internal', label: 'tee', site: 0 }, () => {
          isReading = false;
          each((controller) => { controller.enqueue(chunk); });
        });
      },
      _closeSteps: () => {
        nextTick(() => {
          isReading = false;
          each((controller) => { controller.close(); });
          if (!branches.every(({ isCanceled }) => isCanceled)) canceled.resolve();
        }, []);
      },
      _errorSteps: () => { isReading = false; },
    });
  };
  for (const branch of branches)
    branch.stream = new ReadableStream({
      start: (controller) => { branch.controller = controller; },
      pull,
      cancel: (reason: unknown) => {
        Object.assign(branch, { isCanceled: true, reason });
        if (branches.every(({ isCanceled }) => isCanceled))
          canceled.resolve(reader.cancel(branches.map((one) => one.reason)));
        return canceled.promise as Promise<void>; // ours
      },
    });
  promiseThen(get(reader, '_closedPromise'), undefined, (error: unknown) => {
    for (const { controller } of branches) controller?.error(error);
    if (!branches.every(({ isCanceled }) => isCanceled)) canceled.resolve();
  });
  return branches.map(({ stream }) => stream);
}

hide(ReadableStream.prototype, 'tee', named(tee, 'tee', 0));
