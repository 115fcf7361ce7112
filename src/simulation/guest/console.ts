/**
 * Why this file exists: `console` as Node has it, the global one and what `new console.Console` makes. Node 20:
 * lib/internal/console/constructor.js and global.js.
 */
import { consoleTimers, type Timers } from './console-timers';
import { endNow } from './ending';
import { formatWithOptions, inspect } from './inspect';
import { codedError, invalidType } from './node-errors';
import { wasFormatted, write } from './output';
import {
  NativeTypeError,
  SafeMap,
  apply,
  bareList,
  createObject,
  defineProperty,
  getPrototypeOf,
  hide,
  isCallable,
  isObject,
  named,
} from './primordials';
import { process } from './process-object';
import { here } from './recorder';
import { consolePrinted, consolePrints } from './stream-numbers';
import { isMadeOfMaps, tableOf } from './table';
import { captureStackTrace } from './errors';

type Stream = 'stdout' | 'stderr';
type Method = (...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** What one console is made of. */
interface Settings {
  /** Writes a whole text, its line break included. */
  readonly write: (stream: Stream, text: string) => void;
  readonly inspectOptions: (stream: Stream) => object;
  readonly groupIndentation: number;
}

const { repeat, slice, replaceAll } = String.prototype;

function define(self: Methods, settings: Settings): Methods {
  let indent = '';
  const counts = new SafeMap<string, number>();
  const print = (stream: Stream, content: string): void => {
    const lines = indent === '' ? content : `${indent}${apply(replaceAll, content, ['\n', `\n${indent}`]) as string}`;
    settings.write(stream, `${lines}\n`);
  };
  const format = (stream: Stream, args: readonly unknown[]): string => {
    const first = args[0];
    if (args.length === 1 && typeof first === 'string') return first;
    const content = apply(formatWithOptions, undefined, [settings.inspectOptions(stream), ...args]);
    wasFormatted(args, content);
    return content;
  };
  const log = (...args: unknown[]): void => {
    print('stdout', format('stdout', args));
  };
  const warn = (...args: unknown[]): void => {
    print('stderr', format('stderr', args));
  };
  const group = (...args: unknown[]): void => {
    if (args.length > 0) call(self, 'log', args);
    indent += apply(repeat, ' ', [settings.groupIndentation]);
  };
  const methods: Methods = {
    log,
    warn,
    dir: (value, options) => {
      const given = isObject(options) ? options : {};
      const content = inspect(value, { customInspect: false, ...settings.inspectOptions('stdout'), ...given });
      wasFormatted([value], content);
      print('stdout', content);
    },
    ...timing(self, consoleTimers()),
    trace: (...args) => {
      const made = { name: 'Trace', message: format('stderr', args) };
      captureStackTrace(made); // none of its frames is ours
      call(self, 'error', [(made as { stack?: string }).stack]);
    },
    assert: (condition, ...args) => {
      if (condition) return;
      // Node joins them as text, whatever they are.
      args[0] = `Assertion failed${args.length === 0 ? '' : `: ${String(args[0])}`}`;
      call(self, 'warn', args);
    },
    clear: () => undefined,
    count: (given = 'default') => {
      const label = String(given);
      const count = (counts.get(label) ?? 0) + 1;
      counts.set(label, count);
      call(self, 'log', [`${label}: ${count}`]);
    },
    countReset: (given = 'default') => {
      const label = String(given);
      if (!counts.delete(label)) call(process, 'emitWarning', [`Count for '${label}' does not exist`]);
    },
    group,
    groupEnd: () => {
      indent = apply(slice, indent, [0, indent.length - settings.groupIndentation]);
    },
    table: (data, columns) => {
      if (columns !== undefined && !isMadeOfMaps(columns)) throw invalidType('properties', 'an instance of Array', columns);
      call(self, 'log', [tableOf(data, columns, settings.inspectOptions('stdout'))]);
    },
    debug: log,
    info: log,
    dirxml: log,
    error: warn,
    groupCollapsed: group,
  };
  for (const name of Object.keys(methods)) defineMethod(self, name, methods[name] ?? log);
  return self;
}

/** A console's methods call each other as the program left them. */
function call(self: object, name: string, args: readonly unknown[]): void {
  const method = (self as Record<string, unknown>)[name];
  if (!isCallable(method)) throw new NativeTypeError(`this.${name} is not a function`);
  apply(method, self, args as never[]);
}

/** Functions of their own, bound to nothing that `new` could make. */
function defineMethod(self: Methods, name: string, body: Method): void {
  const method = {
    call(...args: unknown[]): unknown {
      return apply(body, undefined, args);
    },
  }.call;
  defineProperty(self, name, { value: named(method, name, 0), writable: true, enumerable: true, configurable: true });
}

function timing(self: Methods, timers: Timers): Methods {
  const say = (label: string, took: string, data: readonly unknown[]): void => {
    const args = bareList<unknown>();
    args[0] = '%s: %s';
    args[1] = label;
    args[2] = took;
    for (let i = 0; i < data.length; i++) args[i + 3] = data[i];
    call(self, 'log', args);
  };
  const warn = (words: string): void => {
    call(process, 'emitWarning', [words]);
  };
  return {
    time: (given = 'default') => {
      const label = String(given);
      if (!timers.start(label)) warn(`Label '${label}' already exists for console.time()`);
    },
    timeEnd: (given = 'default') => {
      const label = String(given);
      const took = timers.read(label);
      if (took === undefined) warn(`No such label '${label}' for console.timeEnd()`);
      else say(label, took, []);
      timers.end(label);
    },
    timeLog: (given = 'default', ...data) => {
      const label = String(given);
      const took = timers.read(label);
      if (took === undefined) warn(`No such label '${label}' for console.timeLog()`);
      else say(label, took, data);
    },
  };
}

interface Writable {
  write(text: string, callback: () => void): unknown;
  readonly writableEnded?: unknown;
  /** What it writes to was closed for writing. */
  readonly isShut?: boolean;
}

/** Errors of a stream are not the business of whoever prints. */
function writeQuietly(stream: Writable, text: string): void {
  try {
    stream.write(text, () => undefined);
  } catch (error) {
    if (error instanceof RangeError) throw error; // a full stack
  }
}

function isWritable(value: unknown): value is Writable {
  return isObject(value) && isCallable((value as Partial<Writable>).write);
}

interface Options {
  readonly stdout?: unknown;
  readonly stderr?: unknown;
  readonly ignoreErrors?: boolean;
  readonly inspectOptions?: object;
  readonly colorMode?: unknown;
  readonly groupIndentation?: number;
}

const consolePrototype: object = {};

/** `new console.Console(stdout, stderr)` or with options. */
function Console(...args: unknown[]): object {
  const [first, second, third] = args;
  const options: Options = isWritable(first)
    ? { stdout: first, stderr: second, ignoreErrors: third !== false }
    : ((first ?? {})); // Node looks at what it needs
  const { stdout, inspectOptions = {}, colorMode, ignoreErrors = true, groupIndentation = 2 } = options;
  const stderr = options.stderr ?? stdout;
  for (const [name, stream] of [['stdout', stdout], ['stderr', stderr]] as const) {
    if (!isWritable(stream))
      throw codedError(NativeTypeError, 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`);
  }
  const streams = { stdout, stderr } as Record<Stream, Writable>; // just checked
  const self = createObject(consolePrototype) as Methods;
  return define(self, {
    write: (name, text) => {
      if (ignoreErrors) writeQuietly(streams[name], text);
      else streams[name].write(text, () => undefined);
    },
    inspectOptions: () => (colorMode === true ? { colors: true, ...inspectOptions } : inspectOptions),
    groupIndentation,
  });
}

const noOptions = {};

/** The standard streams and their own ways to write: a program that replaces one of these is heard. */
const standard: Partial<Record<Stream, { readonly stream: Writable; readonly write: unknown }>> = {};

export function standardStreamIs(name: Stream, stream: Writable): void {
  standard[name] = { stream, write: stream.write };
}

/** Nothing came between the console and the stream's own end. */
function goesOn({ stream, write }: { readonly stream: Writable; readonly write: unknown }): boolean {
  return stream.write === write && stream.writableEnded !== true && stream.isShut !== true;
}

/** Put in place once `process` is whole: what it writes goes through streams that the program may have replaced. */
export function installConsole(): void {
  // Its interface leaves out the members that process.ts adds.
  const streams = process as unknown as Record<Stream, Writable>;
  for (const name of ['stdout', 'stderr'] as const) standardStreamIs(name, streams[name]);
  const console = createObject({}) as Methods;
  define(console, {
    write: (name, text) => {
      const own = standard[name];
      if (own === undefined || goesOn(own)) {
        consolePrints();
        write(name, text);
        consolePrinted(name);
      } else writeQuietly(own.stream, text);
    },
    inspectOptions: () => noOptions,
    groupIndentation: 2,
  });
  defineProperty(Console, Symbol.hasInstance, {
    value: (value: unknown) =>
      value === console || (isObject(value) && getPrototypeOf(value) === consolePrototype),
  });
  const nothing = (): void => undefined;
  const context = (): never => endNow({ kind: 'unsupported', message: 'console.context is not modelled', site: here() });
  const createTask = (): object => ({ run: (f: () => unknown) => f() });
  const rest: Methods = { profile: nothing, profileEnd: nothing, timeStamp: nothing, context, createTask };
  defineProperty(console, 'Console', dataProperty(named(Console, 'Console', 1)));
  for (const name of Object.keys(rest)) defineMethod(console, name, rest[name] ?? (() => undefined));
  defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  hide(globalThis, 'console', console);
}

function dataProperty(value: unknown): PropertyDescriptor {
  return { value, writable: true, enumerable: true, configurable: true };
}
