/**
 * Why this file exists: `console` as Node has it, handed to the host as it is printed. Node:
 * lib/internal/console/constructor.js.
 */
import { clock } from './clock';
import { printer } from './ending';
import { formatWithOptions, inspect } from './inspect';
import { apply, hide, named } from './primordials';
import { code, emit, here, text, top } from './recorder';
import { consoleTable } from './table';

const printed = code('console-printed');
/** One write to a pipe or terminal: 10 µs. Modelled. */
const writeMs = 0.01;

/** Writes text as it is. */
export function write(stream: 'stdout' | 'stderr', content: string): void {
  printer.print(stream === 'stdout' ? 1 : 2, content);
  emit(printed, text(stream), text(content), here(), top()?.id ?? 0);
  clock.spend(writeMs);
}

let indent = '';
const counts = new Map<string, number>();
const timers = new Map<string, number>();

function print(stream: 'stdout' | 'stderr', content: string): void {
  const lines = indent === '' ? content : indent + content.replaceAll('\n', `\n${indent}`);
  write(stream, `${lines}\n`);
}

function log(stream: 'stdout' | 'stderr', args: readonly unknown[]): void {
  const [first] = args;
  print(stream, args.length === 1 && typeof first === 'string' ? first : formatWithOptions({}, ...args));
}

function took(label: string): string | undefined {
  const start = timers.get(label);
  if (start === undefined) {
    print('stderr', `Warning: No such label '${label}' for console.time()`);
    return undefined;
  }
  const ms = clock.read() - start;
  return ms >= 1000 ? `${label}: ${(ms / 1000).toFixed(3)}s` : `${label}: ${Number(ms.toFixed(3))}ms`;
}

const methods: Readonly<Record<string, (...args: unknown[]) => void>> = {
  log: (...args) => {
    log('stdout', args);
  },
  info: (...args) => {
    log('stdout', args);
  },
  debug: (...args) => {
    log('stdout', args);
  },
  warn: (...args) => {
    log('stderr', args);
  },
  error: (...args) => {
    log('stderr', args);
  },
  dir: (value, options) => {
    print('stdout', inspect(value, { customInspect: false, ...(options as object | undefined) }));
  },
  dirxml: (...args) => {
    log('stdout', args);
  },
  table: (data, columns) => {
    consoleTable(data, columns, (value) => {
      log('stdout', [value]);
    });
  },
  trace: (...args) => {
    print('stderr', `Trace${args.length === 0 ? '' : `: ${formatWithOptions({}, ...args)}`}`);
  },
  assert: (condition, ...args) => {
    if (condition) return;
    const [first, ...rest] = args;
    if (typeof first === 'string') log('stderr', [`Assertion failed: ${first}`, ...rest]);
    else log('stderr', ['Assertion failed', ...args]);
  },
  group: (...args) => {
    if (args.length > 0) log('stdout', args);
    indent += '  ';
  },
  groupCollapsed: (...args) => {
    apply(methods['group'] ?? (() => undefined), undefined, args);
  },
  groupEnd: () => {
    indent = indent.slice(0, -2);
  },
  count: (label = 'default') => {
    const name = String(label);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    log('stdout', [`${name}: ${count}`]);
  },
  countReset: (label = 'default') => {
    counts.delete(String(label));
  },
  time: (label = 'default') => {
    timers.set(String(label), clock.read());
  },
  timeLog: (label = 'default', ...data) => {
    const text = took(String(label));
    if (text !== undefined) log('stdout', [text, ...data]);
  },
  timeEnd: (label = 'default') => {
    const text = took(String(label));
    timers.delete(String(label));
    if (text !== undefined) log('stdout', [text]);
  },
};

export function installConsole(): void {
  const console: Record<string, unknown> = {};
  for (const name of Object.keys(methods)) {
    const body = methods[name] ?? (() => undefined);
    console[name] = named(
      {
        call(...args: unknown[]): void {
          apply(body, undefined, args);
        },
      }.call,
      name,
      0,
    );
  }
  Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  hide(globalThis, 'console', console);
}
