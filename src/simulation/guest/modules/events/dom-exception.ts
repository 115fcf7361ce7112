/** Why this file exists: DOMException. Node 20: lib/internal/per_context/domexception.js. */
import { captureStackTrace } from '../../errors';
import { isNodeClass } from '../../function-text';
import { codedError } from '../../node-errors';
import { nodeFrames } from '../../stood-for';
import { beginStack, putFramesAbove } from '../../stack-text';
import { madeAt } from '../../thrown-places';
import { NativeError, NativeTypeError, createObject, defineProperty, hide, setPrototypeOf } from '../../primordials';

/** Names of errors that have a number in the standard, by that number; the gaps are names nobody uses any more. */
const names: readonly (readonly [constant: string, name: string, code: number])[] = [
  ['INDEX_SIZE_ERR', 'IndexSizeError', 1],
  ['DOMSTRING_SIZE_ERR', '', 2],
  ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError', 3],
  ['WRONG_DOCUMENT_ERR', 'WrongDocumentError', 4],
  ['INVALID_CHARACTER_ERR', 'InvalidCharacterError', 5],
  ['NO_DATA_ALLOWED_ERR', '', 6],
  ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError', 7],
  ['NOT_FOUND_ERR', 'NotFoundError', 8],
  ['NOT_SUPPORTED_ERR', 'NotSupportedError', 9],
  ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError', 10],
  ['INVALID_STATE_ERR', 'InvalidStateError', 11],
  ['SYNTAX_ERR', 'SyntaxError', 12],
  ['INVALID_MODIFICATION_ERR', 'InvalidModificationError', 13],
  ['NAMESPACE_ERR', 'NamespaceError', 14],
  ['INVALID_ACCESS_ERR', 'InvalidAccessError', 15],
  ['VALIDATION_ERR', '', 16],
  ['TYPE_MISMATCH_ERR', 'TypeMismatchError', 17],
  ['SECURITY_ERR', 'SecurityError', 18],
  ['NETWORK_ERR', 'NetworkError', 19],
  ['ABORT_ERR', 'AbortError', 20],
  ['URL_MISMATCH_ERR', 'URLMismatchError', 21],
  ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError', 22],
  ['TIMEOUT_ERR', 'TimeoutError', 23],
  ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError', 24],
  ['DATA_CLONE_ERR', 'DataCloneError', 25],
];

interface Slots {
  readonly name: string;
  readonly message: string;
}
const slots = new WeakMap<object, Slots>();

/** A function, since its own prototype is plain. Its instances are no errors of the engine, as in Node. */
export function DOMException(message: unknown = '', options: unknown = 'Error'): Error {
  if (new.target === undefined)
    throw new NativeTypeError("Class constructor DOMException cannot be invoked without 'new'");
  const error = createObject(new.target.prototype as object) as Error; // its prototype's
  const given =
    typeof options === 'object' && options !== null ? (options as { name?: unknown; cause?: unknown }) : undefined;
  const name = String(given === undefined ? options : (given.name ?? 'Error'));
  slots.set(error, { name, message: String(message) });
  if (given !== undefined && 'cause' in given) hide(error, 'cause', given.cause);
  beginStack(error, message === '' ? name : `${name}: ${String(message)}`);
  captureStackTrace(error, new.target);
  if (nodeFrames.shown) putFramesAbove(error, ['new DOMException (node:internal/per_context/domexception:53:5)']);
  madeAt(error, 'node:internal/per_context/domexception:53', '    ErrorCaptureStackTrace(this);', 4);
  return error;
}
defineProperty(DOMException, 'length', { value: 0, configurable: true });

function slotsOf(value: unknown): Slots {
  const own = typeof value === 'object' && value !== null ? slots.get(value) : undefined;
  if (own === undefined)
    throw codedError(NativeTypeError, 'ERR_INVALID_THIS', 'Value of "this" must be of type DOMException');
  return own;
}

const getters: Readonly<Record<string, (own: Slots) => unknown>> = {
  name: (own) => own.name,
  message: (own) => own.message,
  code: (own) => names.find(([, name]) => name === own.name)?.[2] ?? 0,
};

const prototype = DOMException.prototype as object;
setPrototypeOf(prototype, NativeError.prototype);
hide(prototype, 'constructor', DOMException);
for (const name of Object.keys(getters)) {
  defineProperty(prototype, name, {
    get(this: unknown) {
      return getters[name]?.(slotsOf(this));
    },
    enumerable: true,
    configurable: true,
  });
}
defineProperty(prototype, Symbol.toStringTag, { value: 'DOMException', configurable: true });
isNodeClass(DOMException);
for (const [constant, , code] of names)
  for (const owner of [DOMException, prototype]) defineProperty(owner, constant, { value: code, enumerable: true });

export function domException(message: string, name: string): Error {
  return new (DOMException as unknown as new (message: string, name: string) => Error)(message, name); // see above
}
