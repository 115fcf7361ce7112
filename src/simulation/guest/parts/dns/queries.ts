/**
 * Why this file exists: questions to servers of names: `resolve4` and its like, `reverse`, `Resolver`. There is no
 * network: the scenario answers, by `dns.resolve4(example.com)` or for all names by `dns.resolve4`. Node 20:
 * lib/internal/dns/callback_resolver.js, promises.js, utils.js.
 */
import type { Failure } from '../../../../trace/scenario';
import { endNow } from '../../ending';
import { inspect } from '../../inspect';
import { outsideAnswers } from '../../loop/answers';
import { checkFunction, checkInteger, checkString, codedError, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import {
  NativeError, NativeTypeError, SafeSet, SafeWeakMap, call, hide, isArray, isCallable, isObject, named, type Callable,
} from '../../primordials';
import { callAnswer, hasCallAnswer } from '../../scenario';
import { here } from '../../recorder';
import { standIn } from '../../stand-ins';

/** What a server takes to answer where the scenario does not say. Modelled. */
const usualMs = 20;

/** Each with the name that Node's functions have, which errors name too. */
const kinds: Readonly<Record<string, readonly [method: string, query: string]>> = {
  A: ['resolve4', 'queryA'], AAAA: ['resolve6', 'queryAaaa'], ANY: ['resolveAny', 'queryAny'], CAA: ['resolveCaa', 'queryCaa'],
  CNAME: ['resolveCname', 'queryCname'], MX: ['resolveMx', 'queryMx'], NAPTR: ['resolveNaptr', 'queryNaptr'],
  NS: ['resolveNs', 'queryNs'], PTR: ['resolvePtr', 'queryPtr'], SOA: ['resolveSoa', 'querySoa'], SRV: ['resolveSrv', 'querySrv'],
  TXT: ['resolveTxt', 'queryTxt'],
};

type Tell = (error: Error | null, found?: unknown) => void;

/** Who asks: how long it waits for an answer, and what it waits for. */
interface Asker {
  readonly patienceMs: number;
  readonly underWay: Set<() => void>;
}

function newAsker(patienceMs: number): Asker {
  return { patienceMs, underWay: new SafeSet() };
}

/** c-ares waits so long for a server at least, and twice as long at each try. Modelled: without its jitter. */
const [shortestMs, defaultMs, defaultTries] = [250, 2000, 4];

function patienceOf(timeout: number, tries: number): number {
  return Math.max(shortestMs, timeout === -1 ? defaultMs : timeout) * (2 ** tries - 1);
}

const byDefault = newAsker(patienceOf(-1, defaultTries));

/** What the scenario says of a name, told when it comes; where it is silent the run ends. */
export function askScenario(method: string, name: string, syscall: string, tell: Tell, asker = byDefault): void {
  const own = `dns.${method}(${name})`;
  const key = hasCallAnswer(own) ? own : `dns.${method}`;
  const answer = callAnswer(key, 'nothing');
  if (answer === undefined) {
    const message = `dns.${method} of '${name}' asks the network: the scenario can answer it, as "${key}" of "calls"`;
    endNow({ kind: 'unsupported', message, site: here() });
  }
  const label = `${method} ${name}`;
  const waitsMs = answer.latencyMs ?? usualMs;
  const isLate = waitsMs > asker.patienceMs && syscall !== 'getaddrinfo'; // which waits as long as the system does
  const stop = outsideAnswers.after(Math.min(waitsMs, asker.patienceMs), label, () => {
    asker.underWay.delete(cancel);
    if (isLate) tell(faultOf('ETIMEOUT', name, syscall));
    else if (answer.fails !== undefined) tell(faultOf(answer.fails, name, syscall));
    else tell(null, JSON.parse(JSON.stringify(answer.returns ?? [])));
  });
  function cancel(): void {
    stop();
    outsideAnswers.after(0, label, () => { tell(faultOf('ECANCELLED', name, syscall)); });
  }
  asker.underWay.add(cancel);
}

/** `fails` is the code of the error, or more of it. */
function faultOf(fails: Failure, hostname: string, syscall: string): Error {
  const code = typeof fails === 'string' ? fails : (fails.code ?? fails.message);
  const error = new NativeError(`${syscall} ${code} ${hostname}`);
  const frame = 'QueryReqWrap.onresolve [as oncomplete] (node:internal/dns/callback_resolver:45:19)';
  hide(error, 'stack', `Error: ${error.message}\n    at ${frame}`);
  return Object.assign(error, { errno: undefined, code, syscall, hostname });
}

interface Query {
  readonly method: string;
  readonly query: string;
}

export function familyOf(name: string): 0 | 4 | 6 {
  if (/^(?:\d{1,3}\.){3}\d{1,3}$/.test(name) && name.split('.').every((part) => Number(part) < 256)) return 4;
  return name.includes(':') && /^[\da-f:.]+$/i.test(name) ? 6 : 0;
}

function refuseNoAddress(name: string, syscall: string): void {
  if (familyOf(name) !== 0) return;
  const error = new NativeError(`${syscall} EINVAL ${name}`);
  throw Object.assign(error, { errno: -22, code: 'EINVAL', syscall, hostname: name });
}

/** With `ttl` each address comes with the time that it may be kept. Modelled: five minutes. */
function withLifetimes(method: string, found: unknown, options: unknown): unknown {
  if ((method !== 'resolve4' && method !== 'resolve6') || !isArray(found)) return found;
  const wantsThem = isObject(options) && Boolean((options as { ttl?: unknown }).ttl);
  return found.map((each: unknown) => {
    if (wantsThem) return isObject(each) ? each : { address: each, ttl: 300 };
    return isObject(each) ? (each as { address?: unknown }).address : each;
  });
}

function begin({ method, query }: Query, name: string, options: unknown, tell: Tell, asker: Asker): object {
  if (method === 'reverse') refuseNoAddress(name, query);
  askScenario(method, name, query, (error, found) => {
    const isEmpty = error === null && isArray(found) && found.length === 0;
    if (isEmpty) tell(faultOf('ENODATA', name, query));
    else tell(error, withLifetimes(method, found, options));
  }, asker);
  return standIn('QueryReqWrap of node:dns', 'object');
}

type Make = (about: Query, askerOf: (self: unknown) => Asker) => Callable;

/** With a callback, after options if there are any. */
function withCallback(about: Query, askerOf: (self: unknown) => Asker): Callable {
  return named(function (this: unknown, name: unknown, options: unknown, last?: unknown) {
    checkString(name, 'name');
    const callback = isCallable(options) ? options : last;
    checkFunction(callback, 'callback');
    const tell: Tell = (error, found) => {
      if (error !== null) call(callback as Callable, undefined, error); // just checked
      else call(callback as Callable, undefined, null, found);
    };
    return begin(about, name as string, options, tell, askerOf(this)); // just checked
  }, about.query, 2);
}

function withPromise(about: Query, askerOf: (self: unknown) => Asker): Callable {
  return named(function (this: unknown, name: unknown, options: unknown) {
    checkString(name, 'name');
    const { promise, resolve, reject } = deferred();
    const tell: Tell = (error, found) => {
      if (error === null) resolve(found);
      else reject(error);
    };
    try {
      begin(about, name as string, options, tell, askerOf(this)); // just checked
    } catch (error) {
      reject(error);
    }
    return promise;
  }, about.query, 2);
}

type Methods = Readonly<Record<string, Callable>>;

function methodsOf(make: Make, askerOf: (self: unknown) => Asker): Methods {
  const own = Object.entries(kinds).map(([kind, [method, query]]) => {
    const f = make({ method, query }, askerOf);
    return [kind, method, f] as const;
  });
  const byKind = Object.fromEntries(own.map(([kind, , f]) => [kind, f]));
  const resolve = named(function (this: unknown, name: unknown, kind?: unknown, ...rest: unknown[]): unknown {
    if (isCallable(kind)) return call(byKind['A'] as Callable, this, name, kind); // it is in the table
    const wanted = kind ?? 'A';
    const known = typeof wanted === 'string' && Object.hasOwn(byKind, wanted) ? byKind[wanted] : undefined;
    if (typeof wanted !== 'string') throw invalidType('rrtype', 'of type string', wanted);
    if (known === undefined)
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'rrtype' is invalid. Received ${inspect(wanted)}`);
    return call(known, this, name, ...rest);
  }, 'resolve', 3);
  const reverse = make({ method: 'reverse', query: 'getHostByAddr' }, askerOf);
  return { resolve, ...Object.fromEntries(own.map(([, method, f]) => [method, f])), reverse };
}

const isAddress = /^(?:(?:\d{1,3}\.){3}\d{1,3}|\[?[\da-f:.]*:[\da-f:.]*\]?)(?::\d+)?$/i;

/** Modelled: one server on the machine itself. */
let servers = ['127.0.0.1'];

function setServers(given: unknown): void {
  if (!isArray(given)) throw invalidType('servers', 'an instance of Array', given);
  const wanted = given.map(String);
  const wrong = wanted.find((each) => !isAddress.test(each));
  if (wrong !== undefined) throw codedError(NativeTypeError, 'ERR_INVALID_IP_ADDRESS', `Invalid IP address: ${wrong}`);
  servers = wanted.map((each) => each.replace(/^\[(.*)\](?::53)?$/, '$1').replace(/^([\d.]+):53$/, '$1'));
}

const settings = {
  getServers: (): string[] => [...servers],
  setServers,
};

const askers = new SafeWeakMap<object, Asker>();

/** The asker of a resolver; its methods may be called on nothing else. */
function askerOfResolver(self: unknown): Asker {
  return (isObject(self) ? askers.get(self) : undefined) ?? byDefault;
}

function resolverOf(make: Make): new (options?: unknown) => object {
  class Resolver {
    constructor(options?: unknown) {
      const given: { readonly timeout?: unknown; readonly tries?: unknown } = isObject(options) ? options : {};
      const { timeout = -1, tries = defaultTries } = given;
      checkInteger(timeout, 'options.timeout', -1, 2 ** 31 - 1);
      checkInteger(tries, 'options.tries', 1, 2 ** 31 - 1);
      askers.set(this, newAsker(patienceOf(timeout as number, tries as number))); // just checked
    }

    cancel(): void {
      const asker = askerOfResolver(this);
      const all = [...asker.underWay];
      asker.underWay.clear();
      for (const cancel of all) cancel();
    }
  }
  const methods = { ...methodsOf(make, askerOfResolver), ...settings, setLocalAddress: () => undefined };
  for (const [name, f] of Object.entries(methods))
    Object.defineProperty(Resolver.prototype, name, { value: f, writable: true, configurable: true });
  return named(Resolver, 'Resolver', 0);
}

const orders = ['verbatim', 'ipv4first', 'ipv6first'];
let order = 'verbatim';

function setDefaultResultOrder(given: unknown): void {
  if (typeof given !== 'string' || !orders.includes(given)) {
    const all = orders.map((each) => `'${each}'`).join(', ');
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'dnsOrder' must be one of: ${all}. Received ${inspect(given)}`);
  }
  order = given;
}

const common = {
  getServers: named(settings.getServers, 'bound getServers', 0),
  setServers: named(setServers, 'defaultResolverSetServers', 1),
  getDefaultResultOrder: named(() => order, 'getDefaultResultOrder', 0),
  setDefaultResultOrder: named(setDefaultResultOrder, 'setDefaultResultOrder', 1),
};

function askedByDefault(): Asker {
  return byDefault;
}

function allOf(make: Make): object {
  return { ...methodsOf(make, askedByDefault), ...common, Resolver: resolverOf(make) };
}

export const queries = allOf(withCallback);
export const promisedQueries = allOf(withPromise);
