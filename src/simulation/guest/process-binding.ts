/**
 * Why this file exists: `process.binding` and other doors to the inside of Node. They answer by name as Node does;
 * what they would give is C++, and whoever uses that is told that it is not modelled. Node 20:
 * lib/internal/bootstrap/realm.js, lib/internal/legacy/processbinding.js.
 */
import { types } from './modules/util/types';
import { warnings } from './modules/events/warnings';
import { codedError } from './node-errors';
import { formatWithOptions } from './inspect';
import { write } from './output';
import { exitWith } from './process-exit';
import { NativeError, SafeMap, SafeSet, named } from './primordials';
import { standIn } from './stand-ins';

const given = new SafeSet([
  'buffer', 'cares_wrap', 'config', 'constants', 'contextify', 'fs', 'fs_event_wrap', 'icu', 'inspector', 'js_stream', 'natives', 'os',
  'pipe_wrap', 'process_wrap', 'spawn_sync', 'stream_wrap', 'tcp_wrap', 'tls_wrap', 'tty_wrap', 'udp_wrap', 'uv', 'zlib',
]);
const deprecated = new SafeSet(['async_wrap', 'crypto', 'http_parser', 'signal_wrap', 'url', 'v8']);
const ofUtil: readonly string[] = [
  'isArrayBuffer', 'isArrayBufferView', 'isAsyncFunction', 'isDataView', 'isDate', 'isExternal', 'isMap', 'isMapIterator', 'isNativeError',
  'isPromise', 'isRegExp', 'isSet', 'isSetIterator', 'isTypedArray', 'isUint8Array', 'isAnyArrayBuffer',
];
const made = new SafeMap<string, object>();

function insideOf(name: string): object {
  const known = made.get(name) ?? standIn(`process.binding('${name}')`, 'object');
  made.set(name, known);
  return known;
}

const binding = named((...asked: [module?: unknown]): object => {
  const name = String(asked[0]);
  if (deprecated.has(name)) {
    const warning = new NativeError(`Access to process.binding('${name}') is deprecated.`);
    warnings.emit(Object.assign(warning, { name: 'DeprecationWarning', code: 'DEP0111' }));
    return insideOf(name);
  }
  if (name === 'util') return Object.fromEntries(Object.entries(types).filter(([key]) => ofUtil.includes(key)));
  if (given.has(name)) return insideOf(name);
  throw new NativeError(`No such module: ${name}`);
}, 'binding', 1);

/** Of Node's inside: there, and said to be not modelled by who uses it. */
const inside = [
  '_debugEnd', '_debugProcess', '_fatalException', '_getActiveHandles', '_getActiveRequests', '_kill', '_tickCallback', 'assert',
  'initgroups', 'openStdin', 'setSourceMapsEnabled', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid',
];

export function installInside(process: object): void {
  const nothing = (name: string): object => named(() => undefined, name);
  const profiler = ['_startProfilerIdleNotifier', '_stopProfilerIdleNotifier'].map((name) => [name, nothing(name)] as const);
  Object.assign(process, { binding, _linkedBinding: linkedBinding }, Object.fromEntries(profiler));
  Object.assign(process, {
    _rawDebug: named((...values: unknown[]) => { write('stderr', `${formatWithOptions({}, ...values)}\n`); }, '_rawDebug'),
    reallyExit: named((code: unknown) => exitWith(Number(code ?? 0)), 'reallyExit'),
    sourceMapsEnabled: false,
  });
  for (const name of inside) if (!Object.hasOwn(process, name)) Object.assign(process, { [name]: standIn(`process.${name}`) });
}

const linkedBinding = named((...asked: [module?: unknown]): never => {
  throw codedError(NativeError, 'ERR_INVALID_MODULE', `No such binding was linked: ${String(asked[0])}`);
}, '_linkedBinding', 1);
