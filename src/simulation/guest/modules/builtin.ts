/**
 * Why this file exists: Node's own modules, by name. One that is not modelled ends the run and says so; it never
 * invents an answer.
 */
import { moduleStandIn } from '../stand-ins';
import { endNow } from '../ending';
import { codedError } from '../node-errors';
import { NativeError, defineProperty, SafeMap, SafeSet } from '../primordials';
import { here } from '../recorder';
import { performanceObject } from '../time';
import { asyncHooksModule } from '../async-hooks';
import { eventsModule } from './events/module';
import { timersModule } from './timers';
import { timersPromises } from './timers-promises';
import { osModule } from './os/module';
import { pathModule } from './path';
import { ttyModule } from './tty';
import { utilModule } from './util/module';
import { types } from './util/types';

/** Every module that Node 20 has: a name outside this list does not exist there either. */
const nodeModules = new SafeSet([
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'child_process',
  'cluster',
  'console',
  'constants',
  'crypto',
  'dgram',
  'diagnostics_channel',
  'dns',
  'dns/promises',
  'domain',
  'events',
  'fs',
  'fs/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'inspector/promises',
  'module',
  'net',
  'os',
  'path',
  'path/posix',
  'path/win32',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'readline',
  'readline/promises',
  'repl',
  'stream',
  'stream/consumers',
  'stream/promises',
  'stream/web',
  'string_decoder',
  'sys',
  'test',
  'timers',
  'timers/promises',
  'tls',
  'trace_events',
  'tty',
  'url',
  'util',
  'util/types',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
  'zlib',
]);

const made = new SafeMap<string, object>();
const makers = new SafeMap<string, () => unknown>(
  Object.entries({
    events: () => eventsModule,
    timers: timersModule,
    'timers/promises': timersPromises,
    util: () => utilModule,
    process: () => (globalThis as unknown as Record<string, unknown>)['process'],
    console: () => console,
    perf_hooks: () => ({ performance: performanceObject }),
    async_hooks: asyncHooksModule,
    path: () => pathModule,
    tty: () => ttyModule,
    'path/posix': () => pathModule,
    os: () => osModule,
    'util/types': () => types,
  }),
);

/**
 * Says how a module is made that is not the runtime's own, when it is first asked for; `missing` are the names that it
 * has in life and not here.
 */
export function offerModule(name: string, make: () => unknown, missing: readonly string[] = []): void {
  makers.set(name, make);
  missingNames.set(name, missing);
}

/** Those that programs may ask for by their bare names. */
export function allModuleNames(): string[] {
  return [...nodeModules];
}

/** True for the name of a module that Node has, with or without `node:`. */
export function isNodeModule(name: string): boolean {
  return nodeModules.has(name.startsWith('node:') ? name.slice(5) : name);
}

/** What `import` may name of it; undefined when it is not modelled. */
export function builtinNames(name: string): readonly string[] | undefined {
  const exports = modelled(name);
  return exports === undefined ? undefined : [...Object.keys(exports), ...missingOf(name)];
}

/** Made when it is first asked for. */
function modelled(name: string): object | undefined {
  const known = made.get(name);
  if (known !== undefined) return known;
  const exports = makers.get(name)?.() as object | undefined; // every module is an object or a function
  if (exports === undefined) return undefined;
  refuseMissing(exports, name);
  made.set(name, exports);
  return exports;
}

/** The exports of a built-in module. Throws Node's error for a name that nobody has. */
export function builtinModule(name: string, specifier: string): unknown {
  const bare = name.startsWith('node:') ? name.slice(5) : name;
  return modelled(bare) ?? refuse(bare, specifier);
}

/** Names that the real module has and ours does not: asking for one ends the run and says so. */
function refuseMissing(exports: object, name: string): void {
  for (const missing of missingOf(name)) {
    if (Object.hasOwn(exports, missing)) continue;
    defineProperty(exports, missing, {
      get: () =>
        endNow({ kind: 'unsupported', message: `${missing} of node:${name} is not modelled yet`, site: here() }),
      configurable: true,
    });
  }
}

const realNames: Readonly<Record<string, readonly string[]>> = {
  timers: ['active', 'enroll', 'unenroll'],
  util: ['parseEnv', 'MIMEType', 'MIMEParams', 'transferableAbortSignal', 'transferableAbortController', 'log'],
  path: ['win32', 'matchesGlob'],
  tty: ['ReadStream', 'WriteStream'],
  perf_hooks: ['PerformanceObserver', 'PerformanceEntry', 'monitorEventLoopDelay', 'createHistogram', 'constants'],
};

const missingNames = new SafeMap<string, readonly string[]>(Object.entries(realNames));

function missingOf(name: string): readonly string[] {
  return missingNames.get(name) ?? [];
}

const standIns = new SafeMap<string, object>();

function refuse(name: string, specifier: string): object {
  if (!nodeModules.has(name))
    throw codedError(NativeError, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
  const exports = standIns.get(name) ?? moduleStandIn(name);
  standIns.set(name, exports);
  return exports;
}
