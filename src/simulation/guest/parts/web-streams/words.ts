/** Why this file exists: what Node says where the package says something else. */
import { ReadableStream, WritableStream } from 'web-streams-polyfill';
import { codedError } from '../../node-errors';
import { NativeTypeError, apply, get, hide, named, type Callable } from '../../primordials';

/** A stream that somebody has taken is not given to another. */
function refuseLocked(kind: { readonly prototype: object }, name: string, method: string): void {
  const original = get(kind.prototype, method) as Callable; // each stream has it
  const checked = function (this: object, ...given: unknown[]): unknown {
    if (get(this, 'locked') === true) throw codedError(NativeTypeError, 'ERR_INVALID_STATE', `Invalid state: ${name} is locked`);
    return apply(original, this, given);
  };
  hide(kind.prototype, method, named(checked, method, original.length));
}

refuseLocked(ReadableStream, 'ReadableStream', 'getReader');
refuseLocked(WritableStream, 'WritableStream', 'getWriter');
