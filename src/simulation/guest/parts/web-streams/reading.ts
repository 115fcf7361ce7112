/** Why this file exists: what is done with web streams from inside: what of the package a program does not know. */
import type { ReadableStream } from 'web-streams-polyfill';
import { apply, get, getPrototypeOf, type Callable } from '../../primordials';

export function stateOf(stream: object): unknown {
  return get(stream, '_state'); // the package's own, as is what else begins so
}

export interface ReadRequest {
  _chunkSteps(chunk: unknown): void;
  _closeSteps(): void;
  _errorSteps(error: unknown): void;
}

/** ReadableStreamDefaultReaderRead of the Standard. */
export function readWith(source: ReadableStream, request: ReadRequest): void {
  if (stateOf(source) === 'closed') request._closeSteps();
  else if (stateOf(source) === 'errored') request._errorSteps(get(source, '_storedError'));
  else {
    const controller = get(source, '_readableStreamController') as object; // each stream has one
    const steps = Object.getOwnPropertySymbols(getPrototypeOf(controller) ?? {}).find((each) => each.description === '[[PullSteps]]');
    apply(get(controller, steps ?? '') as Callable, controller, [request]);
  }
}
