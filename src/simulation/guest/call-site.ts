/** Why this file exists: what a program's own `Error.prepareStackTrace` is given for each frame, as V8 has it. */
import type { StackFrame } from './stack-frames';
import { frameText } from './stack-frames';
import { placeParts } from './user-places';

export class CallSite {
  readonly #frame: StackFrame;

  constructor(frame: StackFrame) {
    this.#frame = frame;
  }

  /** V8 gives neither to strict code. */
  getThis(): undefined {
    return undefined;
  }

  getFunction(): undefined {
    return undefined;
  }

  getTypeName(): string | null {
    const at = this.#frame.name.indexOf('.');
    return at < 0 ? null : this.#frame.name.slice(0, at);
  }

  getFunctionName(): string | null {
    const bare = this.#frame.name.replace(/^new /, '').replace(/^.*\./, '');
    return bare === '' || bare === '<anonymous>' ? null : bare;
  }

  getMethodName(): string | null {
    return this.getTypeName() === null ? null : this.getFunctionName();
  }

  getFileName(): string | undefined {
    return this.#frame.spot && placeParts(this.#frame.spot).path;
  }

  getScriptNameOrSourceURL(): string | undefined {
    return this.getFileName();
  }

  getLineNumber(): number | null {
    return this.#frame.spot === undefined ? null : placeParts(this.#frame.spot).line;
  }

  getColumnNumber(): number | null {
    return this.#frame.spot === undefined ? null : placeParts(this.#frame.spot).column;
  }

  getEvalOrigin(): undefined {
    return undefined;
  }

  isToplevel(): boolean {
    return this.getTypeName() === null;
  }

  isEval(): boolean {
    return false;
  }

  isNative(): boolean {
    return this.#frame.spot === undefined;
  }

  isConstructor(): boolean {
    return this.#frame.name.startsWith('new ');
  }

  isAsync(): boolean {
    return this.#frame.waits === true;
  }

  isPromiseAll(): boolean {
    return this.#frame.index !== undefined;
  }

  getPromiseIndex(): number | null {
    return this.#frame.index ?? null;
  }

  toString(): string {
    return frameText(this.#frame);
  }
}
