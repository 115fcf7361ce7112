/**
 * Why this file exists: AsyncLocalStorage and AsyncResource. Node 20: lib/async_hooks.js. Where their values go is in
 * async-context.ts; hooks on every resource are in async-hook.ts.
 */
import { asyncContext, inContext, type AsyncContext } from './async-context';
import { createHook } from './async-hook';
import {
  announce,
  asyncIdSymbol,
  executionAsyncId,
  executionAsyncResource,
  executionTriggerId,
  hearing,
  newAsyncId,
  retire,
  runAs,
  triggerAsyncId,
  triggerIdSymbol,
} from './async-ids';
import { checkFunction, checkInteger, checkString, codedError } from './node-errors';
import { NativeTypeError, apply, call, createObject, named, type Callable, SafeMap } from './primordials';
import { standsFor } from './stood-for';

/** A context with one value more. */
function withStore(storage: object, value: unknown): AsyncContext {
  const context = new SafeMap(asyncContext.current ?? []);
  context.set(storage, value);
  return context;
}

/** Calls the function in the context that is current now, whenever it is called. */
function snapshotted(): (run: Callable, ...args: unknown[]) => unknown {
  const context = asyncContext.current;
  return (run, ...args) => inContext(context, () => call(run, undefined, ...args));
}

export class AsyncLocalStorage {
  static bind(f: unknown): Callable {
    return AsyncResource.bind(f);
  }

  static snapshot(): Callable {
    return snapshotted(); // it takes a function first, and what that is given
  }

  /** Until it is used again there is no store; what was carried along stays where it is. */
  #isOn = false;

  disable(): void {
    this.#isOn = false;
  }

  enterWith(store: unknown): void {
    this.#isOn = true;
    asyncContext.current = withStore(this, store);
  }

  run(store: unknown, callback: Callable, ...args: unknown[]): unknown {
    if (Object.is(store, this.getStore())) return apply(callback, undefined, args as never);
    this.#isOn = true;
    return inContext(withStore(this, store), () => call(callback, undefined, ...args));
  }

  exit(callback: Callable, ...args: unknown[]): unknown {
    if (!this.#isOn) return apply(callback, undefined, args as never);
    this.#isOn = false;
    try {
      return call(callback, undefined, ...args);
    } finally {
      this.#isOn = true;
    }
  }

  getStore(): unknown {
    return this.#isOn ? asyncContext.current?.get(this) : undefined;
  }
}

interface ResourceOptions {
  readonly triggerAsyncId?: number;
  readonly requireManualDestroy?: boolean;
}

/** Binds callbacks to the context in which it was made. */
export class AsyncResource {
  readonly [asyncIdSymbol]: number;
  readonly [triggerIdSymbol]: number;
  readonly #context = asyncContext.current;

  constructor(type: unknown, options: number | ResourceOptions = {}) {
    checkString(type, 'type');
    const given = typeof options === 'number' ? options : (options.triggerAsyncId ?? triggerAsyncId());
    checkInteger(given, 'triggerAsyncId', -1);
    this[asyncIdSymbol] = newAsyncId();
    this[triggerIdSymbol] = given;
    if (hearing.by === undefined) return;
    if (type === '') throw codedError(NativeTypeError, 'ERR_ASYNC_TYPE', 'Invalid name for async "type": ');
    announce(this, type as string); // just checked
  }

  runInAsyncScope(f: Callable, self?: unknown, ...args: unknown[]): unknown {
    let result: unknown;
    runAs(this, () => {
      result = inContext(this.#context, () => runInScope(f, self, args));
    });
    return result;
  }

  emitDestroy(): this {
    retire(this);
    return this;
  }

  asyncId(): number {
    return this[asyncIdSymbol];
  }

  triggerAsyncId(): number {
    return this[triggerIdSymbol];
  }

  bind(f: unknown, self?: unknown): Callable {
    checkFunction(f, 'fn');
    const resource = this; // eslint-disable-line @typescript-eslint/no-this-alias -- the function below has its own
    const inner = f as Callable; // just checked
    const bound = standsFor(function (this: unknown, ...args: unknown[]): unknown {
      return resource.runInAsyncScope(inner, self ?? this, ...args);
    }, 'bound (node:async_hooks:238:16)');
    return named(bound, `bound ${inner.name}`, inner.length);
  }

  static bind(f: unknown, type?: unknown, self?: unknown): Callable {
    checkFunction(f, 'fn');
    const name = (f as Callable).name; // just checked
    return new AsyncResource(type ?? (name === '' ? 'bound-anonymous-fn' : name)).bind(f, self);
  }
}
named(AsyncLocalStorage, 'AsyncLocalStorage');
named(AsyncResource, 'AsyncResource');

/** The kinds of what Node's own code makes, as it numbers them. */
const providers =
  'NONE DIRHANDLE DNSCHANNEL ELDHISTOGRAM FILEHANDLE FILEHANDLECLOSEREQ BLOBREADER FSEVENTWRAP FSREQCALLBACK ' +
  'FSREQPROMISE GETADDRINFOREQWRAP GETNAMEINFOREQWRAP HEAPSNAPSHOT HTTP2SESSION HTTP2STREAM HTTP2PING HTTP2SETTINGS ' +
  'HTTPINCOMINGMESSAGE HTTPCLIENTREQUEST JSSTREAM JSUDPWRAP MESSAGEPORT PIPECONNECTWRAP PIPESERVERWRAP PIPEWRAP ' +
  'PROCESSWRAP PROMISE QUERYWRAP QUIC_LOGSTREAM QUIC_PACKET SHUTDOWNWRAP SIGNALWRAP STATWATCHER STREAMPIPE ' +
  'TCPCONNECTWRAP TCPSERVERWRAP TCPWRAP TTYWRAP UDPSENDWRAP UDPWRAP SIGINTWATCHDOG WORKER WORKERHEAPSNAPSHOT ' +
  'WRITEWRAP ZLIB CHECKPRIMEREQUEST PBKDF2REQUEST KEYPAIRGENREQUEST KEYGENREQUEST KEYEXPORTREQUEST CIPHERREQUEST ' +
  'DERIVEBITSREQUEST HASHREQUEST RANDOMBYTESREQUEST RANDOMPRIMEREQUEST SCRYPTREQUEST SIGNREQUEST TLSWRAP VERIFYREQUEST';

function runInScope(f: Callable, self: unknown, args: readonly unknown[]): unknown {
  return call(f, self, ...args);
}
standsFor(runInScope, 'AsyncResource.runInAsyncScope (node:async_hooks:206:9)');
standsFor(AsyncLocalStorage.prototype.run, 'AsyncLocalStorage.run (node:async_hooks:346:14)');

export function asyncHooksModule(): object {
  const numbered = Object.fromEntries(providers.split(' ').map((name, number) => [name, number]));
  return {
    AsyncLocalStorage,
    createHook: named(createHook, 'createHook', 1),
    executionAsyncId: named(executionAsyncId, 'executionAsyncId'),
    triggerAsyncId: named(executionTriggerId, 'triggerAsyncId'),
    executionAsyncResource: named(executionAsyncResource, 'executionAsyncResource'),
    asyncWrapProviders: Object.freeze(Object.assign(createObject(null) as object, numbered)),
    AsyncResource,
  };
}
