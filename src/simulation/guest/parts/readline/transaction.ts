/**
 * Why this file exists: `Readline` of `readline/promises`: what moves the cursor is gathered and written in one go.
 * Node 20: lib/internal/readline/promises.js.
 */
import { checkBoolean, checkInteger, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import { isCallable, isObject, named } from '../../primordials';
import { nextTick } from '../../ticks';
import { clearLine, clearScreenDown, cursorTo, moveCursor, type Output } from './cursor';

interface Options {
  readonly autoCommit?: unknown;
}

export class Readline {
  readonly #stream: Output;
  readonly #autoCommit: boolean;
  #gathered: string[] = [];

  constructor(stream: unknown, options?: Options) {
    const isStream = isObject(stream) && isCallable((stream as { readonly write?: unknown }).write);
    if (!isStream) throw invalidType('stream', 'an instance of Writable', stream);
    this.#stream = stream as Output; // just checked
    const { autoCommit } = options ?? {};
    if (autoCommit !== undefined && autoCommit !== null) checkBoolean(autoCommit, 'options.autoCommit');
    this.#autoCommit = Boolean(autoCommit);
  }

  /** What the function would write. */
  #add(move: (into: Output) => unknown): this {
    let text = '';
    move({ write: (each) => { text = each; return true; } });
    if (this.#autoCommit) nextTick(() => { this.#stream.write(text); }, []);
    else this.#gathered.push(text);
    return this;
  }

  cursorTo(x: unknown, y?: unknown): this {
    checkInteger(x, 'x');
    if (y !== undefined && y !== null) checkInteger(y, 'y');
    return this.#add((into) => cursorTo(into, x as number, y ?? undefined)); // just checked
  }

  moveCursor(dx: unknown, dy: unknown): this {
    if (dx === 0 && dy === 0) return this;
    checkInteger(dx, 'dx');
    checkInteger(dy, 'dy');
    return this.#add((into) => moveCursor(into, dx as number, dy as number)); // just checked
  }

  clearLine(direction: unknown): this {
    checkInteger(direction, 'dir', -1, 1);
    return this.#add((into) => clearLine(into, direction as number)); // just checked
  }

  clearScreenDown(): this {
    return this.#add((into) => clearScreenDown(into));
  }

  commit(): object {
    const { promise, resolve } = deferred();
    const text = this.#gathered.join('');
    this.#gathered = [];
    this.#stream.write(text, resolve);
    return promise;
  }

  rollback(): this {
    this.#gathered = [];
    return this;
  }
}
named(Readline, 'Readline', 1);
