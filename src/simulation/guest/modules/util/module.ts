/** Why this file exists: `node:util`. Node 20: lib/util.js. */
import { formatWithOptions, inspect, stripVTControlCharacters } from '../../inspect';
import { checkObject, checkString, codedError, invalidType } from '../../node-errors';
import { write } from '../../output';
import { rejectedWith, resolvedWith, deferred } from '../../own-promises';
import {
  NativeError,
  NativeTypeError,
  SafeSet,
  apply,
  construct,
  defineProperty,
  isCallable,
  isObject,
  named,
  setPrototypeOf,
  type Callable,
} from '../../primordials';
import { process } from '../../process-object';
import { isSignal } from '../events/abort';
import { warnings } from '../events/warnings';
import { TextDecoder, TextEncoder, wellFormed } from '../encoding';
import { isDeepStrictEqual } from './equal';
import { parseArgs } from './parse-args';
import { systemErrorMap, systemErrorName } from './system-errors';
import { callbackify, promisify } from './promisify';
import { types } from './types';

const warned = new SafeSet<unknown>();

/** A function that warns once, by its code if it has one. */
function deprecate(f: Callable, message: unknown, code?: unknown): Callable {
  if (code !== undefined) checkString(code, 'code');
  let isDone = false;
  function deprecated(this: unknown, ...args: unknown[]): unknown {
    if (process.noDeprecation !== true && !isDone) {
      isDone = true;
      if (code === undefined || !warned.has(code)) {
        warned.add(code);
        const warning = Object.assign(new NativeError(String(message)), { name: 'DeprecationWarning' });
        warnings.emit(code === undefined ? warning : Object.assign(warning, { code }));
      }
    }
    return new.target === undefined ? apply(f, this, args as never) : construct(f, args, new.target);
  }
  setPrototypeOf(deprecated, f);
  const { prototype } = f as { prototype?: unknown };
  if (prototype) deprecated.prototype = prototype;
  return deprecated;
}

function inherits(ctor: unknown, superCtor: unknown): void {
  if (ctor === undefined || ctor === null) throw invalidType('ctor', 'of type function', ctor);
  if (superCtor === undefined || superCtor === null) throw invalidType('superCtor', 'of type function', superCtor);
  const [own, parent] = [ctor, superCtor].map((each) => (each as { prototype?: object }).prototype);
  if (parent === undefined) throw invalidType('superCtor.prototype', 'of type object', parent);
  if (!isObject(ctor)) throw new NativeTypeError('Object.defineProperty called on non-object');
  defineProperty(ctor, 'super_', { value: superCtor, writable: true, configurable: true });
  setPrototypeOf(own ?? {}, parent);
}

/** Writes when NODE_DEBUG names the section. */
function debuglog(section: string, callback?: Callable): Callable {
  const { env } = process as unknown as { env: Record<string, string | undefined> };
  const sections = (env['NODE_DEBUG'] ?? '').toUpperCase().split(',');
  const name = section.toUpperCase();
  const isOn = sections.includes(name) || sections.includes('*');
  const log = (...args: unknown[]): void => {
    if (isOn) write('stderr', `${name} ${process.pid}: ${formatWithOptions({}, ...args)}\n`);
    if (isCallable(callback)) callback(log as never);
  };
  defineProperty(log, 'enabled', { get: () => isOn, enumerable: true, configurable: true });
  return log; // it takes anything
}

/** ANSI codes round a text: none for one format where stdout is no terminal, unless `validateStream` is off. */
function styleText(format: unknown, text: unknown, options: { validateStream?: boolean } = {}): string {
  checkString(text, 'text');
  const { colors } = inspect as unknown as { colors: Record<string, readonly [number, number] | undefined> };
  const codes = (Array.isArray(format) ? (format as unknown[]) : [format]).map((key) => {
    const known = typeof key === 'string' ? colors[key] : undefined;
    if (known !== undefined) return known;
    const all = Object.keys(colors)
      .map((each) => `'${each}'`)
      .join(', ');
    const message = `The argument 'format' must be one of: ${all}. Received ${inspect(key)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', message);
  });
  if (!Array.isArray(format) && options.validateStream !== false) return String(text);
  const left = codes.map(([on]) => `\u001B[${on}m`).join('');
  const right = codes
    .map(([, off]) => `\u001B[${off}m`)
    .reverse()
    .join('');
  return `${left}${String(text)}${right}`;
}

function aborted(signal: unknown, resource: unknown): object {
  if (signal === undefined) return rejectedWith(invalidType('signal', 'an instance of AbortSignal', signal));
  if (!isSignal(signal)) return rejectedWith(invalidType('signal', 'an instance of AbortSignal', signal));
  try {
    checkObject(resource, 'resource');
  } catch (error) {
    return rejectedWith(error);
  }
  if (signal.aborted) return resolvedWith(undefined);
  const { promise, resolve } = deferred();
  signal.addEventListener('abort', resolve, { once: true });
  return promise;
}

/** Set by the part that brings buffers: without it there are none. */
const withoutControls = named((text: unknown): string => {
  checkString(text, 'str');
  return stripVTControlCharacters(text as string); // just checked
}, 'stripVTControlCharacters');

export const buffers: { are: (value: unknown) => boolean } = { are: () => false };

const functions = {
  _extend: (target: object, source: unknown): object => (isObject(source) ? Object.assign(target, source) : target),
  callbackify,
  debug: debuglog,
  debuglog,
  deprecate: named(deprecate, 'deprecate', 3),
  format: named((...args: unknown[]) => formatWithOptions({}, ...args), 'format', 0),
  styleText: named(styleText, 'styleText', 2),
  formatWithOptions,
  inherits: named(inherits, 'inherits', 2),
  inspect,
  isArray: Array.isArray,
  isBuffer: named((value: unknown) => buffers.are(value), 'isBuffer', 1),
  isBoolean: (value: unknown) => typeof value === 'boolean',
  isDeepStrictEqual,
  isNull: (value: unknown) => value === null,
  isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  isNumber: (value: unknown) => typeof value === 'number',
  isString: (value: unknown) => typeof value === 'string',
  isSymbol: (value: unknown) => typeof value === 'symbol',
  isUndefined: (value: unknown) => value === undefined,
  isRegExp: types['isRegExp'],
  isObject: (value: unknown) => value !== null && typeof value === 'object',
  isDate: types['isDate'],
  isError: (value: unknown) => value instanceof NativeError,
  isFunction: isCallable,
  isPrimitive: (value: unknown) => !isObject(value),
  parseArgs: named(parseArgs, 'parseArgs', 0),
  getSystemErrorMap: named(systemErrorMap, 'getSystemErrorMap', 0),
  getSystemErrorName: named(systemErrorName, 'getSystemErrorName', 1),
  promisify,
  stripVTControlCharacters: withoutControls,
  toUSVString: (value: unknown) => wellFormed(String(value)),
  aborted: named(aborted, 'aborted', 2),
  types,
  TextDecoder,
  TextEncoder,
};

export const utilModule: Record<string, unknown> = functions;
