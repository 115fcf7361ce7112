/** Why this file exists: what a program's own `Error.prepareStackTrace` is given for each frame, as V8 has it. */
import type { StackFrame } from './stack-frame';
import { regExpExec } from './primordials';
import { frameText } from './stack-frames';
import { placeParts } from './user-places';

export class CallSite {
  readonly #frame: StackFrame;

  constructor(frame: StackFrame) {
    this.#frame = frame;
  }

  get #place(): { readonly path: string; readonly line: number; readonly column: number } | undefined {
    const { spot, text } = this.#frame;
    if (spot !== undefined) return placeParts(spot);
    const match = text === undefined ? null : regExpExec(/(node:.*):(\d+):(\d+)\)?$/, text);
    return match === null ? undefined : { path: match[1] ?? '', line: Number(match[2]), column: Number(match[3]) };
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
    const { name, own, text } = this.#frame;
    const whole = (own ?? name).replace(/^new /, '').replace(/ \[as .*$/, '');
    // The functions of Node's loader of CommonJS have their names from what they were assigned to.
    const bare = text !== undefined && whole.startsWith('Module.') ? whole : whole.replace(/^.*\./, '');
    return bare === '' || bare === '<anonymous>' ? null : bare;
  }

  getMethodName(): string | null {
    if (this.getTypeName() === null) return null;
    const name = / \[as (.*)\]$/.exec(this.#frame.name)?.[1] ?? this.#frame.name.replace(/^.*\./, '');
    return name === '<anonymous>' ? null : name;
  }

  getFileName(): string | undefined {
    return this.#place?.path;
  }

  getScriptNameOrSourceURL(): string | undefined {
    return this.getFileName();
  }

  getLineNumber(): number | null {
    return this.#place?.line ?? null;
  }

  getColumnNumber(): number | null {
    return this.#place?.column ?? null;
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
    return false;
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
