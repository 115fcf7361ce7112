/**
 * Why this file exists: the object `process` itself, an emitter, before it has any of its members: those are in
 * process*.ts, by subject.
 */
import { newEmitter, type Emitter } from './modules/events/emitter';
import { createObject, defineProperty, getPrototypeOf, hide, named, setPrototypeOf } from './primordials';

export interface ProcessObject extends Emitter {
  exitCode: unknown;
  _exiting: boolean;
  noDeprecation?: boolean;
  throwDeprecation?: boolean;
  readonly pid: number;
  emitWarning(warning: string): void;
}

/** The constructor that Node shows for it. It makes empty objects, as there. */
const maker = named(function process() {
  return undefined;
}, 'process');

function bare(): ProcessObject {
  const emitter = new newEmitter();
  const prototype = createObject(getPrototypeOf(emitter)) as object;
  hide(prototype, 'constructor', maker);
  defineProperty(maker, 'prototype', { value: prototype, writable: true });
  setPrototypeOf(emitter, prototype);
  defineProperty(emitter, Symbol.toStringTag, { value: 'process', writable: true });
  return emitter as ProcessObject; // its members follow
}

export const process: ProcessObject = bare();
